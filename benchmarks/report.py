"""RESULTS.md and chart.png from results.json: what `make bench` measured, as tables and a picture."""

import contextlib
import json
import statistics

READING = """\
Each implementation runs in a process of its own, on one thread. They take turns: every round measures each of
them once, for {shortest} or longer. A time is the median of the rounds, ±x% half the distance of its
quartiles, and in parentheses stands how many times as long as ours it took. Ratios are what to trust: the
machine's load changes all times. The first call, with whatever is compiled in it, stands apart.

PyTorch, torch.compile and JAX are written by hand as exactly the reference's function of the same parameters,
which is checked before they are timed (1e-5 of the largest log-density in float32, 1e-10 in float64). "JAX,
our layout" is the fastest JAX we could write, with the array layouts that make NumPy fast. normflows, nflows,
zuko and flowjax do the nearest thing in their own layers; the docstring of each file in `benchmarks/` says
what differs. Batches are in the library's own form before the clock starts.
"""
TITLES = {
    "W1": "W1 · a training step of RealNVP (2-D, 8 couplings, MLP 64-64, batch 512)",
    "W2": "W2 · log_prob and sampling of the same RealNVP, by number of points",
    "W3": "W3 · a training step of Glow on 8×8 digits (2 levels × 4 steps, 64 channels, batch 128)",
    "W4": "W4 · from the start of Python to a first log_prob",
    "W5": "W5 · a training step of RealNVP by batch and by depth, float32",
    "W6": "W6 · test likelihood on two moons after 2,000 steps × 512 fresh points, float32",
}
NOTES = {
    "W1": "",
    "W2": "",
    "W3": "",
    "W4": "512 points, float32, files in the system's cache. Installed: with all that it requires, unpacked.",
    "W5": "By batch: time per example, at depth 8. By depth: time per coupling, at batch 512.",
    "W6": "Mean over {seeds} seeds ± their standard deviation, in nats, on 10,000 test points per seed. The "
    "gap to the true density is taken point by point, so the noise of the test points cancels. JAX and "
    "PyTorch start from our parameters, and rounding alone leads them elsewhere.",
}


def median(results, work, case, name):
    """The median time in seconds; KeyError if it was not measured."""
    return statistics.median(results[work]["cases"][case][name]["seconds"])


def targets(results):
    """(work, statement, limit, measured or None): what the project set out to reach."""

    def ratio(work, case, peer):
        return lambda: median(results, work, case, "ours") / median(results, work, case, peer)

    def by_depth():
        costs = [median(results, "W5", f"depth {k}", "ours") / k for k in (4, 8, 16, 32)]
        return max(costs) / min(costs)

    def by_batch():
        large, small = (median(results, "W5", f"batch {n:,}", "ours") / n for n in (16_384, 2048))
        return large / small

    wanted = [
        ("W1", "ours / JAX, float32", 0.85, ratio("W1", "float32", "jax_")),
        ("W1", "ours / JAX, float64", 1.0, ratio("W1", "float64", "jax_")),
        ("W1", "ours / PyTorch, float32", 0.5, ratio("W1", "float32", "pytorch")),
        (
            "W2",
            "ours / JAX, log_prob of 65,536, float32",
            0.95,
            ratio("W2", "log_prob, 65,536, float32", "jax_"),
        ),
        ("W2", "ours / JAX, 65,536 samples, float32", 0.95, ratio("W2", "sample, 65,536, float32", "jax_")),
        ("W3", "ours / JAX, float32", 0.65, ratio("W3", "float32", "jax_")),
        ("W3", "ours / normflows, float32", 0.35, ratio("W3", "float32", "normflows_")),
        ("W4", "ours / PyTorch", 0.06, ratio("W4", "cold", "pytorch")),
        ("W5", "time per coupling, largest / smallest, depth 4 to 32", 1.1, by_depth),
        ("W5", "time per example, batch 16,384 / batch 2,048", 1.15, by_batch),
    ]
    found = []
    for work, statement, limit, measured in wanted:
        value = None
        with contextlib.suppress(KeyError):
            value = measured()
        found.append((work, statement, limit, value))
    return found


