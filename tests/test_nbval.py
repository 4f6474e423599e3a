"""What stores the outputs, and what compares them: the executor and nbval, each run for real."""

import copy
import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import execute_notebooks
import nbformat
import pytest
from execute_notebooks import FOLDER, METADATA, execute, execute_in_place
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_rules import load

from nflow_ref.course.pytest_plugin import ENVIRONMENT, pytest_configure, without_bars


def test_executor_is_deterministic(tmp_path):
    """`make notebooks` twice writes the same bytes, and only rounded times could tell the runs apart."""
    path = tmp_path / "twice.ipynb"
    source = "for i in range(300):\n    print(i, flush=i % 7 == 0)"
    cells = [new_code_cell(source, metadata={"alt": "A & B"}), new_markdown_cell("*Figure 1.1. Both.*")]
    nbformat.write(new_notebook(cells=cells), path)
    execute_in_place(path)
    first = path.read_bytes()
    execute_in_place(path)
    assert path.read_bytes() == first
    (output,) = load(path).cells[0].outputs
    assert output.text.splitlines() == [str(i) for i in range(300)]
    assert load(path).cells[1].source.endswith("<summary>The figure in words</summary>A &amp; B</details>")
    assert load(path).metadata == METADATA


def test_executor_keeps_the_file_when_a_cell_raises(tmp_path):
    path = tmp_path / "raises.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("print(1)"), new_code_cell("1 / 0")]), path)
    before = path.read_bytes()
    script = [sys.executable, "-m", "execute_notebooks", str(path)]
    run = subprocess.run(script, cwd=FOLDER.parent / "tests", capture_output=True, text=True)
    assert run.returncode == 1
    assert "ZeroDivisionError" in run.stderr and "the file is as it was" in run.stderr
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def spoil_digit(cell):
    cell.outputs[0].text = cell.outputs[0].text.replace("1.75", "1.76")


def spoil_stripped(cell):
    cell.outputs = []


def spoil_source(cell):
    cell.source = cell.source.replace("7 / 4", "7 / 5")


def spoil_unexecuted(cell):
    spoil_source(cell)
    cell.outputs, cell.execution_count = [], None


def spoil_ignored(cell):
    spoil_source(cell)
    cell.metadata["tags"] = ["nbval-ignore-output"]


FOR_NBVAL = {"digit": spoil_digit, "stripped": spoil_stripped, "source": spoil_source}
BEHIND_NBVAL = {"unexecuted": spoil_unexecuted, "ignored": spoil_ignored}


PASSES_NBVAL = pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="nbval alone lets it pass, which is why there is a rule"
)


@pytest.fixture(scope="module")
def nbval_report(tmp_path_factory):
    """What a real run of nbval says about a tiny notebook and its spoiled copies."""
    folder = tmp_path_factory.mktemp("nbval")
    source = f"import os\nprint(7 / 4, [os.environ[name] for name in {list(ENVIRONMENT)}])"
    good = execute(new_notebook(cells=[new_code_cell(source)]), folder)
    assert "1.75 ['1', 'module://matplotlib_inline.backend_inline', '1']" in good.cells[0].outputs[0].text
    nbformat.write(good, folder / "good.ipynb")
    for name, spoil in {**FOR_NBVAL, **BEHIND_NBVAL}.items():
        spoiled = copy.deepcopy(good)
        spoil(spoiled.cells[0])
        nbformat.write(spoiled, folder / f"{name}.ipynb")
    return {name: outcome for name, _, outcome in nbval(folder)}


