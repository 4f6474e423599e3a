import hashlib
import math
import tracemalloc
from importlib.resources import files
from itertools import pairwise
from statistics import NormalDist

import autograd
import numpy as np
import pytest

import nflow_ref.datasets
from nflow_ref.datasets import (
    DIGITS_LEVELS,
    MNIST_LEVELS,
    Checkerboard,
    EightGaussians,
    Gumbel,
    TwoMoons,
    TwoPeaks,
    digits,
    mnist,
)
from nflow_ref.quadrature import integrate, integrate_2d

LINE = [TwoPeaks(), TwoPeaks(0.2, 1.0, 0.5, 1.2), Gumbel(), Gumbel(0.3)]
SMOOTH_PLANE = [TwoMoons(), TwoMoons(0.3), EightGaussians(), EightGaussians(1.5, 0.6)]
PLANE = [*SMOOTH_PLANE, Checkerboard()]


def density(p):
    return lambda x: np.exp(p.log_prob(x))


@pytest.mark.parametrize("p", LINE, ids=repr)
def test_mass_on_the_line_is_1(p):
    assert integrate(density(p), *p.box[0]) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize("p", SMOOTH_PLANE, ids=repr)
def test_mass_on_the_plane_is_1(p):
    assert integrate_2d(density(p), p.box) == pytest.approx(1, abs=1e-6)


def test_mass_of_the_checkerboard_is_1_on_panels_that_are_its_squares():
    p = Checkerboard()
    assert integrate_2d(density(p), p.box, panels=4, order=3) == pytest.approx(1, abs=1e-14)


def cell_masses(p, edges):
    """The probability of each cell of a grid, by quadrature cell by cell."""
    cells = [list(pairwise(e)) for e in edges]
    if p.dim == 1:
        return np.array([integrate(density(p), *cell) for cell in cells[0]])
    return np.array([[integrate_2d(density(p), (a, b), panels=3) for b in cells[1]] for a in cells[0]])


@pytest.mark.parametrize("p", LINE + PLANE, ids=repr)
def test_samples_fall_into_cells_as_the_density_says(p):
    """Pearson's chi-square. A chi-square variable with k degrees of freedom exceeds
    k + 2 sqrt(k t) + 2 t with probability < exp(-t) (Laurent and Massart, 2000)."""
    n, t = 20_000, math.log(1e6)
    edges = [np.linspace(*side, 41 if p.dim == 1 else 9) for side in p.box]
    x = p.sample(np.random.default_rng(2), n)
    observed = np.histogramdd(x.reshape(n, -1), bins=edges)[0].ravel()
    expected = n * cell_masses(p, edges).ravel()
    often = expected >= 5
    observed = np.append(observed[often], n - observed[often].sum())
    expected = np.append(expected[often], n - expected[often].sum())
    k = often.sum()
    rest = expected >= 1
    assert observed[~rest].sum() <= 10
    chi_square = np.sum((observed - expected)[rest] ** 2 / expected[rest])
    assert k >= 8 and chi_square < k + 2 * math.sqrt(k * t) + 2 * t


@pytest.mark.parametrize("p", LINE + PLANE, ids=repr)
def test_entropy_is_the_mean_of_minus_log_prob(p):
    surprise = -p.log_prob(p.sample(np.random.default_rng(3), 50_000))
    standard_error = surprise.std() / math.sqrt(len(surprise))
    assert abs(surprise.mean() - p.entropy()) < 5 * standard_error + 1e-12


@pytest.mark.parametrize(
    ("p", "nats", "tol"),
    [
        (TwoMoons(0.1), 1.0076, 5e-5),
        # Trapezoid sums over eight products of normal densities, steps 0.1, 0.05 and 0.025, agree.
        (EightGaussians(), 2.8315783605, 1e-7),
        # Far apart, a mixture has the entropy of its weights plus the mean of its parts'.
        (EightGaussians(10.0, 0.5), math.log(8) + math.log(2 * math.pi * math.e * 0.25), 1e-8),
        (
            TwoPeaks(0.3, 40.0, 0.5, 2.0),
            -0.3 * math.log(0.3 / 0.5) - 0.7 * math.log(0.7 / 2.0) + math.log(2 * math.pi * math.e) / 2,
            1e-8,
        ),
        (Gumbel(0.3), math.log(0.3) + np.euler_gamma + 1, 1e-9),
        (Checkerboard(), math.log(32), 0),
    ],
    ids=repr,
)
def test_entropy_has_its_known_value(p, nats, tol):
    assert isinstance(p.entropy(), float)
    assert abs(p.entropy() - nats) <= tol


