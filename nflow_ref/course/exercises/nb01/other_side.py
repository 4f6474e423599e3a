"""Exercise 1.5: the log-density of what a generator makes, at the points that it makes."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import CUBIC, FALLING, GUMBEL, LINE, NORMAL, X, gumbel, named, normal


def log_density_of_made(z, g, dgdz, log_p_z):
    """log p_x at the points x = g(z), when z has the log-density log_p_z and dgdz is the derivative of g."""
    return log_p_z(z) - np.log(np.abs(dgdz(z)))


SLOW = named("z/4 + z**3", lambda z: z / 4 + z**3), named("1/4 + 3 z**2", lambda z: 1 / 4 + 3 * z**2)


def scaled(g, dgdz, a):
    """The generator followed by a multiplication with a, and its derivative."""
    return lambda z: a * g(z), lambda z: a * dgdz(z)


EXERCISE = Exercise(
    id="1.5",
    title="From the other side",
    difficulty=3,
    minutes=8,
    key=log_density_of_made,
    probes=(
        (np.array([0.9, -1.3, 1.6, -0.2]), *CUBIC, GUMBEL),
        (np.array([-0.2, 0.9, -1.3]), *FALLING, NORMAL),
        (np.array([0.7, -0.4]), *SLOW, NORMAL),
        (np.array([1.1, 0.3]), *LINE, GUMBEL),
    ),
    misconceptions=(
        Misconception(
            "no Jacobian",
            lambda z, g, dgdz, log_p_z: log_p_z(z),
            "The base density at `z` is there, and nothing else. The generator moves the points apart or "
            "together: where does `dgdz` enter?",
        ),
        Misconception(
            "no absolute value",
            lambda z, g, dgdz, log_p_z: log_p_z(z) - np.log(dgdz(z)),
            "Your formula holds for increasing generators. When `g` is decreasing its slope is negative, "
            "and the log does not exist.",
        ),
        Misconception(
            "base density at x",
            lambda z, g, dgdz, log_p_z: log_p_z(g(z)) - np.log(np.abs(dgdz(z))),
            "`log_p_z` is the log-density of the latents. You ask it at the data point.",
        ),
        Misconception(
            "plus sign, copied",
            lambda z, g, dgdz, log_p_z: log_p_z(z) + np.log(np.abs(dgdz(z))),
            "Where the generator moves points apart, your density goes up. The plus of (1.8) belongs to the "
            "slope of `f`, from data to latent. How is the slope of `g` related to it?",
        ),
        Misconception(
            "(1.8) copied with g for f",
            lambda z, g, dgdz, log_p_z: log_p_z(g(z)) + np.log(np.abs(dgdz(z))),
            "This is (1.8) with `g` in the place of `f`. But `g` goes the other way, from latent to data: "
            "both terms change.",
        ),
        Misconception(
            "derivative at x",
            lambda z, g, dgdz, log_p_z: log_p_z(z) - np.log(np.abs(dgdz(g(z)))),
            "You take the slope at `g(z)`. `dgdz` is a function of the latent.",
        ),
        Misconception(
            "slope subtracted, not its log",
            lambda z, g, dgdz, log_p_z: log_p_z(z) - np.abs(dgdz(z)),
            "The slope divides the density. What becomes of a division in a logarithm?",
        ),
        Misconception(
            "log-density divided by the slope",
            lambda z, g, dgdz, log_p_z: log_p_z(z) / np.abs(dgdz(z)),
            "You divide the log-density by the slope. It is the density that is divided: take the log of "
            "that quotient.",
        ),
        Misconception(
            "absolute value of the log",
            lambda z, g, dgdz, log_p_z: log_p_z(z) - np.abs(np.log(dgdz(z))),
            "You take the log first and its absolute value afterwards. A negative slope has no log, and "
            "the log of a slope below 1 must stay negative.",
        ),
        Misconception(
            "log made positive",
            lambda z, g, dgdz, log_p_z: log_p_z(z) - np.abs(np.log(np.abs(dgdz(z)))),
            "One absolute value too many: where the slope is below 1, its log is negative, and the density "
            "of the data is higher there.",
        ),
        Misconception(
            "density",
            lambda z, g, dgdz, log_p_z: np.exp(log_p_z(z)) / np.abs(dgdz(z)),
            "This is the density itself, and it is right. Its log is asked for.",
        ),
        Misconception(
            "log of the generator, not of its derivative",
            lambda z, g, dgdz, log_p_z: log_p_z(z) - np.log(np.abs(g(z))),
            "You subtract the log of `|g|`. Which of the functions says how far apart points are moved?",
        ),
    ),
    properties=(
        (
            "a generator whose values are all multiplied by 3 makes data a third as dense",
            lambda fn: np.allclose(fn(X, *scaled(*CUBIC, 3.0), normal), fn(X, *CUBIC, normal) - np.log(3.0)),
        ),
        (
            "a generator that is mirrored, `-g`, makes data that are as dense",
            lambda fn: np.allclose(fn(X, *scaled(*CUBIC, -1.0), gumbel), fn(X, *CUBIC, gumbel)),
        ),
        (
            "a generator that changes nothing leaves the log-density as it is",
            lambda fn: np.allclose(fn(X, lambda z: z, np.ones_like, gumbel), gumbel(X)),
        ),
    ),
    hints=(
        "`log p_x(x) = log p_z(f(x)) + log|f'(x)|` holds at every `x`. What is `f(x)` at the point "
        "`x = g(z)`?",
        "`f` undoes `g`, so `f(g(z)) = z`. Differentiate both sides of this by `z`.",
        "The chain rule gives `f'(x) g'(z) = 1`: each slope is one divided by the other. What does that do "
        "to a log?",
    ),
    why="`f(g(z)) = z`, so the base density is asked at `z` itself, and `f'(x) = 1/g'(z)` turns the plus "
    "into a minus. Whoever samples from a flow gets the log-density of the samples at no extra cost.",
)
