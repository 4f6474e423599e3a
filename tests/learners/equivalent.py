"""Keys with one thing changed that are right all the same: exercise -> the changed line -> why."""

ONE_AXIS = "It has one axis only, so its last is as long as its first."
SAME_LENGTH = "Both have as many rows, or entries."
SAME_PIXELS = "Both have as many pixels."
OVERWRITTEN = "Every entry is written before it is read."
SYMMETRIC = "The inner product of two vectors is symmetric."
MONOTONE = "Any two places tell the direction of a monotone map."

EQUIVALENT = {
    "1.4": {
        "z = (k) * np.log(x / (1 - x))": "The base density is even.",
        "dzdx = (k) / (x * (1 - x))": "Its absolute value is taken.",
    },
    "2.2": {
        "return below if f((2.0)) > f(0.0) else 1 - below": MONOTONE,
        "return below if f(1.0) > f((-1.0)) else 1 - below": MONOTONE,
    },
    "3.2": {"J = np.zeros((len((x1)), 3, 3))": SAME_LENGTH, "J = np.zeros((len((x2)), 3, 3))": SAME_LENGTH},
    "3.3": {
        "log_p_z = -np.sum(z**2, axis=1) / 2 - (A).shape[1] * np.log(2 * np.pi) / 2": SAME_LENGTH,
        "log_p_z = -np.sum(z**2, axis=1) / 2 - (z).shape[1] * np.log(2 * np.pi) / 2": SAME_LENGTH,
    },
    "4.4": {
        "for j in range((theta.shape[-1])):": ONE_AXIS,
        "step = h * (np.arange((theta.shape[-1])) == j)": ONE_AXIS,
    },
    "5.4": {"return np.log(1 + slope * (np.dot(u, w)))": SYMMETRIC},
    "6.4": {
        "x = (np.ones(h.shape))": OVERWRITTEN,
        "x[:, ::2] = h[:, :first]": "`::2` and `0::2` are the same slice.",
    },
    "7.1": {"N, std = (x.shape[-1]), np.std(x)": ONE_AXIS},
    "8.1": {"return np.eye((pi.shape[-1]))[pi]": ONE_AXIS},
    "8.4": {"P = np.eye((s).shape[1])[pi]  # (N, C, C)": SAME_LENGTH},
    "8.5": {
        "P = np.eye((pi.shape[-1]))[pi]": ONE_AXIS,
        **{f"P = np.eye(len(({name})))[pi]": SAME_LENGTH for name in ("signs", "L", "U", "log_s")},
        "lower = np.tril(L, -1) + np.eye((pi.shape[-1]))": ONE_AXIS,
        **{
            f"lower = np.tril(L, -1) + np.eye(len(({name})))": SAME_LENGTH
            for name in ("signs", "L", "U", "log_s", "P")
        },
    },
    "8.6": {
        "v = (np.ones(len(y)))": OVERWRITTEN,
        "v = np.zeros((y.shape[-1]))": ONE_AXIS,
        "v = np.zeros(len((L)))": SAME_LENGTH,
        "for i in range((y.shape[-1])):": ONE_AXIS,
        "for i in range(len((L))):": SAME_LENGTH,
        "for i in range(len((v))):": SAME_LENGTH,
    },
    "9.2": {"x = (np.ones((n, 2 * h, 2 * w, C)))": OVERWRITTEN},
    "9.4": {
        "channels = 2**k * C if k < levels else 2 * 2**(levels) * C": "This branch is for k = levels only."
    },
    "10.5": {"omega = np.arccos((np.dot(b, a)) / np.sqrt(np.dot(a, a) * np.dot(b, b)))": SYMMETRIC},
    "10.6": {
        f"return -np.mean(np.log2(P[x, np.arange(({name}).shape[1])]), axis=1)": SAME_PIXELS
        for name in ("train", "counts", "P")
    },
    "11.1": {"ones = np.ones((len((h_bar)), 1))": SAME_LENGTH, "ones = np.ones((len((h)), 1))": SAME_LENGTH},
    "11.3": {
        "pixels = (z_bar).shape[1] * x.shape[2]": SAME_LENGTH,
        "pixels = x.shape[1] * (z_bar).shape[2]": SAME_LENGTH,
    },
    "11.4": {
        "channels = (W).shape[-1]": SAME_LENGTH,
        "channels = (z_bar).shape[-1]": SAME_LENGTH,
        "return product + (z_bar).shape[1] * x.shape[2] * np.sum(g) * np.linalg.inv(W).T": SAME_LENGTH,
        "return product + x.shape[1] * (z_bar).shape[2] * np.sum(g) * np.linalg.inv(W).T": SAME_LENGTH,
    },
}
