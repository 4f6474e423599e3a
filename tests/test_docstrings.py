"""The formulas in the docstrings of the layers are true: each is spelled here as code, and evaluated.

A row has the docstring's words and what they say in NumPy, for images (N, H, W, C). If the words of one of
them change, so must the row; if it then says something else, the layer disagrees.
"""

import re

import numpy as np
import pytest
import table

import nflow_ref
from nflow_ref import (
    ActNorm,
    AdditiveCoupling,
    AffineCoupling,
    Chain,
    CheckerboardCoupling,
    Conv1x1,
    Conv1x1LU,
    ConvNet,
    Log,
    Logit,
    Permutation,
    Split,
    Squeezed,
    Standardize,
)
from nflow_ref.multiscale import squeeze, unsqueeze

LABELS = ("forward", "log-det", "inverse", "of the inverse")
HW, C = 16, 3  # images of 4 × 4 pixels and 3 channels: x_a has 1, x_b has 2
STD = np.array([0.3, 2.0, 1.5])


def whole(a):
    """Summed over all but the examples."""
    return a.reshape(len(a), -1).sum(axis=1)


def joined(a, b):
    return np.concatenate([a, b], axis=-1)


def linear(layer, p):
    """W and log|det W| of a layer that multiplies by a matrix."""
    if isinstance(layer, Conv1x1LU):
        s = layer.signs * np.exp(p["log_s"])
        triangle = np.triu(p["U"], 1) + np.diag(s)
        P, L = np.eye(C)[list(layer.permutation)], np.tril(p["L"], -1) + np.eye(C)
        return P, L, triangle, np.log(np.abs(s)).sum()
    return p["W"], np.linalg.slogdet(p["W"])[1]


def lu_inverse(layer, p, z):
    P, L, triangle, _ = linear(layer, p)
    y = z @ np.linalg.inv(P).T
    return y @ np.linalg.inv(L).T @ np.linalg.inv(triangle).T


def coupling(layer, p, a):
    """(log s, t) of a coupling, at x_a = z_a."""
    out = layer.conditioner.apply(p, a, 4)
    return layer.bound * np.tanh(out[..., :2]), out[..., 2:]


def board(layer, p, x):
    """(log s, t) of a checkerboard coupling."""
    i, j = np.indices((4, 4))
    m = ((i + j + layer.parity) % 2)[..., None]
    out = layer.conditioner.apply(p, (1 - m) * x, 2 * C)
    return m * layer.bound * np.tanh(out[..., :C]), m * out[..., C:]


def changed(how):
    """What a coupling does to x, where how(x_b, log s, t) becomes of x_b."""
    return lambda f, p, x: joined(x[..., :1], how(x[..., 1:], *coupling(f, p, x[..., :1])))


def shifted(sign):
    return lambda f, p, x: joined(x[..., :1], x[..., 1:] + sign * f.conditioner.apply(p, x[..., :1], 2))


def on_board(how):
    """What a checkerboard coupling does."""
    return lambda f, p, x: how(x, *board(f, p, x))


def squeezed_p(x):
    """p of Logit, with α = 0.05."""
    return 0.05 + (1 - 2 * 0.05) * x


def first_last(layers, p, x):
    """h_K and the log-dets at their running points."""
    log_dets = 0
    for layer, own in zip(layers, p, strict=True):
        x, log_det = layer.forward(own, x)
        log_dets = log_dets + log_det
    return x, log_dets


def last_first(layers, p, z):
    for layer, own in zip(layers[::-1], p[::-1], strict=True):
        z = layer.inverse(own, z)
    return z


