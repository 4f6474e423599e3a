"""How much two pictures differ."""

import importlib.metadata
import io
import re

import numpy as np
import pytest
from PIL import Image
from requirements_files import read

# Another Matplotlib sets a label a little elsewhere. The stored figures are drawn by the one that is pinned.
PINNED = re.search(r"^matplotlib==(\S+)", read("constraints.txt"), re.MULTILINE)[1]
DRAWN_HERE = importlib.metadata.version("matplotlib") == PINNED
same_matplotlib = pytest.mark.skipif(not DRAWN_HERE, reason=f"the figures are drawn by Matplotlib {PINNED}")


def difference(one, other, width=200):
    """The root mean square of what two PNG files differ in, on white, 0 to 255; inf for unlike shapes.

    Both are shrunk to this width first: a line that is half a pixel elsewhere is no difference.

    Raises:
        UnidentifiedImageError, SyntaxError, OSError: one of them is no picture.
    """
    a, b = map(on_white, (one, other))
    if max(abs(a.width / b.width - 1), abs(a.height / b.height - 1)) > 0.02:
        return float("inf")
    size = width, max(1, round(width * a.height / a.width))
    a, b = (np.asarray(picture.resize(size, Image.Resampling.BOX), float) for picture in (a, b))
    return float(np.sqrt(np.mean((a - b) ** 2)))


def on_white(png):
    with Image.open(io.BytesIO(png)) as picture:
        picture = picture.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture)
    return white.convert("RGB")


def blank(png):
    """A white picture of the same size."""
    file = io.BytesIO()
    Image.new("RGB", on_white(png).size, "white").save(file, "PNG")
    return file.getvalue()
