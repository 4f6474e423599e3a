import numpy as np
import pytest
from table import away

from nflow_ref import (
    ActNorm,
    AffineCoupling,
    Chain,
    Conv1x1LU,
    ConvNet,
    Flow,
    Permutation,
    Split,
    Squeezed,
    StandardNormal,
    glow,
    real_nvp,
)
from nflow_ref.change_of_variables import jacobian
from nflow_ref.parameters import leaves


def count(flow, x):
    return sum(p.size for _, p in leaves(flow.init(np.random.default_rng(0), x)))


def test_glow_has_the_parameters_of_its_parts():
    """Two levels of four steps on 8×8×1, counted by hand: ActNorm 3c, LU 2c²+c, and the conditioner."""

    def step(c, hidden=64):
        a, b = c // 2, 2 * (c - c // 2)
        return 3 * c + 2 * c * c + c + (9 * a + 1 + hidden + 1) * hidden + 9 * hidden * b + b

    rng = np.random.default_rng(0)
    x = rng.standard_normal((10, 8, 8, 1))
    assert count(glow(rng, (8, 8, 1), levels=2, steps=4, hidden=64), x) == 4 * step(4) + 4 * step(8)


def test_glow_is_its_parts_in_order():
    """Two levels by hand: squeeze, the steps, split; the last level does not split. Eq. (9.10)."""
    rng = np.random.default_rng(5)

    def step(channels):
        return [ActNorm(), Conv1x1LU.random(rng, channels), AffineCoupling(ConvNet(6), 1.5)]

    steps_1, steps_2 = step(12) + step(12), step(24) + step(24)
    bijection = Squeezed(Chain(*steps_1, Split(Squeezed(Chain(*steps_2)))))
    flow = glow(np.random.default_rng(5), (8, 4, 3), levels=2, steps=2, hidden=6, bound=1.5)
    assert flow == Flow(StandardNormal((8, 4, 3)), bijection)
    one_level = glow(np.random.default_rng(5), (4, 2, 3), levels=1, steps=2, hidden=6, bound=1.5)
    assert one_level.bijection == Squeezed(Chain(*steps_1))


def test_latents_of_glow_leave_level_by_level():
    """Of an 8×8 image: the even rows at level 1, every second odd row at level 2, the rest at level 3."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((5, 8, 8, 1))
    flow = glow(rng, (8, 8, 1), levels=3, steps=1, hidden=4)
    params = away(rng, flow.init(rng, x))
    z, _ = flow.bijection.forward(params, x)
    level_1, (level_2, (level_3,)) = params[:3], (params[3][:3], params[3][3:])
    level = np.ones((8, 8))
    for k, new in [
        (2, (*level_1, (*away(rng, level_2), level_3))),
        (3, (*level_1, (*level_2, away(rng, level_3)))),
    ]:
        level[(flow.bijection.forward(new, x)[0] != z).all(axis=(0, 3))] = k
    assert (level == np.array([1, 2, 1, 3, 1, 2, 1, 3])[:, None]).all()


def test_real_nvp_has_the_parameters_of_its_parts():
    x = np.random.default_rng(0).standard_normal((10, 3))
    conditioner = (1 + 1) * 16 + (16 + 1) * 4
    assert count(real_nvp(3, couplings=5, hidden=(16,)), x) == 5 * (3 * 3 + conditioner)


def test_real_nvp_normalizes_then_couples_then_turns():
    kinds = [type(layer) for layer in real_nvp(3, couplings=2).bijection.layers]
    assert kinds == [ActNorm, AffineCoupling, Permutation] * 2


def test_real_nvp_hands_its_bound_to_each_coupling():
    layers = real_nvp(3, couplings=5, bound=0.3).bijection.layers
    assert [layer.bound for layer in layers if isinstance(layer, AffineCoupling)] == [0.3] * 5


def test_the_same_seed_makes_the_same_glow():
    def make(seed):
        return glow(np.random.default_rng(seed), (4, 4, 1), 2, 2, 8)

    assert make(1) == make(1) and make(1) != make(2)


@pytest.mark.parametrize("shape", [(8, 6, 1), (6, 8, 1)])
def test_sides_must_be_divisible(shape):
    with pytest.raises(ValueError, match="divisible by 4 for 2 levels"):
        glow(np.random.default_rng(0), shape, levels=2)


def test_bad_numbers():
    with pytest.raises(ValueError, match="dim must be at least 2"):
        real_nvp(1)
    for arguments in ({"levels": 0}, {"steps": 0}, {"levels": 1.5}):
        with pytest.raises(ValueError, match="whole number >= 1"):
            glow(np.random.default_rng(0), (8, 8, 1), **arguments)
    with pytest.raises(ValueError, match="couplings must be a whole number >= 1"):
        real_nvp(2, couplings=0)


@pytest.mark.parametrize("dim", [2, 3, 5, 6, 7])
def test_every_output_of_real_nvp_depends_on_every_input(dim):
    """With reversed coordinates, the middle one of an odd number would reach no other output."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((20, dim))
    flow = real_nvp(dim, couplings=8, hidden=(16,))
    params = away(rng, flow.init(rng, x))
    J = jacobian(lambda x: flow.bijection.forward(params, x)[0], x)
    assert np.abs(J).max(axis=0).min() > 1e-3


def test_defaults_are_those_of_the_signature():
    def small(seed, **options):
        return glow(np.random.default_rng(seed), (4, 8, 3), **options)

    assert real_nvp(3) == real_nvp(3, couplings=8, hidden=(64, 64), bound=2.0)
    assert small(1) == small(1, levels=2, steps=4, hidden=64, bound=2.0)
    assert AffineCoupling().bound == 2.0


def test_real_nvp_asks_for_a_whole_dimension():
    with pytest.raises(ValueError, match="real_nvp: dim must be a whole number >= 1, got 2.5"):
        real_nvp(2.5)
    assert real_nvp(3.0) == real_nvp(3)


@pytest.mark.parametrize("shape", [(8, 8), (8, 8, 1, 1), 8, None, ()])
def test_glow_is_for_images(shape):
    with pytest.raises(TypeError, match=r"glow: shape must be \(H, W, C\) of whole numbers >= 1, got"):
        glow(np.random.default_rng(0), shape)