@pytest.mark.parametrize("p", SMOOTH_PLANE, ids=repr)
def test_entropy_does_not_change_on_a_finer_grid(p):
    def f(x):
        log_p = p.log_prob(x)
        return -np.exp(log_p) * log_p

    assert integrate_2d(f, p.box, panels=36, order=9) == pytest.approx(p.entropy(), abs=1e-6)


@pytest.mark.parametrize(
    ("p", "parts"),
    [
        (TwoPeaks(), [(0.65, NormalDist(-1.5, 0.8)), (0.35, NormalDist(1.5, 0.35))]),
        (
            TwoPeaks(0.2, 1.0, 0.5, 1.2),
            [(0.2, NormalDist(-0.5, 0.5)), (0.8, NormalDist(0.5, 1.2))],
        ),
    ],
    ids=repr,
)
def test_two_peaks_is_the_mixture_it_says(p, parts):
    x = np.linspace(-5, 5, 41)
    expected = [math.log(sum(w * part.pdf(t) for w, part in parts)) for t in x]
    np.testing.assert_allclose(p.log_prob(x), expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("scale", [0.3, 1.0, 2.0])
def test_gumbel_has_its_cdf(scale):
    edges = scale * np.array([-3.0, -1.0, -0.2, 0.5, 2.0, 9.0])
    cdf = np.exp(-np.exp(-edges / scale))
    masses = cell_masses(Gumbel(scale), [edges])
    np.testing.assert_allclose(masses, np.diff(cdf), rtol=0, atol=1e-13)


def test_eight_gaussians_are_where_they_should_be():
    r = math.sqrt(8)
    centres = [(r, 0), (2, 2), (0, r), (-2, 2), (-r, 0), (-2, -2), (0, -r), (2, -2)]
    x = np.random.default_rng(0).uniform(-4, 4, (50, 2))
    pdf = NormalDist(0, math.sqrt(1 / 8)).pdf
    expected = [math.log(sum(pdf(u - a) * pdf(v - b) for a, b in centres) / 8) for u, v in x]
    np.testing.assert_allclose(EightGaussians().log_prob(x), expected, rtol=0, atol=1e-11)


def two_moons_by_simpson(x, noise, n=40_000):
    """log p of the two moons, straight from the definition, with a fine Simpson rule."""
    a = np.linspace(0, np.pi, n + 1)
    w = np.where(np.arange(n + 1) % 2 == 1, 4.0, 2.0) / (3 * n)
    w[[0, -1]] /= 2
    log_p = []
    for u, v in x:
        upper = (u - np.cos(a)) ** 2 + (v - np.sin(a)) ** 2
        lower = (u - 1 + np.cos(a)) ** 2 + (v - 0.5 + np.sin(a)) ** 2
        e = -np.stack([upper, lower]) / (2 * noise**2)
        total = np.mean(np.exp(e - e.max()) @ w)
        log_p.append(math.log(total) + e.max() - math.log(2 * math.pi * noise**2))
    return np.array(log_p)


@pytest.mark.parametrize("noise", [0.02, 0.1, 0.3, 1.04, 1.06, 3.0])
def test_two_moons_log_density_near_the_arcs_is_right_within_1e_10(noise):
    rng = np.random.default_rng(4)
    a, b = rng.uniform(0, np.pi, 40), rng.uniform(0, 2 * np.pi, 40)
    x = np.stack([np.cos(a), np.sin(a)], axis=-1)
    x[::2] = [1, 0.5] - x[::2]
    x += 7 * noise * np.sqrt(rng.random((40, 1))) * np.stack([np.cos(b), np.sin(b)], axis=-1)
    expected = two_moons_by_simpson(x, noise)
    np.testing.assert_allclose(TwoMoons(noise).log_prob(x), expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize("noise", [0.02, 0.1, 1.0])
def test_two_moons_log_density_far_from_the_arcs_is_finite_and_close(noise):
    x = np.random.default_rng(5).standard_normal((60, 2)) * np.repeat([3, 30, 300], 20)[:, None]
    expected = two_moons_by_simpson(x, noise)
    np.testing.assert_allclose(TwoMoons(noise).log_prob(x), expected, rtol=1e-4)


@pytest.mark.parametrize("p", [TwoPeaks(), *SMOOTH_PLANE], ids=repr)
def test_far_points_keep_a_finite_log_density(p):
    far = np.array([1e3, -1e5, 1e8])
    log_p = p.log_prob(far if p.dim == 1 else np.stack([far, -2 * far], axis=-1))
    assert np.isfinite(log_p).all() and (np.diff(log_p) < 0).all()


def test_gumbel_is_minus_infinity_where_its_formula_overflows():
    np.testing.assert_array_equal(Gumbel().log_prob([-1e4, 1e4]), [-np.inf, -1e4])


def test_checkerboard_squares_contain_their_lower_and_left_edges():
    inside = [(-4, -4), (-3, -3), (-1.5, -0.5), (-3, 1), (0, 0), (1, 1), (3.9, 2), (1, -3), (3, -1)]
    outside = [(-3, -1), (-1, 1), (1, -1), (1, 3), (2, 0), (4, 0), (0, 4), (-4.1, -3), (5, 5)]
    outside += [(5, 1), (-5, 1), (1, 5), (1, -5)]
    log_p = Checkerboard().log_prob(np.array(inside + outside))
    np.testing.assert_array_equal(log_p[: len(inside)], -math.log(32))
    np.testing.assert_array_equal(log_p[len(inside) :], -np.inf)


def test_many_points_give_the_same_numbers_as_few_and_need_little_memory():
    p = TwoMoons()
    x = p.sample(np.random.default_rng(6), 40_000)
    tracemalloc.start()
    log_p = p.log_prob(x)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40e6
    np.testing.assert_allclose(log_p[::4001], p.log_prob(x[::4001]), rtol=0, atol=1e-12)


@pytest.mark.parametrize("p", LINE + SMOOTH_PLANE, ids=repr)
def test_autograd_differentiates_log_prob(p):
    x = p.sample(np.random.default_rng(7), 1500)
    gradient = autograd.grad(lambda x: autograd.numpy.sum(p.log_prob(x)))(x).reshape(1500, -1)
    for axis, direction in enumerate(np.eye(p.dim)):
        h = 1e-5 * direction.reshape(x.shape[1:])
        difference = (p.log_prob(x + h) - p.log_prob(x - h)) / 2e-5
        scale = 1 + np.abs(difference)
        np.testing.assert_allclose(gradient[:, axis] / scale, difference / scale, atol=1e-7)


@pytest.mark.parametrize("p", LINE + PLANE, ids=repr)
def test_log_prob_keeps_the_dtype(p):
    x = p.sample(np.random.default_rng(8), 100)
    assert x.dtype == p.log_prob(x).dtype == np.float64
    assert p.log_prob(x.astype(np.float32)).dtype == np.float32
    assert p.log_prob(np.ones_like(x, dtype=int)).dtype == np.float64
    single = x.astype(np.float32)
    np.testing.assert_allclose(p.log_prob(single), p.log_prob(single.astype(float)), rtol=1e-6)


@pytest.mark.parametrize("p", LINE + PLANE, ids=repr)
def test_samples_come_from_the_generator_that_was_passed_and_from_nothing_else(p):
    before = np.random.get_state()
    first, second = (p.sample(np.random.default_rng(9), 7) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    rng = np.random.default_rng(9)
    p.sample(rng, 7)
    assert not np.array_equal(p.sample(rng, 7), first)
    assert first.shape == ((7,) if p.dim == 1 else (7, 2))
    digits()
    after = np.random.get_state()
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: TwoMoons(0), ValueError, "TwoMoons: noise must be a finite number > 0, got 0"),
        (lambda: TwoMoons(-0.1), ValueError, "TwoMoons: noise"),
        (lambda: TwoMoons(math.nan), ValueError, "TwoMoons: noise"),
        (lambda: TwoMoons(0.001), ValueError, "noise must be >= 0.01, got 0.001"),
        (lambda: TwoMoons("big"), TypeError, "TwoMoons: noise"),
        (lambda: EightGaussians(radius=0), ValueError, "EightGaussians: radius"),
        (lambda: EightGaussians(noise=math.inf), ValueError, "EightGaussians: noise"),
        (lambda: TwoPeaks(weight=1), ValueError, "TwoPeaks: weight must be < 1, got 1"),
        (lambda: TwoPeaks(weight=0), ValueError, "TwoPeaks: weight"),
        (lambda: TwoPeaks(distance=-1), ValueError, "TwoPeaks: distance"),
        (lambda: TwoPeaks(left_std=0), ValueError, "TwoPeaks: left_std"),
        (lambda: TwoPeaks(right_std=None), TypeError, "TwoPeaks: right_std"),
        (lambda: Gumbel(0), ValueError, "Gumbel: scale"),
        (lambda: TwoMoons().sample(RNG, 0), ValueError, "TwoMoons.sample: n must be a whole"),
        (lambda: Gumbel().sample(RNG, 2.5), ValueError, "Gumbel.sample: n must be a whole"),
        (lambda: Checkerboard().sample(RNG, "3"), TypeError, "Checkerboard.sample: n"),
        (lambda: Gumbel().sample(0, 3), TypeError, "rng must be a numpy.random.Generator, such as .*, got 0"),
        (
            lambda: TwoMoons().log_prob(np.ones((5, 3))),
            ValueError,
            r"TwoMoons.log_prob: x: expected shape \(N, 2\), got \(5, 3\)",
        ),
        (lambda: TwoMoons().log_prob(np.ones(2)), ValueError, r"log_prob: x.*got \(2,\)"),
        (lambda: TwoPeaks().log_prob(np.ones((5, 1))), ValueError, r"\(N,\), got \(5, 1\)"),
        (lambda: Gumbel().log_prob([]), ValueError, "batch is empty"),
        (lambda: EightGaussians().log_prob([[0, np.nan]]), ValueError, "not finite"),
        (lambda: Checkerboard().log_prob([["a", "b"]]), TypeError, "real numbers"),
    ],
)
def test_bad_input_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize(
    "p, box",
    [
        (TwoPeaks(), [(-7.1, 7.1)]),  # 1.5 + 7 · 0.8
        (Gumbel(0.5), [(-2.0, 14.0)]),
        (TwoMoons(), [(-1.7, 2.7), (-1.2, 1.7)]),
        (EightGaussians(2.0, 0.5), [(-5.5, 5.5)] * 2),
        (Checkerboard(), [(-4.0, 4.0)] * 2),
    ],
    ids=repr,
)
def test_boxes_are_no_larger_than_they_must_be(p, box):
    np.testing.assert_allclose(p.box, box, rtol=1e-14)


