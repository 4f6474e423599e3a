"""Exercise 6.4: put coordinates back that were taken by stride."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def restore(h):
    """x, (N, D), from h, which holds first the coordinates x[:, 0::2] and then x[:, 1::2]."""
    first = (h.shape[1] + 1) // 2
    x = np.zeros(h.shape)
    x[:, 0::2] = h[:, :first]
    x[:, 1::2] = h[:, first:]
    return x


def in_turns(a, b):
    """The columns of a and b in turn, a first; those left over come last."""
    pairs = [part[:, k : k + 1] for k in range(min(a.shape[1], b.shape[1])) for part in (a, b)]
    return np.concatenate([*pairs, a[:, len(pairs) // 2 :], b[:, len(pairs) // 2 :]], axis=1)


def parts(h):
    first = (h.shape[1] + 1) // 2
    return h[:, :first], h[:, first:]


H_5 = np.array([[1.0, 3.0, 5.0, 2.0, 4.0], [-0.1, 0.9, -0.5, 0.6, -0.4]])
H_6 = np.array(
    [[0.7, -1.6, 2.9, -0.9, 1.2, 0.1], [3.1, 0.4, -2.3, 0.8, 2.2, 1.5], [0.2, 1.8, -0.6, 2.5, -1.1, 0.3]]
)

EXERCISE = Exercise(
    id="6.4",
    title="Halves by stride",
    difficulty=2,
    minutes=7,
    key=restore,
    probes=((H_5,), (H_6,)),
    misconceptions=(
        Misconception(
            "left as it is",
            lambda h: h + 0.0,
            "You leave the parts one behind the other. That would undo a cut in the middle; these "
            "coordinates were taken in turns. With two of them nobody would notice.",
        ),
        Misconception(
            "taken by stride once more",
            lambda h: np.concatenate([h[:, 0::2], h[:, 1::2]], axis=1),
            "You take every second coordinate once more. Taking them apart twice does not put them "
            "together, although for three or four coordinates it looks so.",
        ),
        Misconception(
            "the second part first",
            lambda h: in_turns(*parts(h)[::-1]),
            "The parts do alternate, but the wrong one begins. Which has the very first coordinate?",
        ),
        Misconception(
            "the first part too narrow",
            lambda h: in_turns(h[:, : h.shape[1] // 2], h[:, h.shape[1] // 2 :]),
            "Right when the number of coordinates is even. When it is odd, one part is wider by one column: "
            "which of them has the first coordinate, and also the last?",
        ),
        Misconception(
            "the last coordinate is lost",
            lambda h: in_turns(*parts(h))[:, : 2 * (h.shape[1] // 2)],
            "When the number of coordinates is odd, one part is wider, and its last column has no partner. "
            "It got lost.",
        ),
        Misconception(
            "sorted",
            lambda h: np.sort(h, axis=1),
            "You sort by value. Where a number belongs depends on its position, not on its size.",
        ),
        Misconception(
            "turned round",
            lambda h: in_turns(*parts(h))[:, ::-1],
            "All numbers are there, in the opposite order.",
        ),
    ),
    properties=(
        (
            "every second coordinate of the result, from the first on, is the first part of `h`",
            lambda fn: np.array_equal(fn(H_6)[:, 0::2], H_6[:, :3]),
        ),
        (
            "every second coordinate of the result, from the second on, is the second part of `h`",
            lambda fn: np.array_equal(fn(H_5)[:, 1::2], H_5[:, 3:]),
        ),
    ),
    hints=(
        "Look at the example with five coordinates. To which column must each of the five in `h` go back?",
        "How wide is the first part if D is 5, and if D is 6? Make an array of zeros for the result.",
        "`x[:, 0::2] = ...` writes to every second column, as `x[:, 0::2]` reads from it.",
    ),
    why="A split and its merge must undo each other. Taken by stride, put back by stride: the same slices "
    "stand on both sides.",
)
