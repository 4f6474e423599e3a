"""What the exercises of notebook 06 are tried on: batches, and scales and shifts of any half."""

import autograd.numpy as np

from ..probes import named


def feature(a):
    """One number for each example, from however many coordinates: not invertible."""
    return np.sum(a**2 * (1 + np.arange(a.shape[1])) - 0.7 * a, axis=1, keepdims=True)


SCALE_1 = named("scales of 1 coordinate", lambda a: np.exp(np.sin(feature(a)) - 0.4))
SHIFT_1 = named("shifts of 1 coordinate", lambda a: 0.7 * np.cos(feature(a)) + 0.5)
SCALE_2 = named("scales of 2 coordinates", lambda a: np.exp(np.sin(feature(a)) * np.array([0.9, -0.6])))
SHIFT_2 = named("shifts of 2 coordinates", lambda a: np.cos(feature(a)) * np.array([-1.5, 0.8]) + 0.3)
ONES = named("1", lambda a: np.ones((len(a), 2)))
ZEROS = named("0", lambda a: np.zeros((len(a), 2)))


def pair(s, t, name):
    """A network that says both scales and shifts."""
    return named(name, lambda a: (s(a), t(a)))


def other(width):
    """Scales and shifts of another network."""
    k = 1 + np.arange(width)
    return lambda a: np.exp(0.6 * np.cos(feature(a) + k) + 0.2), lambda a: np.sin(k * feature(a)) - 0.7


FIRST_1 = pair(SCALE_1, SHIFT_1, "a network that says 1 scale and 1 shift")
FIRST_2 = pair(SCALE_2, SHIFT_2, "a network that says 2 scales and 2 shifts")
SECOND_1 = pair(*other(1), "another network that says 1 scale and 1 shift")
SECOND_2 = pair(*other(2), "another network that says 2 scales and 2 shifts")
NOTHING = pair(ONES, ZEROS, "a network that says 1 and 0")

# N is not D, and where `len(x) // 2` is not d, the shapes still fit: a mistake to recognise, not an error.
Z_4 = np.array(
    [
        [0.5, -0.8, 1.4, -0.3],
        [-1.2, 0.6, -0.7, 1.6],
        [0.1, 1.1, 0.8, -0.9],
        [1.3, 0.2, -0.4, 0.7],
        [-0.5, -1.4, 1.8, 0.3],
    ]
)
Z_3 = np.array([[0.3, -1.1, 0.8], [-0.6, 0.4, -1.3], [1.2, 0.9, 0.2], [-0.2, 1.3, 0.6]])
Z_2 = np.array([[0.7, -1.2]])
COUPLINGS = (Z_4, SCALE_2, SHIFT_2), (Z_3, SCALE_2, SHIFT_2), (Z_2, SCALE_1, SHIFT_1)
