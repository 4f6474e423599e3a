"""No numbered equation changes unnoticed, and what a few lines can say again is evaluated.

A reading says in NumPy what the equation says in TeX, and compares it with the package, or its two sides.
"""

import math

import autograd.numpy as anp
import equations
import numpy as np
import pytest
from autograd import grad, jacobian

from nflow_ref import (
    ActNorm,
    Adam,
    AffineCoupling,
    Chain,
    Conv1x1,
    Conv1x1LU,
    Split,
    Squeezed,
    StandardLogistic,
    StandardNormal,
)
from nflow_ref.multiscale import squeeze

rng = np.random.default_rng(7)
x3, A = rng.normal(size=3), rng.normal(size=(3, 3))
images = rng.normal(size=(2, 4, 4, 3))
normal, logistic = StandardNormal(()), StandardLogistic(())


def trapezoid(y, x):
    return float(np.sum((y[1:] + y[:-1]) / 2 * np.diff(x)))


def log_normal(z):
    return -0.5 * z**2 - 0.5 * math.log(2 * math.pi)


def log_det(f, x):
    return np.linalg.slogdet(jacobian(f)(x))[1]


@pytest.mark.parametrize("kind", ["equations", "citations"])
def test_nothing_has_changed_unread(kind):
    """If so, derive the equation again, or read where the citation leads; then python tests/equations.py."""
    assert equations.now()[kind] == equations.kept()[kind]


def eq_1_3():
    z = np.array([-3.0, 0.2, 5.0])
    yield logistic.log_prob(z), -z - 2 * np.log(1 + np.exp(-z))
    yield logistic.cdf(z), 1 / (1 + np.exp(-z))


def eq_1_11():
    alpha, x = 0.05, 0.3
    p = alpha + (1 - 2 * alpha) * x
    slope = grad(lambda x: anp.log((alpha + (1 - 2 * alpha) * x) / (1 - alpha - (1 - 2 * alpha) * x)))(x)
    yield math.log(slope), math.log((1 - 2 * alpha) / (p * (1 - p)))


def eq_2_7():
    n, delta = 500, 0.1
    yield 2 * math.exp(-2 * n * (math.log(2 / delta) / (2 * n))), delta  # in (2.6)


def eq_2_20():
    z = np.array([0.3, 2.0])
    higher, lower = (normal.cdf(np.sqrt(v)) - normal.cdf(-np.sqrt(v)) for v in (z + 1e-6, z))
    root = np.exp(log_normal(np.sqrt(z)))
    yield (higher - lower) / 1e-6, (root + root) / (2 * np.sqrt(z)), 1e-4


def eq_2_22():
    z = np.linspace(0.5, 8, 100_001)
    density = np.exp(log_normal(np.cbrt(z))) / (3 * np.abs(z) ** (2 / 3))
    yield (
        trapezoid(density, z),
        float((normal.cdf(np.cbrt(z[-1:])) - normal.cdf(np.cbrt(z[1:2])))[0]),
        1e-4,
    )


def eq_2_25():
    u = np.linspace(0, 0.7, 100_001)  # c(u) = 1 + sin(2πu), which (2.24) integrates
    yield trapezoid(1 + np.sin(2 * math.pi * u), u), 0.7 + (1 - math.cos(2 * math.pi * 0.7)) / (2 * math.pi)


def eq_3_13():
    mu, sigma = rng.normal(size=3), A @ A.T + np.eye(3)
    L = np.linalg.cholesky(sigma)
    by_flow = log_normal(np.linalg.solve(L, x3 - mu)).sum() - np.linalg.slogdet(L)[1]
    quadratic = (x3 - mu) @ np.linalg.inv(sigma) @ (x3 - mu)
    yield by_flow, -0.5 * quadratic - 0.5 * math.log(np.linalg.det(sigma)) - 1.5 * math.log(2 * math.pi)


def eq_3_16():
    lower, upper = np.tril(A, -1) + np.eye(3), np.triu(A)  # pivots on the diagonal, one swap
    swapped = (lower @ upper)[[1, 0, 2]]
    sign, log = np.linalg.slogdet(swapped)
    yield log, np.log(np.abs(np.diag(upper))).sum()
    yield sign, -np.prod(np.sign(np.diag(upper)))


def eq_3_18():
    for D in (2, 5, 9):
        yield sum(j + j**2 for j in range(1, D)), D * (D**2 - 1) / 3


def loss(a, b, x):
    return np.mean(0.5 * (a * x + b) ** 2) - math.log(abs(a)) + 0.5 * math.log(2 * math.pi)


def eq_4_12():
    a, b, x = 1.7, -0.4, rng.normal(2, 3, 50)
    right = 0.5 * a**2 * x.var() + 0.5 * (a * x.mean() + b) ** 2 - math.log(a) + 0.5 * math.log(2 * math.pi)
    yield loss(a, b, x), right


