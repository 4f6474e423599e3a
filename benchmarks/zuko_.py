"""zuko's RealNVP: affine couplings with alternating masks, in zuko's lazy transforms. It has no Glow.

No ActNorm; the log-scale is softly clipped at ln 1000. Its own initialisation; Adam as in pytorch.py.
"""

import torch
import zuko
from pytorch import Trainer


def realnvp(start):
    dtype = getattr(torch, start.dtype)
    flow = zuko.flows.RealNVP(2, transforms=start.depth, hidden_features=(64, 64)).to(dtype)
    return Trainer(
        list(flow.parameters()), lambda x: flow().log_prob(x), lambda n: flow().sample((n,)),
        step_size=start.step_size, dtype=dtype,
    )  # fmt: skip
