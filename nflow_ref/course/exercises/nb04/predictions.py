"""Exercises 4.6 and 4.7: what is seen next."""

from ..choice import Prediction

ONE_TERM = Prediction(
    id="4.6",
    title="One term alone",
    minutes=1,
    question="Gradient descent on the base term alone, from the map `z = -0.4*x + 0.2`. What becomes of it?",
    choices={
        "a": (
            "Its latents end with mean 0 and mean square 1, as the base density asks.",
            "A base density asks for nothing of the kind: its log is largest at 0. With a slope half as "
            "large all latents are nearer to 0, and the base term is smaller still. Nothing stops that at 1.",
        ),
        "b": (
            "Its slope tends to 0: in the end all data go to one point.",
            "Each latent gains by moving to 0, and they all get there with slope 0. The log-det term forbids "
            "it: there it is infinite.",
        ),
        "c": (
            "Its slope grows without end.",
            "Then the latents would move away from 0, and the base term grows with their squares. It is the "
            "log-det term that gains by a larger slope.",
        ),
    },
    answer="b",
)

UNIT = Prediction(
    id="4.7",
    title="Another unit",
    minutes=2,
    question="In metres the loss is 1.54 nats. What is it for the same lengths in kilometres, by the same "
    "flow, which now multiplies by 1,000 first?",
    choices={
        "a": (
            "1.54 nats: neither the lengths nor the flow have changed.",
            "Probabilities have not changed, but the loss is made of densities. A density is mass per "
            "length, and per kilometre it is 1,000 times as high as per metre.",
        ),
        "b": (
            "0.00154 nats: all numbers are smaller by a factor of 1,000.",
            "The loss is no length. It is the mean of a logarithm, and a factor under a logarithm is a "
            "summand outside.",
        ),
        "c": (
            "-5.37 nats, which is 1.54 minus the log of 1,000.",
            "Each density is 1,000 times as high per kilometre as per metre, so each negative log is lower "
            "by 6.91. A negative loss is no bug.",
        ),
        "d": (
            "It can't be computed any more: a density above 1 would make it negative, which is impossible.",
            "A probability is at most 1, a density is not: mass 1 on a metre is 1,000 per kilometre. So the "
            "loss may well be negative.",
        ),
    },
    answer="c",
)