def escaped(text):
    """Text that Markdown shows as it is, in one cell of a table."""
    text = " ".join(str(text).split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join("\\" + c if c in "\\|`*_[]" else c for c in text)


def table(header, rows):
    lines = [header, ["---"] + ["--:"] * (len(header) - 1), *rows]
    return "".join("| " + " | ".join(row) + " |\n" for row in lines)


def time(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size or unit == "µs":
            return f"{float(f'{seconds / size:.3g}'):g} {unit}"


def spread(values):
    """Half the distance of the quartiles, relative to the median, as ±x%."""
    if len(values) < 2:
        return ""
    low, _, high = statistics.quantiles(values, n=4)
    return f" ±{50 * (high - low) / statistics.median(values):.0f}%"


def cell(found, name, per=1):
    """Time and spread of one implementation, and its ratio to ours."""
    if "seconds" not in found.get(name, {}):
        return "–"
    seconds = found[name]["seconds"]
    text = time(statistics.median(seconds) / per) + spread(seconds)
    if name != "ours" and "seconds" in found.get("ours", {}):
        text += f" ({statistics.median(seconds) / statistics.median(found['ours']['seconds']):.2f})"
    return text


def timed(cases, names, columns, first=False):
    """A table with a row for each implementation and a column for each (case, its heading, its divisor)."""
    header = ["", *(heading for _, heading, _ in columns)]
    header += [f"first call, {heading}" for _, heading, _ in columns] if first else []
    rows = []
    for name, label in names.items():
        if not any(name in cases[case] for case, *_ in columns):
            continue
        row = [escaped(label), *(cell(cases[case], name, per) for case, _, per in columns)]
        if first:
            calls = (cases[case].get(name, {}).get("first") for case, *_ in columns)
            row += ["–" if call is None else time(call) for call in calls]
        rows.append(row)
    return table(header, rows)


def cold(found, names):
    rows = []
    for name, label in names.items():
        if name in found:
            memory = found[name].get("memory")
            memory = f"{statistics.median(memory) / 2**20:.0f} MiB" if memory else "–"
            size = f"{found[name]['installed'] / 1e6:.0f} MB"
            rows.append([escaped(label), cell(found, name), memory, size])
    return table(["", "time", "peak memory", "installed"], rows)


def trained(found, names):
    def mean(values):
        deviation = f" ± {statistics.stdev(values):.4f}" if len(values) > 1 else ""
        return f"{statistics.mean(values):.4f}{deviation}"

    rows = []
    for name, label in names.items():
        if name in found:
            r = found[name]
            row = [mean(r["nll"]), mean(r["gap"])] if "nll" in r else ["–", "–"]
            rows.append([escaped(label), *row, cell(found, name)])
    truth = next((r["truth"] for r in found.values() if "truth" in r), None)
    rows += [["the true density", mean(truth), "0", ""]] if truth else []
    return table(["", "test −log p, nats", "gap to the true density", "training"], rows)


def tables(work, cases, names):
    if work == "W4":
        return [cold(cases["cold"], names)]
    if work == "W6":
        return [trained(cases["two moons"], names)]
    if work in ("W1", "W3"):
        return [timed(cases, names, [(case, case, 1) for case in cases], first=True)]
    groups = {}  # W2: "log_prob, 512, float32"; W5: "batch 512"
    for case in cases:
        kind, rest = case.split(", " if work == "W2" else " ", 1)
        per = int(rest.replace(",", "")) if work == "W5" else 1
        groups.setdefault(kind, []).append((case, rest, per))
    return [f"{escaped(kind)}:\n\n{timed(cases, names, columns)}" for kind, columns in groups.items()]


TRIED = """
Products of matrices, which BLAS does at 70 to 90 GFLOP/s, are 70 % of our step of W1 and 76 % of W3: what is
left to gain is in the rest. What was tried for it, and what it gave (thread time, old and new in turn):

- The ReLU against an array of zeros in place of the number 0: W1 8 % faster. Kept.
- Rows that are no power of two long, by filling up the batch: W1 2 to 8 %, W3 3 to 20 %. Kept.
- A run of linear layers as one product with [b | A]. Kept: four passes over the data become one.
- All parameters in one flat vector that is unpacked once: 0.1 ms a step. Kept.
- Arrays of forward-only passes shared: log_prob of 65,536 points 19 % faster. Kept.
- Hidden layers with the batch as first axis: the weights' gradients 18 % faster, the rest as much slower.
- Smaller chunks, 128 to 1,024 examples: 7 to 64 % slower, at every depth.
- The mask of the ReLU by bits: 9.5 to 8.4 microseconds for 64 x 512, less than 1 % of W1, and hard to read.
- Not built: the 3x3 convolution of 2x2 pixels as one dense product. 56 % of its patches are zeros; by the
  count it would save 5 % of W3, for 20 lines.

W5, depth: by processor time a coupling costs 0.288 ms at depth 4 and 0.312 ms at depth 32, a ratio of 1.08.
The table has wall times, and with them what else the machine was doing.
"""


def report(results, names, shortest="40 ms"):
    """The text of RESULTS.md."""
    text = f"# Measured\n\nWritten by `make bench`.\n\n{READING.format(shortest=shortest)}\n## Targets\n\n"
    rows = []
    for work, statement, limit, value in targets(results):
        verdict = "–" if value is None else "met" if value <= limit else "missed"
        rows.append([work, statement, f"≤ {limit:g}", "–" if value is None else f"{value:.3g}", verdict])
    text += table(["", "what", "target", "measured", ""], rows) + TRIED
    for work, result in sorted(results.items()):
        cases = result["cases"]
        counts = [len(r.get("seconds", [])) for found in cases.values() for r in found.values()]
        rounds = max(counts, default=0)
        text += f"\n## {TITLES[work]}\n\n"
        note = NOTES[work].format(seeds=rounds)
        text += (note + "\n\n" if note else "") + "\n".join(tables(work, cases, names))
        reasons = dict.fromkeys(
            f"{names[name]}: {r['failed']}"
            for found in cases.values()
            for name, r in found.items()
            if "failed" in r
        )
        text += "".join(f"\n– {escaped(reason)}" for reason in reasons) + ("\n" if reasons else "")
        versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
        text += f"\n{result['date']}, {rounds} rounds, {escaped(result['machine'])}; {escaped(versions)}."
        timed_on_cpu = [r for found in cases.values() for r in found.values() if "cpu" in r]
        busy = [c / s for r in timed_on_cpu for c, s in zip(r["cpu"], r["seconds"], strict=True)]
        text += f" Processor time was at most {max(busy):.2f} of the wall time.\n" if busy else "\n"
    return text


def bars(results, names):
    """{work: [(name, time relative to ours), ...]}, the shortest first: what the chart shows."""
    found = {}
    for work in ("W1", "W3"):
        case = results.get(work, {}).get("cases", {}).get("float32", {})
        if "seconds" in case.get("ours", {}):
            ours = median(results, work, "float32", "ours")
            times = {
                n: median(results, work, "float32", n) / ours for n in names if "seconds" in case.get(n, {})
            }
            found[work] = sorted(times.items(), key=lambda item: item[1])
    return found


def chart(results, names, path):
    """Times of W1 and W3 relative to ours, as bars. The file says in its metadata what they are."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    works = bars(results, names)
    if not works:
        return
    titles = {"W1": "RealNVP, one training step", "W3": "Glow on digits, one training step"}
    heights = [len(b) for b in works.values()]
    figure, axes = plt.subplots(
        len(works), figsize=(7, 0.9 + 0.3 * sum(heights)), layout="constrained", squeeze=False,
        gridspec_kw={"height_ratios": heights},
    )  # fmt: skip
    for ax, (work, times) in zip(axes[:, 0], works.items(), strict=True):
        labels, values = [names[n] for n, _ in times], [v for _, v in times]
        colours = ["#009E73" if n == "ours" else "#999999" for n, _ in times]
        ax.barh(labels, values, color=colours, height=0.7)
        for k, (value, (name, _)) in enumerate(zip(values, times, strict=True)):
            text = f"{value:.2g} ×"
            if name == "ours":
                text += f"   ({time(median(results, work, 'float32', 'ours'))})"
            ax.text(value, k, f" {text}", va="center", fontsize=9)
        ax.set_title(titles[work], loc="left", fontsize=10, fontweight="bold")
        ax.set(xticks=[], xlim=(0, 1.12 * max(values)))
        ax.invert_yaxis()
        ax.tick_params(axis="y", length=0)
        ax.spines[:].set_visible(False)
    figure.supxlabel("time relative to ours, float32, one thread: shorter is better", fontsize=9)
    figure.savefig(path, dpi=160, metadata={"Comment": json.dumps(works)})
    plt.close(figure)
