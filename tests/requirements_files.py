"""pyproject.toml, environment.yml and constraints.txt, read strictly: what is not expected is refused."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PYTHONS = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if " :: Python :: 3." in line]
SYSTEMS = {"linux": "posix", "darwin": "posix", "win32": "nt"}


def bounds(*lists):
    """{name: allowed versions} of lists of requirements, without the references to this package itself."""
    wanted = [Requirement(line) for lines in lists for line in lines]
    return {canonicalize_name(w.name): w.specifier for w in wanted if w.name != PROJECT["name"]}


class StrictLoader(yaml.SafeLoader):
    """YAML in which a key that stands twice is an error: SafeLoader keeps the last one and says nothing."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key) for key, _ in node.value]
        if len(keys) > len(set(keys)):
            raise ValueError(f"a key stands twice in {keys}")
        return super().construct_mapping(node, deep)


def parsed_environment(text):
    """environment.yml as (requirements of conda, lines for pip), with everything else refused."""
    environment = yaml.load(text, Loader=StrictLoader)
    if not isinstance(environment, dict) or list(environment) != ["name", "channels", "dependencies"]:
        raise ValueError("expected the keys name, channels and dependencies")
    if environment["name"] != PROJECT["name"] or environment["channels"] != ["conda-forge"]:
        raise ValueError("expected the project's name, and conda-forge as the only channel")
    *conda, last = environment["dependencies"]
    for line in conda:
        if not isinstance(line, str) or not re.fullmatch(r"[a-z0-9_-]+([<>=]=?\d+(\.\d+)*,?)*", line):
            raise ValueError(f"expected a name and bounds, got {line!r}")
    if not isinstance(last, dict) or list(last) != ["pip"] or not isinstance(last["pip"], list):
        raise ValueError(f"expected the list of pip, got {last!r}")
    return conda, last["pip"]


def pins(text, python, system="linux"):
    """{name: version} of constraints.txt for one Python and system.

    Refused are all but exact versions, and a name that has several lines unless exactly one of them holds.
    """
    where = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    where |= {"os_name": SYSTEMS[system], "implementation_name": "cpython"}
    lines, found = Counter(), {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        requirement = Requirement(line)
        name, (specifier, *more) = canonicalize_name(requirement.name), requirement.specifier
        if requirement.url or more or specifier.operator != "==" or "*" in specifier.version:
            raise ValueError(f"expected one exact version, got {line!r}")
        lines[name] += 1
        if requirement.marker is None or requirement.marker.evaluate(where):
            if name in found:
                raise ValueError(f"{name} stands twice for Python {python} on {system}")
            found[name] = specifier.version
    if missing := [name for name, count in lines.items() if count > 1 and name not in found]:
        raise ValueError(f"{missing} have no version for Python {python} on {system}")
    return found
