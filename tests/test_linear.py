import numpy as np
import pytest
from table import away

from nflow_ref import Conv1x1, Conv1x1LU, Permutation
from nflow_ref.linear import lu, random_orthogonal, solve_triangular

rng = np.random.default_rng(0)


def matrix_of(layer, params, c):
    """W with z = W x, read off from what the layer does to the unit vectors."""
    return (layer.forward(params, np.eye(c))[0] - layer.forward(params, np.zeros((c, c)))[0]).T


def test_permutation_by_hand():
    z, log_det = Permutation((2, 0, 1)).forward((), np.array([[10.0, 11.0, 12.0]]))
    assert (z == [[12, 10, 11]]).all() and (log_det == 0).all()
    assert (Permutation((2, 0, 1)).inverse((), z) == [[10, 11, 12]]).all()


@pytest.mark.parametrize("bad", [(0, 0, 1), (1, 2, 3), (0, 1.5), (), (-1, 0)])
def test_no_permutation(bad):
    with pytest.raises(ValueError, match="expected a permutation of 0..C-1"):
        Permutation(bad)
    with pytest.raises(ValueError, match="expected a permutation of 0..C-1"):
        Conv1x1LU(bad, (1,) * len(bad))


def test_conv1x1_multiplies_each_pixel_from_the_left():
    W = np.array([[2.0, 1.0], [-1.0, 3.0]])
    x = rng.standard_normal((2, 3, 5, 2))
    z, log_det = Conv1x1().forward({"W": W}, x)
    for n, h, w in np.ndindex(2, 3, 5):
        np.testing.assert_allclose(z[n, h, w], W @ x[n, h, w], rtol=1e-14)
    np.testing.assert_allclose(log_det, [15 * np.log(7)] * 2, rtol=1e-14)


def test_negative_determinant_and_no_underflow():
    _, log_det = Conv1x1().forward({"W": np.array([[0.0, 2.0], [3.0, 1.0]])}, np.ones((1, 2)))
    assert log_det[0] == pytest.approx(np.log(6))
    _, log_det = Conv1x1().forward({"W": 0.01 * np.eye(200)}, np.ones((1, 200)))
    assert log_det[0] == pytest.approx(200 * np.log(0.01))


@pytest.mark.parametrize("W", [np.zeros((3, 3)), np.ones((3, 3)), np.outer([0.1, 0.2, 0.3], [1, 2, 3])])
def test_singular_matrix(W):
    for method in (Conv1x1().forward, Conv1x1().inverse):
        with pytest.raises(ValueError, match="W is singular"):
            method({"W": W}, np.ones((2, 3)))
    with pytest.raises(ValueError, match="square"):
        lu(np.ones((2, 3)))


def test_lu_refuses_a_matrix_without_pivot():
    with pytest.raises(ValueError, match="no pivot is left in column 1"):
        lu(np.array([[1.0, 2.0], [2.0, 4.0]]))


@pytest.mark.parametrize("c", [1, 2, 3, 8, 33])
def test_lu(c):
    W = rng.standard_normal((c, c))
    permutation, L, U = lu(W)
    P = np.eye(c)[list(permutation)]
    np.testing.assert_allclose(P @ L @ U, W, atol=1e-13 * c)
    assert (np.diag(L) == 1).all() and (L == np.tril(L)).all() and (U == np.triu(U)).all()
    assert np.abs(L).max() <= 1, "pivoting bounds the multipliers"


def test_lu_of_a_matrix_that_needs_a_row_exchange():
    permutation, L, U = lu(np.array([[0.0, 2.0], [3.0, 1.0]]))
    assert permutation == (1, 0) and (L == np.eye(2)).all() and (U == [[3, 1], [0, 2]]).all()


@pytest.mark.parametrize("c", [1, 2, 3, 4, 8])
def test_conv1x1lu_is_the_matrix_it_says(c):
    layer = Conv1x1LU.random(rng, c)
    x = rng.standard_normal((5, c))
    params = away(rng, layer.init(rng, x))
    P = np.eye(c)[list(layer.permutation)]
    L = np.tril(params["L"], -1) + np.eye(c)
    U = np.triu(params["U"], 1) + np.diag(layer.signs * np.exp(params["log_s"]))
    W = P @ L @ U
    np.testing.assert_allclose(matrix_of(layer, params, c), W, atol=1e-14)
    z, log_det = layer.forward(params, x)
    np.testing.assert_allclose(z, x @ W.T, atol=1e-13)
    np.testing.assert_allclose(log_det, np.linalg.slogdet(W)[1], atol=1e-12)


