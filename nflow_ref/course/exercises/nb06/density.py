"""Exercise 6.2: the log-density of one affine coupling with a normal base density."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from .probes import COUPLINGS, ONES, SCALE_2, SHIFT_2, Z_4, ZEROS

LOG_2PI = np.log(2 * np.pi)


def coupling_log_prob(x, s, t):
    """log p_x(x), (N,), when z_a = x_a, z_b = s(x_a)*x_b + t(x_a) is standard normal, d = D // 2."""
    d = x.shape[1] // 2
    x_a, x_b = x[:, :d], x[:, d:]
    z = np.concatenate([x_a, s(x_a) * x_b + t(x_a)], axis=1)
    log_p_z = -0.5 * np.sum(z**2 + np.log(2 * np.pi), axis=1)
    return log_p_z + np.sum(np.log(s(x_a)), axis=1)


def with_parts(rule, width=lambda x: x.shape[1] // 2):
    """A wrong answer, from a rule (x_a, x_b, s, t) -> (N,), where s and t are the numbers at x_a."""

    def wrong(x, s, t):
        d = width(x)
        return rule(x[:, :d], x[:, d:], s(x[:, :d]), t(x[:, :d]))

    return wrong


def normal(*parts):
    """The standard normal log-density of each example, over the coordinates of all parts."""
    return sum(-0.5 * np.sum(part**2 + LOG_2PI, axis=1) for part in parts)


def log_det(s):
    return np.sum(np.log(s), axis=1)


def right(a, b, s, t):
    return normal(a, s * b + t) + log_det(s)


def networks_at_the_other_half(x, s, t):
    d = x.shape[1] // 2
    a, b = x[:, :d], x[:, d:]
    return right(a, b, s(b), t(b))


EXERCISE = Exercise(
    id="6.2",
    title="One coupling is a flow",
    difficulty=3,
    minutes=10,
    key=coupling_log_prob,
    probes=COUPLINGS,
    misconceptions=(
        Misconception(
            "no log-det",
            with_parts(lambda a, b, s, t: normal(a, s * b + t)),
            "The base density at `z` is there, and nothing else. The layer stretches and squeezes.",
        ),
        Misconception(
            "log-det subtracted",
            with_parts(lambda a, b, s, t: normal(a, s * b + t) - log_det(s)),
            "The log-det has the wrong sign. The map goes from data to latent: in this direction the "
            "formula has a plus sign, always.",
        ),
        Misconception(
            "base density of the changed half only",
            with_parts(lambda a, b, s, t: normal(s * b + t) + log_det(s)),
            "The half that passes unchanged is part of `z`, too: the base density asks for all coordinates.",
        ),
        Misconception(
            "base density at x",
            with_parts(lambda a, b, s, t: normal(a, b) + log_det(s)),
            "The log-det is right. The base density is asked at `x`, before the layer has done its work.",
        ),
        Misconception(
            "log-det summed over the batch",
            with_parts(lambda a, b, s, t: normal(a, s * b + t) + np.sum(np.log(s))),
            "The log-dets of the whole batch are added to every example. Each has its own.",
        ),
        Misconception(
            "base density summed over the batch",
            with_parts(lambda a, b, s, t: np.sum(normal(a, s * b + t)) + log_det(s)),
            "The base densities of the whole batch are added to every example. Each has its own `z`.",
        ),
        Misconception(
            "summed over the batch",
            with_parts(lambda a, b, s, t: np.sum(right(a, b, s, t))),
            "One number for the whole batch. Each example has its own log-density: along which axis are the "
            "coordinates?",
        ),
        Misconception(
            "averaged over the batch",
            with_parts(lambda a, b, s, t: np.mean(right(a, b, s, t))),
            "You average over the batch. That is how a loss is made, and it comes later: here each example "
            "keeps its number.",
        ),
        Misconception(
            "the total for each example",
            with_parts(lambda a, b, s, t: np.full(len(a), np.sum(right(a, b, s, t)))),
            "The shape is right, but each example gets the total of the batch. Add over the coordinates of "
            "one example only.",
        ),
        Misconception(
            "the mean for each example",
            with_parts(lambda a, b, s, t: np.full(len(a), np.mean(right(a, b, s, t)))),
            "The shape is right, but each example gets the mean of the batch. Its log-density is no matter "
            "of the others.",
        ),
        Misconception(
            "halves of the batch",
            with_parts(right, width=lambda x: len(x) // 2),
            "You cut where half the number of examples is: `len(x)` is `N`. How many coordinates has an "
            "example?",
        ),
        Misconception(
            "shifted before scaled",
            with_parts(lambda a, b, s, t: right(a, b + t, s, 0)),
            "The scale multiplies your shift, too: that is `s*(x_b + t)`. Look at which of the two comes "
            "first in (6.9).",
        ),
        Misconception(
            "the inverse map",
            with_parts(lambda a, b, s, t: normal(a, (b - t) / s) + log_det(s)),
            "You subtract the shift and divide by the scale, which is the way from `z` to `x`. Here `x` is "
            "given: go forward.",
        ),
        Misconception(
            "networks at the changed half",
            networks_at_the_other_half,
            "You ask `s` and `t` at `x_b`. They belong to the half that passes unchanged.",
        ),
        Misconception(
            "squares not halved",
            with_parts(
                lambda a, b, s, t: (
                    right(a, b, s, t) - 0.5 * np.sum(a**2, 1) - 0.5 * np.sum((s * b + t) ** 2, 1)
                )
            ),
            "The log-det is right. In the normal log-density a factor belongs to the square of `z`.",
        ),
        Misconception(
            "sum of s",
            with_parts(lambda a, b, s, t: normal(a, s * b + t) + np.sum(s, axis=1)),
            "You add the scales. To a log-density their logs are added.",
        ),
        Misconception(
            "one normalizer for all coordinates",
            with_parts(
                lambda a, b, s, t: (
                    -0.5 * np.sum(np.concatenate([a, s * b + t], axis=1) ** 2, axis=1)
                    - LOG_2PI / 2
                    + log_det(s)
                )
            ),
            "The normalizer of the normal density is counted once. Each coordinate brings one.",
        ),
    ),
    properties=(
        (
            "with `s = 1` and `t = 0` everywhere it is the standard normal log-density of `x`",
            lambda fn: np.allclose(fn(Z_4, ONES, ZEROS), normal(Z_4)),
        ),
        (
            "with `s = 1` everywhere it is the standard normal log-density of `x_a` and `x_b + t(x_a)`",
            lambda fn: np.allclose(
                fn(Z_4, ONES, SHIFT_2), normal(Z_4[:, :2], Z_4[:, 2:] + SHIFT_2(Z_4[:, :2]))
            ),
        ),
        (
            "what one example gives does not depend on the others",
            lambda fn: np.allclose(fn(Z_4, SCALE_2, SHIFT_2)[:1], fn(Z_4[:1], SCALE_2, SHIFT_2)),
        ),
    ),
    hints=(
        "Two steps: `z` as in (6.9), then the formula: base density at `z`, plus the log-det (6.13).",
        "The base density adds `-0.5*(z**2 + np.log(2*np.pi))` over all D coordinates, both halves.",
        "Every sum is over `axis=1`, and the result has one number for each example.",
    ),
    why="This is all of a flow: a map, a base density at its image, and the log-det. Real NVP stacks such "
    "layers, exchanges the halves in between, and adds the log-dets.",
)
