"""Answers of learners to the exercises of notebook 07."""

import math

import numpy as np

from .tools import slope


def normed(x):
    return (x - x.mean()) / x.std()


def channel(x, c):
    return [float(value) for value in x[..., c].ravel()]


def mean(values):
    return math.fsum(values) / len(values)


def spread(values, less=0):
    m = mean(values)
    return math.sqrt(math.fsum((v - m) ** 2 for v in values) / (len(values) - less))


def each_channel(x, rule):
    """Rows s and b from a rule (mean, standard deviation) -> (s, b) for the numbers of one channel."""
    return np.transpose(
        [rule(mean(channel(x, c)), spread(channel(x, c))) for c in range(x.shape[-1])]
    ).astype(float)


def chain(x, step, K, forward):
    """One over the standard deviations of the batches that `forward(k, h)` leads through."""
    seen, h = [], x
    for k in range(K):
        seen.append([1 / spread(channel(h, c)) for c in range(h.shape[1])])
        h = forward(k, h)
    return seen


def by_variance(x, step, K, k=0):
    scales = [1 / spread(channel(x, c)) ** 2 for c in range(x.shape[1])]
    after = step(k, scales * (x - x.mean(axis=0)))
    return [scales, *(by_variance(after, step, K, k + 1) if k + 1 < K else [])]


def whitened(h):
    return np.apply_along_axis(normed, 0, h)


def shrunk(h):
    """Whitened with a variance that divides by N - 1."""
    return whitened(h) * math.sqrt(1 - 1 / len(h))


def log_p_of_first(x):
    return -(normed(x)[0] ** 2) / 2 - math.log(x.std())


def pulls(log_p, x):
    """The derivatives of log_p(x) with respect to all but the first, by difference quotients."""
    return np.array([slope(lambda t, e=e: log_p(x + t * e), 0.0, 1e-3) for e in np.eye(len(x))[1:]])


def log_det_by_counting(x, s):
    """log|det| of one image: the Jacobian of the flattened map, entry by entry."""
    n = x[0].size
    J = np.zeros((n, n))
    for k in range(n):
        unit = np.zeros(n)
        unit[k] = 1.0
        J[:, k] = (s * unit.reshape(x[0].shape)).ravel()
    return [np.linalg.slogdet(J)[1]] * len(x)


def forms(x):
    """z as a function of log s and the shift, in each form, at the parameters of the initialisation."""
    m, sd = x.mean(), x.std()
    return [
        (lambda a, b: math.exp(a) * x + b, -math.log(sd), -m / sd),
        (lambda a, b: math.exp(a) * (x - b), -math.log(sd), m),
        (lambda a, b: math.exp(a) * (x - m) + b, -math.log(sd), 0.0),
    ]


def steps(x, most, rule=lambda a, b: max(a + b), like=forms):
    """`most` divided by rule(moves by log s, moves by the shift), in each form."""
    found = []
    for z, a, b in like(x):
        by_scale = abs(slope(lambda t, z=z, a=a, b=b: z(a + t, b), 0.0, 1e-3))
        by_shift = abs(slope(lambda t, z=z, a=a, b=b: z(a, b + t), 0.0, 1e-3))
        found.append(most / rule(by_scale, by_shift))
    return np.array(found)


def mixed(x, which):
    """forms(x) in another order."""
    return [forms(x)[k] for k in which]


def batch(n=3, height=5, width=2, widths=(0.5, 4.0, 2.0)):
    """Skewed images, in channels of these widths."""
    waves = np.cos(1.3 * np.arange(n * height * width * len(widths)) ** 2)
    return (1.5 + waves + waves**2).reshape(n, height, width, len(widths)) * np.array(widths)


def lines(x):
    """(mean, standard deviation) of each channel of x."""
    return [(mean(channel(x, c)), spread(channel(x, c))) for c in range(x.shape[-1])]


def z_fits(x, later, z):
    return all(np.allclose(z[..., c], (later[..., c] - m) / sd) for c, (m, sd) in enumerate(lines(x)))


