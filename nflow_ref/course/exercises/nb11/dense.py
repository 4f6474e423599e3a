"""Exercise 11.1: the bars of a dense layer's bias and weights."""

import autograd.numpy as np

from ..engine import Exercise, Misconception


def dense_bars(h_bar, a, h):
    """[b_bar; W_bar], shape (1 + I, K), of h = max(a @ W + b, 0), from h_bar (N, K), a (N, I), h (N, K)."""
    h_bar = h_bar * (h > 0)
    ones = np.ones((len(a), 1))
    return np.dot(np.concatenate([ones, a], axis=1).T, h_bar)


def stacked(b_bar, W_bar):
    return np.concatenate([np.reshape(b_bar, (1, -1)), W_bar])


A = np.array([[0.5, -1.2, 0.8], [1.1, 0.3, -0.7], [-0.4, 0.9, 1.5], [0.6, -0.5, -1.3]])
H = np.array([[0.7, 0.0, 1.3, 0.4], [0.0, 1.9, 0.6, 0.0], [1.2, 0.5, 0.0, 2.1], [0.3, 0.0, 0.9, 1.6]])
H_BAR = np.array(
    [[0.9, 1.4, -0.6, 0.2], [-1.1, 0.8, 0.7, 1.3], [0.4, -0.3, 1.7, -0.9], [1.5, 0.6, -0.2, 1.1]]
)

EXERCISE = Exercise(
    id="11.1",
    title="The bars of a dense layer",
    difficulty=1,
    minutes=6,
    key=dense_bars,
    probes=((H_BAR, A, H), (H_BAR[:3, :2], A[1:, 1:], H[1:, :2]), (H_BAR[2:, 1:], A[:2, :1], H[2:, 1:])),
    misconceptions=(
        Misconception(
            "no mask",
            lambda h_bar, a, h: stacked(np.sum(h_bar, axis=0), np.dot(a.T, h_bar)),
            "The ReLU is missing on the way back. Where it has put out 0, nothing that came before matters: "
            "what is the bar there?",
        ),
        Misconception(
            "h for the mask",
            lambda h_bar, a, h: dense_bars(h_bar * h, a, h),
            "You multiply by `h`, the value of the ReLU. On the way back its slope counts, which is 0 or 1.",
        ),
        Misconception(
            "the mask turned round",
            lambda h_bar, a, h: dense_bars(h_bar, a, 1.0 * (h <= 0)),
            "Your mask keeps the wrong entries: a bar passes where `h > 0`.",
        ),
        Misconception(
            "mean over the examples",
            lambda h_bar, a, h: dense_bars(h_bar, a, h) / len(a),
            "You average over the examples. All have used the same weights: what do bars do when a quantity "
            "is used in several places?",
        ),
        Misconception(
            "the mask for the weights only",
            lambda h_bar, a, h: stacked(np.sum(h_bar, axis=0), np.dot(a.T, h_bar * (h > 0))),
            "The bar of W is right. The bias comes before the ReLU too, so its bar needs the mask as well.",
        ),
        Misconception(
            "b last",
            lambda h_bar, a, h: np.roll(dense_bars(h_bar, a, h), -1, axis=0),
            "All numbers are there. Asked is the bar of `b` as the first row, above that of `W`.",
        ),
        Misconception(
            "no bias",
            lambda h_bar, a, h: stacked(0 * h_bar[0], np.dot(a.T, h_bar * (h > 0))),
            "The bar of `W` is right, and that of `b` is 0. The bias is a row of the matrix that is "
            "multiplied by 1: what is its bar?",
        ),
        Misconception(
            "the sign of the bar for the mask",
            lambda h_bar, a, h: dense_bars(h_bar, a, 1.0 * (h_bar > 0)),
            "Your mask asks whether the bar is positive. The ReLU looks at the number that went through it.",
        ),
        Misconception(
            "mean for the bias",
            lambda h_bar, a, h: stacked(np.mean(h_bar * (h > 0), axis=0), np.dot(a.T, h_bar * (h > 0))),
            "The bar of `W` is right, and for `b` you average over the examples. The bias is used in each of "
            "them, as the weights are.",
        ),
        Misconception(
            "the mask also in a",
            lambda h_bar, a, h: dense_bars(h_bar, np.maximum(a, 0), h),
            "You cut `a` off at 0, too. This layer's ReLU stands behind the product; `a` enters as it is.",
        ),
    ),
    properties=(
        ("the result has the shape `(1 + I, K)`", lambda fn: np.shape(fn(H_BAR, A, H)) == (4, 4)),
        (
            "with `h = 0` everywhere, all bars are 0",
            lambda fn: np.allclose(fn(H_BAR, A, 0 * H), 0),
        ),
        (
            "two batches together have the sum of their bars",
            lambda fn: np.allclose(
                fn(H_BAR, A, H), fn(H_BAR[:1], A[:1], H[:1]) + fn(H_BAR[1:], A[1:], H[1:])
            ),
        ),
    ),
    hints=(
        "Go backwards: first through the ReLU, then through the product.",
        "Multiply `h_bar` by `h > 0`. Then put a column of ones before `a`, and use the product rule.",
        "With `A = [1, a]` of shape `(N, 1 + I)` and the masked `h_bar`, the answer is `A.T @ h_bar`.",
    ),
    why="The ReLU lets a bar pass where it has let the number pass. The product rule gives `a.T @ h_bar`, a "
    "sum over the examples, and the bias is the weight of an input that is always 1.",
)