@pytest.mark.parametrize(
    "p, first",
    [
        (TwoPeaks(), [-1.4161, -1.9285, -1.2107]),
        (Gumbel(), [-0.0132, 1.157, 3.174]),
        (TwoMoons(), [[1.5475, -0.3141], [0.5914, 0.6231], [0.9294, 0.1325]]),
        (EightGaussians(), [[0.2264, -2.7913], [-2.1894, -1.8722], [-2.3674, 0.3348]]),
        (Checkerboard(), [[2.0331, -0.3735], [1.8255, -2.7867], [1.459, -2.9128]]),
    ],
    ids=repr,
)
def test_draws_stay_what_they_were(p, first):
    """From version to version: the lessons' numbers hang on them."""
    np.testing.assert_allclose(p.sample(np.random.default_rng(0), len(first)), first, atol=1e-4)


def test_nothing_is_off_the_board():
    """Its pattern would go on, but the density ends."""
    side = np.arange(-7.75, 8, 0.5)
    x = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    on_board = (np.abs(x) < 4).all(axis=1)
    log_p = Checkerboard().log_prob(x)
    assert np.isneginf(log_p[~on_board]).all() and np.isfinite(log_p[on_board]).sum() == 16**2 / 2


def test_the_least_noise_is_allowed():
    p = TwoMoons(0.01)
    on_arc = p.log_prob([[0.0, 1.0]])  # in the middle of the arc: noise across it, and of two arcs one
    assert on_arc == pytest.approx(-math.log(2 * math.pi * 0.01 * math.sqrt(2 * math.pi)), abs=1e-3)


