"""pyproject.toml, environment.yml and constraints.txt, read strictly: what is not expected is refused."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


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


def pins(text):
    """{name: version} of constraints.txt, with anything but exact versions refused."""
    found = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        requirement = Requirement(line)
        name, (specifier, *more) = canonicalize_name(requirement.name), requirement.specifier
        if requirement.url or more or specifier.operator != "==" or "*" in specifier.version:
            raise ValueError(f"expected one exact version, got {line!r}")
        if name in found:
            raise ValueError(f"{name} stands twice")
        found[name] = specifier.version
    return found
