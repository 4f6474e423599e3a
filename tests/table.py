"""The one table of layers that drives the tests, and the ways to bring a layer into a general position."""

import autograd.numpy as np

from nflow_ref import (
    MLP,
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
    glow,
    real_nvp,
    tree_map,
)

VECTORS = [(1,), (2,), (3,), (5,), (8,)]
IMAGES = [(4, 6, 1), (2, 4, 2), (4, 2, 3), (2, 6, 4)]


def shuffled(rng, shape):
    return Permutation(tuple(rng.permutation(shape[-1])))


# name: (layer for (rng, event shape), event shapes, largest round trip and log-det errors in float64)
LAYERS = {
    "ActNorm": (lambda rng, s: ActNorm(), VECTORS + IMAGES, 1e-12, 1e-11),
    "Logit": (lambda rng, s: Logit(), VECTORS + IMAGES, 1e-12, 1e-11),
    "Log": (lambda rng, s: Log(), VECTORS + IMAGES, 1e-12, 1e-11),
    "Standardize": (
        lambda rng, s: Standardize(rng.standard_normal(s[-1]), np.exp(rng.standard_normal(s[-1]))),
        VECTORS + IMAGES, 1e-12, 1e-11,
    ),
    "Permutation": (shuffled, VECTORS + IMAGES, 0, 0),
    "Conv1x1": (lambda rng, s: Conv1x1(), VECTORS + IMAGES, 1e-12, 1e-11),
    "Conv1x1LU": (lambda rng, s: Conv1x1LU.random(rng, s[-1]), VECTORS + IMAGES, 1e-12, 1e-11),
    "AdditiveCoupling MLP": (
        lambda rng, s: AdditiveCoupling(MLP((16, 8))), VECTORS[1:] + IMAGES[1:], 1e-12, 1e-11
    ),
    "AffineCoupling MLP": (
        lambda rng, s: AffineCoupling(MLP((16, 8)), bound=1.5), VECTORS[1:] + IMAGES[1:], 1e-12, 1e-11
    ),
    "AdditiveCoupling ConvNet": (
        lambda rng, s: AdditiveCoupling(ConvNet(6)), IMAGES[1:], 1e-12, 1e-11
    ),
    "AffineCoupling ConvNet": (
        lambda rng, s: AffineCoupling(ConvNet(6), bound=1.5), IMAGES[1:], 1e-12, 1e-11
    ),
    "CheckerboardCoupling": (
        lambda rng, s: CheckerboardCoupling(ConvNet(6), bound=1.5, parity=s[-1] % 2), [(3, 1, 2), *IMAGES],
        1e-12, 1e-11,
    ),
    "Squeezed Permutation": (
        lambda rng, s: Squeezed(shuffled(rng, (4 * s[-1],))), IMAGES, 0, 0
    ),
    "Squeezed AffineCoupling": (
        lambda rng, s: Squeezed(AffineCoupling(ConvNet(6))), IMAGES, 1e-12, 1e-11
    ),
    "Split Permutation": (
        lambda rng, s: Split(shuffled(rng, (s[-1] - s[-1] // 2,))), VECTORS[1:] + IMAGES[1:], 0, 0
    ),
    "Split Conv1x1": (lambda rng, s: Split(Conv1x1()), VECTORS[1:] + IMAGES[1:], 1e-12, 1e-11),
    "Chain": (
        lambda rng, s: Chain(ActNorm(), Conv1x1(), AffineCoupling(MLP((8,)))),
        VECTORS[1:] + IMAGES[1:], 1e-12, 1e-11,
    ),
    "RealNVP of 8 couplings": (
        lambda rng, s: real_nvp(s[-1], 8, (16, 16)).bijection, VECTORS[1:], 1e-10, 1e-10
    ),
    "Glow of 2 levels x 4 steps": (
        lambda rng, s: glow(rng, s, 2, 4, 8).bijection, [(4, 8, 1), (8, 4, 3)], 1e-10, 1e-10
    ),
}  # fmt: skip

CASES = [(name, event, n) for name, (_, events, _, _) in LAYERS.items() for event in events for n in (1, 7)]


# How far the parameters are moved: eight steps multiply what one does.
MOVES = {"RealNVP of 8 couplings": 0.2, "Glow of 2 levels x 4 steps": 0.08}

# From any number into the domain of a layer that has one, and, rounded, still in it.
DOMAINS = {"Logit": lambda y: 1 / (1 + np.exp(-y)), "Log": lambda y: 0.6 + np.exp(y / 2)}


def away(rng, params, by=0.3):
    """Parameters well away from where they start, in a range where the map is still well conditioned."""

    def move(p):
        fan_in = p.shape[0] if p.ndim == 2 else 1
        return p + (by * rng.standard_normal(p.shape) / np.sqrt(fan_in)).astype(p.dtype)

    return tree_map(move, params)


def case(name, event, n, dtype=np.float64, seed=0):
    """(layer, parameters away from the start, x) for a row of the table."""
    rng = np.random.default_rng([seed, n, *event])
    layer = LAYERS[name][0](rng, event)
    inside = DOMAINS.get(name, lambda y: y)
    start = inside(0.7 + 1.6 * rng.standard_normal((32, *event))).astype(dtype)
    x = inside(0.7 + 1.6 * rng.standard_normal((n, *event))).astype(dtype)
    return layer, away(rng, layer.init(rng, start), MOVES.get(name, 0.3)), x