def nbval(folder, *options):
    """[(notebook, cell, PASSED or FAILED)] of the notebooks in a folder, as the README calls nbval.

    In a shell that is set up otherwise than the kernel needs.
    """
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-rA", "--color=no", "."]
    environment = os.environ | {"TQDM_DISABLE": "", "MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "2"}
    run = subprocess.run([*command, *options], cwd=folder, env=environment, capture_output=True, text=True)
    found = re.findall(r"^(PASSED|FAILED) (\w+)\.ipynb::Cell (\d+)", run.stdout, re.MULTILINE)
    return [(name, int(cell), outcome) for outcome, name, cell in found]


def test_nbval_passes_the_good_notebook(nbval_report):
    assert nbval_report["good"] == "PASSED"


@pytest.mark.parametrize(
    "name",
    [
        *FOR_NBVAL,
        *(pytest.param(name, marks=PASSES_NBVAL) for name in BEHIND_NBVAL),
    ],
)
def test_nbval_catches(nbval_report, name):
    assert nbval_report[name] == "FAILED"


# Three cells: only a bar; a bar between lines, and a line that begins where the bar stands; two bars.
TRAINING = [
    """
import numpy as np
from nflow_ref import fit, real_nvp

def train(augment=None):
    fit(flow, params, x, rng=np.random.default_rng(0), steps=3, batch_size=4, augment=augment)

x = np.random.default_rng(0).normal(size=(9, 2))
flow = real_nvp(2, couplings=1, hidden=(2,))
params = flow.init(np.random.default_rng(0), x)
train()
""",
    """
def speak(rng, batch):
    print("a batch of", len(batch))
    return batch

print("before 1.25")
train(speak)
print("after 1.75")
""",
    "train()\ntrain()\nx.shape",
]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A notebook with these cells as a learner's run stores it: as it comes, and as JupyterLab shows it."""
    folder = tmp_path_factory.mktemp("trained")
    raw = new_notebook(cells=[new_code_cell(source) for source in TRAINING])
    environment = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
    client = NotebookClient(
        raw,
        kernel_name="python3",
        resources={"metadata": {"path": folder}},
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute(env=environment)
    assert "\r" in raw.cells[0].outputs[0].text and "execution" in raw.cells[0].metadata
    shown = copy.deepcopy(raw)
    execute_notebooks.CoalesceStreamsPreprocessor().preprocess(shown, {})
    for cell in shown.cells:
        text = cell.outputs[0].text  # the width of a bar is the terminal's
        assert re.search(r"100%\|█{10,}\| 3/3 \[", text) and "\r" not in text
        cell.execution_count += 40
    return {"raw": raw, "shown": shown}


def a_digit(cell):
    cell.outputs[0].text = cell.outputs[0].text.replace("1.25", "1.35")


def a_digit_after_the_bar(cell):
    cell.outputs[0].text = cell.outputs[0].text.replace("1.75", "1.85")


def a_digit_beside_a_bar(cell):
    cell.outputs[0].text = cell.outputs[0].text.replace("a batch of 4", "a batch of 5", 1)


def a_line(cell):
    cell.outputs[0].text = cell.outputs[0].text.replace("before 1.25\n", "")


def an_empty_line(cell):
    cell.outputs[0].text = cell.outputs[0].text.replace("before", "\nbefore")


def a_stream(cell):
    cell.outputs = []


SPOILS = [a_digit, a_digit_after_the_bar, a_digit_beside_a_bar, a_line, an_empty_line, a_stream]


@pytest.mark.parametrize("inside", [True, False])
def test_bars_that_a_notebook_has_stored_do_not_matter(trained, inside, tmp_path):
    """In any folder: Restart & Run All, save, and the README's line. And nothing else is overlooked."""
    if inside:  # what the project's folder has
        shutil.copy(FOLDER.parent / "pyproject.toml", tmp_path)
    for name, notebook in trained.items():
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    expected = [(name, cell, "PASSED") for name in trained for cell in range(3)]
    for spoil in SPOILS:
        spoiled = copy.deepcopy(trained["shown"])
        spoil(spoiled.cells[1])
        assert spoiled != trained["shown"]
        nbformat.write(spoiled, tmp_path / f"{spoil.__name__}.ipynb")
        expected += [(spoil.__name__, cell, "FAILED" if cell == 1 else "PASSED") for cell in range(3)]
    assert sorted(nbval(tmp_path)) == sorted(expected)


def test_without_the_plugin_they_would_matter(trained, tmp_path):
    nbformat.write(trained["shown"], tmp_path / "shown.ipynb")
    assert sorted(nbval(tmp_path, "-p", "no:nflow_ref")) == [("shown", cell, "FAILED") for cell in range(3)]


CLAIMS = """
from nflow_ref.course import claim, refute, together

claim("mass is 1", 3e-16, 1e-10)
claim("the gap", 0.033, 0.05, varies=True)
refute("no Jacobian", 0.69, 0.5)
with together("all blocks"):
    claim("D = 2", 2e-16, 1e-13)
    claim("D = 3", 0.25, 0.3)
"""


def changed(old, new):
    """A function that makes a stored output say something else."""

    def change(cell):
        text = str(cell.outputs)
        assert old in text
        for output in cell.outputs:
            if "text" in output:
                output.text = output.text.replace(old, new)
            else:
                output.data = {kind: text.replace(old, new) for kind, text in output.data.items()}

    return change


CHANGES = [
    (changed("3e-16 ≤", "0 ≤"), "PASSED"),
    (changed("≈ 0.033", "≈ 0.041"), "PASSED"),
    (changed("2e-16 ≤", "4e-15 ≤"), "PASSED"),
    (changed("1e-10", "1e-09"), "FAILED"),
    (changed("≤ 0.05", "≤ 0.06"), "FAILED"),
    (changed("0.69", "0.68"), "FAILED"),
    (changed("0.25 ≤", "0.26 ≤"), "FAILED"),
    (changed("1e-13", "1e-12"), "FAILED"),
    (changed("D = 3", "D = 4"), "FAILED"),
    (changed("mass is 1", "mass is 2"), "FAILED"),
]


def test_of_claims_nbval_compares_what_is_the_same_everywhere(tmp_path):
    good = execute(new_notebook(cells=[new_code_cell(CLAIMS)]), tmp_path)
    kinds = [set(output.get("data", {})) for output in good.cells[0].outputs]
    assert kinds == 4 * [{"text/plain", "text/html"}]
    for k, (change, _) in enumerate(CHANGES):
        spoiled = copy.deepcopy(good)
        change(spoiled.cells[0])
        nbformat.write(spoiled, tmp_path / f"change_{k}.ipynb")
    expected = [(f"change_{k}", 0, outcome) for k, (_, outcome) in enumerate(CHANGES)]
    assert sorted(nbval(tmp_path)) == expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("100%|██████████| 400/400 [00:00<00:00, 439.14step/s, nats 2.076]\n", None),
        ("  0%|          | 0/400 [00:00<?, ?step/s]", None),
        (" 37%|███▋      | 148/400 [00:00<00:00, 9.1e+03step/s, nats -inf]  \na\n", "a\n"),
        ("a\n  7%|7         | 1.2k/9.9M [1:00:00<123:00:00, 1.71s/step]\n\nb", "a\n\nb"),
        (" 50%|#####     | 1/2 [00:00<00:00, 1.00step/s]said\n", "said\n"),
        ("a 50%|#####     | 1/2 [00:00<00:00, 1.00step/s]\n", ...),
        (" 50%|#####     | 1/2\n", ...),
        (" 50%|  1 | 1/2 = 0.5 [nats]\n", ...),
        ("OK  half | 1/2 [00:00<00:00, 1.00step/s]\n", ...),
        ("50% of 1/2\n", ...),
        ("", ...),
    ],
)
def test_without_bars(text, rest):
    rest = text if rest is ... else rest
    for name in ("stdout", "stderr"):
        outputs = without_bars([new_output("stream", name=name, text=text), new_output("display_data")])
        assert [o.text for o in outputs[:-1]] == ([] if rest is None else [rest])
        assert outputs[-1].output_type == "display_data"


def test_the_plugin_sleeps_without_nbval():
    """Without the option, or without nbval, which defines it: nothing is registered."""
    config = SimpleNamespace(getoption=lambda name, default: default)
    assert pytest_configure(config) is None
