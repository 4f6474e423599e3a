"""Right and wrong 1×1 convolutions in LU form, for the hunt of exercise 8.4."""

import autograd.numpy as np

from ....linear import Conv1x1LU


def built(
    pi, signs, L, U, log_s, there=None, back=None, lower=None, transposed=False, swapped=False, count=None
):
    """(forward, inverse) of P L (U + diag(s)), or of what it becomes with one thing changed."""
    c, s = len(pi), signs * np.exp(log_s)
    there = pi if there is None else there
    back = np.argsort(there) if back is None else back
    lower = np.tril(L, -1) + np.eye(c) if lower is None else lower
    upper = np.triu(U, 1) + np.diag(s)
    M = upper @ lower if swapped else lower @ upper
    M = M.T if transposed else M
    count = count or (lambda n, height, width: height * width)

    def forward(x):
        log_det = count(*x.shape[:3]) * np.sum(log_s)
        return (x @ M.T)[..., there], log_det + np.zeros(len(x))

    def inverse(z):
        return z[..., back] @ np.linalg.inv(M).T

    return forward, inverse


def a_right_one_with_matrices(*stored):
    return built(*stored)


def a_right_one_with_two_solves(pi, signs, L, U, log_s):
    layer, params = Conv1x1LU(tuple(pi), tuple(signs)), {"L": L, "U": U, "log_s": log_s}
    return lambda x: layer.forward(params, x), lambda z: layer.inverse(params, z)


def p_transposed_both_ways(pi, *stored):
    return built(pi, *stored, there=np.argsort(pi))


def p_once_more_on_the_way_back(pi, *stored):
    return built(pi, *stored, back=pi)


def number_of_pixels_forgotten(*stored):
    return built(*stored, count=lambda n, height, width: 1)


def images_taken_for_squares(*stored):
    return built(*stored, count=lambda n, height, width: height**2)


def log_det_of_the_whole_batch(*stored):
    return built(*stored, count=lambda n, height, width: n * height * width)


def log_det_with_a_minus(*stored):
    return built(*stored, count=lambda n, height, width: -height * width)


def signs_lost(pi, signs, *stored):
    return built(pi, signs**2, *stored)


def l_and_u_exchanged(*stored):
    return built(*stored, swapped=True)


def x_times_w(*stored):
    return built(*stored, transposed=True)


def diagonal_of_the_array_l_counts(pi, signs, L, *stored):
    return built(pi, signs, L, *stored, lower=np.tril(L) + np.eye(len(pi)))


RIGHT = a_right_one_with_matrices, a_right_one_with_two_solves
WRONG = (
    p_transposed_both_ways,  # the notebook shows this one
    p_once_more_on_the_way_back,
    number_of_pixels_forgotten,
    images_taken_for_squares,
    log_det_of_the_whole_batch,
    log_det_with_a_minus,
    signs_lost,
    l_and_u_exchanged,
    x_times_w,
    diagonal_of_the_array_l_counts,
)
