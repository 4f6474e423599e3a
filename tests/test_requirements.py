"""pyproject.toml, environment.yml and constraints.txt agree, and a spoiled copy of them is refused."""

import pytest
import yaml
from requirements_files import EXTRAS, PROJECT, PYTHONS, SYSTEMS, bounds, parsed_environment, pins, read


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


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_constraints_pin_every_dependency_within_its_bounds(python, system):
    pinned = pins(read("constraints.txt"), python, system)
    extras = [lines for name, lines in EXTRAS.items() if name != "bench"]
    for name, allowed in bounds(PROJECT["dependencies"], *extras).items():
        assert pinned[name] in allowed, name
        assert any(s.operator == ">=" for s in allowed), f"{name} has no lower bound"


@pytest.mark.parametrize(
    "line",
    [
        *("numpy>=2.0", "numpy==2.*", "numpy==2.0,<3", "numpy @ file:///numpy", "numpy", "-e .", "NumPy==1"),
        *("numpy==2 ; python_version >= '3.13'", "numpy==2 ; python_version == '3.14'"),
        *("numpy==2 ; python_version >= '3.15'", "numpy==2 ; version >= '3.14'", "numpy==2 # 3.14"),
    ],
)
def test_spoiled_constraints_are_refused(line):
    """A version twice, none at all, and what is no version."""
    with pytest.raises(ValueError):
        for python in PYTHONS:
            pins(f"numpy==1 ; python_version < '3.14'\n{line}", python)


def test_constraints_differ_by_python_and_system():
    text = "a==1 ; python_version < '3.14'\na==2 ; python_version >= '3.14'\nb==3 ; sys_platform == 'win32'"
    assert pins(text, "3.13") == {"a": "1"}
    assert pins(text, "3.14", "win32") == {"a": "2", "b": "3"}
