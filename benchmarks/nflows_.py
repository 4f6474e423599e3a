"""nflows in its own layers: CompositeTransform and MultiscaleCompositeTransform.

RealNVP: ActNorm and AffineCouplingTransform, with a mask for which half it is, so nothing is swapped. Its
scale is sigmoid(s + 2) + 0.001, which can hardly grow; ActNorm has to. Glow: ActNorm, OneByOneConvolution (by
LU, with a bias), AffineCouplingTransform. The networks are those of the reference, in torch.nn. Its own
initialisation but for their last layer, which starts at zero; Adam and channels_last as in pytorch.py.
"""

import torch
from nflows import transforms
from nflows.distributions import StandardNormal
from nflows.flows import Flow
from pytorch import Images, Trainer
from torch import nn


class Net(nn.Sequential):
    """A network with a last layer of zeros, and nflows' second argument."""

    def __init__(self, *layers):
        super().__init__(*layers)
        for p in layers[-1].parameters():
            nn.init.zeros_(p)

    def forward(self, x, context=None):
        return super().forward(x)


def mlp(i, o):
    return Net(nn.Linear(i, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, o))


def conv_net(i, o):
    first, last = nn.Conv2d(i, 64, 3, padding=1), nn.Conv2d(64, o, 3, padding=1)
    return Net(first, nn.ReLU(), nn.Conv2d(64, 64, 1), nn.ReLU(), last)


def trainer(kind, transform, shape, start):
    dtype = getattr(torch, start.dtype)
    torch.set_default_dtype(dtype)  # its StandardNormal samples in that
    flow = Flow(transform, StandardNormal(shape)).to(dtype).to(memory_format=torch.channels_last)
    it = kind(list(flow.parameters()), flow.log_prob, flow.sample, step_size=start.step_size, dtype=dtype)
    it.log_prob(it.array(start.x))  # ActNorm takes its scales from the first batch
    return it


def realnvp(start):
    layers = []
    for k in range(start.depth):
        mask = [k % 2, 1 - k % 2]
        layers += [transforms.ActNorm(2), transforms.AffineCouplingTransform(mask, mlp)]
    return trainer(Trainer, transforms.CompositeTransform(layers), [2], start)


def glow(start):
    levels, shape = transforms.MultiscaleCompositeTransform(2), (1, 8, 8)
    for _ in range(2):
        layers = [transforms.SqueezeTransform()]
        shape = layers[0].get_output_shape(*shape)
        for _ in range(4):
            coupling = transforms.AffineCouplingTransform(
                [k // (shape[0] // 2) for k in range(shape[0])], conv_net
            )
            layers += [transforms.ActNorm(shape[0]), transforms.OneByOneConvolution(shape[0]), coupling]
        shape = levels.add_transform(transforms.CompositeTransform(layers), shape)
    return trainer(Images, levels, [64], start)
