"""Exercise 9.4: the shapes of the latents by level."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def latent_shapes(shape, levels):
    """The shapes (h, w, c) of z_1, ..., z_L, one row for each level: an array of shape (L, 3).

    shape is (H, W, C); H and W are divisible by 2**levels.
    """
    H, W, C = shape
    rows = []
    for k in range(1, levels + 1):
        channels = 2**k * C if k < levels else 2 * 2**k * C
        rows.append((H // 2**k, W // 2**k, channels))
    return np.array(rows)


def by_rule(rule):
    """A wrong answer, from a rule (H, W, C, k, L) -> (h, w, c) for each level."""

    def wrong(shape, levels):
        return np.array([rule(*shape, k, levels) for k in range(1, levels + 1)])

    return wrong


def with_channels(rule):
    """A wrong number of channels at the right size, from a rule (C, k, L) -> c."""
    return by_rule(lambda H, W, C, k, L: (H // 2**k, W // 2**k, rule(C, k, L)))


SHAPE, SHAPE_2, SHAPE_1 = np.array([16, 48, 3]), np.array([32, 16, 1]), np.array([4, 12, 2])

EXERCISE = Exercise(
    id="9.4",
    title="Which shape leaves at which level",
    difficulty=2,
    minutes=8,
    key=latent_shapes,
    probes=((SHAPE, 4), (SHAPE_2, 2), (SHAPE_1, 1)),
    misconceptions=(
        Misconception(
            "the last level splits, too",
            with_channels(lambda C, k, L: 2**k * C),
            "The numbers do not add up to those of the image: at the last level half of them are missing. "
            "Nothing goes on from there, so what leaves?",
        ),
        Misconception(
            "before the split",
            with_channels(lambda C, k, L: 2 * 2**k * C),
            "These are the images just before each split. Only half of the channels leave there, except at "
            "the last level.",
        ),
        Misconception(
            "no split reduces the channels",
            with_channels(lambda C, k, L: 4**k * C // (1 if k == L else 2)),
            "You let each squeeze multiply the channels by four, and forget that the split before it took "
            "half of them away.",
        ),
        Misconception(
            "channels do not accumulate",
            with_channels(lambda C, k, L: 2 * C if k < L else 4 * C),
            "The channels should grow from level to level. A level does not start with the channels of the "
            "image, but with those that the level before has passed on.",
        ),
        Misconception(
            "sides divided by four",
            by_rule(lambda H, W, C, k, L: (H // 4**k, W // 4**k, 2**k * C if k < L else 2 * 2**k * C)),
            "A squeeze leaves a quarter of the pixels. For each side of the image that means a half.",
        ),
        Misconception(
            "before the squeeze",
            by_rule(lambda H, W, C, k, L: (H // 2 ** (k - 1), W // 2 ** (k - 1), 2 ** (k - 1) * C)),
            "These are the images that each level gets, before its squeeze.",
        ),
        Misconception(
            "the last level first",
            lambda shape, levels: latent_shapes(shape, levels)[::-1] + 0,
            "All shapes are right, but the deepest level comes first. Start with what leaves first.",
        ),
        Misconception(
            "channels grow by the same number",
            with_channels(lambda C, k, L: 2 * k * C * (1 if k < L else 2)),
            "Your channels grow by the same number at each level. They double: what grows like that?",
        ),
        Misconception(
            "sides divided by 2k",
            by_rule(lambda H, W, C, k, L: (H // (2 * k), W // (2 * k), 2**k * C * (1 if k < L else 2))),
            "The sides of the image are halved at each level. After three levels, by what have they been "
            "divided?",
        ),
    ),
    properties=(
        (
            "the latents have as many numbers as the image, all levels together",
            lambda fn: np.sum(np.prod(fn(SHAPE, 3), axis=1)) == np.prod(SHAPE),
        ),
        (
            "with one level there is one latent, the squeezed image",
            lambda fn: np.array_equal(fn(SHAPE_1, 1), [[2, 6, 8]]),
        ),
        (
            "each level has half as many rows as the one before",
            lambda fn: np.array_equal(np.array(fn(SHAPE, 3))[:-1, 0], 2 * np.array(fn(SHAPE, 3))[1:, 0]),
        ),
    ),
    hints=(
        "Follow one image: a squeeze halves both sides and makes four times the channels, a split takes away "
        "half of the channels. What leaves, and what goes on?",
        "At level k, both have `2**k * C` channels. The next squeeze makes four times that.",
        "The last level has no split: what would have been two halves leaves together.",
    ),
    why="Each level has a quarter of the pixels and, because half of the channels have left, only twice the "
    "channels of the one before. So half of the numbers remain, and the last level keeps what is left.",
)
