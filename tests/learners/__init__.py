"""What learners hand in: each mistake of each exercise, in other code than the exercise's own.

A module for each notebook, with two tables.
LEARNERS: exercise -> words of the hint that it must get -> the wrong answer.
OTHER_WAY: exercise -> the right numbers, not by the formula of the key but from a cdf, a difference
quotient or a search.
"""

import importlib
import pkgutil

LEARNERS, OTHER_WAY = {}, {}
for module in pkgutil.iter_modules(__path__):
    if module.name.startswith("nb"):
        tables = importlib.import_module(f".{module.name}", __name__)
        LEARNERS |= tables.LEARNERS
        OTHER_WAY |= tables.OTHER_WAY
