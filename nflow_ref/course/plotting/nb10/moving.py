"""The figures of notebook 10 that move: what the flow draws, as one number changes."""

import numpy as np

from ....objectives import objective
from ....parameters import tree_map
from ....training import Adam
from ...slider import Panel, Slider, dots, image, line, words
from .. import LATENT, WRONG_INK

SIDE = 9.0  # of an image of 8 × 8 pixels, with the gap to the next


def tiles(images, columns):
    """Marks: images (N, 8, 8, 1) from 0 to 1, side by side in rows."""
    corners = [(SIDE * (k % columns), -SIDE * (k // columns)) for k in range(len(images))]
    return [image(each[..., 0], ((x, x + 8), (y - 8, y)))
            for each, (x, y) in zip(images, corners, strict=True)]  # fmt: skip


def sheet(title, columns, rows, above=0):
    """The panel for so many images."""
    width, height = SIDE * columns - 1, SIDE * rows - 1 + above
    return Panel(title, (0, width), (above - height, above), height=height / width, ticks=False)


def temperature(flow, params, as_image):
    """A slider: fifteen latents, those of Figure 10.1, are multiplied by T and sent back to images."""
    latents = flow.base.sample(np.random.default_rng(1), 15, np.float32).astype(np.float64)
    exact = tree_map(lambda p: p.astype(np.float64), params)
    values = np.linspace(0, 1.2, 13)
    drawn = {T: as_image(flow.bijection.inverse(exact, T * latents)) for T in values}
    length = np.sqrt(np.mean(np.sum(latents**2, axis=(1, 2, 3))))
    return Slider(
        "temperature T",
        values,
        lambda T: [tiles(drawn[T], 5)],
        [sheet("drawn by the flow", 5, 3)],
        says=lambda T: (
            f"T = {T:.1f}: the latents are {T * length:.1f} long, "
            f"a pixel differs by {np.std(drawn[T], axis=0).mean():.2f} from image to image"
        ),
        alt="Fifteen images that the flow draws. At T = 0 all are the same, a figure between 8 and 9. As T "
        "grows they part, and become digits with clean margins; near 1 specks come in and some break up.",
        start=7,
    )


def on_the_way(flow, params, batches, steps, step_size=4e-3):
    """Pairs (step, parameters) at these numbers of steps of Adam, as `fit` takes them."""
    loss = objective(flow, params)
    theta, adam = loss.start, Adam(loss.start)
    for step in range(max(steps) + 1):
        if step in steps:
            yield step, loss.tree(theta)
        theta = adam.update(theta, loss(theta, next(batches))[1], step_size)


def training(grown):
    """A slider: ten samples, always from the same latents, as the flow learns.

    Args:
        grown: number of steps -> (samples (10, 8, 8, 1) from 0 to 1, validation bits per dimension).
    """
    return Slider(
        "training steps",
        list(grown),
        lambda step: [tiles(grown[step][0], 5)],
        [sheet("what the flow draws", 5, 2)],
        says=lambda step: f"after {step:,} steps: {grown[step][1]:.2f} bits per dimension (validation)",
        alt="Ten images from the same latents. Before training they are noise. Soon the margins turn white "
        "and the ink gathers in the middle; after hundreds of steps there are strokes, at last digits.",
        seconds=6,
        varies=True,
    )  # fmt: skip


def between(t_values, images, lengths):
    """A slider: from one digit to another by several ways, and the length of their latents.

    Args:
        images: way -> images (N, 8, 8, 1), one for each t; lengths: way of latents -> lengths, (N,).
    """
    high, colours = 1.25 * max(map(max, lengths.values())), {"line": WRONG_INK, "arc": LATENT}

    def picture(k):
        names, curves = [words(SIDE * n, 1, way) for n, way in enumerate(images)], []
        for way, values in lengths.items():
            name = words(0.44, values[len(values) // 2] + 0.8, way, colours[way])
            now = dots(t_values[k], values[k], colours[way], 42)
            curves += [line(t_values, values, colours[way]), now, name]
        return [tiles([values[k] for values in images.values()], 3) + names, curves]

    return Slider(
        "on the way, t",
        range(len(t_values)),
        picture,
        [sheet("", 3, 1, above=3), Panel("length of the latent", (0, 1), (0, high), ("t", ""), height=0.5)],
        says=lambda k: (
            f"t = {t_values[k]:.2f}: the latent is "
            + " and ".join(f"{values[k]:.1f} long on the {way}" for way, values in lengths.items())
        ),
        alt="Left three images: a 4 that becomes a 2, by mixed pixels, along the line and along the arc of "
        "latents. Mixed pixels show both digits in grey half-way; the others keep dark strokes that move. "
        "Right the length of the latent against t: on the line it sags half-way, on the arc it does not.",
    )


def redrawn(draws, same):
    """A slider: ten digits with the latents of one level drawn anew, again and again.

    Args:
        draws: level -> images (N, 10, 8, 8, 1), the first as they were.
        same: level -> how many of the ten are read as the digit that they were, (N,).
    """
    levels = list(draws)

    def says(k):
        read = ", ".join(f"{same[level][k]} of 10 with a new {level}" for level in levels)
        return f"draw {k}: read as before {read}" if k else "all latents kept"

    return Slider(
        "draw",
        range(len(draws[levels[0]])),
        lambda k: [tiles(draws[level][k], 5) for level in levels],
        [sheet(f"new latents of {level}", 5, 2) for level in levels],
        says=says,
        alt="Two blocks of ten images, at first the digits 0 to 9 in both. With each draw of level 1 they "
        "stay the same digits and change in a few grey values. With each draw of level 2 they are others.",
        seconds=8,
    )
