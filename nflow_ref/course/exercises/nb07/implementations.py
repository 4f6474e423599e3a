"""Right and wrong ActNorms, for the hunt of exercise 7.5."""

import autograd.numpy as np

ALL = (0, 1, 2)


class Plain:
    """z = s (x - m), as it should be."""

    def __init__(self, x):
        self.m, self.s = self.statistics(x)

    def statistics(self, x):
        return np.mean(x, axis=ALL), 1 / np.std(x, axis=ALL)

    def count(self, x):
        return x.shape[1] * x.shape[2]

    def forward(self, x):
        return self.s * (x - self.m), np.full(len(x), self.count(x) * np.sum(np.log(self.s)))

    def inverse(self, z):
        return z / self.s + self.m


class Glow:
    """z = s x + b, the same map."""

    def __init__(self, x):
        self.log_s = -np.log(np.std(x, axis=ALL))
        self.b = -np.exp(self.log_s) * np.mean(x, axis=ALL)

    def forward(self, x):
        _, height, width, _ = x.shape
        return np.exp(self.log_s) * x + self.b, height * width * np.sum(self.log_s) + np.zeros(len(x))

    def inverse(self, z):
        return (z - self.b) * np.exp(-self.log_s)


def each_pixel(self, x):
    return np.mean(x, axis=0), 1 / np.std(x, axis=0)


def with_pixel_scales(self, x):
    m, s = np.resize(self.m, x.shape[1:]), np.resize(self.s, x.shape[1:])
    return s * (x - m), np.full(len(x), np.sum(np.log(s)))


def anew(self, x):
    self.m, self.s = self.statistics(x)
    return Plain.forward(self, x)


def changed(name, **methods):
    """The plain one with other methods, under the name that learners read."""
    return type(name, (Plain,), methods)


RIGHT = (changed("the one that subtracts first"), type("the one of Glow", (Glow,), {}))
WRONG = (
    changed("the one above", count=lambda self, x: x.shape[1] ** 2),
    changed("one that forgets H·W", count=lambda self, x: 1),
    changed("one that counts the whole batch", count=lambda self, x: len(x) * x.shape[1] * x.shape[2]),
    changed("one with a minus before its log-det", count=lambda self, x: -x.shape[1] * x.shape[2]),
    changed(
        "one that divides by the variance",
        statistics=lambda self, x: (np.mean(x, axis=ALL), 1 / np.var(x, axis=ALL)),
    ),
    changed(
        "one that subtracts the mean after scaling",
        forward=lambda self, x: (self.s * x - self.m, Plain.forward(self, x)[1]),
        inverse=lambda self, z: (z + self.m) / self.s,
    ),
    changed(
        "one with one width for all channels",
        statistics=lambda self, x: (np.mean(x, axis=ALL), np.ones(x.shape[3]) / np.std(x)),
    ),
    changed(
        "one that averages the widths of the images",
        statistics=lambda self, x: (np.mean(x, axis=ALL), 1 / np.mean(np.std(x, axis=(1, 2)), axis=0)),
    ),
    changed("one with a scale for each pixel", statistics=each_pixel, forward=with_pixel_scales),
    changed("one that is initialised by each batch", forward=anew),
    changed("one that multiplies on its way back", inverse=lambda self, z: z * self.s + self.m),
)
