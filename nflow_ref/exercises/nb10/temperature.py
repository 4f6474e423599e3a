"""Exercise 10.4: the density of a latent at another temperature."""

import autograd.numpy as np

from ..engine import Exercise, Misconception
from ..probes import mass

LOG_2PI = np.log(2 * np.pi)


def log_prob_at_temperature(z, temperature):
    """The log-density of z, when z is a standard normal number times the temperature."""
    return -0.5 * (z / temperature) ** 2 - np.log(temperature) - np.log(2 * np.pi) / 2


EXERCISE = Exercise(
    id="10.4",
    title="What temperature does to a density",
    difficulty=2,
    minutes=6,
    key=log_prob_at_temperature,
    probes=((np.array([-1.35, 0.0, 0.45, 2.15]), 0.5), (np.array([0.3, -0.8]), 1.7)),
    misconceptions=(
        Misconception(
            "temperature as a variance",
            lambda z, temperature: -0.5 * z**2 / temperature - np.log(temperature) / 2 - LOG_2PI / 2,
            "You treat the temperature as a variance. It multiplies `z`, so it is a standard deviation.",
        ),
        Misconception(
            "no log-det",
            lambda z, temperature: -0.5 * (z / temperature) ** 2 - LOG_2PI / 2,
            "The curve is narrower but not higher, so its mass is no longer 1. This is a change of "
            "variables: where is its slope?",
        ),
        Misconception(
            "log-det with the wrong sign",
            lambda z, temperature: -0.5 * (z / temperature) ** 2 + np.log(temperature) - LOG_2PI / 2,
            "Your slope is that of the way from the standard normal number to `z`. The "
            "formula asks for the "
            "slope of the way back.",
        ),
        Misconception(
            "the map itself",
            lambda z, temperature: -0.5 * (z * temperature) ** 2 + np.log(temperature) - LOG_2PI / 2,
            "You multiply `z` by the temperature once more. To score `z`, undo the multiplication.",
        ),
        Misconception(
            "log-density divided",
            lambda z, temperature: (-0.5 * z**2 - LOG_2PI / 2) / temperature,
            "You divide the log-density by the temperature, as physicists do with energies. "
            "Then the mass "
            "is not 1, and the width is another one.",
        ),
        Misconception(
            "temperature ignored",
            lambda z, temperature: -0.5 * z**2 - LOG_2PI / 2,
            "This is the standard normal: the temperature does not occur.",
        ),
        Misconception(
            "no constant",
            lambda z, temperature: -0.5 * (z / temperature) ** 2 - np.log(temperature),
            "The parts with the temperature are right. The constant of the normal density is missing.",
        ),
        Misconception(
            "the density itself",
            lambda z, temperature: np.exp(log_prob_at_temperature(z, temperature)),
            "This is the density itself. Asked is its logarithm.",
        ),
        Misconception(
            "added over the entries of z",
            lambda z, temperature: np.sum(log_prob_at_temperature(z, temperature)),
            "You add over the entries of `z`, as for one latent of several coordinates. Here each entry is a "
            "latent of its own, with one coordinate.",
        ),
        Misconception(
            "half of the log-det",
            lambda z, temperature: -0.5 * (z / temperature) ** 2 - np.log(temperature) / 2 - LOG_2PI / 2,
            "The exponent is right, and the log-det is only half of what it should be: that would be right "
            "if the temperature were a variance.",
        ),
        Misconception(
            "square of z only",
            lambda z, temperature: -0.5 * z**2 / temperature - np.log(temperature) - LOG_2PI / 2,
            "The log-det is right. In the exponent only `z` is squared: what becomes of the temperature?",
        ),
    ),
    properties=(
        (
            "the density has mass 1",
            lambda fn: abs(mass(lambda z: fn(z, 0.5), -12, 12) - 1) < 1e-6,
        ),
        (
            "a lower temperature makes the peak higher",
            lambda fn: fn(np.zeros(1), 0.5) > fn(np.zeros(1), 0.9),
        ),
    ),
    hints=(
        "If `z = temperature * e` with a standard normal `e`, which map leads from `z` back to `e`?",
        "Use Eq. (1.8) with `f(z) = z / temperature`.",
    ),
    why="The temperature is a scale of the latent, so it changes the density as every scale does: by "
    "minus its log.",
)