def eq_4_14():
    x = rng.normal(2, 3, 50)
    yield loss(1 / x.std(), -x.mean() / x.std(), x), 0.5 * math.log(2 * math.pi * math.e * x.var())


def eq_4_15():
    t, h = 0.3, 0.05  # for sin the third derivatives are those of a cosine, between t - h and t + h
    off = (math.sin(t + h) - math.sin(t - h)) / (2 * h) - math.cos(t)
    yield off / (h**2 / 6), -math.cos(t), 1e-3


def eq_4_16():
    theta, m, v, rate = np.array([1.0]), 0.0, 0.0, 0.1
    mine, optimiser = theta.copy(), Adam(theta)
    for k, g in enumerate([0.3, -1.2, 0.7], 1):
        theta = optimiser.update(theta, np.array([g]), rate)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        mine = mine - rate * (m / (1 - 0.9**k)) / (math.sqrt(v / (1 - 0.999**k)) + 1e-8)
        yield theta, mine


def eq_4_18():
    a, w, s, c, m, sigma = 0.5, 0.7, 1.3, 0.2, -0.1, 2.0

    def f(x):
        u = (x - m) / sigma
        return a * u + w * anp.tanh(s * (u - c))  # (4.17), K = 1

    u = (0.4 - m) / sigma
    yield grad(f)(0.4), (a + w * s * (1 - math.tanh(s * (u - c)) ** 2)) / sigma


def eq_5_2():
    a, b, c, x = 1.4, -0.3, 0.6, 0.8
    y = a * x + b
    slope = grad(lambda x: a * x + b + c * anp.sqrt(1 + (a * x + b) ** 2))(x)  # (5.1)
    yield math.log(slope), math.log(abs(a)) + math.log(1 + c * y / math.sqrt(1 + y**2))


def eq_5_3():
    a, b, c, x = 1.4, -0.3, 0.6, 0.8
    z = a * x + b + c * math.sqrt(1 + (a * x + b) ** 2)
    yield ((z - c * math.sqrt(z**2 + 1 - c**2)) / (1 - c**2) - b) / a, x


def eq_5_10():
    u, v = rng.normal(size=(2, 3))
    yield np.linalg.det(np.eye(3) + np.outer(u, v)), 1 + v @ u


def eq_5_11():
    u, w, b = *rng.normal(size=(2, 3)), 0.2
    slope = 1 - math.tanh(w @ x3 + b) ** 2
    yield log_det(lambda x: x + u * anp.tanh(anp.dot(w, x) + b), x3), math.log(abs(1 + slope * (w @ u)))


def eq_5_12():
    u, w, b = *rng.normal(size=(2, 3)), 0.2
    alpha = w @ x3 + b
    z = x3 + u * math.tanh(alpha)
    yield w @ z + b, alpha + (w @ u) * math.tanh(alpha)


def eq_5_15():
    J = 0.1 * A
    terms = [(-1) ** (k + 1) / k * np.trace(np.linalg.matrix_power(J, k)) for k in range(1, 60)]
    yield np.linalg.slogdet(np.eye(3) + J)[1], sum(terms)


def eq_6_11():
    layer = AffineCoupling(_Quadratic())
    x = rng.normal(size=(1, 4))
    J = jacobian(lambda x: layer.forward((), x)[0])(x)[0, :, 0]

    def scale(a):
        return anp.exp(layer.bound * anp.tanh(_Quadratic.parts(a)[0]))  # (6.14)

    s = scale(x[:, :2])[0]
    ds = jacobian(scale)(x[:, :2])[0, :, 0]
    dt = jacobian(lambda a: _Quadratic.parts(a)[1])(x[:, :2])[0, :, 0]
    yield J[:2], np.eye(2, 4)
    yield J[2:, 2:], np.diag(s)
    yield J[2:, :2], ds * x[0, 2:, None] + dt


class _Quadratic:
    """A conditioner without parameters, from 2 to 2 + 2 numbers: ŝ and t."""

    @staticmethod
    def parts(a):
        return 0.3 * a * a[:, ::-1], a**2 + 0.5

    def init(self, rng, inputs, outputs, dtype=float):
        return ()

    def apply(self, params, a, outputs):
        return anp.concatenate(self.parts(a), axis=-1)


def blocks(rows):
    return np.block(rows)


