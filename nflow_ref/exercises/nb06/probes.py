"""What the exercises of notebook 06 are tried on: batches, and scales and shifts of any half."""

import autograd.numpy as np

from ..probes import named


def feature(a):
    """One number for each example, from however many coordinates: not invertible."""
    return np.sum(a**2 * (1 + np.arange(a.shape[1])) - 0.7 * a, axis=1, keepdims=True)


SCALE_2 = named("scales of 2 coordinates", lambda a: np.exp(np.sin(feature(a)) * np.array([0.9, -0.6])))
SHIFT_2 = named("shifts of 2 coordinates", lambda a: np.cos(feature(a)) * np.array([-1.5, 0.8]) + 0.3)
SCALE_3 = named("scales of 3 coordinates", lambda a: np.exp(np.sin(feature(a)) * np.array([0.8, -0.5, 1.1])))
SHIFT_3 = named("shifts of 3 coordinates", lambda a: np.cos(feature(a)) * np.array([1.2, -0.4, 0.7]) + 0.5)

Z_4 = np.array([[0.3, -1.1, 0.8, 1.9], [-0.6, 0.4, -1.3, 0.7], [1.2, 0.9, 0.2, -0.5], [-0.2, 1.3, 0.6, -1.7]])
Z_5 = np.array(
    [
        [0.5, -0.8, 1.4, -0.3, 0.9],
        [-1.2, 0.6, -0.7, 1.6, 0.4],
        [0.1, 1.1, 0.8, -0.9, -1.5],
        [1.3, 0.2, -0.4, 0.7, 2.1],
        [-0.5, -1.4, 1.8, 0.3, -0.6],
    ]
)
