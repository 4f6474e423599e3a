"""Exercise 2.8: find the bug in the density of a transformed number, by a test."""

import autograd.numpy as np

from nflow_ref.change_of_variables import derivative

from ..engine import Misconception
from ..hunt import Hunt
from ..probes import named


def is_right(density):
    """Whether density(x, f, p_z) is the density of X at each number in x: True or False."""
    x = np.array([0.3, -0.8, 1.1])

    def p_z(z):  # the Gumbel density: not symmetric about 0
        return np.exp(-z - np.exp(-z))

    up = density(x, lambda x: x + x**3, p_z)
    down = density(x, lambda x: 1 - np.sinh(x), p_z)
    return np.allclose(up, p_z(x + x**3) * (1 + 3 * x**2)) and np.allclose(
        down, p_z(1 - np.sinh(x)) * np.cosh(x)
    )


def by_logs(x, f, p_z):
    return np.exp(np.log(p_z(f(x))) + np.log(np.abs(derivative(f, x))))


def mirrored(x, f, p_z):
    """-f(x) in place of f(x) where f decreases."""
    slope = derivative(f, x)
    return p_z(np.where(slope < 0, -f(x), f(x))) * np.abs(slope)


def summing_to_1(x, f, p_z):
    values = by_logs(x, f, p_z)
    return values / np.sum(values)


RIGHT = (
    named("right, by the absolute value", lambda x, f, p_z: p_z(f(x)) * np.abs(derivative(f, x))),
    named("right, by logarithms", by_logs),
)
WRONG = (
    named("suspect", lambda x, f, p_z: p_z(f(x)) * derivative(f, x)),
    named("a minus for all maps", lambda x, f, p_z: -p_z(f(x)) * derivative(f, x)),
    named("divided by the slope", lambda x, f, p_z: p_z(f(x)) / np.abs(derivative(f, x))),
    named("no slope", lambda x, f, p_z: p_z(f(x))),
    named("p_z asked at x", lambda x, f, p_z: p_z(x) * np.abs(derivative(f, x))),
    named("the slope at f(x)", lambda x, f, p_z: p_z(f(x)) * np.abs(derivative(f, f(x)))),
    named("-f(x) for decreasing maps", mirrored),
    named("p_z asked at |f(x)|", lambda x, f, p_z: p_z(np.abs(f(x))) * np.abs(derivative(f, x))),
    named("the slope at the first number for all", lambda x, f, p_z: p_z(f(x)) * np.abs(derivative(f, x)[0])),
    named("the logarithm of the density", lambda x, f, p_z: np.log(by_logs(x, f, p_z))),
    named("0 where the slope is negative", lambda x, f, p_z: p_z(f(x)) * np.maximum(derivative(f, x), 0)),
    named("results that sum to 1", summing_to_1),
)


# What the blind tests below are made of: (map, size of its slope), densities, points.
UP = lambda x: x + x**3, lambda x: 1 + 3 * x**2
DOWN = lambda x: 1 - np.sinh(x), lambda x: np.cosh(x)
LINES = (lambda x: 2 * x - 1, lambda x: 2 + 0 * x), (lambda x: 1 - 3 * x, lambda x: 3 + 0 * x)
SHIFTS = (lambda x: x - 0.7, lambda x: 1 + 0 * x), (lambda x: 0.4 - x, lambda x: 1 + 0 * x)
X = np.array([0.5, -0.9, 1.2])


def gumbel(z):
    return np.exp(-z - np.exp(-z))


def normal(z):
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)


def tests(*maps, p_z=gumbel, x=X, agree=np.allclose):
    """The test that asks for these maps."""
    return lambda density: all(agree(density(x, f, p_z), p_z(f(x)) * size(x)) for f, size in maps)


def has_mass_1(density):
    x = np.linspace(-5, 5, 4001)
    sums = [np.sum(density(x, f, gumbel)) * (x[1] - x[0]) for f, _ in (UP, DOWN)]
    return np.allclose(sums, 1, atol=1e-3)


EXERCISE = Hunt(
    id="2.8",
    title="Find the bug in a density",
    difficulty=2,
    minutes=10,
    key=is_right,
    probes=tuple((implementation,) for implementation in (*RIGHT, *WRONG)),
    misconceptions=(
        Misconception(
            "increasing maps",
            tests(UP),
            "All maps of your test increase, as that of the author, and `suspect` passes. What else may a "
            "one-to-one map do?",
        ),
        Misconception(
            "decreasing maps",
            tests(DOWN),
            "All maps of your test decrease. Who puts a minus where the absolute value belongs passes.",
        ),
        Misconception(
            "symmetric latents",
            tests(UP, DOWN, p_z=normal),
            "The `p_z` of your test is symmetric about 0. Who asks it at minus the right place passes.",
        ),
        Misconception(
            "lines",
            tests(*LINES),
            "All maps of your test are lines, of one slope everywhere. A slope at the wrong place passes.",
        ),
        Misconception(
            "slopes of size 1",
            tests(*SHIFTS),
            "All slopes of your test are 1 or -1. Who forgets the slope, or divides by it, passes.",
        ),
        Misconception(
            "the identity",
            tests((lambda x: x, lambda x: 1 + 0 * x)),
            "The identity changes nothing, and nearly everything that one can do wrong with it is right.",
        ),
        Misconception(
            "one number",
            tests(UP, DOWN, x=X[1:2]),
            "Your test has one number `x` at a time. Who takes the slope of the first number for all passes.",
        ),
        Misconception(
            "mass 1",
            has_mass_1,
            "You ask for mass 1, and that proves nothing: a mirrored density has it too. Compare values that "
            "you know, or the masses of intervals.",
        ),
        Misconception(
            "not negative",
            tests(UP, DOWN, agree=lambda got, want: np.all(np.asarray(got) >= 0)),
            "You ask whether the density is negative. It may be positive and wrong: compare it with one that "
            "you know.",
        ),
        Misconception(
            "sizes of the densities",
            tests(UP, DOWN, agree=lambda got, want: np.allclose(np.abs(got), want)),
            "You drop the sign of the density. A negative one passes.",
        ),
        Misconception(
            "equality to the last digit",
            tests(UP, DOWN, agree=np.array_equal),
            "Your test finds mistakes in what is right, too. Two right ways to the same number differ in the "
            "last digits: allow for rounding, as `np.allclose` does.",
        ),
        Misconception(
            "everything passes",
            lambda density: True,
            "Your test passes everything. Is there a map whose density you know, and compare?",
        ),
    ),
    properties=(
        (
            "who returns 0 for every number fails your test",
            lambda fn: not fn(named("zeros", lambda x, f, p_z: 0 * x)),
        ),
        ("who multiplies by the absolute value of the slope passes your test", lambda fn: fn(RIGHT[0])),
    ),
    hints=(
        "Take two maps that bend, an increasing one and a decreasing one, whose slopes you can write down.",
        "Take a `p_z` that is not symmetric about 0, such as the Gumbel density `exp(-z - exp(-z))`, and "
        "several numbers `x`.",
        "Maps: `x + x**3`, with the slope `1 + 3 x**2`, and `1 - sinh(x)`, with the slope `-cosh(x)`. "
        "Compare with `np.allclose`.",
    ),
    why="`suspect` is right for increasing maps only. A test sees what its cases can tell from the truth: "
    "maps that rise and fall and bend, a latent that is not symmetric, several numbers.",
)
