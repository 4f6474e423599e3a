// A flow in the plane, its likelihood, and Adam: the mathematics of nflow_ref, in float64.
//
// Forward goes from data x to latent z; log-densities are in nats. Points are one array, x1, x2, x1, x2, ...
// All parameters are one array, theta, in the order in which nflow_ref.parameters.leaves names them.
import { ActNorm, Coupling, Swap } from "./layers.js";

const LOG_2PI = Math.log(2 * Math.PI);

export class Flow {
  /** ActNorm (if wanted), affine coupling, swap: `couplings` times, over a standard normal. */
  constructor({ couplings, hidden, bound, actnorm }) {
    const size = couplings * (hidden ** 2 + 5 * hidden + 2 + (actnorm ? 6 : 0));
    this.theta = new Float64Array(size);
    this.gradient = new Float64Array(size);
    let at = 0;
    const take = (n) => {
      at += n;
      return [this.theta, this.gradient].map((array) => array.subarray(at - n, at));
    };
    this.layers = [];
    for (let k = 0; k < couplings; k++) {
      if (actnorm) this.layers.push(new ActNorm(take));
      this.layers.push(new Coupling(take, hidden, bound), new Swap());
    }
    [this.h, this.g] = [new Float64Array(3), new Float64Array(2)];
  }

  /** Starts layer after layer, each on what the ones before it put out for the points x. */
  init(random, x) {
    let points = x;
    for (const [k, layer] of this.layers.entries()) {
      layer.init(random, points);
      points = this.forward(points, k, k + 1).points;
    }
  }

  /** The points after the layers first, ..., last - 1, and the sums of these layers' log-dets. */
  forward(x, first = 0, last = this.layers.length) {
    const { layers, h } = this;
    const points = new Float64Array(x.length);
    const logDet = new Float64Array(x.length / 2);
    for (let n = 0; n < logDet.length; n++) {
      h[0] = x[2 * n];
      h[1] = x[2 * n + 1];
      h[2] = 0;
      for (let k = first; k < last; k++) layers[k].forward(h);
      points[2 * n] = h[0];
      points[2 * n + 1] = h[1];
      logDet[n] = h[2];
    }
    return { points, logDet };
  }

  /** The points that these layers send to z. */
  inverse(z, first = 0, last = this.layers.length) {
    const { layers, h } = this;
    const points = new Float64Array(z.length);
    for (let n = 0; n < z.length; n += 2) {
      h[0] = z[n];
      h[1] = z[n + 1];
      for (let k = last - 1; k >= first; k--) layers[k].inverse(h);
      points[n] = h[0];
      points[n + 1] = h[1];
    }
    return points;
  }

  /** log p(x) = log N(f(x); 0, I) + log|det ∂f/∂x| for each point. */
  logProb(x) {
    const { points, logDet } = this.forward(x);
    return logDet.map((d, n) => d + logNormal(points[2 * n], points[2 * n + 1]));
  }

  /** The loss -1/B Σ log p(x_n) over the points of these numbers; its gradient goes into `gradient`. */
  loss(x, numbers) {
    this.gradient.fill(0);
    const { layers, h, g } = this;
    const share = 1 / numbers.length;
    let loss = 0;
    for (const n of numbers) {
      h[0] = x[2 * n];
      h[1] = x[2 * n + 1];
      h[2] = 0;
      for (let k = 0; k < layers.length; k++) layers[k].forward(h);
      loss -= share * (h[2] + logNormal(h[0], h[1]));
      g[0] = share * h[0];
      g[1] = share * h[1];
      for (let k = layers.length - 1; k >= 0; k--) layers[k].backward(g, -share);
    }
    return loss;
  }
}

/** log N(z; 0, I) in the plane. */
export const logNormal = (z1, z2) => -(z1 * z1 + z2 * z2) / 2 - LOG_2PI;

/** Adam (Kingma & Ba 2015), algorithm 1. */
export class Adam {
  constructor(size, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8) {
    Object.assign(this, { beta1, beta2, epsilon, k: 0 });
    [this.m, this.v] = [new Float64Array(size), new Float64Array(size)];
  }

  /** Moves theta one step further. */
  update(theta, gradient, stepSize) {
    const { beta1, beta2, epsilon, m, v } = this;
    this.k += 1;
    const rate = stepSize / (1 - beta1 ** this.k);
    const correction = 1 - beta2 ** this.k;
    for (let i = 0; i < theta.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * gradient[i];
      v[i] = beta2 * v[i] + (1 - beta2) * gradient[i] ** 2;
      theta[i] -= (rate * m[i]) / (Math.sqrt(v[i] / correction) + epsilon);
    }
  }
}
