"""Exercise 5.3: the log-det of a chain of any length."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import named


def chain_log_det(x, layer, K):
    """log|det dz/dx|, shape (N,), of layer 0, then layer 1, ..., then layer K - 1.

    layer(k, h) returns (image of h, log-det at h) of layer k.
    """
    h, log_det = x, np.zeros(len(x))
    for k in range(K):
        h, d = layer(k, h)
        log_det = log_det + d
    return log_det


MIX = np.array([[0.9, 1.2, -0.3], [0.4, -0.8, 1.1], [-1.0, 0.5, 0.7]])


def bend_and_mix(k, h):
    """sinh of a multiple, then a matrix: z = W sinh(a h + b), with other numbers for each k."""
    a, b = 0.6 + 0.25 * k, 0.3 - 0.2 * k
    log_det = np.sum(np.log(a * np.cosh(a * h + b)), axis=1)
    return np.dot(np.sinh(a * h + b), MIX.T) / (1.5 + k), log_det + np.log(
        np.abs(np.linalg.det(MIX / (1.5 + k)))
    )


def falling(k, h):
    """z = -(h + a h**3), a decreasing map in each coordinate."""
    a = 0.2 + 0.1 * k
    return -(h + a * h**3), np.sum(np.log(1 + 3 * a * h**2), axis=1)


LAYERS = named("bend and mix", bend_and_mix), named("-(h + a h**3)", falling)
X = np.array([[0.4, -0.9, 0.7], [1.1, 0.3, -0.5], [-0.6, 0.8, 1.2]])


def images(x, layer, K):
    """What each layer gets: x = h_0, h_1, ..., h_{K-1}, and at last z."""
    h = [x]
    for k in range(K):
        h.append(layer(k, h[-1])[0])
    return h


def log_dets(x, layer, K):
    return [layer(k, h)[1] for k, h in zip(range(K), images(x, layer, K), strict=False)]


def backwards(x, layer, K):
    log_det = 0
    for k in reversed(range(K)):
        x, d = layer(k, x)
        log_det = log_det + d
    return log_det


EXERCISE = Exercise(
    id="5.3",
    title="The log-det of a chain",
    difficulty=2,
    minutes=8,
    key=chain_log_det,
    probes=((X[:2], LAYERS[0], 4), (X[:, :1], LAYERS[1], 2), (X[:1, 1:], LAYERS[1], 3)),
    misconceptions=(
        Misconception(
            "all at x",
            lambda x, layer, K: sum(layer(k, x)[1] for k in range(K)),
            "You ask each layer for its log-det at `x`. But only the first one meets `x`: what does "
            "the next one get?",
        ),
        Misconception(
            "overwritten",
            lambda x, layer, K: log_dets(x, layer, K)[-1],
            "Each turn of the loop overwrites the log-det of the one before: the last is all that is left.",
        ),
        Misconception(
            "multiplied",
            lambda x, layer, K: np.prod(log_dets(x, layer, K), axis=0),
            "You multiply the log-dets. The determinants multiply: what do their logs do?",
        ),
        Misconception(
            "the last layer first",
            backwards,
            "You run the layers in the order of the inverse. Here layer 0 is applied first.",
        ),
        Misconception(
            "a layer too few",
            lambda x, layer, K: sum(log_dets(x, layer, K)[:-1]),
            "The last layer is missing: the layers are numbered 0 to `K - 1`.",
        ),
        Misconception(
            "the first layer left out",
            lambda x, layer, K: sum(log_dets(x, layer, K)[1:]),
            "The log-det of layer 0 is missing. Did the sum begin after its turn?",
        ),
        Misconception(
            "one step late",
            lambda x, layer, K: sum(layer(k, images(x, layer, K)[k + 1])[1] for k in range(K)),
            "Each log-det is taken one step too late: at what the layer puts out, not at what it gets.",
        ),
        Misconception(
            "summed over the batch",
            lambda x, layer, K: np.sum(log_dets(x, layer, K)),
            "One number for the whole batch. Each example has its own log-det: the result has shape `(N,)`.",
        ),
        Misconception(
            "averaged over the batch",
            lambda x, layer, K: np.mean(chain_log_det(x, layer, K)),
            "You average over the batch. Each example is stretched in its own way: keep one number for each.",
        ),
        Misconception(
            "the total for each example",
            lambda x, layer, K: np.full(len(x), np.sum(log_dets(x, layer, K))),
            "Each example gets the log-det of the whole batch. `d` has one number for each example: add it "
            "as it is.",
        ),
        Misconception(
            "the mean for each example",
            lambda x, layer, K: np.full(len(x), np.mean(chain_log_det(x, layer, K))),
            "Each example gets the mean of the batch. `d` has one number for each example, and there is "
            "nothing to average.",
        ),
        Misconception(
            "subtracted",
            lambda x, layer, K: -chain_log_det(x, layer, K),
            "You subtract the log-dets. That is right on the way back, from `z` to `x`.",
        ),
        Misconception(
            "numbered from 1",
            lambda x, layer, K: chain_log_det(x, lambda k, h: layer(k + 1, h), K),
            "You call the layers 1 to `K`. The first layer has the number 0.",
        ),
        Misconception(
            "a second log",
            lambda x, layer, K: np.sum(np.log(np.abs(log_dets(x, layer, K))), axis=0),
            "You take the log of what the layers return. It is a log already: see the docstring.",
        ),
        Misconception(
            "averaged over the layers",
            lambda x, layer, K: np.mean(log_dets(x, layer, K), axis=0),
            "You average over the layers. Two layers that double a volume make it four times as large: "
            "nothing is divided by `K`.",
        ),
    ),
    properties=(
        ("there is one number for each example", lambda fn: np.shape(fn(X, LAYERS[0], 3)) == (3,)),
        (
            "one layer alone gives its own log-det",
            lambda fn: np.allclose(fn(X, LAYERS[0], 1), bend_and_mix(0, X)[1]),
        ),
        (
            "a chain of three adds the log-det of layer 2 to that of a chain of two",
            lambda fn: np.allclose(fn(X, LAYERS[0], 3) - fn(X, LAYERS[0], 2), log_dets(X, LAYERS[0], 3)[-1]),
        ),
    ),
    hints=(
        "Keep two things in the loop: the running point `h`, and the log-det so far.",
        "`h, d = layer(k, h)` moves the point and gives the log-det of this layer at the old point.",
        "Begin with `h = x` and zeros of shape `(N,)`. In each turn, add `d`.",
    ),
    why="Each layer is asked at the running point, the image that the layers before it made of `x`. "
    "Determinants multiply along the chain, so log-dets add, for each example on its own.",
)
