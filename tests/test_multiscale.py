import numpy as np
import pytest
from table import away

from nflow_ref import ActNorm, Chain, Conv1x1, Permutation, Split, Squeezed
from nflow_ref.multiscale import squeeze, unsqueeze

rng = np.random.default_rng(0)
numbered = np.arange(32.0).reshape(1, 4, 4, 2)


def test_squeeze_makes_blocks_of_two_by_two_with_the_place_first():
    y = squeeze(numbered)
    assert y.shape == (1, 2, 2, 8)
    # pixels 0, 1 (first row) and 4, 5 (second row), each with channels 2k and 2k + 1
    assert y[0, 0, 0].tolist() == [0, 1, 2, 3, 8, 9, 10, 11]
    assert y[0, 1, 0].tolist() == [16, 17, 18, 19, 24, 25, 26, 27]


def test_a_split_after_a_squeeze_keeps_both_channels_on_both_sides():
    kept = set(squeeze(numbered)[..., :4].ravel() % 2)
    assert kept == {0.0, 1.0}


def test_unsqueeze_puts_each_place_back():
    x = unsqueeze(np.arange(32.0).reshape(1, 2, 2, 8))
    assert x[0, :2, :2].reshape(4, 2).tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]
    assert x[0, 0, 2].tolist() == [8, 9] and x[0, 2, 0].tolist() == [16, 17]


def test_unsqueeze_is_bit_exact_on_unequal_sides():
    x = rng.standard_normal((3, 2, 6, 3))
    assert (unsqueeze(squeeze(x)) == x).all()
    y = rng.standard_normal((3, 1, 2, 12))
    assert (squeeze(unsqueeze(y)) == y).all()


def test_squeezed_is_inner_between_squeeze_and_its_inverse():
    x = rng.standard_normal((3, 2, 6, 1))
    layer = Squeezed(Conv1x1())
    params = away(rng, layer.init(rng, x))
    z, log_det = layer.forward(params, x)
    expected, inner_log_det = Conv1x1().forward(params, squeeze(x))
    assert z.shape == x.shape and (squeeze(z) == expected).all() and (log_det == inner_log_det).all()


def test_split_leaves_the_first_half_alone():
    x = rng.standard_normal((4, 2, 6, 5))
    layer = Split(Conv1x1())
    params = away(rng, layer.init(rng, x))
    z, log_det = layer.forward(params, x)
    expected, inner_log_det = Conv1x1().forward(params, x[..., 2:])
    assert (z[..., :2] == x[..., :2]).all() and (z[..., 2:] == expected).all()
    assert (log_det == inner_log_det).all()


def test_both_inverses_undo_the_inner_layer_where_it_was_applied():
    x = rng.standard_normal((3, 2, 6, 3))
    for layer, part in [(Squeezed(ActNorm()), squeeze), (Split(ActNorm()), lambda z: z[..., 1:])]:
        params = away(rng, layer.init(rng, x))
        z, _ = layer.forward(params, x)
        np.testing.assert_allclose(layer.inverse(params, z), x, atol=1e-12)
        np.testing.assert_allclose(
            part(layer.inverse(params, x)), ActNorm().inverse(params, part(x)), atol=1e-12
        )
    assert (layer.inverse(params, z)[..., :1] == z[..., :1]).all()


def test_split_around_the_identity_is_the_unsplit_flow():
    x = rng.standard_normal((4, 2, 2, 4))
    outer = ActNorm()
    params = away(rng, outer.init(rng, x))
    z, log_det = Chain(outer, Split(Chain())).forward((params, ()), x)
    expected, expected_log_det = outer.forward(params, x)
    assert (z == expected).all() and (log_det == expected_log_det).all()


def test_init_reaches_the_inner_layer():
    x = 3 + 2 * rng.standard_normal((50, 2, 4, 2))
    params = Split(ActNorm()).init(rng, x)
    z, _ = Split(ActNorm()).forward(params, x)
    np.testing.assert_allclose(z[..., 1].var(), 1, rtol=1e-12)
    params = Squeezed(ActNorm()).init(rng, x)
    np.testing.assert_allclose(
        squeeze(Squeezed(ActNorm()).forward(params, x)[0]).mean((0, 1, 2)), 0, atol=1e-12
    )


@pytest.mark.parametrize("shape", [(2, 3, 4, 1), (2, 4, 5, 1)])
def test_odd_sides(shape):
    layer = Squeezed(Permutation((3, 2, 1, 0)))
    for call in (layer.init, layer.forward, layer.inverse):
        with pytest.raises(ValueError, match="height and width must be even, got shape"):
            call((), np.ones(shape))


def test_no_image_and_one_channel():
    with pytest.raises(ValueError, match=r"expected shape \(N, H, W, C\), got \(3, 4\)"):
        Squeezed(Chain()).forward((), np.ones((3, 4)))
    for call in (Split(Chain()).init, Split(Chain()).forward, Split(Chain()).inverse):
        with pytest.raises(ValueError, match="needs at least 2 channels to split"):
            call((), np.ones((3, 2, 2, 1)))
