import itertools
import math

import numpy as np
import pytest

from nflow_ref import bits_per_dim, dequantize, random_shift

rng = np.random.default_rng(0)


@pytest.mark.parametrize("levels", [2, 17, 256])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dequantized_values_stay_in_the_cell_of_their_level(levels, dtype):
    x = rng.integers(0, levels, (50, 4, 6, 3))
    x.ravel()[:2] = 0, levels - 1
    y = dequantize(rng, x, levels, dtype)
    assert y.dtype == dtype and y.shape == x.shape and y.min() >= 0 and y.max() < 1
    inside = y.astype(float) * levels - x
    assert inside.min() > -1e-4 and inside.max() < 1 + 1e-4
    assert np.abs(inside.mean() - 0.5) < 0.02 and inside.max() - inside.min() > 0.99


def test_each_pixel_has_noise_of_its_own():
    u = dequantize(rng, np.zeros((300, 2, 2, 2)), 5).reshape(300, 8)
    assert np.abs(np.corrcoef(u.T) - np.eye(8)).max() < 0.35


def test_never_1_even_when_float32_rounds_up():
    class Almost(np.random.Generator):
        def random(self, shape):
            return np.full(shape, np.nextafter(1.0, 0.0))

    assert dequantize(Almost(np.random.PCG64()), np.full((1, 1), 255), 256, np.float32).max() < 1


def test_uniform_density_costs_log2_of_the_levels():
    """A density of 1 on the unit cube says nothing about the image: log2(levels) bits for each number."""
    for levels in (17, 256):
        bits = bits_per_dim(np.zeros(3), (8, 8, 3), levels)
        np.testing.assert_allclose(bits, math.log2(levels), rtol=1e-14)


def test_bits_are_counted_for_every_channel():
    """Density 2^192 on the cube of 8·8·3 numbers: one bit less for each of them."""
    bits = bits_per_dim(np.array([192 * math.log(2)]), (8, 8, 3), 256)
    np.testing.assert_allclose(bits, 7, rtol=1e-13)


def test_bound_is_valid_and_exact_when_the_density_is_flat_in_each_cell():
    """A known discrete distribution on {0,1,2}²: its entropy is reached, a tilted density pays more."""
    p = rng.dirichlet(np.ones(9)).reshape(3, 3)
    x = np.array(list(itertools.product(range(3), repeat=2)))
    many = np.repeat(x, 4000, axis=0)
    y = dequantize(rng, many, 3)
    weights = np.repeat(p.ravel(), 4000) / 4000
    cell = np.floor(3 * y).astype(int)
    flat = np.log(9 * p[cell[:, 0], cell[:, 1]])
    entropy = -(p * np.log2(p)).sum() / 2
    assert weights @ bits_per_dim(flat, (2,), 3) == pytest.approx(entropy, abs=1e-12)
    u = 3 * y - cell
    tilted = flat + np.log(0.5 + u).sum(axis=1)
    assert weights @ bits_per_dim(tilted, (2,), 3) > entropy + 0.05


@pytest.mark.parametrize("levels", [0, -1, 2.5])
def test_bad_levels(levels):
    with pytest.raises(ValueError, match="levels must be a whole number >= 1"):
        dequantize(rng, np.zeros((1, 2)), levels)
    with pytest.raises(ValueError, match="levels must be a whole number >= 1"):
        bits_per_dim(np.zeros(1), (2,), levels)


@pytest.mark.parametrize("bad", [17, -1, 0.5])
def test_bad_images(bad):
    with pytest.raises(ValueError, match=r"x must hold whole numbers 0..16, got values from"):
        dequantize(rng, np.array([[0, bad]]), 17)


def test_random_shift_moves_by_every_offset_and_fills_with_zeros():
    image = np.arange(1, 13).reshape(1, 3, 4, 1)
    many = random_shift(rng, np.repeat(image, 400, axis=0), 1)
    padded = np.pad(image[0, ..., 0], 1)
    windows = {padded[i : i + 3, j : j + 4].tobytes() for i in range(3) for j in range(3)}
    assert {m[..., 0].tobytes() for m in many} == windows
    assert many.dtype == image.dtype
    with pytest.raises(ValueError, match="pixels must be a whole number >= 1"):
        random_shift(rng, image, 0)
    for vectors in (np.zeros((4, 3)), np.zeros(4)):
        with pytest.raises(ValueError, match=r"random_shift: x: expected shape \(N, H, W, C\), got"):
            random_shift(rng, vectors)


def test_shapes_that_dequantize_takes():
    assert dequantize(rng, np.array([0, 3, 1]), 4).shape == (3,)
    with pytest.raises(ValueError, match=r"dequantize: x: expected shape .* got \(2, 2, 2\)"):
        dequantize(rng, np.zeros((2, 2, 2)), 4)


@pytest.mark.parametrize("pixels", [1, 2])
def test_random_shift_by_any_number_of_pixels(pixels):
    image = np.ones((300, 5, 6, 2))
    shifted = random_shift(rng, image) if pixels == 1 else random_shift(rng, image, pixels)
    assert shifted.shape == image.shape
    lost = {(5 - int(one.any(axis=(1, 2)).sum()), 6 - int(one.any(axis=(0, 2)).sum())) for one in shifted}
    assert lost == set(itertools.product(range(pixels + 1), repeat=2))