def test_lu_layer_with_numbers_by_hand():
    """Eq. (8.18): s = (4, -2, 9/2), det W = -36, a permutation that is not its own inverse."""
    layer = Conv1x1LU((1, 2, 0), (1, -1, 1))
    params = {
        "L": np.array([[7.0, 7, 7], [0, 7, 7], [0.5, -0.5, 7]]),
        "U": np.array([[7.0, 2, -2], [7, 7, 1], [7, 7, 7]]),
        "log_s": np.log([4, 2, 4.5]),
    }
    W = np.array([[0.0, -2, 1], [2, 2, 3], [4, 2, -2]])
    np.testing.assert_allclose(matrix_of(layer, params, 3), W, atol=1e-15)
    x = rng.standard_normal((2, 4, 3, 3))
    z, log_det = layer.forward(params, x)
    np.testing.assert_allclose(z, x @ W.T, atol=1e-14)
    np.testing.assert_allclose(log_det, [12 * np.log(36)] * 2, rtol=1e-14)
    np.testing.assert_allclose(layer.inverse(params, z), x, atol=1e-14)


def test_conv1x1_inverse():
    W = np.array([[2.0, 1.0], [-1.0, 3.0]])
    np.testing.assert_allclose(Conv1x1().inverse({"W": W}, np.array([[7.0, 7.0]])), [[2, 3]], atol=1e-14)


@pytest.mark.parametrize("c", [2, 3, 4, 8])
@pytest.mark.parametrize("layer", [lambda c: Conv1x1(), lambda c: Conv1x1LU.random(rng, c)])
def test_starts_orthogonal_and_mixing(layer, c):
    layer = layer(c)
    W = matrix_of(layer, layer.init(rng, np.ones((1, c))), c)
    np.testing.assert_allclose(W @ W.T, np.eye(c), atol=1e-13)
    assert np.abs(np.abs(W) - np.round(np.abs(W))).max() > 0.01, "a mere permutation"


def test_random_lu_layers_differ_in_permutation_and_signs():
    layers = [Conv1x1LU.random(rng, 4) for _ in range(20)]
    assert len({layer.permutation for layer in layers}) > 5 and len({layer.signs for layer in layers}) > 5


@pytest.mark.parametrize("signs", [(1, 1), (1, 0, 1), (1, 2, -1)])
def test_bad_signs(signs):
    with pytest.raises(ValueError, match=r"signs must be 3 numbers \+1 or -1"):
        Conv1x1LU((0, 1, 2), signs)


def test_random_orthogonal_is_uniform_in_its_sign():
    """det = -1 in half of the draws: 400 of them deviate by more than 4 standard errors with p < 1e-4."""
    Q = [random_orthogonal(rng, 3) for _ in range(400)]
    assert abs(sum(np.linalg.det(q) < 0 for q in Q) - 200) < 40
    assert abs(np.mean([np.trace(q) for q in Q])) < 4 / np.sqrt(400)


def test_solve_triangular():
    T, x = rng.standard_normal((4, 4)) + 3 * np.eye(4), rng.standard_normal((2, 3, 4))
    lower, upper = np.tril(T), np.triu(T)
    np.testing.assert_allclose(solve_triangular(lower, x @ lower.T, range(4)), x, atol=1e-13)
    np.testing.assert_allclose(solve_triangular(upper, x @ upper.T, reversed(range(4))), x, atol=1e-13)


def test_init_keeps_only_what_counts():
    params = Conv1x1LU.random(rng, 4).init(rng, np.ones((2, 4)))
    assert (params["L"] == np.tril(params["L"], -1)).all() and (params["U"] == np.triu(params["U"], 1)).all()
    assert all(factor.dtype == np.float32 for factor in lu(np.eye(3, dtype=np.float32)[[2, 0, 1]])[1:])
