"""The predictions of notebook 03: a wrong version that no density notices, and a small determinant."""

from ..choice import Prediction

PASSES = Prediction(
    id="3.6",
    title="Which wrong version passes?",
    minutes=2,
    question="One of these four agrees with the points in every bin. Which?",
    choices={
        "a": (
            "`det J` without the bars",
            "The bars are not for show. The determinant of this map is negative everywhere, so all densities "
            "would be below 0, and no bin holds less than no points.",
        ),
        "b": (
            "the product of the diagonal in place of the determinant",
            "In a triangular matrix the entries beside the diagonal only shear, and a shear keeps areas. "
            "Here both are other than 0, and their product is a part of the determinant.",
        ),
        "c": (
            "the Jacobian transposed, rows and columns exchanged",
            "A matrix and its transpose have the same determinant, and the density asks for nothing else.",
        ),
        "d": (
            "the Jacobian at `z = f(x)` in place of `x`",
            "The factor says how much `f` expands near the point that it moves, and that is `x`. This map "
            "bends, so it has another Jacobian at `f(x)`.",
        ),
    },
    answer="c",
)

UNDERFLOW = Prediction(
    id="3.8",
    title="The logarithm of a small determinant",
    minutes=1,
    question="What is `np.log(np.abs(np.linalg.det(0.01 * np.eye(200))))`?",
    choices={
        "a": (
            "-921.03, which is `200 * np.log(0.01)`",
            "This is the logarithm of the exact determinant. But the determinant is computed before the "
            "logarithm, and it has to fit into a float64.",
        ),
        "b": (
            "-744.44, the logarithm of the smallest positive float64",
            "A number that is too small is rounded to the nearest one, and the smallest positive one is much "
            "farther away than 0.",
        ),
        "c": (
            "`-inf`",
            "The determinant, `1e-400`, is rounded to 0.0, and the logarithm of 0 is minus infinity.",
        ),
        "d": (
            "`nan`",
            "NaN is the logarithm of a negative number. This determinant is not negative.",
        ),
    },
    answer="c",
)
