"""The course in a browser that computes: JupyterLite, its kernel Pyodide, the lessons. What `make lite` does.

    python docs/lite.py docs/_build/lite

Pyodide's core and all wheels that are pure Python lie beside the pages, so that the kernel starts without any
other address. What is compiled for it (NumPy, Matplotlib and what these need) is in no package registry: it
comes from Pyodide's own address when a lesson first imports it, in exactly the version that the lock names.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_PYTHON_VERSION, PYODIDE_VERSION

ROOT = Path(__file__).resolve().parents[1]
CORE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]

# What Pyodide does not have, and what each needs of the rest: `import nflow_ref` loads all of it.
OWN = {"comm": [], "autograd": ["numpy"], "nflow-ref": ["autograd", "matplotlib", "numpy", "tqdm"]}
KERNEL = ["comm", "ipython", "jedi", "micropip", "packaging"]  # what the kernel imports when it starts
APPS = ["lab", "notebooks", "tree"]
SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # dark where the system is
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 30},
}


def build(out):
    """Build all of it into the folder `out`, which keeps its older content until the new one is complete."""
    if not shutil.which("npm"):
        sys.exit(
            "make lite needs npm, which brings Pyodide. It comes with Node: on Debian, sudo apt install npm"
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".lite-") as work:
        work = Path(work)
        pyodide = work / "static/pyodide"
        core(pyodide)
        lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
        localise(lock, wheels(lock, pyodide))
        (pyodide / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
        jupyterlite(work)
        for path in (work / "site").rglob("*"):
            path.chmod(path.stat().st_mode | 0o444)  # pip's wheels are for their owner only
        if out.exists():
            out.rename(work / "old")
        (work / "site").rename(out)


def core(folder):
    """Pyodide itself, of the version that the kernel is made for."""
    folder.mkdir(parents=True)
    run("npm", "pack", "--silent", f"pyodide@{PYODIDE_VERSION}", cwd=folder)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as tar:
        for name in CORE:
            (folder / name).write_bytes(tar.extractfile(f"package/{name}").read())
    archive.unlink()


def needed(packages):
    """The names of all that the lessons and the kernel load, of Pyodide's packages and our own."""
    names, waiting = set(), [*OWN, *KERNEL]
    while waiting:
        name = normal(waiting.pop())
        if name not in names:
            names.add(name)
            waiting += OWN[name] if name in OWN else packages[name]["depends"]
    return names


def wheels(lock, folder):
    """Put all pure wheels into `folder`: name -> file."""
    packages = lock["packages"]
    pins = dict(re.findall(r"^([\w-]+)==([\w.]+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE))
    wanted = [f"{name}=={pins[name]}" for name in OWN if name in pins]
    for name in needed(packages) - OWN.keys():
        if packages[name]["file_name"].endswith("-none-any.whl"):
            wanted.append(f"{name}=={packages[name]['version']}")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    anywhere = ["--implementation", "py", "--abi", "none", "--platform", "any"]
    python = ["--only-binary", ":all:", "--python-version", PYODIDE_PYTHON_VERSION]
    run(*pip, "download", "--no-deps", *python, *anywhere, "--dest", folder, *wanted)
    run(*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    return {normal(path.name.split("-")[0]): path for path in folder.glob("*.whl")}


def localise(lock, files):
    """The lock names our wheels, beside the pages, and Pyodide's own by their full address."""
    for package in lock["packages"].values():
        package["file_name"] = f"{PYODIDE_CDN_URL}/{package['file_name']}"
    for name, path in files.items():
        entry = lock["packages"].setdefault(name, new_entry(name, path))
        entry |= {"file_name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def new_entry(name, path):
    """The lock's entry of a package that Pyodide does not have."""
    module, version = path.name.split("-")[:2]
    return {
        "name": name,
        "version": version,
        "install_dir": "site",
        "package_type": "package",
        "imports": [module],
        "depends": OWN.get(name, []),
        "unvendored_tests": False,
    }


def jupyterlite(folder):
    """The pages: the lessons, the apps, and Pyodide from static/pyodide. Built into `folder`/site."""
    config = {"jupyter-config-data": {"appName": "Normalizing flows from the basics"}}
    (folder / "jupyter-lite.json").write_text(json.dumps(config | {"jupyter-lite-schema-version": 0}))
    (folder / "overrides.json").write_text(json.dumps(SETTINGS))
    lessons(folder / "lessons")
    options = ["--contents=lessons", *(f"--apps={app}" for app in APPS)]
    options += ["--no-sourcemaps", "--no-unused-shared-packages", "--settings-overrides=overrides.json"]
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir=site", *options]
    run(*command, cwd=folder)


def lessons(folder):
    """The notebooks. Their outputs are our own: marked as trusted, they may move."""
    folder.mkdir()
    for path in ROOT.glob("notebooks/*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["metadata"]["trusted"] = True
        text = json.dumps(notebook, ensure_ascii=False)
        (folder / path.name).write_text(text, encoding="utf-8")


def normal(name):
    return name.lower().replace("_", "-")


def run(*command, **options):
    """Run it; only if it fails, show what it said."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nmake lite: this failed: {' '.join(done.args)}")


if __name__ == "__main__":
    build(Path(sys.argv[1]).resolve())