ROWS = {
    ActNorm: (
        lambda rng: ActNorm(),
        ("z = s ⊙ (x - m) + b, s = exp(log_s)", lambda f, p, x: np.exp(p["log_s"]) * (x - p["m"]) + p["b"]),
        ("H·W·Σ_c log s_c (H·W = 1 for vectors)", lambda f, p, x: HW * p["log_s"].sum()),
        ("x = (z - b) / s + m", lambda f, p, z: (z - p["b"]) / np.exp(p["log_s"]) + p["m"]),
        ("-H·W·Σ_c log s_c", lambda f, p, z: -HW * p["log_s"].sum()),
    ),
    AdditiveCoupling: (
        lambda rng: AdditiveCoupling(ConvNet(6)),
        ("z_a = x_a, z_b = x_b + t(x_a)", shifted(1)),
        ("0", lambda f, p, x: 0),
        ("x_a = z_a, x_b = z_b - t(z_a)", shifted(-1)),
        ("0", lambda f, p, z: 0),
    ),
    AffineCoupling: (
        lambda rng: AffineCoupling(ConvNet(6), bound=1.5),
        (
            "z_a = x_a, z_b = s(x_a) ⊙ x_b + t(x_a), log s = c tanh(ŝ(x_a))",
            changed(lambda x_b, log_s, t: np.exp(log_s) * x_b + t),
        ),
        (
            "Σ log s(x_a), over the channels of x_b and all pixels",
            lambda f, p, x: whole(coupling(f, p, x[..., :1])[0]),
        ),
        (
            "x_a = z_a, x_b = (z_b - t(z_a)) / s(z_a)",
            changed(lambda z_b, log_s, t: (z_b - t) / np.exp(log_s)),
        ),
        ("-Σ log s(z_a)", lambda f, p, z: -whole(coupling(f, p, z[..., :1])[0])),
    ),
    Permutation: (
        lambda rng: Permutation((2, 0, 1)),
        ("z_i = x_π(i)", lambda f, p, x: np.stack([x[..., f.permutation[i]] for i in range(C)], -1)),
        ("0", lambda f, p, x: 0),
        ("x_π(i) = z_i", lambda f, p, z: np.stack([z[..., f.permutation.index(i)] for i in range(C)], -1)),
        ("0", lambda f, p, z: 0),
    ),
    Conv1x1: (
        lambda rng: Conv1x1(),
        ("z = W x at each pixel", lambda f, p, x: np.einsum("ij,nhwj->nhwi", p["W"], x)),
        ("H·W·log|det W| (H·W = 1 for vectors)", lambda f, p, x: HW * linear(f, p)[-1]),
        ("x = W⁻¹ z", lambda f, p, z: np.einsum("ij,nhwj->nhwi", np.linalg.inv(p["W"]), z)),
        ("-H·W·log|det W|", lambda f, p, z: -HW * linear(f, p)[-1]),
    ),
    Conv1x1LU: (
        lambda rng: Conv1x1LU((2, 0, 1), (1, -1, 1)),
        (
            "z = P L (U + diag(s)) x at each pixel",
            lambda f, p, x: np.einsum("ij,jk,kl,nhwl->nhwi", *linear(f, p)[:3], x),
        ),
        ("H·W·Σ_c log|s_c| (H·W = 1 for vectors)", lambda f, p, x: HW * linear(f, p)[-1]),
        ("y = P⁻¹ z; L v = y, then (U + diag(s)) x = v, two triangular solves", lu_inverse),
        ("-H·W·Σ_c log|s_c|", lambda f, p, z: -HW * linear(f, p)[-1]),
    ),
    Squeezed: (
        lambda rng: Squeezed(ActNorm()),
        (
            "z = squeeze⁻¹(inner(squeeze(x)))",
            lambda f, p, x: unsqueeze(f.inner.forward(p, squeeze(x))[0]),
        ),
        (
            "that of inner: reordering numbers changes no volume",
            lambda f, p, x: f.inner.forward(p, squeeze(x))[1],
        ),
        (
            "x = squeeze⁻¹(inner⁻¹(squeeze(z)))",
            lambda f, p, z: unsqueeze(f.inner.inverse(p, squeeze(z))),
        ),
        (
            "that of inner⁻¹",
            lambda f, p, z: -f.inner.forward(p, f.inner.inverse(p, squeeze(z)))[1],
        ),
    ),
    Split: (
        lambda rng: Split(ActNorm()),
        (
            "z_a = x_a, z_b = inner(x_b)",
            lambda f, p, x: joined(x[..., :1], f.inner.forward(p, x[..., 1:])[0]),
        ),
        ("that of inner at x_b", lambda f, p, x: f.inner.forward(p, x[..., 1:])[1]),
        (
            "x_a = z_a, x_b = inner⁻¹(z_b)",
            lambda f, p, z: joined(z[..., :1], f.inner.inverse(p, z[..., 1:])),
        ),
        (
            "that of inner⁻¹ at z_b",
            lambda f, p, z: -f.inner.forward(p, f.inner.inverse(p, z[..., 1:]))[1],
        ),
    ),
    CheckerboardCoupling: (
        lambda rng: CheckerboardCoupling(ConvNet(6), bound=1.5, parity=1),
        (
            "z = s ⊙ x + t, log s = m ⊙ c tanh(ŝ(y)), t = m ⊙ t̂(y), y = (1 - m) ⊙ x",
            on_board(lambda x, log_s, t: np.exp(log_s) * x + t),
        ),
        ("Σ log s, over all pixels and channels", lambda f, p, x: whole(board(f, p, x)[0])),
        (
            "x = (z - t) / s, with the same s and t: y = (1 - m) ⊙ z",
            on_board(lambda z, log_s, t: (z - t) / np.exp(log_s)),
        ),
        ("-Σ log s", lambda f, p, z: -whole(board(f, p, z)[0])),
    ),
    Chain: (
        lambda rng: Chain(ActNorm(), Conv1x1(), AffineCoupling(ConvNet(6))),
        ("h_0 = x, h_k = f_k(h_{k-1}), z = h_K", lambda f, p, x: first_last(f.layers, p, x)[0]),
        (
            "Σ_k log|det ∂f_k/∂h_{k-1}|, each at its own running point h_{k-1}",
            lambda f, p, x: first_last(f.layers, p, x)[1],
        ),
        ("h_{k-1} = f_k⁻¹(h_k), the last one first", lambda f, p, z: last_first(f.layers, p, z)),
        (
            "minus the log-det at x",
            lambda f, p, z: -first_last(f.layers, p, last_first(f.layers, p, z))[1],
        ),
    ),
    Log: (
        lambda rng: Log(),
        ("z = log x", lambda f, p, x: np.log(x)),
        ("-Σ log x", lambda f, p, x: -whole(np.log(x))),
        ("x = exp(z)", lambda f, p, z: np.exp(z)),
        ("Σ z", lambda f, p, z: whole(z)),
    ),
    Logit: (
        lambda rng: Logit(0.05),
        (
            "z = log p - log(1 - p), p = α + (1 - 2α) x",
            lambda f, p, x: np.log(squeezed_p(x)) - np.log(1 - squeezed_p(x)),
        ),
        (
            "Σ log[(1 - 2α) / (p (1 - p))]",
            lambda f, p, x: whole(np.log((1 - 2 * 0.05) / (squeezed_p(x) * (1 - squeezed_p(x))))),
        ),
        (
            "x = (p - α) / (1 - 2α), p = 1 / (1 + exp(-z))",
            lambda f, p, z: (1 / (1 + np.exp(-z)) - 0.05) / 0.9,
        ),
        (
            "-Σ [log(1 - 2α) + log(1 + exp(-z)) + log(1 + exp(z))]",
            lambda f, p, z: -whole(np.log(0.9) + np.log(1 + np.exp(-z)) + np.log(1 + np.exp(z))),
        ),
    ),
    Standardize: (
        lambda rng: Standardize((0.5, -1.0, 2.0), tuple(STD)),
        ("z = (x - mean) / std", lambda f, p, x: (x - [0.5, -1.0, 2.0]) / STD),
        ("-H·W·Σ_c log std_c (H·W = 1 for vectors)", lambda f, p, x: -HW * np.log(STD).sum()),
        ("x = std ⊙ z + mean", lambda f, p, z: STD * z + [0.5, -1.0, 2.0]),
        ("H·W·Σ_c log std_c", lambda f, p, z: HW * np.log(STD).sum()),
    ),
}  # fmt: skip


