"""What the kernel of a notebook needs when nbval compares outputs, however pytest is called."""

import os
from unittest import mock

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup():
    """The set-up of a notebook's first cell starts its kernel, which inherits these variables.

    A progress bar would show times; a figure belongs into the notebook, not into a window; and
    threads that wait for a busy core make the small arrays of the course many times slower.
    """
    with mock.patch.dict(os.environ, TQDM_DISABLE="1", MPLBACKEND="", OPENBLAS_NUM_THREADS="1"):
        return (yield)
