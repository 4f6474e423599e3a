"""The tests of the house: its size, what it says about itself, and its front door."""

import ast
import io
import os
import re
import shutil
import subprocess
import sys
import tokenize

import pytest
import yaml
from requirements_files import PROJECT, PYTHONS, ROOT, StrictLoader, read

import nflow_ref

CORE = """
    change_of_variables densities bijections coupling networks actnorm linear multiscale flow images
    objectives training models verify inputs parameters
"""
AT_THE_ROOT = """
    .ci .github .gitignore CITATION.cff LICENSE Makefile README.md benchmarks constraints.txt docs
    environment.yml experiments nflow_ref notebooks pyproject.toml tests
"""
GENERATED = {
    ".git",
    ".venv",
    ".venv-bench",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".ipynb_checkpoints",
    "_build",
    "my",
}
CFF_KEYS = "cff-version message title type version license authors abstract keywords"
# In two parts, so that this file does not contain what it forbids.
FORBIDDEN = [
    *("/" + folder + "/" for folder in ("home", "root", "work", "Users")),
    *(name + ".org" for name in ("pypi", "pythonhosted", "anaconda", "npmjs")),
]


def committed():
    """The files that git tracks; without git, or before the first commit, all that are not generated."""
    try:
        git = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
        tracked = [ROOT / name for name in git.stdout.split("\0") if name]
    except FileNotFoundError:
        tracked = []
    return [path for path in tracked if path.is_file()] or [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and not GENERATED.intersection(path.relative_to(ROOT).parts)
    ]


def code_lines(source):
    """The lines of a module that hold code: not blank, no comment, no docstring."""
    lines = set()
    silent = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in silent | {tokenize.ENDMARKER}:
            lines.update(range(token.start[0], token.end[0] + 1))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, documented) and ast.get_docstring(node) is not None:
            lines -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(lines)


def test_code_lines_counts_code_only():
    sample = (
        '"""A docstring\n\nof three lines."""\n\nimport math  # 1\n# a comment\n\n'
        'def f(\n    x,\n):  # 4\n    """One."""\n    # a comment\n    return """\nno docstring"""  # 6\n\n'
        "class C:  # 7\n    '''Two.'''\n    a = [\n        1,\n    ]  # 10\n"
    )
    assert code_lines(sample) == 10


def test_reference_is_small():
    """Protects the promise that it can be read in one evening."""
    sizes = {
        path.relative_to(ROOT / "nflow_ref").as_posix(): code_lines(path.read_text(encoding="utf-8"))
        for path in (ROOT / "nflow_ref").rglob("*.py")
    }
    assert {name: lines for name, lines in sizes.items() if lines > 200} == {}
    assert sum(sizes[f"{name}.py"] for name in CORE.split()) <= 1000, sizes


def test_the_fused_pass_is_small():
    """Protects its clarity: what is derived by hand has to be read by someone."""
    sizes = {
        p.stem: code_lines(p.read_text(encoding="utf-8")) for p in (ROOT / "nflow_ref/fused").glob("*.py")
    }
    assert sizes.pop("checkerboard") < 30  # which came later
    assert sum(sizes.values()) < 400 + 3  # three lines of __init__ name it


