"""Runs the playground's modules in Node, for the tests that compare their numbers with those of nflow_ref."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "docs/playground"


def copied(folder):
    """The playground's modules in another folder, to be run and spoiled there."""
    for path in SOURCE.glob("*.js"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def node(folder, job, answer):
    """What the JavaScript expression `answer` gives, where `job` is Python's and the modules are at hand."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("There is no Node here, to run the playground's modules: https://nodejs.org")
    code = f"""
        import {{ readFileSync }} from "node:fs";
        import * as data from "./data.js";
        import {{ Adam, Flow }} from "./flow.js";
        import {{ Training }} from "./training.js";
        const job = JSON.parse(readFileSync(0, "utf8"));
        const list = (x) => (ArrayBuffer.isView(x) ? [...x].map(list) : x === -Infinity ? "-inf" : x);
        const made = () => {{
          const flow = new Flow(job.settings);
          flow.theta.set(job.theta);
          return [flow, Float64Array.from(job.x)];
        }};
        const answer = await (async () => {{ {answer} }})();
        console.log(JSON.stringify(answer, (key, value) => list(value)));
    """
    run = subprocess.run(
        [program, "--input-type=module", "-e", code],
        cwd=folder,
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def near(name, found, expected, tolerance=1e-12):
    """Relative to the largest number of the array."""
    found, expected = np.ravel(found).astype(float), np.ravel(expected)
    assert found.shape == expected.shape, name
    error = np.max(np.abs(found - expected)) / (np.max(np.abs(expected)) or 1)
    assert error <= tolerance, f"{name}: {error:.1e}"
