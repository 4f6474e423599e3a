"""Lesson 01 in JupyterLab, as a learner has it: opened, run, answered, moved, saved."""

import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest

from nflow_ref.course.exercises import exercise
from nflow_ref.course.my import ROOT, refresh

LESSON = "01_change_of_variables.ipynb"
WAIT = 180_000  # milliseconds, for what needs a kernel
ANSWER = """\
def stretch(f, x, h):
    return {}

ex = exercise("1.1")
ex.check(stretch)"""
IDLE = "() => jupyterapp.shell.currentWidget.context.sessionContext.session?.kernel?.status == 'idle'"
COUNTS = """() => jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model)
    .filter(model => model.type == "code").map(model => model.executionCount)"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The working copy of a learner, and first.ipynb, which has not been opened on this machine."""
    folder = tmp_path_factory.mktemp("learner")
    refresh(ROOT / "notebooks", folder / "my")
    notebook = nbformat.read(folder / "my" / LESSON, as_version=4)
    kinds = ("text/html", "image/png")
    notebook.cells = [c for c in notebook.cells if any(k in str(c.get("outputs", "")) for k in kinds)][:12]
    nbformat.write(notebook, folder / "first.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory):
    """The address of a JupyterLab that works in `folder`, and knows of no settings of this machine's user."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    home = tmp_path_factory.mktemp("home")
    names = "CONFIG_DIR DATA_DIR RUNTIME_DIR LAB_SETTINGS_DIR LAB_WORKSPACES_DIR"
    apart = {f"JUPYTER{name if 'LAB' in name else f'_{name}'}": str(home / name) for name in names.split()}
    options = {
        "--port": address.rpartition(":")[2],
        "--IdentityProvider.token": "",
        "--ServerApp.root_dir": folder,
        "--LabApp.news_url": None,
        "--LabApp.expose_app_in_browser": True,  # for IDLE and COUNTS
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"{name}={value}" for name, value in options.items()]
    environment = os.environ | apart | {"OPENBLAS_NUM_THREADS": "1"}
    with (home / "log").open("w") as log, subprocess.Popen(command, env=environment, stderr=log) as server:
        try:
            until(lambda: urlopen(f"{address}/api").close(), server, home / "log")
            yield address
        finally:
            server.terminate()


def until(answers, server, log):
    for _ in range(300):
        try:
            return answers()
        except URLError:
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
    pytest.fail(log.read_text())


@pytest.fixture
def opened(browser, lab):
    """A function that opens a notebook."""
    pages = []

    def opened(path, width=1280):
        pages.append(page := browser.new_page(viewport={"width": width, "height": 900}))
        page.set_default_timeout(WAIT)
        page.goto(f"{lab}/doc/tree/{path}")
        page.locator(".jp-Notebook-cell").first.wait_for()
        return page

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def style(browser):
    """A function: what a property of an element's style comes out as."""
    return lambda element, name: element.evaluate("(e, name) => getComputedStyle(e)[name]", name)


@pytest.mark.parametrize("width", [1280, 600])
def test_before_anything_is_run(opened, style, width):
    """JupyterLab cleans what it does not trust. Cards keep their border; claims break at spaces only."""
    page = opened("first.ipynb", width)
    card = page.locator(".jp-RenderedHTML > div", has_text="not attempted").first
    card.scroll_into_view_if_needed()
    assert [style(card, f"border{side}Width") for side in ("Left", "Top")] == ["5px", "1px"]
    assert style(card, "borderTopColor") == "rgba(136, 136, 136, 0.533)"
    for kind in ("pre", "summary"):
        line = page.locator(f".jp-RenderedHTML {kind} >> text=/^(OK|NO)  /").first
        line.scroll_into_view_if_needed()
        assert [style(line, name) for name in ("wordBreak", "whiteSpace", "marginTop")] == [
            "normal",
            "pre-wrap",
            "0px",
        ]
        assert "mono" in style(line, "fontFamily").lower()
        assert line.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.locator("input[type=range]").count() == 0  # no script runs


def test_a_lesson_from_the_first_cell_to_the_last(opened, folder):
    """Restart & Run All, a figure moved by keys, saved, compared; then an answer, wrong and right."""
    page = opened(f"my/{LESSON}")
    page.wait_for_function(IDLE)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(f"() => ({COUNTS})().includes(null)")
    page.wait_for_function(f"() => ({COUNTS})().every((n, k) => n == k + 1)", polling=500)

    slider = page.locator("input[type=range]").first
    slider.scroll_into_view_if_needed()
    figure = page.locator("[data-figure]", has=slider).first
    before, still = figure.inner_html(), slider.get_attribute("aria-valuetext")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") != still and figure.inner_html() != before
    assert page.evaluate("document.activeElement.type") == "range"  # JupyterLab left the key to the figure

    page.keyboard.press("Control+s")
    page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty", timeout=20_000)
    saved = folder / "my" / LESSON
    outputs = [o for cell in nbformat.read(saved, as_version=4).cells for o in cell.get("outputs", [])]
    assert len(outputs) > 20 and all(output.output_type != "error" for output in outputs)
    compare = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
    ]
    run = subprocess.run([*compare, saved.name], cwd=saved.parent, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout

    cell = page.locator(".jp-CodeCell", has_text="def stretch")
    answers = {
        "(f(x + h) - f(x)) / h": ("not yet", exercise("1.1").misconceptions[0].hint),
        "abs(f(x + h) - f(x)) / h": ("correct", exercise("1.1").why),
    }
    for answer, (label, words) in answers.items():
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(ANSWER.format(answer))
        page.keyboard.press("Control+Enter")
        card = cell.locator(".jp-RenderedHTML", has_text=f"{label} · Exercise 1.1")
        card.wait_for()
        assert words.replace("`", "") in card.inner_text().replace("\n", " ")
