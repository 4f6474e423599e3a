"""The same work for nflow_ref and for its peers, each in a process of its own, taken in turn.

    python benchmarks/run.py [W1 W3 ...] [--rounds 9] [--seeds 5] [--only ours jax_]

Without arguments all works, W1 to W6, as `make bench` does. Each round measures every implementation once,
one after the other, so what the machine does meanwhile meets them alike. Results are kept in results.json,
in which a run replaces the works it did; RESULTS.md and chart.png are made from it (--report: only that).
"""

import argparse
import contextlib
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from importlib import metadata
from pathlib import Path

import report

FOLDER = Path(__file__).resolve().parent
IMPLEMENTATIONS = {
    "ours": "ours",
    "ours:plain": "ours, plain autograd",
    "jax_": "JAX",
    "jax_:tuned": "JAX, our layout",
    "flowjax_": "flowjax",
    "pytorch": "PyTorch",
    "pytorch:compiled": "torch.compile",
    "normflows_": "normflows",
    "nflows_": "nflows",
    "zuko_": "zuko",
}
# One thread for each, by every name it goes by.
ONE_THREAD = {
    **dict.fromkeys(["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NPROC"], "1"),
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
    "TORCHINDUCTOR_FORCE_DISABLE_CACHES": "1",  # the first call compiles
}
DTYPES = ("float32", "float64")
SCALING = (
    "ours",
    "ours:plain",
    "jax_",
    "pytorch",
)  # those of W5: elsewhere each size compiles anew, or is alike
PATIENCE = 900  # seconds until a silent worker is given up


def cases(work):
    """{case: what the worker is to set up} of the works that are measured in rounds."""
    step = {"work": "step", "model": "realnvp", "dtype": "float32", "batch": 512, "depth": 8}
    if work == "W1":
        return {d: step | {"dtype": d} for d in DTYPES}
    if work == "W2":
        return {
            f"{w}, {n:,}, {d}": step | {"work": w, "batch": n, "dtype": d}
            for w in ("log_prob", "sample")
            for d in DTYPES
            for n in (1, 512, 65_536)
        }
    if work == "W3":
        return {d: {"work": "step", "model": "glow", "dtype": d, "batch": 128} for d in DTYPES}
    by_batch = {f"batch {n:,}": step | {"batch": n} for n in (128, 512, 2048, 8192, 16_384)}
    return by_batch | {f"depth {k}": step | {"depth": k} for k in (2, 4, 8, 16, 32)}


class Failed(Exception):
    """An implementation cannot do a work; the message says why."""


class Peer:
    """A worker process and its answers."""

    def __init__(self, command):
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True,
            env=os.environ | ONE_THREAD,
        )  # fmt: skip
        self.reason = None

    def ask(self, **message):
        """The worker's answer. With no message, its greeting."""
        if self.reason:
            raise Failed(self.reason)
        late = threading.Timer(PATIENCE, self.process.kill)
        late.start()
        try:
            if message:
                self.process.stdin.write(json.dumps(message) + "\n")
                self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
        except (OSError, ValueError):
            self.reason = f"no answer within {PATIENCE} s" if late.finished.is_set() else self.last_words()
            raise Failed(self.reason) from None
        finally:
            late.cancel()
        if "failed" in answer:
            raise Failed(answer["failed"])
        return answer

    def last_words(self):
        code = self.process.wait()
        self.log.seek(0)
        lines = self.log.read().split("\n")
        return next((line for line in reversed(lines) if line.strip()), f"ended with code {code}")[:300]

    def close(self):
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.log.close()


def measure(peers, setup, rounds, label):
    """{name: {"first", "calls", "seconds": [...], "cpu": [...]} or {"failed": reason}}."""
    results = {}
    for name, peer in peers.items():
        try:
            results[name] = peer.ask(**setup) | {"seconds": [], "cpu": []}
        except Failed as failure:
            results[name] = {"failed": str(failure)}
    for k in range(rounds):
        for name, peer in peers.items():
            if "failed" in results[name]:
                continue
            try:
                answer = peer.ask(run=True)
                for key in ("seconds", "cpu"):
                    results[name][key].append(answer[key])
            except Failed as failure:
                results[name] = {"failed": str(failure)}
        done = (f"{name} {1e3 * r['seconds'][-1]:.3g}" for name, r in results.items() if "seconds" in r)
        print(f"{label}, round {k + 1} of {rounds}, ms: {', '.join(done)}", flush=True)
    return results


