"""The learner's copy of the lessons: what a learner has written stays, all else follows the course."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from nflow_ref.course import my
from nflow_ref.course.my import refresh


def write(path, *sources, printed=""):
    outputs = [new_output("stream", text=printed)] if printed else []
    cells = [new_code_cell(source, id=f"c{k}", outputs=outputs) for k, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=cells), path)


def sources(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


@pytest.fixture
def folders(tmp_path):
    """(course, mine): two lessons and a picture, copied."""
    course, mine = tmp_path / "notebooks", tmp_path / "my"
    course.mkdir()
    write(course / "00_start.ipynb", "x = 0")
    write(course / "01_next.ipynb", "y = ...")
    (course / "cover.png").write_bytes(b"\x89PNG")
    (course / "__pycache__").mkdir()
    (course / ".01_next.tmp").write_text("")
    assert refresh(course, mine) == ["my/ is your own copy of the lessons: what you write stays."]
    return course, mine


def test_all_is_copied_once(folders):
    course, mine = folders
    names = {"00_start.ipynb", "01_next.ipynb", "cover.png"}
    assert {path.name for path in mine.iterdir()} == names | {".copied.json"}
    assert all((mine / name).read_bytes() == (course / name).read_bytes() for name in names)
    times = {path: path.stat().st_mtime_ns for path in mine.glob("[!.]*")}
    assert refresh(course, mine) == []
    assert {path: path.stat().st_mtime_ns for path in mine.glob("[!.]*")} == times


@pytest.mark.parametrize("ran", [False, True])
def test_what_was_not_changed_follows_the_course(folders, ran):
    """Also after it was run, which leaves outputs, and an empty cell at the end."""
    course, mine = folders
    if ran:
        write(mine / "01_next.ipynb", "y = ...", "", printed="run")
        assert refresh(course, mine) == []
        assert "run" in (mine / "01_next.ipynb").read_text()  # as long as the course has nothing newer
    write(course / "01_next.ipynb", "y = ...", "z = 1")
    (course / "cover.png").write_bytes(b"\x89PNG2")
    assert refresh(course, mine) == []
    for name in ("01_next.ipynb", "cover.png"):
        assert (mine / name).read_bytes() == (course / name).read_bytes()


def test_answers_stay_and_the_learner_is_told(folders):
    course, mine = folders
    write(mine / "01_next.ipynb", "y = 42")
    assert refresh(course, mine) == []
    write(course / "01_next.ipynb", "y = ...", "z = 1")
    for _ in range(2):
        (sentence,) = refresh(course, mine)
        assert sentence.startswith("01_next.ipynb stays as you have it; the course has a newer one.")
        assert "make lab FRESH=01, or python -m nflow_ref.course.my 01" in sentence
        assert sources(mine / "01_next.ipynb") == ["y = 42"]


def a_cell_of_another_type(notebook):
    notebook.cells[1] = new_markdown_cell("b", id="c1")


@pytest.mark.parametrize("change", [a_cell_of_another_type, lambda notebook: notebook.cells.reverse()])
def test_what_else_is_an_answer(folders, change):
    course, mine = folders
    write(course / "01_next.ipynb", "a", "b")
    refresh(course, mine)
    notebook = nbformat.read(mine / "01_next.ipynb", as_version=4)
    change(notebook)
    nbformat.write(notebook, mine / "01_next.ipynb")
    write(course / "01_next.ipynb", "a", "b", "c")
    assert len(refresh(course, mine)) == 1 and len(sources(mine / "01_next.ipynb")) == 2


def test_what_was_deleted_comes_again(folders):
    course, mine = folders
    (mine / "00_start.ipynb").unlink()
    assert refresh(course, mine) == []
    assert sources(mine / "00_start.ipynb") == ["x = 0"]


@pytest.mark.parametrize("answered", [False, True])
def test_a_lesson_of_another_name(folders, answered):
    """The old name goes, unless there are answers under it; then it is said, once."""
    course, mine = folders
    if answered:
        write(mine / "01_next.ipynb", "y = 42")
    (course / "01_next.ipynb").rename(course / "01_other.ipynb")
    said = refresh(course, mine)
    assert sources(mine / "01_other.ipynb") == ["y = ..."]
    if answered:
        assert said == ["01_next.ipynb is yours alone now: the course has no such lesson any more."]
        assert sources(mine / "01_next.ipynb") == ["y = 42"]
    else:
        assert said == [] and not (mine / "01_next.ipynb").exists()
    assert refresh(course, mine) == []


def test_a_fresh_one_leaves_the_old_one_there(folders):
    course, mine = folders
    for k in (1, 2):
        write(mine / "01_next.ipynb", f"y = {k}")
        said = refresh(course, mine, ["01"])
        assert said == [f"01_next.ipynb is a fresh one: yours is 01_next~{k}.ipynb."]
        assert sources(mine / f"01_next~{k}.ipynb") == [f"y = {k}"]
        assert sources(mine / "01_next.ipynb") == ["y = ..."]
    assert refresh(course, mine) == [] and len(list(mine.glob("*~*"))) == 2


@pytest.mark.parametrize("number", ["02", "next", "", "1"])
def test_a_fresh_one_of_a_lesson_that_does_not_exist(folders, number):
    course, mine = folders
    write(mine / "00_start.ipynb", "mine")
    with pytest.raises(ValueError, match=f"no lesson '{number}'; there are 00 to 01"):
        refresh(course, mine, ["00", number])
    assert sources(mine / "00_start.ipynb") == ["mine"]


@pytest.mark.parametrize("record", [None, b"", b'{"00_start.ipynb"'])
def test_without_its_record_nothing_is_overwritten(folders, record):
    course, mine = folders
    write(mine / "01_next.ipynb", "y = 42")
    (mine / ".copied.json").unlink()
    if record is not None:
        (mine / ".copied.json").write_bytes(record)
    assert len(refresh(course, mine)) == 1
    assert sources(mine / "01_next.ipynb") == ["y = 42"]
    write(course / "00_start.ipynb", "x = 1")
    refresh(course, mine)
    assert sources(mine / "00_start.ipynb") == ["x = 1"]  # it was as in the course, and is known again


def test_a_file_that_is_no_notebook_is_the_learners(folders):
    course, mine = folders
    (mine / "01_next.ipynb").write_text("{")
    write(course / "01_next.ipynb", "y = 1")
    assert len(refresh(course, mine)) == 1 and (mine / "01_next.ipynb").read_text() == "{"


@pytest.mark.parametrize("at", range(4))
def test_an_interrupt_harms_nothing(folders, monkeypatch, at):
    """At whichever file it comes: answers are whole, and the next run does what was left."""
    course, mine = folders
    write(mine / "01_next.ipynb", "y = 42")
    for name in ("00_start.ipynb", "02_new.ipynb", "03_new.ipynb"):
        write(course / name, "new")
    calls, replace = [], my.os.replace

    def interrupted(*files):
        calls.append(files)
        if len(calls) > at:
            raise KeyboardInterrupt
        replace(*files)

    monkeypatch.setattr(my.os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        refresh(course, mine)
    assert sources(mine / "01_next.ipynb") == ["y = 42"]
    assert [sources(path) for path in sorted(mine.glob("0[23]*"))] == [["new"]] * max(0, min(2, at - 1))
    monkeypatch.undo()
    assert refresh(course, mine) == []
    assert [sources(path) for path in sorted(mine.glob("0*"))] == [["new"], ["y = 42"], ["new"], ["new"]]
    assert not list(mine.glob(".*.tmp"))


def test_the_command_says_what_is_in_the_way(tmp_path):
    """A file of the name my, a lesson that is not there, a package without its lessons: no traceback."""
    package = tmp_path / "nflow_ref/course"
    package.mkdir(parents=True)
    script = package / "my.py"
    shutil.copy(my.__file__, script)

    def run(*arguments):
        return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True)

    refused = "The lessons were not copied to my/: "
    assert run().stderr == f"{refused}there are no lessons in {tmp_path / 'notebooks'}\n"
    (tmp_path / "notebooks").mkdir()
    write(tmp_path / "notebooks/00_start.ipynb", "x = 0")
    (tmp_path / "my").write_text("")
    assert "my" in run().stderr and run().returncode == 1 and "Traceback" not in run().stderr
    (tmp_path / "my").unlink()
    assert run("07").stderr.startswith(f"{refused}there is no lesson '07'")
    good = run()
    assert (good.returncode, good.stderr) == (0, "") and good.stdout.startswith("my/ is your own copy")
    assert run().stdout == ""
