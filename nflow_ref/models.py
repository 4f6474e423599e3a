"""Two flows by name: RealNVP for vectors, Glow for images."""

from .actnorm import ActNorm
from .bijections import Chain
from .coupling import AffineCoupling
from .densities import StandardNormal
from .flow import Flow
from .inputs import generator, positive, require, whole_numbers
from .linear import Conv1x1LU, Permutation
from .multiscale import Split, Squeezed
from .networks import MLP, ConvNet

__all__ = ["glow", "real_nvp"]


def real_nvp(dim, couplings=8, hidden=(64, 64), bound=2.0):
    """ActNorm, affine coupling, all coordinates moved back by ⌊D/2⌋ in a circle: `couplings` times.

    So each coordinate comes to be in both halves. (A reversal would leave the middle one of an odd number
    of coordinates in x_b for ever, and no other output would depend on it.)

    Args:
        dim: the dimension D >= 2 of the data (N, D).
        hidden: the widths of each conditioner's hidden layers.
        bound: c of the couplings' log s = c tanh(ŝ).

    Returns:
        a Flow with a standard normal base density.
    Source: Real NVP (Dinh, Sohl-Dickstein & Bengio 2017), which has batch normalization for our ActNorm.
    """
    dim = positive(dim, "real_nvp: dim", whole=True)
    couplings = positive(couplings, "real_nvp: couplings", whole=True)
    if dim < 2:
        raise ValueError("real_nvp: dim must be at least 2, got 1; for numbers on the line see Eq. (4.17)")
    turn = Permutation((*range(dim // 2, dim), *range(dim // 2)))
    layers = [ActNorm(), AffineCoupling(MLP(hidden), bound), turn] * couplings
    return Flow(StandardNormal((dim,)), Chain(*layers))


def glow(rng, shape, levels=2, steps=4, hidden=64, bound=2.0):
    """Glow: at each level squeeze, then `steps` times ActNorm, 1×1 convolution, affine coupling, then split.

    The last level does not split. The random generator chooses the frozen permutations and signs of the
    1×1 convolutions, which belong to the flow: the same seed makes the same flow, and `save` writes them too.

    Args:
        shape: (H, W, C) of the images; H and W must be divisible by 2**levels.
        levels: how often the resolution is halved.
        hidden: the channels inside each conditioner.
        bound: c of the couplings' log s = c tanh(ŝ).

    Returns:
        a Flow with a standard normal base density.
    Source: Glow (Kingma & Dhariwal 2018), figure 2, and Eq. (9.10); the latents' shapes by level: Eq. (9.11).
    """
    generator(rng, "glow")
    height, width, channels = shape = whole_numbers(shape, "glow: shape", "(H, W, C)", lengths=(3,))
    levels = positive(levels, "glow: levels", whole=True)
    steps = positive(steps, "glow: steps", whole=True)
    divisible = f"divisible by {2**levels} for {levels} levels"
    good = height % 2**levels == width % 2**levels == 0
    require(good, "glow: height and width", divisible, shape, ValueError)

    def level(k, channels):
        channels = 4 * channels
        layers = []
        for _ in range(steps):
            coupling = AffineCoupling(ConvNet(hidden), bound)
            layers += [ActNorm(), Conv1x1LU.random(rng, channels), coupling]
        if k < levels:
            layers.append(Split(level(k + 1, channels - channels // 2)))
        return Squeezed(Chain(*layers))

    return Flow(StandardNormal(shape), level(1, channels))
