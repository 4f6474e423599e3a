"""Execute notebooks in place, so that two runs store the same bytes: what `make notebooks` does.

    python tests/execute_notebooks.py [notebooks/01_change_of_variables.ipynb ...]

Without arguments, all notebooks of the course. The alt text of each figure is put into its caption. The
figure of the cell with the tag "cover" is also written to cover.png, for the README. If a cell raises, its
traceback is shown and the file stays as it was.
"""

import base64
import io
import itertools
import os
import re
import sys
import time
from html import escape
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert.preprocessors import CoalesceStreamsPreprocessor
from PIL import Image

from nflow_ref.course.pytest_plugin import ENVIRONMENT

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"

# The same on every machine: JupyterLab and nbclient would add the exact version of Python.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python", "pygments_lexer": "ipython3"},
}

ALT_TEXT = "\n\n<details><summary>The figure in words</summary>{}</details>"
STORED_ALT_TEXT = re.compile(ALT_TEXT.format(".*?"), re.DOTALL)


def execute(notebook, folder):
    """Run the notebook from top to bottom in a new kernel that works in `folder`.

    Raises:
        CellExecutionError: a cell raises; the message is its traceback.
    """
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": folder}},
        timeout=600,
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute(env=os.environ | ENVIRONMENT)
    # What one print writes may arrive in pieces, cut where the clock says.
    CoalesceStreamsPreprocessor().preprocess(notebook, {})
    for figure in (o.data for cell in notebook.cells for o in cell.get("outputs", []) if "data" in o):
        if "image/png" in figure:
            figure["image/png"] = in_256_colours(figure["image/png"])
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


def in_256_colours(png):
    """A picture in base64 at a third of its size: as a palette, which the eye does not notice."""
    picture, small = Image.open(io.BytesIO(base64.b64decode(png))), io.BytesIO()
    picture.quantize(256, method=Image.Quantize.FASTOCTREE).save(small, "PNG", optimize=True)
    return base64.b64encode(small.getvalue()).decode()


def captioned(notebook):
    """The notebook with the alt text of each figure, its cell's metadata "alt", folded below its caption.

    The metadata reach nobody: neither JupyterLab nor GitHub shows them, or reads them out.
    """
    for figure, caption in itertools.pairwise(notebook.cells):
        if caption.cell_type == "markdown":
            caption.source = STORED_ALT_TEXT.sub("", caption.source)
            if caption.source.startswith("*Figure ") and (alt := figure.metadata.get("alt")):
                caption.source += ALT_TEXT.format(escape(alt))
    return notebook


def execute_in_place(path):
    notebook = captioned(execute(nbformat.read(path, as_version=4), path.parent))
    new = path.with_suffix(".tmp")
    new.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    new.replace(path)
    for cell in notebook.cells:
        if "cover" in cell.metadata.get("tags", []):  # the picture of the README
            (figure,) = (o.data["image/png"] for o in cell.outputs if "data" in o)
            path.with_name("cover.png").write_bytes(base64.b64decode(figure))


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:] or sorted(FOLDER.glob("*.ipynb"))):
        start = time.perf_counter()
        try:
            execute_in_place(path)
        except CellExecutionError as error:
            sys.exit(f"{error}\n{path}: a cell raises, the file is as it was.")
        print(f"{path.name}: {time.perf_counter() - start:.0f} s", flush=True)
