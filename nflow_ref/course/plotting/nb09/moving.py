"""Squeeze and split as a figure that moves: where each number of an image goes."""

import numpy as np

from ....multiscale import squeeze, unsqueeze
from ...slider import Panel, Slider, dots, words
from .. import DATA, INK, LATENT

SHAPE, FOLLOWED = (8, 4, 2), 42  # as in Figure 9.1; the large dot
BETWEEN = 4  # stops from one stage to the next
LEFT, RIGHT, LOW = 0.0, 15.2, 4.9  # where those stand that stay, those that have left, and the second row


def places(*parts):
    """Where each number is drawn, (64, 2).

    Args:
        parts: (image of numbers (1, H, W, C), left edge, upper edge, columns), with a tile for each channel.
    """
    where = np.empty((np.prod(SHAPE), 2))
    for image, left, top, columns in parts:
        _, h, w, c = image.shape
        _, row, column, k = np.indices((1, h, w, c))
        x = left + column + (w + 0.8) * (k % columns)
        y = top + row + (h + 0.9) * (k // columns)
        where[image.ravel()] = np.stack([x.ravel(), -y.ravel()], axis=1)
    return where


def stages():
    """Stage by stage through Glow with two levels: the places of all numbers, and what stands there.

    A stage is (places, how many levels have left, name at the left, name at the right, sentence).
    """
    x = np.arange(np.prod(SHAPE)).reshape(1, *SHAPE)
    h = squeeze(x)
    z_1, h_b = np.split(h, 2, axis=-1)
    z_2 = squeeze(h_b)
    z = unsqueeze(np.concatenate([z_1, unsqueeze(z_2)], axis=-1))
    out = z_1, RIGHT, 0, 4

    def at(image):
        _, row, column, channel = np.argwhere(image == FOLLOWED)[0]
        return f"row {row}, column {column}, channel {channel}"

    return z_1.ravel(), [
        (places((x, LEFT, 0, 2)), 0, "x (8, 4, 2)", "", f"The large dot is a number of x: {at(x)}"),
        (places((h, LEFT, 0, 4)), 0, "h (4, 2, 8)", "", f"Squeeze, nothing is computed: {at(h)}"),
        (places((h_b, LEFT, LOW, 4), out), 1, "second half (4, 2, 4)", "z₁ (4, 2, 4)",
         f"Split, the first half leaves: {at(h_b)} of what stays"),
        (places((z_2, LEFT, LOW, 8), out), 1, "h′ (2, 1, 16)", "z₁ (4, 2, 4)", f"Squeeze: {at(z_2)}"),
        (places((z_2, RIGHT, LOW, 8), out), 2, "", "z₁, and z₂ (2, 1, 16)", f"Of level 2 in z: {at(z_2)}"),
        (places((z, RIGHT, 0, 2)), 2, "", "z (8, 4, 2)", f"Both squeezes undone: {at(z)}, as at first"),
    ]  # fmt: skip


def follow():
    """A slider: 64 numbers go through squeeze, split and squeeze, and back to their places."""
    early, all_stages = stages()
    late = np.setdiff1d(np.arange(np.prod(SHAPE)), [*early, FOLLOWED])

    def now(k):
        """The stage that is reached at this stop or next, and the places on the way to it."""
        n = -(-k // BETWEEN)
        t = 1 - n + k / BETWEEN
        before, after = all_stages[max(n - 1, 0)][0], all_stages[n][0]
        return all_stages[n], before + t * t * (3 - 2 * t) * (after - before)

    def picture(k):
        (_, levels, left, right, _), where = now(k)
        first, second = (LATENT if levels >= level else DATA for level in (1, 2))
        return [
            [
                dots(*where[early].T, first, 24),
                dots(*where[late].T, second, 24),
                dots(*where[[FOLLOWED]].T, second, 42),
                words(LEFT - 0.3, 1.2, left, INK if k else DATA),
                words(RIGHT - 0.3, 1.2, right, LATENT),
            ]
        ]

    return Slider(
        "on the way",
        range(BETWEEN * (len(all_stages) - 1) + 1),
        picture,
        [Panel("64 numbers on their way", (-0.8, 28.6), (-8.6, 2.4), height=11 / 29.4, ticks=False)],
        says=lambda k: now(k)[0][-1],
        alt="64 orange dots, the numbers of an image, in two grids of eight rows and four columns. The "
        "squeeze takes them apart into eight grids of four rows and two columns. Four of these turn blue and "
        "leave to the right. The other four are taken apart again, turn blue and follow. At last all dots "
        "stand in two grids as at the beginning, each in its old place. A large dot is followed all the way.",
        seconds=10,
    )