def eq_6_17_to_19():
    I, O = np.eye(2), np.zeros((2, 2))
    M1, M2, M3 = rng.normal(size=(3, 2, 2))
    S1, S2, S3 = (np.diag(rng.uniform(0.5, 2, 2)) for _ in range(3))
    first, third = blocks([[I, O], [M1, S1]]), blocks([[I, O], [M3, S3]])
    yield blocks([[I, O], [M2, S2]]) @ first, blocks([[I, O], [M2 + S2 @ M1, S2 @ S1]])
    two = blocks([[S2 + M2 @ M1, M2 @ S1], [M1, S1]])
    yield blocks([[S2, M2], [O, I]]) @ first, two
    low = [M3 @ (S2 + M2 @ M1) + S3 @ M1, M3 @ M2 @ S1 + S3 @ S1]
    yield third @ two, blocks([[S2 + M2 @ M1, M2 @ S1], low])


def eq_7_1_to_4():
    x = rng.normal(2, 3, 6)
    m, sigma, N = x.mean(), x.std(), 6
    z = (x - m) / sigma
    J = jacobian(lambda x: (x - anp.mean(x)) / anp.sqrt(anp.mean((x - anp.mean(x)) ** 2)))(x)
    yield J, (np.eye(N) - 1 / N - np.outer(z, z) / N) / sigma
    yield np.log(np.diag(J)), -math.log(sigma) + np.log(1 - 1 / N - z**2 / N)
    others = np.delete(x, 2)
    d = x[2] - others.mean()
    yield sigma**2, (N - 1) / N * others.var() + (N - 1) / N**2 * d**2
    yield z[2], (N - 1) / N * d / sigma


def eq_7_8():
    layer, x = ActNorm(), rng.normal(2, 3, (50, 2))
    params = layer.init(rng, x) | {"log_s": np.array([0.3, -0.2]), "b": np.array([1.0, 2.0])}
    z, s = layer.forward(params, x)[0], np.exp(params["log_s"])
    yield z.mean(0), s * (x.mean(0) - params["m"]) + params["b"]
    yield z.var(0), s**2 * x.var(0)


def eq_8_6():
    pi, sigma = np.array([2, 0, 1, 3]), np.array([1, 3, 0, 2])
    yield np.eye(4)[sigma] @ np.eye(4)[pi], np.eye(4)[pi[sigma]]


def eq_8_7():
    S = A @ A.T + np.eye(3)
    gain = np.trace(np.linalg.solve(np.diag(np.diag(S)), S)) - 3  # KL of two normal densities of mean 0
    kl = 0.5 * (gain + np.log(np.diag(S)).sum() - np.linalg.slogdet(S)[1])
    yield 0.5 * (np.log(np.diag(S)).sum() - np.linalg.slogdet(S)[1]), kl


def eq_8_11():
    W = A
    yield np.linalg.det(np.kron(np.eye(6), W)), np.linalg.det(W) ** 6
    z, log = Conv1x1().forward({"W": W}, images)
    yield z, images @ W.T  # (8.9)
    yield log, 16 * np.linalg.slogdet(W)[1]


def eq_8_16():
    a, u, v, B = A[0, 0], A[0, 1:], A[1:, 0], A[1:, 1:]
    left = np.block([[1, np.zeros(2)], [v[:, None] / a, np.eye(2)]])
    yield A, left @ np.block([[a, u], [np.zeros((2, 1)), B - np.outer(v, u) / a]])


def eq_8_18():
    P, L = np.eye(3)[[1, 2, 0]], np.array([[1, 0, 0], [0, 1, 0], [0.5, -0.5, 1]])
    U = np.array([[4, 2, -2], [0, -2, 1], [0, 0, 4.5]])
    yield np.linalg.det(P @ L @ U), np.linalg.det(P) * 4 * -2 * 4.5  # and (8.19)


def eq_8_20():
    layer = Conv1x1LU((2, 0, 1), (1, -1, 1))
    params = {"L": A, "U": A, "log_s": np.array([0.2, -0.5, 1.0])}
    s = np.array([1, -1, 1]) * np.exp(params["log_s"])
    W = np.eye(3)[[2, 0, 1]] @ (np.tril(A, -1) + np.eye(3)) @ (np.triu(A, 1) + np.diag(s))  # (8.15)
    z, log = layer.forward(params, images)
    yield z, images @ W.T
    yield log, 16 * np.log(np.abs(s)).sum()


def eq_8_26():
    for C in (1, 4, 7):
        yield C * (C - 1) / 2 + C * (C - 1) / 2 + C, C**2


