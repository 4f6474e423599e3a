// The layers of a RealNVP in the plane, one example at a time: the mathematics of nflow_ref, in float64.
//
// A layer changes a point h = [h1, h2, sum of the log-dets so far] in place. Its parameters, and the gradient
// by them, are parts of two long arrays: `take(n)` hands out the next n of both. `backward` follows `forward`
// of the same example: it turns g, the gradient at the layer's output, into that at its input, and adds to
// the layer's own. gLogDet is the gradient of the loss by the sum of the log-dets.

/** A scale and a shift for each coordinate, set by `init`: z = exp(log_s) (x - m) + b. */
export class ActNorm {
  constructor(take) {
    [this.b, this.gb] = take(2);
    [this.logS, this.gLogS] = take(2);
    [this.m] = take(2); // the mean of the first points: not learned
    this.x = new Float64Array(2);
  }

  /** Mean 0 and variance 1 for these points. */
  init(random, x) {
    const n = x.length / 2;
    for (let c = 0; c < 2; c++) {
      let [mean, rest, squares] = [0, 0, 0];
      for (let i = c; i < x.length; i += 2) mean += x[i] / n;
      for (let i = c; i < x.length; i += 2) rest += (x[i] - mean) / n;
      for (let i = c; i < x.length; i += 2) squares += (x[i] - mean - rest) ** 2 / n;
      if (!(squares > 0)) throw new RangeError(`ActNorm: coordinate ${c + 1} of the data is constant`);
      this.m[c] = mean;
      this.logS[c] = -Math.log(squares) / 2;
      this.b[c] = -rest / Math.sqrt(squares);
    }
  }

  forward(h) {
    for (let c = 0; c < 2; c++) {
      this.x[c] = h[c];
      h[c] = Math.exp(this.logS[c]) * (h[c] - this.m[c]) + this.b[c];
    }
    h[2] += this.logS[0] + this.logS[1];
  }

  inverse(h) {
    for (let c = 0; c < 2; c++) h[c] = (h[c] - this.b[c]) * Math.exp(-this.logS[c]) + this.m[c];
  }

  backward(g, gLogDet) {
    for (let c = 0; c < 2; c++) {
      const s = Math.exp(this.logS[c]);
      this.gb[c] += g[c];
      this.gLogS[c] += g[c] * s * (this.x[c] - this.m[c]) + gLogDet;
      g[c] *= s;
    }
  }
}

/** z1 = x1, z2 = s x2 + t: a network of two hidden layers puts out [ŝ, t] at x1, and log s = c tanh(ŝ). */
export class Coupling {
  constructor(take, width, bound) {
    [this.width, this.bound] = [width, bound];
    [this.W1, this.gW1] = take(width);
    [this.b1, this.gb1] = take(width);
    [this.W2, this.gW2] = take(width * width);
    [this.b2, this.gb2] = take(width);
    [this.W3, this.gW3] = take(2 * width); // ŝ and t of unit 0, of unit 1, ...
    [this.b3, this.gb3] = take(2);
    // The hidden units that the ReLUs let through: how many, which ones, their values and gradients.
    [this.ons, this.ups] = [0, 0];
    [this.on, this.up] = [0, 0].map(() => new Uint32Array(width + 1));
    [this.h, this.k, this.gh, this.gk] = [0, 0, 0, 0].map(() => new Float64Array(width + 1));
    this.a = this.b = this.logS = this.s = this.t = 0;
  }

  /** Uniform in ±1/√in; the last layer 0, so that a coupling starts as the identity. */
  init(random) {
    for (const p of [this.W1, this.b1]) for (let i = 0; i < p.length; i++) p[i] = 2 * random() - 1;
    const most = 1 / Math.sqrt(this.width);
    for (const p of [this.W2, this.b2]) for (let i = 0; i < p.length; i++) p[i] = most * (2 * random() - 1);
    this.W3.fill(0);
    this.b3.fill(0);
  }

  /** h = ReLU(a W1 + b1), k = ReLU(h W2 + b2), [ŝ, t] = k W3 + b3, without what the ReLUs make 0. */
  network(a) {
    const { width, W1, b1, W2, b2, W3, b3, h, k, on, up } = this;
    let ons = 0;
    let ups = 0;
    for (let i = 0; i < width; i++) {
      const value = a * W1[i] + b1[i];
      if (!(value > 0)) continue;
      h[ons] = value;
      on[ons++] = i;
    }
    h[ons] = on[ons] = 0; // units go in pairs, which is twice as fast: this one may complete the last
    k.set(b2);
    for (let q = 0; q < ons; q += 2) {
      const h1 = h[q];
      const h2 = h[q + 1];
      for (let j = 0, w = on[q] * width, u = on[q + 1] * width; j < width; j++, w++, u++) {
        k[j] += h1 * W2[w] + h2 * W2[u];
      }
    }
    let sHat = b3[0];
    let t = b3[1];
    for (let j = 0; j < width; j++) {
      const value = k[j];
      if (!(value > 0)) continue;
      sHat += value * W3[2 * j];
      t += value * W3[2 * j + 1];
      k[ups] = value;
      up[ups++] = j;
    }
    [this.ons, this.ups] = [ons, ups];
    this.logS = this.bound * Math.tanh(sHat);
    this.s = Math.exp(this.logS);
    this.t = t;
  }

  forward(h) {
    this.network(h[0]);
    this.a = h[0];
    this.b = h[1];
    h[1] = this.s * h[1] + this.t;
    h[2] += this.logS;
  }

  inverse(h) {
    this.network(h[0]);
    h[1] = (h[1] - this.t) / this.s;
  }

  backward(g, gLogDet) {
    const { width, a, b, W1, W2, W3, gW1, gb1, gW2, gb2, gW3, gb3, h, k, gh, gk, on, up, ons, ups } = this;
    const gT = g[1];
    const gSHat = (g[1] * this.s * b + gLogDet) * (this.bound - this.logS ** 2 / this.bound);
    gb3[0] += gSHat;
    gb3[1] += gT;
    for (let p = 0; p < ups; p++) {
      const j = up[p];
      gW3[2 * j] += k[p] * gSHat;
      gW3[2 * j + 1] += k[p] * gT;
      gk[p] = W3[2 * j] * gSHat + W3[2 * j + 1] * gT;
      gb2[j] += gk[p];
    }
    for (let q = 0; q < ons; q += 2) {
      const h1 = h[q];
      const h2 = h[q + 1];
      const row1 = on[q] * width;
      const row2 = on[q + 1] * width;
      let g1 = 0;
      let g2 = 0;
      for (let p = 0; p < ups; p++) {
        const gkp = gk[p];
        const w = row1 + up[p];
        const u = row2 + up[p];
        g1 += W2[w] * gkp;
        g2 += W2[u] * gkp;
        gW2[w] += h1 * gkp;
        gW2[u] += h2 * gkp;
      }
      gh[q] = g1;
      gh[q + 1] = g2;
    }
    g[1] *= this.s;
    for (let q = 0; q < ons; q++) {
      const i = on[q];
      gW1[i] += a * gh[q];
      gb1[i] += gh[q];
      g[0] += W1[i] * gh[q];
    }
  }
}

/** The permutation (1, 0): the halves take turns. */
export class Swap {
  init() {}

  forward(h) {
    const first = h[0];
    h[0] = h[1];
    h[1] = first;
  }

  inverse(h) {
    this.forward(h);
  }

  backward(g) {
    this.forward(g);
  }
}