def fresh_python(code, folder):
    """What a new interpreter prints that works elsewhere than in the project's folder."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_import_loads_numpy_and_autograd_only(tmp_path):
    code = (
        "import sys, numpy, autograd; before = set(sys.modules); import nflow_ref; "
        "print(*{m.partition('.')[0] for m in sys.modules.keys() - before} - sys.stdlib_module_names)"
    )
    assert set(fresh_python(code, tmp_path).split()) - {"numpy", "autograd"} == {"nflow_ref"}


def test_the_example_of_the_readme_runs(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", read("README.md"), re.DOTALL)
    out = fresh_python(code.replace("steps=300", "steps=3"), tmp_path)
    assert out.count("OK  Chain: a bijection, and its log-det") == 1


def test_no_file_names_a_machine_or_a_registry():
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a picture, an archive
            continue
        assert not [word for word in FORBIDDEN if word in text], path


def test_root_is_short():
    """Protects the first look: everything at the root is needed there."""
    assert {path.relative_to(ROOT).parts[0] for path in committed()} <= set(AT_THE_ROOT.split())


def test_citation_is_valid_and_current():
    citation = yaml.load(read("CITATION.cff"), Loader=StrictLoader)
    assert citation.keys() <= set(CFF_KEYS.split())
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == nflow_ref.__version__
    assert citation["license"] == PROJECT["license"]
    assert all(isinstance(citation[key], str) and citation[key] for key in ("message", "title"))
    assert all(author.keys() == {"name"} for author in citation["authors"])


def test_ci_covers_the_promised_systems():
    workflow = yaml.load(read(".github/workflows/ci.yml"), Loader=StrictLoader)
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert [name.partition("-")[0] for name in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == PYTHONS


def test_the_promised_pythons_are_the_same_everywhere():
    oldest, newest = PYTHONS[0], PYTHONS[-1]
    assert PYTHONS == [f"3.{minor}" for minor in range(11, 16)]
    assert PROJECT["requires-python"] == f">={oldest}"
    for name, times in (("README.md", 1), ("Makefile", 2), ("constraints.txt", 1)):
        assert read(name).count(f"{oldest} to {newest}") == times, name
    assert read("Makefile").count("(3, 16)") == 2 and read("Makefile").count("(3, 11)") == 1


needs_make = pytest.mark.skipif(
    shutil.which("make") is None or os.name == "nt", reason="there is no make here"
)


def make(*arguments, folder):
    """A run of make that knows nothing of the one that may run these tests."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *arguments], cwd=folder, env=outer, capture_output=True, text=True)


@needs_make
def test_make_help_lists_everything():
    lines = make(folder=ROOT).stdout.splitlines()
    commands = "help lab test teeth notebooks site lite test-browser trainings digits mnist bench lint clean"
    assert [line.split()[1] for line in lines] == commands.split()


@needs_make
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (None, "There is no ./python here. Install Python 3.11 to 3.15"),
        ("case $1 in -c) exit 1;; *) echo Python 3.9.2;; esac", "./python is Python 3.9.2. The course needs"),
        ("case $2 in *ensurepip*) exit 1;; esac", "sudo apt install python3-venv"),
    ],
)
def test_make_says_what_is_missing(tmp_path, script, expected):
    """Protects the first minute on a machine that is not ready."""
    run = make_with(script, tmp_path)
    assert run.returncode != 0 and expected in run.stdout
    assert not (tmp_path / ".venv").exists()


def make_with(script, folder):
    """`make lab` with a Python that is this script of the shell, or with none."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    if script:
        (folder / "python").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "python").chmod(0o755)
    return make("lab", "PYTHON=./python", folder=folder)


PYTHON_OF_TOMORROW = """
said() { %s -c "import sys; sys.version_info = (3, 16, 0); exec(sys.argv[1])" "$1"; }
case "$*" in
    --version) echo Python 3.16.0;;
    "-m venv"*) mkdir -p .venv/bin; cp python .venv/bin/python; echo 'echo JupyterLab' > .venv/bin/jupyter
        chmod +x .venv/bin/jupyter;;
    "-m pip"*) echo "$@";;
    "-m nflow_ref.course.my"*) ;;
    "-c import ensurepip"*) ;;
    *) said "$2";;
esac
"""


@needs_make
def test_a_newer_python_is_tried_with_a_warning(tmp_path):
    """And without the pins, which have no wheels for it; with a Python that is known, with them."""
    run = make_with(PYTHON_OF_TOMORROW % sys.executable, tmp_path)
    assert run.returncode == 0 and run.stdout.endswith("JupyterLab\n")
    assert "./python is Python 3.16.0, newer than 3.15" in run.stdout
    assert "constraints.txt" not in run.stdout and "[course]" in run.stdout
    (tmp_path / "known").mkdir()
    run = make_with(PYTHON_OF_TOMORROW.replace("3, 16, 0", "3, 15, 7") % sys.executable, tmp_path / "known")
    assert "newer" not in run.stdout and "-c constraints.txt -e .[course]" in run.stdout
