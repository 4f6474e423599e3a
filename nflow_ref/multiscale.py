"""The multi-scale architecture as two combinators: Squeezed and Split."""

from dataclasses import dataclass

import autograd.numpy as np

from .bijections import Bijection
from .coupling import halves
from .inputs import as_batch, bijection

__all__ = ["Split", "Squeezed", "squeeze", "unsqueeze"]


def squeeze(x):
    """Trade space for channels: (N, H, W, C) -> (N, H/2, W/2, 4C).

    Channel (2a + b)·C + c of a pixel is channel c at place (a, b) of the 2×2 block that it came from. The
    place comes first, so a later split in halves keeps part of every input channel on both sides: Eq. (9.1).
    """
    n, h, w, c = x.shape
    blocks = np.reshape(x, (n, h // 2, 2, w // 2, 2, c))
    return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5)), (n, h // 2, w // 2, 4 * c))


def unsqueeze(z):
    """The inverse of `squeeze`, bit for bit: (N, H, W, 4C) -> (N, 2H, 2W, C), Eq. (9.2)."""
    n, h, w, c = z.shape
    blocks = np.reshape(z, (n, h, w, 2, 2, c // 4))
    return np.reshape(np.transpose(blocks, (0, 1, 3, 2, 4, 5)), (n, 2 * h, 2 * w, c // 4))


@dataclass(frozen=True)
class Squeezed:
    """Apply `inner` to an image at half the resolution and four times the channels.

        forward          z = squeeze⁻¹(inner(squeeze(x)))
        log-det          that of inner: reordering numbers changes no volume
        inverse          x = squeeze⁻¹(inner⁻¹(squeeze(z)))
        of the inverse   that of inner⁻¹

    Shapes: x and z (N, H, W, C) with H and W even; params those of inner; log_det (N,) in nats.

    Raises:
        ValueError: the input is no batch of images, or its height or width is odd.
        TypeError: inner is no bijection.
    Source: Real NVP (Dinh, Sohl-Dickstein & Bengio 2017), section 3.6, and Eqs. (9.3), (9.4) and (9.5).
    """

    inner: Bijection

    def __post_init__(self):
        bijection(self.inner, "Squeezed: inner")

    def init(self, rng, x):
        return self.inner.init(rng, squeeze(self._batch(x, "init: x")))

    def forward(self, params, x):
        z, log_det = self.inner.forward(params, squeeze(self._batch(x, "forward: x")))
        return unsqueeze(z), log_det

    def inverse(self, params, z):
        return unsqueeze(self.inner.inverse(params, squeeze(self._batch(z, "inverse: z"))))

    def _batch(self, x, name):
        x = as_batch(x, f"Squeezed.{name}", ndim=(4,))
        if x.shape[1] % 2 or x.shape[2] % 2:
            raise ValueError(f"Squeezed.{name}: height and width must be even, got shape {x.shape}")
        return x


@dataclass(frozen=True)
class Split:
    """Send the first half of the channels to the end of the flow; only the others go through `inner`.

        forward          z_a = x_a,  z_b = inner(x_b)
        log-det          that of inner at x_b
        inverse          x_a = z_a,  x_b = inner⁻¹(z_b)
        of the inverse   that of inner⁻¹ at z_b

    With an odd number of channels x_a is the smaller half.
    Shapes: x and z (N, D) or (N, H, W, C) with D, C >= 2; params those of inner; log_det (N,) in nats.

    Raises:
        ValueError: there is only one channel.
        TypeError: inner is no bijection.
    Source: Real NVP (Dinh, Sohl-Dickstein & Bengio 2017), section 3.6, and Eqs. (9.6), (9.7) and (9.8).
    """

    inner: Bijection

    def __post_init__(self):
        bijection(self.inner, "Split: inner")

    def init(self, rng, x):
        _, x_b = halves(x, "Split.init: x")
        return self.inner.init(rng, x_b)

    def forward(self, params, x):
        x_a, x_b = halves(x, "Split.forward: x")
        z_b, log_det = self.inner.forward(params, x_b)
        return np.concatenate([x_a, z_b], axis=-1), log_det

    def inverse(self, params, z):
        z_a, z_b = halves(z, "Split.inverse: z")
        return np.concatenate([z_a, self.inner.inverse(params, z_b)], axis=-1)