def log_det_fits(x, later, found):
    return np.allclose(found, -later[0, ..., 0].size * math.fsum(math.log(sd) for _, sd in lines(x)))


def tested(x, later, z=True, log_det=True, back=True):
    """A test on two batches, or on one that serves as both."""

    def test(implementation):
        layer = implementation(x)
        out, found = layer.forward(later)
        if z and not z_fits(x, later, out):
            return False
        if log_det and not log_det_fits(x, later, found):
            return False
        return not back or bool(np.allclose(layer.inverse(out), later))

    return test


def by_properties(implementation):
    """Moves and widths of the first batch, a Jacobian by differences, and two batches together."""
    x = batch()
    layer = implementation(x)
    z, log_det = layer.forward(x)
    moved, _ = layer.forward(x + 0.5)
    turned, _ = layer.forward(x[:, ::-1])
    slopes = (moved - z) / 0.5
    return bool(
        np.allclose(z.mean(axis=(0, 1, 2)), 0)
        and np.allclose(z.std(axis=(0, 1, 2)), 1)
        and np.allclose(turned, z[:, ::-1])
        and np.all(slopes > 0)
        and np.allclose([np.log(image).sum() for image in slopes], log_det)
        and np.allclose(layer.inverse(z), x)
    )


def own_jacobian(implementation):
    x = batch()
    layer = implementation(x)
    z, log_det = layer.forward(x)
    twice, _ = layer.forward(x - 2)
    logs = [math.fsum(np.log(abs(difference / 2)).ravel()) for difference in z - twice]
    return bool(np.allclose(logs, log_det) and np.allclose(layer.inverse(twice), x - 2))


def only_what_comes_out(implementation):
    z = implementation(batch()).forward(batch())[0]
    return all(abs(mean(channel(z, c))) < 1e-9 and abs(spread(channel(z, c)) - 1) < 1e-9 for c in range(3))


def whitened_images(x):
    return np.stack([normed(x[..., c]) for c in range(x.shape[-1])], axis=-1)


LATER = 3 * batch() ** 2
WHITE = whitened_images(batch())

OTHER_WAY = {
    "7.2": lambda x: pulls(log_p_of_first, x),
    "7.3": lambda x: each_channel(x, lambda m, sd: (sd**-1, -m / sd)),
    "7.4": log_det_by_counting,
    "7.5": by_properties,
    "7.7": lambda x, step, K: chain(x, step, K, lambda k, h: step(k, whitened(h))),
    "7.8": steps,
}


def repeated(x, number):
    return [number] * len(x)


