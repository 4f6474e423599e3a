"""How the tests are shared out among the cores, and where their random numbers begin."""

import numpy as np
import pytest


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The cells of a notebook stay together, in their order. All other tests go where there is time."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file, _, _ = nodeid.partition("::")
            return file if file.endswith(".ipynb") else nodeid

    return Sharing(config, log)


@pytest.fixture(autouse=True)
def same_numbers_in_any_order(request):
    """A module's `rng` is new for each test: what one draws must not depend on which ran before it."""
    if hasattr(getattr(request, "module", None), "rng"):
        request.module.rng = np.random.default_rng(0)
