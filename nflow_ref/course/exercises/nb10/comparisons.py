"""Exercise 10.7: which of five comparisons of models stands."""

from ..choice import Choice

EXERCISE = Choice(
    id="10.7",
    title="Which comparison stands?",
    difficulty=2,
    minutes=5,
    question="Five reports on models of the digits, in bits per dimension of the test images. In "
    "which of them "
    "does the conclusion follow?",
    choices={
        "a": (
            "Twenty settings of flow A were trained, and the one that did best on the test images "
            "needs 1.86. "
            "Flow B, of twenty settings the best on the validation images, needs 1.88. So A is "
            "better than B.",
            "A was chosen by the test images. The best of twenty test scores is partly luck, and A is "
            "compared with its own luck. Choose both by the validation images.",
        ),
        "b": (
            "With learned 1×1 convolutions and 6,000 steps a flow needs 1.89, with reversals and 1,500 steps "
            "1.93, five seeds each. So the learned matrices save 0.04.",
            "Two things differ, the layer and the budget. The longer training alone may have saved it. "
            "Train both as long, with a recipe that suits both.",
        ),
        "c": (
            "Trained and scored on the middles of the cells, flow A reports 0.9. Flow B, with noise "
            "as wide as "
            "a level, reports 1.89. So A needs half of the bits.",
            "Without noise the number of A is no bound of anything: its density may have spikes where the "
            "data sit. Score A with noise, and it may be worse than the uniform density.",
        ),
        "d": (
            "A flow reports the bound 1.89. An autoregressive model, whose probabilities are exact, needs "
            "1.87. So the flow is the worse model.",
            "A bound against an exact number: the flow needs 1.89 at most, and may need fewer than "
            "1.87. More "
            "draws of noise make the bound tighter. Only then can one tell.",
        ),
        "e": (
            "Both chosen by validation, a flow reports the bound 1.89 and a table of counts needs "
            "2.39, exactly. "
            "The mean difference over the test images is forty of its standard errors. So the flow "
            "is better.",
            "The flow reports a bound, so the truth can only be more in its favour. Nothing was "
            "chosen by the "
            "test images, both are scored on the same ones, and chance is no explanation.",
        ),
    },
    answer="e",
)