LEARNERS = {
    "7.2": {
        "You treat the mean": lambda x: [0.0] * (len(x) - 1),
        "also moves the log-det": lambda x: pulls(lambda y: -(normed(y)[0] ** 2) / 2, x),
        "also moves the latent": lambda x: pulls(lambda y: -math.log(y.std()), x),
        "a larger sigma": lambda x: pulls(lambda y: -(normed(y)[0] ** 2) / 2 + math.log(y.std()), x),
        "The mean moves as well": lambda x: pulls(
            lambda y: -(((y[0] - x.mean()) / y.std()) ** 2) / 2 - math.log(y.std()), x
        ),
        "the standard deviation moves, too": lambda x: pulls(
            lambda y: -(((y[0] - y.mean()) / x.std()) ** 2) / 2 - math.log(y.std()), x
        ),
        "a row of (7.2)": lambda x: pulls(lambda y: normed(y)[0], x),
        "The chain rule has": lambda x: pulls(lambda y: -normed(y)[0] - math.log(y.std()), x),
        "one sign is lost": lambda x: pulls(lambda y: normed(y)[0] ** 2 / 2 - math.log(y.std()), x),
        "the slope of the loss": lambda x: pulls(lambda y: -log_p_of_first(y), x),
        "by an Nth part only": lambda x: len(x) * pulls(log_p_of_first, x),
        "turns units of `x`": lambda x: pulls(log_p_of_first, x) * x.std(),
        "divides by `N - 1`": lambda x: pulls(
            lambda y: -(((y[0] - y.mean()) / y.std(ddof=1)) ** 2) / 2 - math.log(y.std(ddof=1)), x
        ),
        "one too many": lambda x: [
            slope(lambda t: log_p_of_first(x + t * (np.arange(len(x)) == 0)), 0.0, 1e-3),
            *pulls(log_p_of_first, x),
        ],
    },
    "7.3": {
        "no longer that of `x`": lambda x: each_channel(x, lambda m, sd: (1 / sd, -m)),
        "push the mean away": lambda x: each_channel(x, lambda m, sd: (1 / sd, m / sd)),
        "what is the mean of `s*x`": lambda x: each_channel(x, lambda m, sd: (1 / sd, -m * sd)),
        "so a root is missing": lambda x: each_channel(x, lambda m, sd: (sd**-2, -m / sd**2)),
        "wider still": lambda x: each_channel(x, lambda m, sd: (sd, -m * sd)),
        "Both rows are right": lambda x: each_channel(x, lambda m, sd: (-m / sd, 1 / sd)),
        "the logarithms of the scales": lambda x: each_channel(x, lambda m, sd: (math.log(1 / sd), -m / sd)),
        "has the standard deviations": lambda x: each_channel(x, lambda m, sd: (sd, -m / sd)),
        "one less than the count": lambda x: np.transpose(
            [
                (1 / spread(channel(x, c), 1), -mean(channel(x, c)) / spread(channel(x, c), 1))
                for c in range(x.shape[-1])
            ]
        ),
        "One scale and one shift": lambda x: [1 / x.std(), -x.mean() / x.std()],
        "a number for each location": lambda x: np.array([1 / x.std(0), -x.mean(0) / x.std(0)]),
        "each image for itself": lambda x: np.array(
            [[1 / image.std((0, 1)) for image in x], [-image.mean((0, 1)) / image.std((0, 1)) for image in x]]
        ),
        "root of the mean square": lambda x: np.transpose(
            [
                np.array([1, -mean(channel(x, c))]) / math.sqrt(mean([v * v for v in channel(x, c)]))
                for c in range(x.shape[-1])
            ]
        ),
    },
    "7.4": {
        "You count each scale once": lambda x, s: repeated(x, math.fsum(np.log(abs(s)).ravel())),
        "right if `s` has the shape": lambda x, s: repeated(
            x, x[0, ..., 0].size * math.fsum(np.log(abs(s)).ravel())
        ),
        "for every scale": lambda x, s: repeated(x, x[0].size * math.fsum(np.log(abs(s)).ravel())),
        "the whole batch. One example": lambda x, s: repeated(x, len(x) * log_det_by_counting(x, s)[0]),
        "the sum of the log-dets": lambda x, s: sum(log_det_by_counting(x, s)),
        "Each example needs it": lambda x, s: log_det_by_counting(x, s)[0],
        "a mean of the logs": lambda x, s: repeated(x, np.log(abs(s)).mean()),
        "raised to a power": lambda x, s: repeated(x, math.log(x[0].size / s.size * abs(np.prod(s)))),
        "You add the scales": lambda x, s: repeated(x, x[0].size * abs(s).mean()),
        "Some scales are negative": lambda x, s: repeated(x, x[0].size * np.log(s).mean()),
        "log-det of the inverse": lambda x, s: log_det_by_counting(x, 1 / s),
    },
    "7.5": {
        "comes back from wherever": tested(batch(), LATER, z=False, log_det=False),
        "what comes out of the first batch": only_what_comes_out,
        "on the batch of the initialisation": tested(batch(), batch()),
        "the log-det not at all": tested(batch(), LATER, log_det=False),
        "You test the log-det alone": tested(batch(), LATER, z=False, back=False),
        "drawn the other way": tested(batch(), LATER, back=False),
        "Your images are square": tested(batch(height=2), 1 + batch(height=2) ** 2),
        "Your batch has one example": tested(batch(n=1), 2 + batch(n=1)),
        "Your images have one location": tested(batch(9, 1, 1), 2 * batch(9, 1, 1)),
        "Your images have one channel": tested(batch(widths=(3.0,)), batch(widths=(3.0,)) + 1),
        "So is a layer with other scales": own_jacobian,
        "mean 0 and variance 1 already": tested(WHITE, WHITE),
    },
    "7.7": {
        "Only the first ActNorm meets `x`": lambda x, step, K: (
            [[1 / spread(channel(x, c)) for c in range(x.shape[1])]] * K
        ),
        "leave the ActNorms themselves out": lambda x, step, K: chain(x, step, K, step),
        "You leave the steps out": lambda x, step, K: chain(x, step, K, lambda k, h: whitened(h)),
        "the step before the ActNorm": lambda x, step, K: chain(
            step(0, x), step, K, lambda k, h: step(k + 1, whitened(h)) if k + 1 < K else h
        ),
        "begin with `x` again": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, x / h.std(axis=0) - h.mean(axis=0) / h.std(axis=0))
        ),
        "values that are scaled already": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, h / h.std(axis=0) - h.mean(axis=0))
        ),
        "scaled, but not shifted": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, h / h.std(axis=0))
        ),
        "multiplies by its scale": lambda x, step, K: chain(
            x, step, K, lambda k, h: step(k, h * h.std(axis=0) - h.mean(axis=0) * h.std(axis=0))
        ),
        "divides by `N - 1`": lambda x, step, K: (
            math.sqrt(1 - 1 / len(x)) * np.array(chain(x, step, K, lambda k, h: step(k, shrunk(h))))
        ),
        "off by one": lambda x, step, K: chain(x, step, K, lambda k, h: step(1 + k, whitened(h))),
        "the logarithms of the scales": lambda x, step, K: np.log(
            chain(x, step, K, lambda k, h: step(k, whitened(h)))
        ),
        "a root is missing": by_variance,
        "Their scales are asked": lambda x, step, K: (
            np.array(chain(x, step, K, lambda k, h: step(k, whitened(h)))) ** -1.0
        ),
    },
    "7.8": {
        "You let `log s` move alone": lambda x, most: steps(x, most, lambda a, b: max(a)),
        "the larger of the two": lambda x, most: steps(x, most, lambda a, b: max(max(a), max(b))),
        "like sides of a right angle": lambda x, most: steps(x, most, lambda a, b: max(np.sqrt(a**2 + b**2))),
        "work against each other": lambda x, most: steps(x, most, lambda a, b: abs(max(a) - b[0])),
        "You average over the examples": lambda x, most: steps(x, most, lambda a, b: mean(a + b)),
        "the example that moves least": lambda x, most: steps(x, most, lambda a, b: min(a + b)),
        "You take a step of `s`": lambda x, most: steps(x, most, lambda a, b: max(a * x.std() + b)),
        "You multiply by the standard deviation": lambda x, most: [
            most / (max(abs(x)) * x.std() + 1),
            most / (max(abs(x - x.mean())) * x.std() + x.std()),
            most / (max(abs(x - x.mean())) * x.std() + 1),
        ],
        "`m` stands inside the bracket": lambda x, most: steps(x, most, like=lambda x: mixed(x, (0, 2, 2))),
        "not divided by it": lambda x, most: (
            steps(x, most) * [1, 0, 1] + [0, most / (max(abs(normed(x))) + x.std()), 0]
        ),
        "In Glow's form `s` multiplies": lambda x, most: steps(x, most, like=lambda x: mixed(x, (2, 1, 2))),
        "In the others": lambda x, most: [
            most / (max(abs(x)) / x.std() + 1),
            most / (max(abs(x)) + 1) * x.std(),
            most / (max(abs(x)) / x.std() + 1),
        ],
        "Asked is the step": lambda x, most: most**2 / steps(x, most),
        "divides by `N - 1`": lambda x, most: [
            most / (max(abs(x)) / x.std(ddof=1) + 1),
            most / (max(abs(x - x.mean())) / x.std(ddof=1) + 1 / x.std(ddof=1)),
            most / (max(abs(x - x.mean())) / x.std(ddof=1) + 1),
        ],
    },
}
