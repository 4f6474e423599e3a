"""pyproject.toml, environment.yml and constraints.txt agree, and a spoiled copy of them is refused."""

import pytest
import yaml
from requirements_files import EXTRAS, PROJECT, bounds, parsed_environment, pins, read


def test_environment_agrees_with_pyproject():
    """Protects readers on Binder and conda: they get what pip gives."""
    conda, pip = parsed_environment(read("environment.yml"))
    found = bounds(conda)
    assert found.pop("pip") == ""
    assert found.pop("python") == PROJECT["requires-python"]
    assert found == bounds(PROJECT["dependencies"], EXTRAS["course"], EXTRAS["test"])
    assert pip == ["-e ."]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name: nflow_ref", "name: nflow_ref\nname: other"),
        ("name: nflow_ref", "name: [nflow_ref]"),
        ("name: nflow_ref", "name: nflow_ref\nprefix: here"),
        ("  - conda-forge", "  - conda-forge\n  - defaults"),
        ("- conda-forge", "conda-forge"),
        ("numpy>=2.0", "numpy: 2.0"),
        ("numpy>=2.0", "numpy >= two"),
        ("      - -e .", "      -e ."),
        ("  - pip:", "- pip:"),
        ("  - pip:\n      - -e .", ""),
    ],
)
def test_spoiled_environment_is_refused(old, new):
    text = read("environment.yml")
    assert old in text
    with pytest.raises((ValueError, yaml.YAMLError)):
        parsed_environment(text.replace(old, new, 1))


def test_constraints_pin_every_dependency_within_its_bounds():
    pinned = pins(read("constraints.txt"))
    extras = [lines for name, lines in EXTRAS.items() if name != "bench"]
    for name, allowed in bounds(PROJECT["dependencies"], *extras).items():
        assert pinned[name] in allowed, name
        assert any(s.operator == ">=" for s in allowed), f"{name} has no lower bound"


@pytest.mark.parametrize(
    "line",
    ["numpy>=2.0", "numpy==2.*", "numpy==2.0,<3", "numpy @ file:///numpy", "numpy", "-e .", "Numpy==1"],
)
def test_spoiled_constraints_are_refused(line):
    with pytest.raises(ValueError):
        pins(f"numpy==2.4.6\n{line}")
