"""Exercise 2.3: the density of a shifted square, a map that is not one-to-one."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import gumbel, mass, named, normal


def density_of_square(z, p_x, c):
    """The density of z = (x - c)**2 for z > 0, when x has the density p_x on the whole line."""
    root = np.sqrt(z)
    return (p_x(c + root) + p_x(c - root)) / (2 * root)


GUMBEL = named("density of the Gumbel distribution", lambda x: np.exp(gumbel(x)))
SHIFTED = named("density of a normal with mean 0.6", lambda x: np.exp(normal(x - 0.6)))
Z = np.array([0.3, 0.8, 1.9, 4.2])

EXERCISE = Exercise(
    id="2.3",
    title="The density of a shifted square",
    difficulty=2,
    minutes=8,
    key=density_of_square,
    probes=((np.array([1.9, 0.3, 4.2, 0.8]), GUMBEL, 0.4), (np.array([0.7, 1.4, 0.2]), SHIFTED, -0.3)),
    misconceptions=(
        Misconception(
            "positive branch only",
            lambda z, p_x, c: p_x(c + np.sqrt(z)) / (2 * np.sqrt(z)),
            "One place with `(x - c)**2 = z` is accounted for, and right. How many are there?",
        ),
        Misconception(
            "negative branch only",
            lambda z, p_x, c: p_x(c - np.sqrt(z)) / (2 * np.sqrt(z)),
            "You account for the negative root only: the points on the right of `c` have squares as well.",
        ),
        Misconception(
            "one branch, doubled",
            lambda z, p_x, c: p_x(c + np.sqrt(z)) / np.sqrt(z),
            "You count one root twice. That is right only for a density that is symmetric about `c`: "
            "the two roots need not be equally likely.",
        ),
        Misconception(
            "mean of the branches",
            lambda z, p_x, c: (p_x(c + np.sqrt(z)) + p_x(c - np.sqrt(z))) / (4 * np.sqrt(z)),
            "You average the two branches. But both send their mass to `z`, and masses add.",
        ),
        Misconception(
            "branches subtracted",
            lambda z, p_x, c: (p_x(c + np.sqrt(z)) - p_x(c - np.sqrt(z))) / (2 * np.sqrt(z)),
            "On the left branch the slope of `(x - c)**2` is negative, and you kept its sign. Only its "
            "size stretches the mass.",
        ),
        Misconception(
            "no slope",
            lambda z, p_x, c: p_x(c + np.sqrt(z)) + p_x(c - np.sqrt(z)),
            "Both branches are there. But the map stretches the line, and differently at each place.",
        ),
        Misconception(
            "multiplied by the slope",
            lambda z, p_x, c: (p_x(c + np.sqrt(z)) + p_x(c - np.sqrt(z))) * 2 * np.sqrt(z),
            "You multiply by the slope. Here you go from the density of `x` to that of `z`: where "
            "the map stretches, is the mass spread thinner or packed closer?",
        ),
        Misconception(
            "slope at z",
            lambda z, p_x, c: (p_x(c + np.sqrt(z)) + p_x(c - np.sqrt(z))) / (2 * z),
            "You take the slope of the square at `z`. It belongs to the places where the mass comes from.",
        ),
        Misconception(
            "slope without its 2",
            lambda z, p_x, c: (p_x(c + np.sqrt(z)) + p_x(c - np.sqrt(z))) / np.sqrt(z),
            "Your result has twice the mass that it should have. What is the derivative of the square?",
        ),
        Misconception(
            "divided by 2, multiplied by the root",
            lambda z, p_x, c: (p_x(c + np.sqrt(z)) + p_x(c - np.sqrt(z))) / 2 * np.sqrt(z),
            "`/ 2 * sqrt(z)` divides by 2 and then multiplies by the root. The whole slope belongs below "
            "the fraction bar: where do parentheses help?",
        ),
        Misconception(
            "one branch divided",
            lambda z, p_x, c: p_x(c + np.sqrt(z)) + p_x(c - np.sqrt(z)) / (2 * np.sqrt(z)),
            "Only one of the two densities is divided by the slope. The stretch has the same size at both "
            "roots, and it thins both parts.",
        ),
        Misconception(
            "density at z",
            lambda z, p_x, c: p_x(z) / (2 * np.sqrt(z)),
            "You ask `p_x` at `z`, but it is the density of `x`. At which places does the mass start that "
            "arrives at `z`?",
        ),
        Misconception(
            "wrong direction",
            lambda z, p_x, c: p_x((z - c) ** 2) * 2 * np.abs(z - c),
            "Your `z` is squared. But `z` is the square already: it is `x` that has to be found from `z`.",
        ),
        Misconception(
            "not shifted",
            lambda z, p_x, c: (p_x(np.sqrt(z)) + p_x(-np.sqrt(z))) / (2 * np.sqrt(z)),
            "This is the density of `x**2`. Which two `x` differ from `c` by something whose square is `z`?",
        ),
        Misconception(
            "shifted the other way",
            lambda z, p_x, c: (p_x(np.sqrt(z) - c) + p_x(-np.sqrt(z) - c)) / (2 * np.sqrt(z)),
            "Your places lie around `-c`. Put one of them into `(x - c)**2`: does `z` come out?",
        ),
        Misconception(
            "mirrored with its shift",
            lambda z, p_x, c: (p_x(c + np.sqrt(z)) + p_x(-c - np.sqrt(z))) / (2 * np.sqrt(z)),
            "The second place is not minus the first. The two lie on both sides of `c`, equally far from it.",
        ),
        Misconception(
            "slope at x, not at x - c",
            lambda z, p_x, c: (
                p_x(c + np.sqrt(z)) / np.abs(2 * (c + np.sqrt(z)))
                + p_x(c - np.sqrt(z)) / np.abs(2 * (c - np.sqrt(z)))
            ),
            "The places are right. But you divide by `2*x`, which is the slope of `x**2`. Which slope has "
            "the map of this exercise?",
        ),
    ),
    properties=(
        ("a density is never negative", lambda fn: np.all(fn(Z, GUMBEL, 0.4) >= 0)),
        (
            "`p_x`, mirrored about `c`, gives the same result",
            lambda fn: np.allclose(fn(Z, GUMBEL, 0.4), fn(Z, lambda x: GUMBEL(0.8 - x), 0.4)),
        ),
        (
            "the density integrates to 1 over `z > 0`",
            # In u = sqrt(z), where dz = 2 u du: near z = 0 the density has no bound.
            lambda fn: abs(mass(lambda u: np.log(fn(u**2, SHIFTED, 0.5) * 2 * u), 0, 9) - 1) < 1e-6,
        ),
    ),
    hints=(
        "For which two values of `x` is `(x - c)**2` equal to `z`?",
        "Each contributes its density divided by the size of the slope there: `p_x(x) / |f'(x)|`.",
        "The places are `c + sqrt(z)` and `c - sqrt(z)`. The slope is `2*(x - c)`, of the same size at both.",
    ),
    why="Mass arrives at `z` from both places, and masses add. Each part is divided by the stretch at "
    "the place where it comes from.",
)
