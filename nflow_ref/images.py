"""Discrete images and densities: dequantization and bits per dimension."""

import math

import numpy as np

from .inputs import as_batch, event_shape, float_type, generator, positive

__all__ = ["bits_per_dim", "dequantize", "random_shift"]


def dequantize(rng, x, levels, dtype=np.float64):
    """Spread each integer level over an interval of its own: y = (x + u) / levels, u uniform on [0, 1).

    The intervals touch and do not overlap, so a density of y integrates, over the cell of x, to a
    probability of the image x. With a width other than one level that number would mean nothing.

    Args:
        x: images (N, H, W, C) of whole numbers 0 .. levels - 1.
        levels: how many values a channel of a pixel can have: 17 for the digits, 256 for 8 bits.

    Returns:
        y in [0, 1), of the same shape.

    Raises:
        ValueError: levels is no whole number >= 1, or x has other values than those.
        TypeError: rng is no generator, or dtype is neither float32 nor float64.
    Source: Theis, van den Oord & Bethge (2016), section 3.1, and Eq. (10.3).
    """
    rng, dtype = generator(rng, "dequantize"), float_type(dtype, "dequantize: dtype")
    levels = positive(levels, "dequantize: levels", whole=True)
    x = as_batch(x, "dequantize: x", ndim=(1, 2, 4))
    if (x != np.floor(x)).any() or x.min() < 0 or x.max() >= levels:
        raise ValueError(
            f"dequantize: x must hold whole numbers 0..{levels - 1}, got values from {x.min()} to {x.max()}"
        )
    y = ((x + rng.random(x.shape)) / levels).astype(dtype)
    return np.minimum(y, np.nextafter(dtype(1), dtype(0)))  # float32 may round up to 1


def bits_per_dim(log_prob, shape, levels):
    """Bits per dimension of discrete images, from the log-density of their dequantized form.

        (log(levels) - log p(y) / D) / log 2,   D = H·W·C

    Averaged over the noise of `dequantize`, it is an upper bound on what the model needs, on average,
    to code one channel of one pixel.

    Args:
        log_prob: log p(y) in nats, shape (N,), for y on the scale of `dequantize`, that is [0, 1).
        shape: the shape of one image, (H, W, C).
        levels: as in `dequantize`.

    Returns:
        bits per dimension, shape (N,).

    Raises:
        ValueError, TypeError: shape is none of an example, or log_prob is not finite, of shape (N,).
    Source: Theis, van den Oord & Bethge (2016), section 3.1, and Eq. (10.9).
    """
    levels = positive(levels, "bits_per_dim: levels", whole=True)
    log_prob = as_batch(log_prob, "bits_per_dim: log_prob", ndim=(1,))
    shape = event_shape(shape, "bits_per_dim: shape")
    return (math.log(levels) - log_prob / math.prod(shape)) / math.log(2)


def random_shift(rng, x, pixels=1):
    """Move each image by up to `pixels` in each direction, zeros coming in: (N, H, W, C), any dtype.

    Training on moved copies teaches a density of digits that does not depend on where they stand.

    Raises:
        ValueError, TypeError: x is no batch of images, pixels no whole number >= 1, rng no generator.
    """
    rng = generator(rng, "random_shift")
    pixels = positive(pixels, "random_shift: pixels", whole=True)
    n, height, width, _ = as_batch(x, "random_shift: x", ndim=(4,)).shape
    padded = np.pad(x, ((0, 0), (pixels, pixels), (pixels, pixels), (0, 0)))
    rows = rng.integers(0, 2 * pixels + 1, (n, 1)) + np.arange(height)
    columns = rng.integers(0, 2 * pixels + 1, (n, 1)) + np.arange(width)
    return padded[np.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]
