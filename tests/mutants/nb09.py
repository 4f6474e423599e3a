"""Deliberate faults for notebook 09: (words, file, old, new). Run this file to try them all."""

M, G, N = "nflow_ref/multiscale.py", "nflow_ref/models.py", "notebooks/09_multi_scale.ipynb"

MUTANTS = [
    ("squeeze: column of the place before its row", M,
     "return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5)), (n, h // 2, w // 2, 4 * c))",
     "return np.reshape(np.transpose(blocks, (0, 1, 3, 4, 2, 5)), (n, h // 2, w // 2, 4 * c))"),
    ("squeeze and unsqueeze: channel before place, consistently", M,
     "return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5)), (n, h // 2, w // 2, 4 * c))",
     "return np.reshape(np.transpose(blocks, (0, 1, 3, 5, 2, 4)), (n, h // 2, w // 2, 4 * c))"),
    ("squeeze: plain reshape", M,
     "return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5)), (n, h // 2, w // 2, 4 * c))",
     "return np.reshape(blocks, (n, h // 2, w // 2, 4 * c))"),
    ("unsqueeze: rows and columns of the places exchanged", M,
     "blocks = np.reshape(z, (n, h, w, 2, 2, c // 4))\n    return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5))",
     "blocks = np.reshape(z, (n, h, w, 2, 2, c // 4))\n    return np.reshape(np.transpose(blocks, (0, 1, 4, 2, 3, 5))"),
    ("unsqueeze: plain reshape", M,
     "blocks = np.reshape(z, (n, h, w, 2, 2, c // 4))\n    return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5))",
     "blocks = np.reshape(z, (n, h, w, 2, 2, c // 4))\n    return np.reshape(np.transpose(blocks, (0, 1, 2, 3, 4, 5))"),
    ("Squeezed: log-det times four, as if all pixels counted", M,
     "return unsqueeze(z), log_det", "return unsqueeze(z), 4 * log_det"),
    ("Squeezed: minus sign of the log-det", M,
     "return unsqueeze(z), log_det", "return unsqueeze(z), -log_det"),
    ("Squeezed: the inverse runs forward", M,
     "return unsqueeze(self.inner.inverse(params, squeeze(self._batch(z, \"inverse: z\"))))",
     "return unsqueeze(self.inner.forward(params, squeeze(self._batch(z, \"inverse: z\")))[0])"),
    ("Squeezed: initialised on the image before its squeeze", M,
     "return self.inner.init(rng, squeeze(self._batch(x, \"init: x\")))",
     "return self.inner.init(rng, self._batch(x, \"init: x\"))"),
    ("Split: halves put together in the other order", M,
     "return np.concatenate([x_a, z_b], axis=-1), log_det",
     "return np.concatenate([z_b, x_a], axis=-1), log_det"),
    ("Split: log-det forgotten", M,
     "return np.concatenate([x_a, z_b], axis=-1), log_det",
     "return np.concatenate([x_a, z_b], axis=-1), 0 * log_det"),
    ("Split: log-det doubled, as if both halves had gone through", M,
     "return np.concatenate([x_a, z_b], axis=-1), log_det",
     "return np.concatenate([x_a, z_b], axis=-1), 2 * log_det"),
    ("Split: the inverse leaves the second half", M,
     "return np.concatenate([z_a, self.inner.inverse(params, z_b)], axis=-1)",
     "return np.concatenate([z_a, z_b], axis=-1)"),
    ("Split: the inverse discards the first half", M,
     "return np.concatenate([z_a, self.inner.inverse(params, z_b)], axis=-1)",
     "return np.concatenate([0 * z_a, self.inner.inverse(params, z_b)], axis=-1)"),
    ("Split: initialised on the half that leaves", M,
     "_, x_b = self._halves(x, \"init: x\")", "x_b, _ = self._halves(x, \"init: x\")"),
    ("Split: the second half leaves", M,
     "return halves(as_batch(x, f\"Split.{name}\"), f\"Split.{name}\")",
     "return halves(as_batch(x, f\"Split.{name}\"), f\"Split.{name}\")[::-1]"),
    ("glow: one level too many", G, "if k < levels:", "if k <= levels:"),
    ("glow: the first level does not split", G, "if k < levels:", "if 1 < k < levels:"),
    ("glow: splits before the steps", G,
     "layers.append(Split(level(k + 1, channels - channels // 2)))",
     "layers.insert(0, Split(level(k + 1, channels - channels // 2)))"),
    ("glow: next level in the chain, no split", G,
     "layers.append(Split(level(k + 1, channels - channels // 2)))",
     "layers.append(level(k + 1, channels))"),
    ("glow: convolution before the normalization", G,
     "layers += [ActNorm(), Conv1x1LU.random(rng, channels), coupling]",
     "layers += [Conv1x1LU.random(rng, channels), ActNorm(), coupling]"),
    ("glow: the bound is not passed on", G,
     "coupling = AffineCoupling(ConvNet(hidden), bound)", "coupling = AffineCoupling(ConvNet(hidden))"),
    ("glow: one step too few", G, "for _ in range(steps):", "for _ in range(steps - 1):"),
    ("notebook, (9.1): place number a + 2b", N, "(2 * a + b) * 2 + c] =", "(a + 2 * b) * 2 + c] ="),
    ("notebook, (9.2): place number a + 2b", N, "(2 * (r % 2) + s % 2) * C", "(r % 2 + 2 * (s % 2)) * C"),
    ("notebook, (9.2): i and a exchanged", N, "y[:, r // 2, s // 2, (2 *", "y[:, r % 2, s // 2, (2 *"),
    ("notebook, (9.3): P by columns", N, "P = np.eye(D)[order]", "P = np.eye(D)[:, order]"),
    ("notebook, (9.5): log-det counts H W pixels", N, "H / 2 * (W / 2) * np.sum(log_s)", "H * W * np.sum(log_s)"),
    ("notebook, (9.4): P J P^T", N, "P.T @ J_g @ P", "P @ J_g @ P.T"),
    ("notebook, (9.6): transposed matrix", N, "x[:, 2:] @ matrix[\"W\"].T", "x[:, 2:] @ matrix[\"W\"]"),
    ("notebook, (9.9): log-det of the steps before the split forgotten", N,
     "log_normal(h_a, g_b) + log_det_outer + log_det_g - log_p", "log_normal(h_a, g_b) + log_det_g - log_p"),
    ("notebook, (9.9): the second half scored before g", N,
     "log_normal(h_a, g_b) + log_det_outer", "log_normal(h_a, h_b) + log_det_outer"),
    ("notebook, Glow's prior: mean without 1/s", N, "m = -out[..., 2:] * sigma", "m = -out[..., 2:]"),
    ("notebook, Glow's prior: log sigma lost", N, "- np.log(std) - 0.5", "- 0.5"),
    ("notebook, (9.11): last level has half of its channels", N, "2 ** (L + 1) * C)]", "2**L * C)]"),
    ("notebook, (9.11): channels 2C at each level", N, "2**k * C) for k in range(1, L)] + last",
     "2 * C) for k in range(1, L)] + last"),
    ("notebook, (9.14): 18 for 27", N, "(27 * C * h / (2**k if split", "(18 * C * h / (2**k if split"),
    ("notebook, (9.14): h^2/2^k", N, "+ h**2 / 4**k) for k", "+ h**2 / 2**k) for k"),
    ("notebook, (9.15): halved each level", N, "2**k if split else 2) + h**2", "2**k) + h**2"),
    ("notebook, (9.16): h^2/3 lost", N, "(27 * C * h + h**2 / 3)", "(27 * C * h / 2)"),
    ("notebook, section 10: log-det of level 1 forgotten", N,
     "log_normal(z_1, z_2) + log_det_1 + log_det_2\n", "log_normal(z_1, z_2) + log_det_2\n"),
]  # fmt: skip