def cold_starts(commands, rounds):
    """W4: new processes, from their start to a first log_prob; time, peak memory, installed size."""
    results = {name: {"seconds": [], "memory": []} for name in commands}
    for k in range(rounds):
        for name, command in commands.items():
            if "failed" in results[name]:
                continue
            begin = time.perf_counter()
            peer = Peer([*command, "cold"])
            try:
                answer = peer.ask()
                results[name]["seconds"].append(time.perf_counter() - begin)
                results[name]["memory"].append(answer["memory"])
            except Failed as failure:
                results[name] = {"failed": str(failure)}
            peer.close()
        done = (f"{name} {r['seconds'][-1]:.3g}" for name, r in results.items() if "seconds" in r)
        print(f"W4, round {k + 1} of {rounds}, s: {', '.join(done)}", flush=True)
    for name, result in results.items():
        result["installed"] = installed(name)
    return {"cold": results}


def installed(name):
    """Bytes on disk of an implementation's library and all that it requires."""
    module = name.partition(":")[0].rstrip("_")
    wanted, seen, total = [{"ours": "nflow_ref", "pytorch": "torch"}.get(module, module)], set(), 0
    while wanted:
        name = wanted.pop().lower().replace("-", "_")
        if name in seen:
            continue
        seen.add(name)
        with contextlib.suppress(metadata.PackageNotFoundError):
            found = metadata.distribution(name)
            files = [Path(file.locate()) for file in found.files or []]
            if name == "nflow_ref":
                files = [f for f in (FOLDER.parent / name).rglob("*") if "__pycache__" not in f.parts]
            total += sum(file.stat().st_size for file in files if file.is_file())
            for line in found.requires or []:
                if "extra ==" not in line:
                    wanted.append(
                        line.replace(";", " ").split(" ")[0].split("[")[0].rstrip("<>=!~,.0123456789")
                    )
    return total


def trainings(peers, seeds):
    """W6: {"two moons": {name: {"nll": [...], "gap": [...], "truth": [...], "seconds": [...]}}}."""
    results = {name: {"nll": [], "gap": [], "truth": [], "seconds": []} for name in peers}
    for seed in range(seeds):
        for name, peer in peers.items():
            if "failed" in results[name]:
                continue
            try:
                answer = peer.ask(train=seed)
                for key, values in results[name].items():
                    values.append(answer[key])
            except Failed as failure:
                results[name] = {"failed": str(failure)}
        done = (f"{name} {r['nll'][-1]:.3f}" for name, r in results.items() if "nll" in r)
        print(f"W6, seed {seed + 1} of {seeds}, nats: {', '.join(done)}", flush=True)
    return {"two moons": results}


def machine():
    cpu = platform.processor() or platform.machine()
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().split("\n")
        cpu = next(line.split(": ")[1] for line in lines if line.startswith("model name"))
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def versions():
    names = ["numpy", "autograd", "torch", "jax", "normflows", "nflows", "zuko", "flowjax"]
    found = {}
    for name in names:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def whole(path, content):
    """Write a file whole or not at all."""
    new = path.with_name(path.name + ".tmp")
    new.write_text(content, encoding="utf-8", newline="\n")
    new.replace(path)


def run(work, names, rounds, seeds):
    """All results of one work."""
    commands = {name: [sys.executable, str(FOLDER / "worker.py"), name] for name in names}
    if work == "W5":
        commands = {name: command for name, command in commands.items() if name in SCALING}
    elif work in ("W4", "W6"):  # a variant computes what its main form does
        commands = {name: command for name, command in commands.items() if ":" not in name}
    if work == "W4":
        return cold_starts(commands, rounds)
    peers = {}
    try:
        for name, command in commands.items():
            peers[name] = Peer(command)
            with contextlib.suppress(Failed):
                peers[name].ask()  # its libraries are loaded
        if work == "W6":
            return trainings(peers, seeds)
        return {case: measure(peers, setup, rounds, f"{work} {case}") for case, setup in cases(work).items()}
    finally:
        for peer in peers.values():
            peer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    works = [f"W{k}" for k in range(1, 7)]
    parser.add_argument("works", nargs="*", metavar="W", help=f"of {', '.join(works)}; all, if none is named")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seeds", type=int, default=5, help="trainings of W6")
    parser.add_argument("--only", nargs="+", choices=IMPLEMENTATIONS, default=list(IMPLEMENTATIONS))
    parser.add_argument(
        "--report", action="store_true", help="make the tables and the chart anew, run nothing"
    )
    options = parser.parse_args()
    if unknown := set(options.works) - set(works):
        parser.error(f"no such work: {', '.join(sorted(unknown))}")
    store = FOLDER / "results.json"
    results = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    for work in [] if options.report else options.works or works:
        found = run(work, options.only, options.rounds, options.seeds)
        results[work] = {
            "date": datetime.date.today().isoformat(),
            "machine": machine(),
            "versions": versions(),
            "cases": found,
        }
        whole(store, json.dumps(results, indent=1) + "\n")
    whole(FOLDER / "RESULTS.md", report.report(results, IMPLEMENTATIONS))
    with contextlib.suppress(ImportError):
        report.chart(results, IMPLEMENTATIONS, FOLDER / "chart.png")
    print(f"Tables: {FOLDER / 'RESULTS.md'}")


if __name__ == "__main__":
    main()
