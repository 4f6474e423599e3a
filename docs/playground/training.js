// A training: maximum likelihood with Adam, as nflow_ref.fit does it. The same settings take the same steps.
import { DATA, cells, normal, permutation, uniform } from "./data.js";
import { Adam, Flow, logNormal } from "./flow.js";

const FEW = 2000; // held-out points, and samples of the model

const mean = (numbers) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

const known = {};

/** The data set of these settings; the last one of each kind is kept, with what is slow to compute. */
function dataset({ data, drawing }) {
  if (known[data]?.drawing !== drawing) {
    const density = DATA[data](drawing);
    known[data] = { drawing, density, floor: density.entropy() };
  }
  return known[data];
}

/** The loss or its gradient is not finite, or absurd. The parameters are those before the last step. */
export class Diverged extends Error {}

export class Training {
  /** settings: data, drawing (not an empty one), seed, points, batch, rate, and those of Flow. */
  constructor(settings) {
    const random = (stream) => uniform(settings.seed, stream);
    this.settings = settings;
    ({ density: this.data, floor: this.floor } = dataset(settings));
    this.x = this.data.sample(random(1), settings.points);
    this.heldOut = this.data.sample(random(2), FEW);
    const exact = this.data.logProb(this.heldOut);
    this.truth = -mean(exact); // what the exact density scores on them
    this.top = Math.exp(Math.max(...exact)); // about its highest value
    this.flow = new Flow(settings);
    this.flow.init(random(3), this.x);
    this.batches = inTurn(random(4), settings.points, Math.min(settings.batch, settings.points));
    const latents = random(5);
    this.z = Float64Array.from({ length: 2 * FEW }, () => normal(latents));
    this.adam = new Adam(this.flow.theta.length);
    this.before = this.flow.theta.slice();
    this.losses = []; // of each step's batch
    this.best = Infinity;
  }

  step() {
    const { flow, losses } = this;
    const loss = flow.loss(this.x, this.batches.next().value);
    if (!Number.isFinite(loss) || !flow.gradient.every(Number.isFinite)) {
      flow.theta.set(this.before);
      throw new Diverged("the loss or its gradient is not finite");
    }
    losses.push(loss);
    this.best = Math.min(this.best, loss);
    if (losses.length > 10 && Math.min(...losses.slice(-10)) > 2 + Math.max(this.best, 3 * this.best)) {
      throw new Diverged(`the loss has gone from ${this.best.toFixed(2)} up to ${loss.toPrecision(3)} nats`);
    }
    this.before.set(flow.theta);
    this.adam.update(flow.theta, flow.gradient, this.settings.rate);
  }

  /** Of the flow as it is now: losses in nats, the worst round trip, the share of samples in the window. */
  measure() {
    const { flow, x, heldOut } = this;
    const { points: z, logDet } = flow.forward(heldOut);
    const back = flow.inverse(z);
    const { x1, x2, half } = this.data.window;
    const samples = flow.inverse(this.z);
    let inside = 0;
    for (let i = 0; i < samples.length; i += 2) {
      inside += Math.max(Math.abs(samples[i] - x1), Math.abs(samples[i + 1] - x2)) <= half;
    }
    return {
      step: this.losses.length,
      train: -mean(flow.logProb(x)),
      heldOut: -mean(logDet.map((d, n) => d + logNormal(z[2 * n], z[2 * n + 1]))),
      roundTrip: back.reduce((worst, b, i) => Math.max(worst, Math.abs(b - heldOut[i])), 0),
      inside: inside / FEW,
    };
  }

  /** The density of the model at the midpoints of n × n cells of the window, and its mass there. */
  density(n) {
    const { map, losses } = this;
    if (map?.n !== n || map.step !== losses.length) {
      this.map = { n, step: losses.length, ...onCells(this.flow, this.data.window, n) };
    }
    return this.map;
  }

  /** Likewise that of the data. */
  exact(n) {
    return (this.data.map ??= onCells(this.data, this.data.window, n));
  }

  /** n points at most, of one kind, in data space. */
  some(kind, n) {
    const first = (points) => points.subarray(0, 2 * n);
    if (kind === "samples") return { name: "samples of the model", points: this.flow.inverse(first(this.z)) };
    return { name: `${kind} points`, points: first(kind === "training" ? this.x : this.heldOut) };
  }
}

function onCells(density, window, n) {
  const { points, area } = cells(window, n);
  const values = density.logProb(points).map(Math.exp);
  return { values, mass: values.reduce((sum, p) => sum + p * area, 0) };
}

/** Endless batches of 0, ..., n - 1, in a new order for each pass; an incomplete last one is left out. */
function* inTurn(random, n, size) {
  for (;;) {
    const order = permutation(random, n);
    for (let i = 0; i + size <= n; i += size) yield order.subarray(i, i + size);
  }
}
