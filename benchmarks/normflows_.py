"""normflows in its own layers: NormalizingFlow and MultiscaleFlow.

RealNVP: ActNorm, AffineCouplingBlock and a swap; the log-scale is what the network puts out ("exp"), without
our bound c tanh. Glow: its GlowBlock (ActNorm, 1x1 convolution by LU, coupling 3x3-1x1-3x3), whose scale is
sigmoid(s + 2), as in Glow. Its own initialisation and order of channels; as many parameters as ours; Adam and
channels_last as in pytorch.py.
"""

import normflows as nf
import torch
from pytorch import Images, Trainer


def trainer(kind, model, start):
    model = model.to(getattr(torch, start.dtype)).to(memory_format=torch.channels_last)
    it = kind(
        list(model.parameters()), model.log_prob, lambda n: model.sample(n)[0],
        step_size=start.step_size, dtype=getattr(torch, start.dtype),
    )  # fmt: skip
    it.log_prob(it.array(start.x))  # ActNorm takes its scales from the first batch
    return it


def realnvp(start):
    flows = []  # from latent to data
    for _ in range(start.depth):
        net = nf.nets.MLP([1, 64, 64, 2], init_zeros=True)
        flows += [nf.flows.Permute(2, mode="swap"), nf.flows.AffineCouplingBlock(net, scale_map="exp")]
        flows += [nf.flows.ActNorm((2,))]
    base = nf.distributions.DiagGaussian(2, trainable=False)
    return trainer(Trainer, nf.NormalizingFlow(base, flows), start)


def glow(start):
    blocks = [[nf.flows.GlowBlock(c, 64) for _ in range(4)] + [nf.flows.Squeeze()] for c in (8, 4)]
    bases = [nf.distributions.DiagGaussian(shape, trainable=False) for shape in ((8, 2, 2), (2, 4, 4))]
    model = nf.MultiscaleFlow(bases, blocks, [nf.flows.Merge()], class_cond=False)
    model.log_prob = lambda x, log_prob=model.log_prob: log_prob(x, None)
    return trainer(Images, model, start)
