"""JupyterLite with the lessons: what `make lite` has built is complete, and a Python starts in it.

Not tested, for nothing outside can be asked here: that Pyodide's own address has what the lock names.
"""

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_PYTHON_VERSION
from requirements_files import pins, read

ROOT = Path(__file__).resolve().parents[2]
LITE = ROOT / "docs/_build/lite"
PYODIDE = LITE / "static/pyodide"
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))


@pytest.fixture(scope="module")
def packages():
    assert LITE.exists(), "There is no JupyterLite in docs/_build/lite: make it with `make lite`."
    return json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]


def lesson_cells():
    """(name of the cell, source) of all lessons."""
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                yield cell["id"], "".join(cell["source"])


def sources():
    yield from lesson_cells()
    for path in (ROOT / "nflow_ref").rglob("*.py"):
        if path.name != "pytest_plugin.py":  # which pytest loads, and no lesson
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def imported(source):
    """The first names of all modules that are imported, also inside of functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def loaded(name, packages):
    """The names of the package and of all that it depends on."""
    names = (other.lower().replace("_", "-") for other in packages[name]["depends"])
    return {name}.union(*(loaded(other, packages) for other in names))


def test_every_import_is_in_the_lock(packages):
    """And comes with nflow_ref, or is asked for by a lesson itself."""
    owners = {module: name for name, package in packages.items() for module in package["imports"]}
    names = {name for _, source in sources() for name in imported(source)} - sys.stdlib_module_names
    assert {"numpy", "autograd", "matplotlib", "nflow_ref"} <= names
    assert names <= owners.keys()
    of_package = {owners[name] for name in names}
    assert of_package <= loaded("nflow-ref", packages) | loaded("ipython", packages)


def test_the_lessons_are_tested_with_the_versions_of_the_browser(packages):
    """Protects the reader of the site: nbval has run with what the page will load."""
    here = pins(read("constraints.txt"), ".".join(PYODIDE_PYTHON_VERSION.split(".")[:2]))
    for name in ("numpy", "matplotlib", "tqdm", "autograd"):
        assert packages[name]["version"] == here[name], name


def test_wheels_are_those_of_the_lock(packages):
    local = {p["file_name"]: p["sha256"] for p in packages.values() if "/" not in p["file_name"]}
    files = {path.name: path for path in PYODIDE.glob("*.whl")}
    assert local == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in LITE.rglob("*"))  # any server may read it


def test_only_what_is_compiled_comes_from_outside(packages):
    lesson = loaded("nflow-ref", packages) | loaded("ipython", packages) | loaded("jedi", packages)
    outside = {name for name in lesson | {"comm", "micropip"} if "/" in packages[name]["file_name"]}
    assert outside == {"numpy", "matplotlib", "contourpy", "kiwisolver", "pillow"}
    for name in outside:
        assert re.fullmatch(rf"{PYODIDE_CDN_URL}/[\w.-]+wasm32\.whl", packages[name]["file_name"])


def test_lessons_are_all_there_and_trusted():
    for path in NOTEBOOKS:
        there = json.loads((LITE / "files" / path.name).read_text(encoding="utf-8"))
        for cell in there["cells"]:
            if cell["cell_type"] == "code":
                assert cell["metadata"].pop("trusted") is True
        assert there == json.loads(path.read_text(encoding="utf-8")), f"make lite again: {path.name} is newer"
    listed = json.loads((LITE / "api/contents/all.json").read_text(encoding="utf-8"))["content"]
    assert sorted(item["name"] for item in listed) == [path.name for path in NOTEBOOKS]


@pytest.mark.skipif(not shutil.which("node"), reason="there is no node")
def test_everything_compiles_under_pyodide(tmp_path):
    """Under the Python that is in the page, without NumPy: it compiles, and finds the standard library."""
    texts = dict(sources())
    modules = {name for source in texts.values() for name in imported(source)} & sys.stdlib_module_names
    (tmp_path / "in.json").write_text(json.dumps([texts, sorted(modules)]), encoding="utf-8")
    (tmp_path / "run.mjs").write_text(f"""
        import {{ readFileSync }} from "node:fs";
        import {{ loadPyodide }} from "{PYODIDE / "pyodide.mjs"}";
        const python = await loadPyodide();
        python.globals.set("given", readFileSync("in.json", "utf-8"));
        console.log(python.runPython(`
            import importlib, json
            texts, modules = json.loads(given)
            failed = []
            for action, items in (lambda p: compile(p[1], p[0], "exec"), texts.items()), (
                importlib.import_module, modules
            ):
                for item in items:
                    try:
                        action(item)
                    except Exception as error:
                        failed.append(f"{{item!r:.80}}: {{error}}")
            json.dumps([len(texts), len(modules), failed])
        `));
    """)
    run = subprocess.run(["node", "run.mjs"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == [len(texts), len(modules), []]


def test_a_build_that_fails_leaves_the_older_one(tmp_path):
    """Without npm; and with one that brings nothing."""
    (tmp_path / "lite").mkdir()
    (tmp_path / "lite/old").touch()
    command = [sys.executable, ROOT / "docs/lite.py", tmp_path / "lite"]
    (tmp_path / "bin").mkdir()
    for words in ("make lite needs npm", "make lite: this failed: npm pack"):
        run = subprocess.run(command, env={"PATH": str(tmp_path / "bin")}, capture_output=True, text=True)
        assert run.returncode == 1 and words in run.stderr
        assert {path.name for path in tmp_path.iterdir()} == {"bin", "lite"}
        assert [path.name for path in (tmp_path / "lite").iterdir()] == ["old"]
        (tmp_path / "bin/npm").write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / "bin/npm").chmod(0o755)


@pytest.fixture
def page(browser, address):
    """A page of Chromium, with `inside` and `outside`: the addresses that it asked for. The latter fail."""
    context = browser.new_context()
    page = context.new_page()
    page.inside, page.outside = [], []

    def answer(route):
        inside = route.request.url.startswith(address)
        (page.inside if inside else page.outside).append(route.request.url)
        route.continue_() if inside else route.abort()

    context.route("**/*", answer)
    yield page
    context.close()


def test_a_lesson_starts_its_python(page, address, packages):
    """The kernel starts with nothing from outside; `import nflow_ref` asks for ours here, NumPy's there."""
    page.goto(f"{address}/lite/notebooks/index.html?path=01_change_of_variables.ipynb")
    setup = page.locator(".jp-CodeCell").first
    setup.wait_for(timeout=120_000)
    setup.click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function("document.body.innerText.includes('ModuleNotFoundError')", timeout=240_000)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    assert page.locator(".jp-Dialog").count() == 0
    official = {p["file_name"] for n, p in packages.items() if n in loaded("nflow-ref", packages)}
    assert set(page.outside) == {name for name in official if "/" in name}
    wheels = {url.rpartition("/")[2] for url in page.inside}
    assert {packages[name]["file_name"] for name in ("nflow-ref", "autograd", "comm")} <= wheels