def told(layer):
    """{label: formula} of a docstring, runs of spaces as one."""
    lines = re.findall(rf"^ +({'|'.join(LABELS)})  +(\S.*)$", layer.__doc__, re.MULTILINE)
    return {label: re.sub(" +", " ", formula) for label, formula in lines}


LAYERS = pytest.mark.parametrize("layer", ROWS, ids=lambda layer: layer.__name__)


@LAYERS
def test_a_row_has_the_words_of_its_docstring(layer):
    assert told(layer) == dict(zip(LABELS, (words for words, _ in ROWS[layer][1:]), strict=True))


@LAYERS
def test_the_words_are_true(layer):
    make, *formulas = ROWS[layer]
    rng = np.random.default_rng(17)
    f = make(rng)
    x = np.exp(rng.normal(size=(5, 4, 4, C)) / 3) if layer is Log else rng.uniform(0.01, 0.99, (5, 4, 4, C))
    params = table.away(rng, f.init(rng, x))
    z, log_det = f.forward(params, x)
    forward, own, inverse, back = (formula for _, formula in formulas)
    for right, wanted in (
        (forward(f, params, x), z),
        (own(f, params, x) + np.zeros(5), log_det),
        (inverse(f, params, z), x),
        (back(f, params, z) + np.zeros(5), -log_det),
    ):
        np.testing.assert_allclose(right, wanted, rtol=1e-9, atol=1e-9)


def test_all_layers_have_a_row():
    classes = [c for c in vars(nflow_ref).values() if isinstance(c, type)]
    assert {c for c in classes if c.__doc__ and told(c)} == ROWS.keys()
