"""Exercise 9.5: the inverse of a flow of two levels."""

import autograd.numpy as np

from ....multiscale import squeeze, unsqueeze
from ..engine import Exercise, Misconception
from .probes import NOTHING, UNDO_1, UNDO_2, image


def sample_two_levels(z, undo_1, undo_2):
    """x, (N, H, W, C), from the latent image z of f = Squeezed(Chain(steps_1, Split(Squeezed(steps_2)))).

    undo_1 and undo_2 are the inverses of steps_1 and of steps_2.
    """
    h = squeeze(z)
    d = h.shape[-1] // 2
    h_a, z_b = h[..., :d], h[..., d:]
    h_b = unsqueeze(undo_2(squeeze(z_b)))
    return unsqueeze(undo_1(np.concatenate([h_a, h_b], axis=-1)))


def with_halves(rule):
    """A wrong inverse, from a rule (h_a, z_b, undo_2) -> (first, second) for what undo_1 gets."""

    def wrong(z, undo_1, undo_2):
        h = squeeze(z)
        d = h.shape[-1] // 2
        return unsqueeze(undo_1(np.concatenate(rule(h[..., :d], h[..., d:], undo_2), axis=-1)))

    return wrong


def level_2(h, undo_2):
    return unsqueeze(undo_2(squeeze(h)))


def level_1_first(z, undo_1, undo_2):
    h = undo_1(squeeze(z))
    d = h.shape[-1] // 2
    return unsqueeze(np.concatenate([h[..., :d], level_2(h[..., d:], undo_2)], axis=-1))


def level_1_on_half(z, undo_1, undo_2):
    h = squeeze(z)
    d = h.shape[-1] // 2
    return unsqueeze(np.concatenate([h[..., :d], undo_1(level_2(h[..., d:], undo_2))], axis=-1))


def still_squeezed(z, undo_1, undo_2):
    return squeeze(sample_two_levels(z, undo_1, undo_2))


Z, Z_2, Z_1 = image(2, 4, 8, 1), image(1, 8, 4, 3), image(1, 4, 4, 1)

EXERCISE = Exercise(
    id="9.5",
    title="From the latents of two levels to the image",
    difficulty=3,
    minutes=10,
    key=sample_two_levels,
    probes=((Z, UNDO_1, UNDO_2), (Z_2, UNDO_2, UNDO_1), (Z_1, UNDO_1, UNDO_2)),
    misconceptions=(
        Misconception(
            "level 1 undone first",
            level_1_first,
            "You undo the steps of level 1 first. Forward did them first, so they are undone last: until "
            "level 2 is undone, their output is not complete.",
        ),
        Misconception(
            "only the last latents",
            with_halves(lambda a, b, undo_2: (np.zeros(a.shape), level_2(b, undo_2))),
            "You put zeros where the first latents belong. They left early, but without them the image "
            "cannot come back.",
        ),
        Misconception(
            "level 2 on the first half",
            with_halves(lambda a, b, undo_2: (level_2(a, undo_2), b)),
            "You undo level 2 at the first half of the channels. That is the one which never went there.",
        ),
        Misconception(
            "halves in the other order",
            with_halves(lambda a, b, undo_2: (level_2(b, undo_2), a)),
            "Both halves are right, but they are put together in the other order.",
        ),
        Misconception(
            "level 2 not squeezed",
            with_halves(lambda a, b, undo_2: (a, undo_2(b))),
            "The steps of level 2 work on an image that is squeezed a second time, and yours is not.",
        ),
        Misconception(
            "level 2 forgotten",
            with_halves(lambda a, b, undo_2: (a, b)),
            "You undo the steps of level 1 alone. The second half has been through level 2.",
        ),
        Misconception(
            "no split",
            with_halves(lambda a, b, undo_2: (level_2(np.concatenate([a, b], axis=-1), undo_2),)),
            "You send all channels back through level 2, as if there had been no split.",
        ),
        Misconception(
            "level 1 on the second half only",
            level_1_on_half,
            "You undo level 1 at the second half alone. Forward, its steps came before the split: they have "
            "changed all channels.",
        ),
        Misconception(
            "inverses exchanged",
            lambda z, undo_1, undo_2: sample_two_levels(z, undo_2, undo_1),
            "The way back is right, but `undo_1` and `undo_2` stand in each other's place.",
        ),
        Misconception(
            "still squeezed",
            still_squeezed,
            "All steps are undone, in the right order. The image is still squeezed.",
        ),
    ),
    properties=(
        (
            "if both levels do nothing, the image is the latent",
            lambda fn: np.array_equal(fn(Z, NOTHING, NOTHING), Z),
        ),
        (
            "if level 1 does nothing, the even rows of the image are those of the latent",
            lambda fn: np.array_equal(fn(Z, NOTHING, UNDO_2)[:, ::2], Z[:, ::2]),
        ),
    ),
    hints=(
        "Write down what forward does, line by line. Then undo it from the last line to the first.",
        "The latent image was put back by an unsqueeze, so squeeze it. Its first half of channels is what "
        "left at level 1.",
        "The second half: squeeze, `undo_2`, unsqueeze. Join the halves, then `undo_1`, then unsqueeze.",
    ),
    why="Level 2 is undone inside level 1, as its box stands inside the box of level 1. What left early "
    "waits, and joins the rest before the steps of level 1 are undone.",
)
