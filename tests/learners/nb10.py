"""Answers of learners to the exercises of notebook 10."""

import math

import numpy as np

from .tools import bell, cdf, slope

OTHER_WAY = {
    "10.1": lambda x, u, levels: np.array([np.linspace(0, 1, levels + 1)[k] for k in x]) + u * (1 / levels),
    "10.2": lambda log_p, dims, levels: sum(log_p) / len(log_p) + math.log(float(levels) ** -dims),
    "10.3": lambda log_p, h, w, c, levels: [-math.log2(math.exp(u / (h * w * c)) / levels) for u in log_p],
    "10.4": lambda z, temperature: np.log(slope(lambda z: cdf(z / temperature), z)),
}

LEARNERS = {
    "10.1": {
        "top level": lambda x, u, levels: x / (levels - 1) + u / (levels - 1),
        "scale the sum": lambda x, u, levels: u + x * (1 / levels),
        "The noise is not used": lambda x, u, levels: x * (1 / levels),
        "can become negative": lambda x, u, levels: (x - 0.5) / levels + u / levels,
        "leave gaps": lambda x, u, levels: u / levels + x * (1 / (levels - 1)),
        "runs from 0 to `levels`": lambda x, u, levels: np.add(u, x),
    },
    "10.2": {
        "mean log-density": lambda log_p, dims, levels: sum(log_p) / len(log_p),
        "in one dimension only": lambda log_p, dims, levels: np.mean(log_p - np.log(levels), axis=0),
        "volume above 1": lambda log_p, dims, levels: np.mean(log_p, 0) - dims * np.log(1 / levels),
        "A sum grows": lambda log_p, dims, levels: sum(log_p) - math.log(levels) * dims,
        "averaged the densities": lambda log_p, dims, levels: (
            np.log(sum(np.exp(log_p)) / len(log_p)) - dims * math.log(levels)
        ),
        "for each draw of noise": lambda log_p, dims, levels: np.mean(log_p, 0) - len(log_p) * np.log(levels),
        "averaged over the images": lambda log_p, dims, levels: np.average(log_p) - dims * math.log(levels),
        "is no bound": lambda log_p, dims, levels: np.sort(log_p, axis=0)[-1] - dims * math.log(levels),
    },
    "10.3": {
        "One bit is": lambda log_p, h, w, c, levels: -np.log(np.exp(log_p / (h * w * c)) / levels),
        "measures gray values": lambda log_p, h, w, c, levels: -np.log2(np.exp(log_p / (h * w * c))),
        "one channel of one pixel": lambda log_p, h, w, c, levels: (
            np.log2(levels) - log_p / (h * w * np.log(2))
        ),
        "More levels need": lambda log_p, h, w, c, levels: -np.log2(levels * np.exp(log_p / (h * w * c))),
        "fewer bits": lambda log_p, h, w, c, levels: np.log2(levels) + log_p / (h * w * c * np.log(2)),
        "convert the offset": lambda log_p, h, w, c, levels: (
            math.log(levels) - log_p / (np.log(2) * h * w * c)
        ),
        "counts whole": lambda log_p, h, w, c, levels: -np.log2(np.exp(log_p) / levels) / (h * w * c),
    },
    "10.4": {
        "it is a standard deviation": lambda z, t: np.log(bell(z / math.sqrt(t)) / math.sqrt(t)),
        "narrower but not higher": lambda z, t: np.log(bell(z / t)),
        "the way back": lambda z, t: np.log(bell(z / t) * t),
        "once more": lambda z, t: np.log(bell(z * t) * t),
        "as physicists do": lambda z, t: np.log(bell(z)) / t,
        "does not occur": lambda z, t: np.log(bell(z)),
    },
}
