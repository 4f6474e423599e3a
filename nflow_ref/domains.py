"""Fixed layers for data as they come: proportions, positive numbers, any unit. They learn nothing.

Each is a bijection like the others, put first into a chain: `Chain(Logit(), ActNorm(), ...)`. Its log-det is
part of the likelihood, so the density is one of the data themselves, in their own unit.
"""

import math
from dataclasses import dataclass
from numbers import Real

import autograd.numpy as np

from .inputs import as_batch, as_float, locations, sum_event, value
from .linear import with_channels

__all__ = ["Log", "Logit", "Standardize"]


@dataclass(frozen=True)
class Logit:
    """The logit of each coordinate, for data in [0, 1].

        forward          z = log p - log(1 - p),   p = α + (1 - 2α) x
        log-det          Σ log[(1 - 2α) / (p (1 - p))]
        inverse          x = (p - α) / (1 - 2α),   p = 1 / (1 + exp(-z))
        of the inverse   -Σ [log(1 - 2α) + log(1 + exp(-z)) + log(1 + exp(z))]

    With α = 0 the domain is 0 < x < 1, without its ends. With α > 0 it is -α/(1 - 2α) < x < 1 + α/(1 - 2α):
    0 and 1 are inside, and the inverse leaves [0, 1] by at most α/(1 - 2α), that is by 0.056 for α = 0.05.
    Latents beyond ±36 (float32: ±16) come, to rounding, to an end of the domain, which forward refuses.
    Shapes: x and z (N, D) or (N, H, W, C); params (); log_det (N,) in nats.

    Raises:
        ValueError, TypeError: a point outside of the domain; an alpha that is not 0 <= alpha < 1/2.
    Source: Real NVP (Dinh, Sohl-Dickstein & Bengio 2017), section 4.1, where α is 0.05 and 1 - α stands for
    1 - 2α, which treats both ends alike (Papamakarios, Pavlakou & Murray 2017); Eq. (1.11).
    """

    alpha: float = 0.05

    def __post_init__(self):
        numeric = isinstance(self.alpha, Real)
        if not numeric or not 0 <= self.alpha < 0.5:
            error = ValueError if numeric else TypeError
            raise error(f"Logit: alpha must be a number, 0 <= alpha < 1/2, got {self.alpha!r}")
        object.__setattr__(self, "alpha", float(self.alpha))

    def init(self, rng, x):
        self.forward((), x)
        return ()

    def forward(self, params, x):
        x = as_batch(x, "Logit: x")
        width = 1 - 2 * self.alpha
        p, q = self.alpha + width * x, self.alpha + width * (1 - x)
        domain = f"({-self.alpha / width + 0:.4g}, {1 + self.alpha / width:.4g})"
        _inside((value(p) > 0) & (value(q) > 0), x, f"Logit: x must lie in {domain}")
        log_p, log_q = np.log(p), np.log(q)
        return log_p - log_q, sum_event(math.log(width) - log_p - log_q)

    def inverse(self, params, z):
        p = np.exp(-np.logaddexp(0, -as_batch(z, "Logit.inverse: z")))
        return (p - self.alpha) / (1 - 2 * self.alpha)


@dataclass(frozen=True)
class Log:
    """The logarithm of each coordinate, for positive data.

        forward          z = log x
        log-det          -Σ log x
        inverse          x = exp(z)
        of the inverse   Σ z

    Data that may be 0 need something added before, such as dequantization. Shapes: x and z (N, D) or
    (N, H, W, C); params (); log_det (N,) in nats.

    Raises:
        ValueError: a point that is not > 0.
    Source: the log-normal density of exercise 1.3, and Eq. (1.12).
    """

    def init(self, rng, x):
        self.forward((), x)
        return ()

    def forward(self, params, x):
        x = as_batch(x, "Log: x")
        _inside(value(x) > 0, x, "Log: x must be > 0")
        z = np.log(x)
        return z, -sum_event(z)

    def inverse(self, params, z):
        return np.exp(as_batch(z, "Log.inverse: z"))


@dataclass(frozen=True)
class Standardize:
    """Subtract from each channel a fixed mean and divide by a fixed standard deviation.

        forward          z = (x - mean) / std
        log-det          -H·W·Σ_c log std_c        (H·W = 1 for vectors)
        inverse          x = std ⊙ z + mean
        of the inverse   H·W·Σ_c log std_c

    `Standardize.of(x)` takes both from data. They stay what they are, where ActNorm goes on learning.
    Shapes: x and z (N, D) or (N, H, W, C); mean and std tuples of C floats, in the unit of x; params ();
    log_det (N,) in nats.

    Raises:
        ValueError, TypeError: not a finite mean and a finite std > 0 for each channel.
    Source: Eq. (7.11) for the log-det; for one coordinate Eq. (1.10).
    """

    mean: tuple
    std: tuple

    def __post_init__(self):
        numbers = (as_float(getattr(self, name), f"Standardize: {name}") for name in ("mean", "std"))
        mean, std = (tuple(array.ravel().tolist()) for array in numbers)
        if len(mean) != len(std) or not mean or min(std) <= 0:
            raise ValueError(
                f"Standardize: expected a mean and a std > 0 for each channel, got {mean}, {std}"
            )
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "std", std)

    @classmethod
    def of(cls, x):
        """The layer with the mean and the standard deviation of each channel of x.

        Raises:
            ValueError: a channel is constant.
        """
        x = as_batch(x, "Standardize.of: x")
        axes = tuple(range(x.ndim - 1))
        low, high = (extreme(x, axis=axes).astype(float) for extreme in (np.min, np.max))
        rounding = 4 * np.finfo(x.dtype).eps * np.maximum(-low, high)
        for c in np.flatnonzero(high - low <= rounding):
            raise ValueError(f"Standardize.of: channel {c} of x is constant ({low[c]}): its std would be 0")
        u = (x - low) / (high - low)  # between 0 and 1: no square is too large or too small
        return cls(low + (high - low) * u.mean(axis=axes), (high - low) * u.std(axis=axes))

    def init(self, rng, x):
        self.forward((), x)
        return ()

    def forward(self, params, x):
        x = with_channels(x, len(self.mean), "Standardize.forward: x")
        mean, std = self._mean_and_std(x.dtype)
        return (x - mean) / std, -locations(x) * np.sum(np.log(std))

    def inverse(self, params, z):
        z = with_channels(z, len(self.mean), "Standardize.inverse: z")
        mean, std = self._mean_and_std(z.dtype)
        return std * z + mean

    def _mean_and_std(self, dtype):
        return np.array(self.mean, dtype), np.array(self.std, dtype)


def _inside(good, x, must):
    if not good.all():
        first = tuple(int(i) for i in np.argwhere(~good)[0])
        raise ValueError(f"{must}, got {value(x)[first]} at index {first}")