if __name__ == "__main__":
    import json, os, pathlib, shutil, subprocess, sys, tempfile, time

    clone = pathlib.Path("/work/w09")
    python = str(clone / ".venv/bin/python")
    only = sys.argv[1:]
    for number, (words, file, old, new) in enumerate(MUTANTS, start=1):
        if only and str(number) not in only:
            continue
        folder = pathlib.Path(tempfile.mkdtemp(prefix="mutant09_"))
        for name in ("nflow_ref", "tests", "pyproject.toml"):
            source = clone / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
        (folder / "notebooks").mkdir()
        for name in ("conftest.py", "09_multi_scale.ipynb"):
            shutil.copy(clone / "notebooks" / name, folder / "notebooks" / name)
        path = folder / file
        if file.endswith(".ipynb"):
            nb = json.loads(path.read_text())
            hits = 0
            for cell in nb["cells"]:
                source = "".join(cell["source"])
                if cell["cell_type"] == "code" and old in source:
                    hits += source.count(old)
                    cell["source"] = source.replace(old, new)
            path.write_text(json.dumps(nb))
        else:
            text = path.read_text()
            hits = text.count(old)
            text = text.replace(old, new)
            if "consistently" in words:
                a = "blocks = np.reshape(z, (n, h, w, 2, 2, c // 4))\n    return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5))"
                assert a in text
                text = text.replace(a, "blocks = np.reshape(z, (n, h, w, c // 4, 2, 2))\n    return np.reshape(np.transpose(blocks, (0, 1, 4, 2, 5, 3))")
            path.write_text(text)
        assert hits == 1, (words, hits)
        env = os.environ | {"PYTHONPATH": f"{folder}:{folder}/tests", "OPENBLAS_NUM_THREADS": "1"}
        where = subprocess.run([python, "-c", "import nflow_ref; print(nflow_ref.__file__)"], cwd=folder, env=env, capture_output=True, text=True).stdout.strip()
        assert where.startswith(str(folder)), where
        run = lambda *args: subprocess.run([python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *args], cwd=folder, env=env, capture_output=True, text=True)
        start = time.time()
        nb_run = run("notebooks/09_multi_scale.ipynb")
        caught = ["notebook" if nb_run.returncode == 1 else "NOTEBOOK SURVIVES"]
        if file != N:
            unit = run("tests/test_multiscale.py" if file == M else "tests/test_models.py")
            caught.append("unit test" if unit.returncode == 1 else "UNIT TEST SURVIVES")
        print(f"{number:2}  {words}: {', '.join(caught)}  ({time.time() - start:.0f} s)", flush=True)
        shutil.rmtree(folder)
