import numpy as np
import pytest
from autograd.core import make_vjp
from table import away

from nflow_ref import MLP, ActNorm, AffineCoupling, Chain, Conv1x1, Permutation
from nflow_ref.bijections import channels, place
from nflow_ref.change_of_variables import log_abs_det_jacobian

rng = np.random.default_rng(0)
scale = {
    "log_s": np.log([2.0, 3.0, 5.0]), "m": np.array([0.5, 0.0, -2.0]), "b": np.array([1.0, -1.0, 0.5])
}  # fmt: skip
x = rng.standard_normal((4, 3))


def test_the_first_layer_is_applied_first():
    """Scaling and permuting do not commute: the two orders give the two results worked out by hand."""
    turn = Permutation((2, 0, 1))
    scaled = [2.0, 3.0, 5.0] * (x - [0.5, 0.0, -2.0]) + [1.0, -1.0, 0.5]
    z, _ = Chain(ActNorm(), turn).forward((scale, ()), x)
    np.testing.assert_allclose(z, scaled[:, [2, 0, 1]], rtol=1e-15)
    z, _ = Chain(turn, ActNorm()).forward(((), scale), x)
    scaled = [2.0, 3.0, 5.0] * (x[:, [2, 0, 1]] - [0.5, 0.0, -2.0]) + [1.0, -1.0, 0.5]
    np.testing.assert_allclose(z, scaled, rtol=1e-15)


def test_log_dets_are_taken_at_the_running_points():
    """With the coupling at x instead of at the scaled point, the log-det is another one."""
    f, g = ActNorm(), AffineCoupling(MLP((8,)))
    q = away(rng, g.init(rng, x), by=0.6)
    h, first = f.forward(scale, x)
    _, second = g.forward(q, h)
    _, at_x = g.forward(q, x)
    _, log_det = Chain(f, g).forward((scale, q), x)
    np.testing.assert_allclose(log_det, first + second, rtol=1e-14)
    assert np.abs(at_x - second).max() > 0.05
    by_autodiff = log_abs_det_jacobian(lambda x: Chain(f, g).forward((scale, q), x)[0], x)
    np.testing.assert_allclose(log_det, by_autodiff, atol=1e-12)


def test_init_is_data_dependent_layer_after_layer():
    """The second ActNorm is initialised on what the first layers put out, not on the data."""
    chain = Chain(ActNorm(), Conv1x1(), ActNorm())
    data = 3 + 5 * rng.standard_normal((200, 3)) @ rng.standard_normal((3, 3))
    params = chain.init(rng, data)
    for k in (1, 3):
        z, _ = Chain(*chain.layers[:k]).forward(params[:k], data)
        np.testing.assert_allclose(z.mean(axis=0), 0, atol=1e-12)
        np.testing.assert_allclose(z.var(axis=0), 1, rtol=1e-12)


def test_an_empty_chain_is_the_identity():
    z, log_det = Chain().forward((), x)
    assert (z == x).all() and (log_det == 0).all() and log_det.shape == (4,)
    assert (Chain().inverse((), x) == x).all()


def test_errors_say_in_which_layer():
    chain = Chain(ActNorm(), Permutation((1, 0)))
    with pytest.raises(ValueError, match="expected 2 channels") as caught:
        chain.forward((scale, ()), x)
    assert caught.value.__notes__ == ["in layer 1 of a Chain of 2: Permutation(permutation=(1, 0))"]


def test_chains_within_chains_are_few():
    """2,000 of them end in a RecursionError somewhere inside."""
    chain = Chain()
    with pytest.raises(ValueError, match="more than 100 deep; one can have all layers"):
        for _ in range(2000):
            chain = Chain(chain, ActNorm())
    assert len(Chain(*[ActNorm()] * 2000).layers) == 2000
    for inmost in (Chain(), Chain(ActNorm())):
        deep = inmost
        for _ in range(99):
            deep = Chain(deep)
        assert deep.depth == 100
        with pytest.raises(ValueError, match="more than 100 deep"):
            Chain(deep)


def test_wrong_number_of_parameter_trees():
    with pytest.raises(ValueError, match="must hold 2 parameter trees, got 1"):
        Chain(ActNorm(), ActNorm()).forward((scale,), x)
    with pytest.raises(TypeError, match="must be a tuple of 2 parameter trees, got an object of type dict"):
        Chain(ActNorm(), ActNorm()).inverse(scale, x)


@pytest.mark.parametrize("index", [slice(1, 3), (3, 0, 2)])
def test_channels_and_place_are_each_other_s_transpose(index):
    """<channels(x), g> = <x, place(g)>, and each is the other's backward pass."""
    x, g = (
        rng.standard_normal((2, 3, 5)),
        rng.standard_normal((2, 3, len(range(5)[index]) if isinstance(index, slice) else 3)),
    )
    forward, backward = lambda x: channels(x, index), lambda g: place(g, index, 5)
    assert np.vdot(forward(x), g) == pytest.approx(np.vdot(x, backward(g)))
    vjp, _ = make_vjp(forward, x)
    assert (vjp(g) == backward(g)).all()
    vjp, _ = make_vjp(backward, g)
    assert (vjp(x) == forward(x)).all()
    assert place(g.astype(np.float32), index, 5).dtype == np.float32
