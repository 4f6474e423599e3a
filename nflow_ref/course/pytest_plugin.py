"""A plugin for pytest: under nbval a notebook passes in any folder, and after it was used in JupyterLab.

The entry point in pyproject.toml has every run of pytest load it; it acts under `--nbval` and `--nbval-lax`.
"""

import re

import pytest

__all__ = ["ENVIRONMENT", "MASKS", "masked"]

# For the kernel: a progress bar would show times; a figure belongs into the notebook, not into a window; and
# threads that wait for a busy core make the small arrays of the course many times slower.
ENVIRONMENT = {"TQDM_DISABLE": "1", "MPLBACKEND": "", "OPENBLAS_NUM_THREADS": "1"}

# 100%|██████████| 400/400 [00:00<00:00, 439.14step/s, nats 2.076]
BAR = re.compile(
    r"^ *\d+%\|[ #\d▏▎▍▌▋▊▉█]*\| *[\d.kMG]+/[\d.kMG]+ \[[\d:]+<[\d:?]+, [^\[\]\n]*\] *\n?", re.MULTILINE
)

# What differs between machines in claims and moving figures: regular expression -> what is compared instead.
# Bounds stay, and so do measured numbers above the level of rounding that do not stand behind a ≈.
NUMBER = r"-?[\d.]+(?:e[+-]\d+)?"
TINY = r"[\d.]+e-(?:09|[1-9]\d)"
MASKS = {
    rf"≈ {NUMBER}(?= ≤| ≥| % of its bound| times its bound| times as long)": "≈ …",
    rf"{NUMBER} ≤ ({TINY})(?: · {NUMBER})?": r"… ≤ \1",
    rf"(?:{TINY}|\b0) ≤ ": "… ≤ ",
    r'(<div class="slider" data-varies) data-figure="[^"]*"': r"\1",
}


def masked(text):
    """A text as nbval compares it."""
    for pattern, shown in MASKS.items():
        text = re.sub(pattern, shown, text)
    return text


def without_bars(outputs):
    """Outputs as nbval compares them, less the progress bars that a learner's own run has stored."""
    kept = []
    for output in outputs:
        if output.output_type == "stream" and BAR.search(output.text):
            output = type(output)(output, text=BAR.sub("", output.text))
            if not output.text:
                continue
        kept.append(output)
    return kept


class Notebooks:
    """What is done to the cells that nbval collects."""

    def __init__(self):
        from nbval.plugin import IPyNbCell

        self.cell = IPyNbCell

    def pytest_itemcollected(self, item):
        if isinstance(item, self.cell):
            compare = item.compare_outputs
            item.parent.sanitize_patterns.update(MASKS)
            item.compare_outputs = lambda test, ref: compare(without_bars(test), without_bars(ref))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        """The set-up of a notebook's first cell starts its kernel, which inherits the environment."""
        if not isinstance(item, self.cell):
            return (yield)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in ENVIRONMENT.items():
                patch.setenv(name, value)
            return (yield)


def pytest_configure(config):
    if any(config.getoption(name, False) for name in ("nbval", "nbval_lax")):
        config.pluginmanager.register(Notebooks(), "nflow_ref_notebooks")
