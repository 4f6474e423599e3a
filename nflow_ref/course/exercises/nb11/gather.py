"""Exercise 11.2: the transpose of a gather on a line."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def scatter_line(parts):
    """The transpose of the gather above: parts (3, N, L) -> (N, L)."""
    edge = np.zeros((parts.shape[1], 1))
    from_right = np.concatenate([parts[0][:, 1:], edge], axis=1)
    from_left = np.concatenate([edge, parts[2][:, :-1]], axis=1)
    return from_right + parts[1] + from_left


def gather_line(a):
    edge = np.zeros((len(a), 1))
    left = np.concatenate([edge, a[:, :-1]], axis=1)
    return np.stack([left, a, np.concatenate([a[:, 1:], edge], axis=1)])


def outside_to_the_ends(parts):
    """Wrong: the bars of the zeros beyond the ends go to the ends."""
    result = scatter_line(parts)
    result[:, 0] += parts[0][:, 0]
    result[:, -1] += parts[2][:, -1]
    return result


def inner_only(parts):
    result = scatter_line(parts)
    result[:, [0, -1]] = 0
    return result


def visits(parts):
    """How often each pixel was copied: twice at the ends, three times elsewhere."""
    return scatter_line(np.ones_like(parts))


PARTS = np.array(
    [
        [[0.5, -1.2, 0.8, 1.4, 0.3], [1.1, 0.9, -0.7, 0.2, -1.6]],
        [[-0.4, 1.3, 0.6, -0.9, 1.7], [0.1, -0.8, 1.5, 1.2, 0.7]],
        [[1.8, 0.4, -1.1, 0.7, -0.2], [-0.6, 1.6, 0.5, -1.4, 1.9]],
    ]
)
A = np.array([[0.3, -0.7, 1.2, 0.5, -1.1], [0.9, 0.2, -0.4, 1.3, 0.8]])

EXERCISE = Exercise(
    id="11.2",
    title="The transpose of a gather",
    difficulty=2,
    minutes=10,
    key=scatter_line,
    probes=((PARTS,), (PARTS[:, :1, :4],), (PARTS[:, :, 2:3],)),
    misconceptions=(
        Misconception(
            "the wrong way",
            lambda parts: scatter_line(parts[::-1]),
            "Each part goes to the opposite neighbour. `parts[0]` at pixel `l` was copied from `l - 1`: "
            "that is where it goes back to.",
        ),
        Misconception(
            "no shift",
            lambda parts: np.sum(parts, axis=0),
            "You add the three parts where they stand. Each must go back to where it was copied from.",
        ),
        Misconception(
            "round in a circle",
            lambda parts: np.roll(parts[0], -1, axis=1) + parts[1] + np.roll(parts[2], 1, axis=1),
            "At the ends, your parts come back in on the other side. What lies outside was a 0, no copy: "
            "nobody gets its bar.",
        ),
        Misconception(
            "average",
            lambda parts: scatter_line(parts) / visits(parts),
            "You take the mean of the copies, which would undo the gather. Asked is its transpose: bars add.",
        ),
        Misconception(
            "divided by three",
            lambda parts: scatter_line(parts) / 3,
            "You divide by 3. A pixel that was used three times has the sum of its three bars.",
        ),
        Misconception(
            "the middle only",
            lambda parts: 1.0 * parts[1],
            "Only the middle part goes back. The neighbours have copied the pixel too.",
        ),
        Misconception(
            "the middle forgotten",
            lambda parts: scatter_line(parts) - parts[1],
            "The parts of both neighbours are there. The pixel's own, `parts[1]`, is missing.",
        ),
        Misconception(
            "one neighbour",
            lambda parts: scatter_line(np.stack([0 * parts[0], parts[1], parts[2]])),
            "What stands in `parts[0]` goes nowhere. It was copied from a neighbour, and goes back to it.",
        ),
        Misconception(
            "the other neighbour",
            lambda parts: scatter_line(np.stack([parts[0], parts[1], 0 * parts[2]])),
            "What stands in `parts[2]` goes nowhere. Each pixel has been copied by two neighbours.",
        ),
        Misconception(
            "the outside to the ends",
            outside_to_the_ends,
            "The end pixels also get the bars of the zeros outside. Those were made up, not copied from the "
            "ends.",
        ),
        Misconception(
            "no ends",
            inner_only,
            "The inner pixels are right, and the ends have stayed 0. An end has one neighbour and itself.",
        ),
    ),
    properties=(
        ("there is one number for each pixel", lambda fn: np.shape(fn(PARTS)) == (2, 5)),
        (
            "`<gather(a), parts> = <a, scatter_line(parts)>`",
            lambda fn: np.isclose(np.sum(gather_line(A) * PARTS), np.sum(A * fn(PARTS))),
        ),
        (
            "with ones everywhere, inner pixels get 3 and the ends get 2",
            lambda fn: np.allclose(fn(np.ones((3, 1, 4))), [[2, 3, 3, 2]]),
        ),
    ),
    hints=(
        "Where does `a[n, m]` appear in the three parts? Those are the numbers that it gets.",
        "`a[n, m]` stands in `parts[0]` at `m + 1`, in `parts[1]` at `m`, and in `parts[2]` at `m - 1`.",
        "Begin with a copy of `parts[1]`. Add `parts[0][:, 1:]` to all but its last column, and "
        "`parts[2][:, :-1]` to all but its first.",
    ),
    why="Gather copies, so its transpose adds: each pixel collects the bars of all its copies. What was a "
    "zero beyond the end is nobody's copy.",
)
