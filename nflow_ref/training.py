"""Maximum likelihood: Adam, and the training loop."""

import math
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import repeat

import numpy as np

from .inputs import NonFiniteError, as_batch, as_float, generator, methods, positive, require
from .objectives import objective
from .parameters import leaves, tree_map

__all__ = ["Adam", "TrainingDiverged", "fit", "mean_nll"]
A_FLOW = "a flow such as Flow(StandardNormal((2,)), bijection)"


class TrainingDiverged(ArithmeticError):
    """The loss, or its gradient, is no longer finite.

    `params` are the last good ones (the best by validation, where there is validation data), `history`
    is what `fit` had recorded by then.
    """

    def __init__(self, message, params, history):
        super().__init__(message)
        self.params, self.history = params, history


class Adam:
    """Adam for parameter trees: steps of a size that does not depend on the scale of the gradient.

        m <- β₁ m + (1 - β₁) g,   v <- β₂ v + (1 - β₂) g²
        θ <- θ - η · m̂ / (√v̂ + ε),   m̂ = m / (1 - β₁^k),  v̂ = v / (1 - β₂^k)   at step k = 1, 2, ...

    Source: Kingma & Ba (2015), algorithm 1, and Eq. (4.16).
    """

    def __init__(self, params, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.m = tree_map(np.zeros_like, params)
        self.v = tree_map(np.zeros_like, params)
        self.k = 0

    def update(self, params, gradient, step_size):
        """The parameters one step further."""
        self.k += 1
        rate, correction = step_size / (1 - self.beta1**self.k), 1 - self.beta2**self.k

        def step(p, m, v, g):
            """In place, but for the parameters: a new array for each operation would cost more than it."""
            a = np.multiply(g, 1 - self.beta1, out=np.empty_like(m))
            m *= self.beta1
            m += a
            np.multiply(g, g, out=a)
            a *= 1 - self.beta2
            v *= self.beta2
            v += a
            np.divide(v, correction, out=a)
            np.sqrt(a, out=a)
            a += self.epsilon
            np.divide(m, a, out=a)
            a *= rate
            return p - a

        return tree_map(step, params, self.m, self.v, gradient)


def fit(
    flow,
    params,
    x_train,
    *,
    rng,
    steps=1000,
    batch_size=128,
    step_size=1e-3,
    x_valid=None,
    valid_every=None,
    patience=None,
    augment=None,
    progress=True,
):
    """Minimise the negative log-likelihood -1/B Σ_n log p_x(x_n), Eq. (4.3), over batches, with Adam.

    An interrupt (Ctrl-C, the stop button) ends the training, and what it has reached is returned.

    Args:
        flow: a Flow.
        params: where to start, from flow.init.
        x_train: data, (N, ...). Each pass over it has a new order and leaves out an incomplete last batch.
        rng: the generator for batches and augmentation.
        step_size: Adam's η > 0, or a function of the fraction of steps done, 0 to 1, that returns it. It is
            asked for all steps before the first one, and may return 0: `lambda u: 1e-3 * min(1, u / 0.1)`.
        x_valid: validation data of the same shape. With it, the parameters returned are those that did
            best on it, at the start, after every `valid_every` steps (by default 20 times) or at the end.
        patience: stop when so many validations in a row have found nothing better.
        augment: a function (rng, batch) -> batch applied to each training batch, such as
            `lambda rng, x: dequantize(rng, x, 17)`.
        progress: show a tqdm bar, if tqdm is installed, and say at the end if a loss has become absurd.

    Returns:
        (params, history): history["loss"] is the loss of each step in nats, history["valid_step"] and
        history["valid_loss"] the validation's, history["stopped"] says why not all steps were done, or None.

    Raises:
        TrainingDiverged: the loss or its gradient is not finite; the error has the last good parameters.
        ValueError, TypeError: data, params or numbers that do not fit, before anything is trained.
    """
    methods(flow, "fit: flow", A_FLOW, "log_prob")
    generator(rng, "fit")
    steps = positive(steps, "fit: steps", whole=True)
    batch_size = positive(batch_size, "fit: batch_size", whole=True)
    every = max(1, steps // 20) if valid_every is None else positive(valid_every, "fit: valid_every", True)
    require(patience is None or x_valid is not None, "fit: x_valid", "given if patience is", None, ValueError)
    patience = math.inf if patience is None else positive(patience, "fit: patience", whole=True)
    rates = _step_sizes(step_size, steps)
    x_train, x_valid = _data(x_train, x_valid, batch_size)
    for name, p in leaves(params):
        as_float(p, f"fit: {name}")
    run = _Run(objective(flow, params), x_valid, steps)
    try:
        with np.errstate(all="ignore"), _bar(steps, progress) as show:
            _descend(run, _batches(rng, x_train, batch_size, augment), rates, every, patience, show)
    except KeyboardInterrupt:
        run.history["stopped"] = f"at step {run.step} of {steps}, interrupted"
    except NonFiniteError as error:
        raise run.diverged(error) from error
    _say(run.history, x_train[0].size, progress)
    return run.params(), run.history


def _descend(run, batches, rates, every, patience, show):
    """The training itself: a batch, its loss and gradient, a step of Adam; and now and then a validation."""
    adam = Adam(run.theta)
    for step, rate in enumerate(rates):
        if step % every == 0 and run.validate() == patience:
            run.history["stopped"] = f"at step {step} of {run.steps}, {patience} validations after the best"
            return
        loss, gradient = run.objective(run.theta, next(batches))
        _all_finite(loss, gradient, run.objective)
        run.go(adam.update(run.theta, gradient, rate), loss)
        show(loss)
    run.validate()


class _Run:
    """Where a training is: the parameters of now and of a step before, the best by validation, a history."""

    def __init__(self, objective, x_valid, steps):
        self.objective, self.x_valid, self.steps = objective, x_valid, steps
        self.theta = self.before = self.best = objective.start
        self.history = {"loss": [], "valid_step": [], "valid_loss": [], "stopped": None}

    @property
    def step(self):
        return len(self.history["loss"])

    def go(self, theta, loss):
        """One step further; the loss is that of the parameters before it."""
        self.before, self.theta = self.theta, theta
        self.history["loss"].append(float(loss))

    def validate(self):
        """Score the parameters, where there are validation data. How many validations ago was the best?"""
        if self.x_valid is None:
            return 0
        losses = self.history["valid_loss"]
        loss = mean_nll(self.objective.flow, self.objective.tree(self.theta), self.x_valid)
        if loss < min(losses, default=math.inf):
            self.best = self.theta
        self.history["valid_step"].append(self.step)
        losses.append(loss)
        return len(losses) - 1 - losses.index(min(losses))

    def params(self):
        """What is returned."""
        return self.objective.tree(self.theta if self.x_valid is None else self.best)

    def diverged(self, error):
        """The error that says so, with the last good parameters: the loss of those of now is not finite."""
        self.theta = self.before
        advice = (
            "Try a smaller step_size." if self.step else "Nothing was trained yet: are the data too large?"
        )
        message = f"fit: stopped at step {self.step} of {self.steps}: {error}. {advice}"
        message += " The last good parameters are in this error's .params"
        return TrainingDiverged(message, self.params(), self.history)


def _step_sizes(step_size, steps):
    """Adam's η for each step."""
    if not callable(step_size):
        return repeat(positive(step_size, "fit: step_size"), steps)
    done = [k / steps for k in range(steps)]
    return [positive(step_size(u), f"fit: step_size({u:.3g})", zero=True) for u in done]


def _data(x_train, x_valid, batch_size):
    """Both as arrays, checked."""
    as_batch(x_train, "fit: x_train", ndim=(1, 2, 4))
    x_train = np.asarray(x_train)
    if batch_size > len(x_train):
        raise ValueError(f"fit: batch_size is {batch_size}, but x_train has only {len(x_train)} examples")
    if x_valid is not None:
        x_valid = as_batch(x_valid, "fit: x_valid", ndim=(1, 2, 4))
        event = f"examples of shape {x_train.shape[1:]}, as x_train"
        require(x_valid.shape[1:] == x_train.shape[1:], "fit: x_valid", event, x_valid.shape[1:], ValueError)
    return x_train, x_valid


def _batches(rng, x, size, augment):
    """Endless batches, in a new order for each pass."""
    while True:
        order = rng.permutation(len(x))
        for i in range(0, len(x) - size + 1, size):
            batch = x[order[i : i + size]]
            yield augment(rng, batch) if augment else batch


def _all_finite(loss, gradient, objective):
    if not np.isfinite(loss):
        raise NonFiniteError("the loss is not finite")
    if not all(np.isfinite(g).all() for _, g in leaves(gradient)):
        for name, g in leaves(objective.tree(gradient)):
            as_float(g, f"the gradient of {name}")


def _say(history, dimensions, progress):
    """One line where a training stopped early, and, with `progress`, one where its loss has become absurd."""
    if history["stopped"]:
        what = "the best by validation" if history["valid_loss"] else "what it had reached"
        print(f"fit: stopped {history['stopped']}. Returned: {what}.")
    for name, few, advice in ("loss", 10, "Try a smaller step_size"), ("valid_loss", 1, "Returned: the best"):
        if progress and _absurd(history[name], few, dimensions):
            print(f"fit: at the end {name} is far above its best, see history. {advice}.")
            break


def _absurd(losses, few, dimensions):
    """Whether all of the last tenth, `few` at least, are far above the start, or all of the best such part.

    Far is three times as high, and a density that is e times lower in each dimension: batches scatter.
    """
    few = max(few, len(losses) // 10)
    highest = [max(losses[i : i + few]) for i in range(0, len(losses), few)]
    best = min(losses[:1] + highest, default=math.inf)
    return min(losses[-few:], default=0) > dimensions + max(best, 3 * best)


def mean_nll(flow, params, x, chunk=1024):
    """The negative log-likelihood -1/N Σ_n log p_x(x_n) of Eq. (4.3), a float in nats, chunk by chunk.

    Raises:
        ValueError, TypeError: x is no batch of examples, or empty; chunk is no whole number >= 1.
        NonFiniteError: the mean is not finite.
    """
    methods(flow, "mean_nll: flow", A_FLOW, "log_prob")
    x = as_batch(x, "mean_nll: x", ndim=(1, 2, 4))
    chunk = positive(chunk, "mean_nll: chunk", whole=True)
    parts = (x[i : i + chunk] for i in range(0, len(x), chunk))
    total = sum(float(np.sum(flow.log_prob(params, part), dtype=np.float64)) for part in parts)
    return float(as_float(-total / len(x), "mean_nll"))


@contextmanager
def _bar(steps, progress):
    """A function that shows a loss in a bar, on standard output, where notebooks show it in plain colours."""
    if progress and find_spec("tqdm"):
        from tqdm import tqdm

        with tqdm(total=steps, file=sys.stdout, unit="step") as bar:
            yield lambda loss: (bar.set_postfix_str(f"nats {loss:.3f}", refresh=False), bar.update())
    else:
        yield lambda loss: None