def eq_9_2():
    y = squeeze(images)
    for r, s, c in [(0, 0, 0), (1, 2, 1), (3, 3, 2)]:
        yield images[:, r, s, c], y[:, r // 2, s // 2, (2 * (r % 2) + s % 2) * 3 + c]


def eq_9_7():
    layer, x = Split(Conv1x1()), rng.normal(size=(2, 4))
    params = {"W": A[:2, :2]}
    z = layer.forward(params, x)[0]
    yield z[:, :2], x[:, :2]
    yield (
        layer.inverse(params, z)[0]
        if isinstance(layer.inverse(params, z), tuple)
        else layer.inverse(params, z),
        x,
    )


def eq_9_12():
    for L in (1, 3, 5):
        yield sum(64 / 2**k for k in range(1, L)) + 64 / 2 ** (L - 1), 64


def eq_9_14_to_16():
    C, h, HW = 3, 32, 256
    for k in (1, 2, 3):
        split = HW / 4**k * (13.5 * 2 ** (k + 1) * C * h + h**2)
        yield split, HW * (27 * C * h / 2**k + h**2 / 4**k)
        yield HW / 4**k * (13.5 * 4**k * C * h + h**2), HW * (27 * C * h / 2 + h**2 / 4**k)
    total = sum(HW * (27 * C * h / 2**k + h**2 / 4**k) for k in range(1, 60))
    yield total, HW * (27 * C * h + h**2 / 3)


def eq_10_1_to_4():
    v, pi = 0.2, np.array([0.5, 0.3, 0.2] + [0.0] * 14)
    H = -np.sum(pi[:3] * np.log2(pi[:3]))
    spike, elsewhere = 17 * pi[:3] * (0.5 + 0.5 / v), 17 * pi[:3] * 0.5
    yield (v * spike + (1 - v) * elsewhere).sum() / 17, 1
    yield np.sum(pi[:3] * np.log2(spike)), math.log2(17) - H + math.log2(0.5 + 0.5 / v)
    mean = pi[:3] * (v * np.log2(spike) + (1 - v) * np.log2(elsewhere))
    yield mean.sum(), math.log2(17) - H + v * math.log2(0.5 + 0.5 / v) - (1 - v)


def eq_10_11():
    z, T = np.linspace(-12, 12, 100_001), 0.7
    density = np.exp(-(z**2) / (2 * T**2) - 0.5 * math.log(2 * math.pi) - math.log(T))
    yield trapezoid(density, z), 1
    yield trapezoid(density * z**2, z), T**2  # of which (10.12) has D


def eq_10_14():
    a, b, t = *rng.normal(size=(2, 3)), 0.3
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    omega = math.acos(a @ b)
    w = (math.sin((1 - t) * omega) * a + math.sin(t * omega) * b) / math.sin(omega)
    yield np.linalg.norm(w), 1
    yield math.acos(w @ a), t * omega


def eq_10_25():
    e, s, b = 0.3, 1.7, -0.2
    u = 1 / (1 + math.exp(-(s * e + b)))
    slope = grad(lambda e: 1 / (1 + anp.exp(-(s * e + b))))(e)
    yield log_normal(e) - math.log(slope), log_normal(e) - math.log(s) - math.log(u * (1 - u))


def eq_11_4():
    layer, x = ActNorm(), images
    params = layer.init(rng, x) | {"log_s": np.array([0.3, -0.2, 0.1]), "b": np.array([1.0, 2.0, -1.0])}
    bar, g = rng.normal(size=x.shape), rng.normal(size=2)

    def told(log_s, b, x):
        z, log = layer.forward({"log_s": log_s, "m": params["m"], "b": b}, x)
        return anp.sum(bar * z) + anp.sum(g * log)

    X, Z, s = (a.reshape(-1, 3).T for a in (x, bar, np.exp(params["log_s"]) * np.ones_like(x)))
    at = params["log_s"], params["b"], x
    yield grad(told, 0)(*at), (Z * s * (X - params["m"][:, None])).sum(1) + 16 * g.sum()
    yield grad(told, 1)(*at), Z.sum(1)
    yield grad(told, 2)(*at).reshape(-1, 3).T, s * Z


def eq_11_6():
    W, X, Z, g = A, rng.normal(size=(3, 5)), rng.normal(size=(3, 5)), 2.0
    told = grad(lambda W: anp.sum(Z * anp.dot(W, X)) + g * anp.log(anp.abs(anp.linalg.det(W))))(W)
    yield told, Z @ X.T + g * np.linalg.inv(W).T


def eq_5_8():
    layers = Chain(ActNorm(), Squeezed(Conv1x1()))
    params = layers.init(rng, images)
    h, logs = images, 0
    for layer, own in zip(layers.layers, params, strict=True):
        h, log = layer.forward(own, h)
        logs = logs + log
    yield layers.forward(params, images)[1], logs


READINGS = {name.removeprefix("eq_"): f for name, f in list(globals().items()) if name.startswith("eq_")}


@pytest.mark.parametrize("reading", READINGS)
def test_readings(reading):
    pairs = list(READINGS[reading]())
    assert pairs
    for left, right, *tol in pairs:
        np.testing.assert_allclose(left, right, rtol=tol[0] if tol else 1e-8, atol=1e-10)