def test_entropy_takes_panels_of_three_times_the_noise_at_most(monkeypatch):
    found = []
    monkeypatch.setattr(nflow_ref.datasets, "integrate_2d", lambda f, box, panels: found.append(panels))
    for p in (TwoMoons(0.07), EightGaussians(2.0, 0.33)):
        nflow_ref.datasets._entropy.__wrapped__(p)
        sides = [high - low for low, high in p.box]
        assert all(k == math.ceil(side / (3 * p.noise)) for k, side in zip(found[-1], sides, strict=True))


def test_digits_are_the_images_of_the_source():
    images, labels = digits()
    assert (images.shape, images.dtype) == ((1797, 8, 8, 1), np.uint8)
    assert (labels.shape, labels.dtype) == ((1797,), np.uint8)
    np.testing.assert_array_equal(np.unique(images), np.arange(DIGITS_LEVELS))
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert labels[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    assert images[0, :3, :, 0].tolist() == [
        [0, 0, 5, 13, 9, 1, 0, 0],
        [0, 0, 13, 15, 10, 15, 5, 0],
        [0, 3, 15, 2, 0, 11, 8, 0],
    ]


def test_digits_have_their_checksums():
    images, labels = digits()
    file = files(nflow_ref).joinpath("data", "digits.npz").read_bytes()
    assert hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest() == (
        "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"
    )
    assert hashlib.sha256(file).hexdigest() == (
        "b2dab7b501728c22e9119ad76740b2e17c77a231e42d1e592380d90886f1a05e"
    )


def test_digits_are_fresh_at_each_call():
    spoiled = digits()
    spoiled.images[:], spoiled.labels[:] = 0, 0
    assert digits().images.max() == 16 and digits().labels.max() == 9


def test_mnist_is_what_the_source_has():
    images, labels = mnist()
    assert (images.shape, images.dtype) == ((5000, 28, 28, 1), np.uint8)
    assert (labels.shape, labels.dtype) == ((5000,), np.uint8)
    assert images.min() == 0 and images.max() == MNIST_LEVELS - 1
    np.testing.assert_array_equal(labels, np.arange(5000) % 10)
    assert images[0, 14, 8:20, 0].tolist() == [253, 190, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert len(np.unique(images.reshape(5000, -1), axis=0)) == 5000
    file = files(nflow_ref).joinpath("data", "mnist.npz").read_bytes()
    assert len(file) <= 1_200_000
    assert hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest() == (
        "1574f5562c64a6afc9dae0cf8e23cbe02ecee011e4eddd5b8c2ca01821426cc0"
    )
    assert hashlib.sha256(file).hexdigest() == (
        "318529116436d286a13fb1f5ec89f00ae35cd21faee91088e5fa8ca9882bc636"
    )


@pytest.mark.parametrize("documented", [nflow_ref.datasets, mnist])
def test_mnist_carries_source_and_licence(documented):
    text = " ".join(documented.__doc__.split())
    for words in ("LeCun", "Cortes", "Burges", "1998", "MNIST", "CC BY-SA 3.0"):
        assert words in text


@pytest.mark.parametrize("documented", [nflow_ref.datasets, digits])
def test_digits_carry_source_and_licence(documented):
    text = " ".join(documented.__doc__.split())
    for words in ("Alpaydin", "Kaynak", "UCI", "1998", "10.24432/C50P49", "CC BY 4.0"):
        assert words in text
