// What there is to learn: densities in the plane that are known exactly, with their samples and entropies.
// The two moons, the eight Gaussians and the checkerboard are those of nflow_ref.datasets.

/** A generator of uniform numbers in [0, 1): sfc32 by C. Doty-Humphrey, two draws for 53 bits. */
export function uniform(seed, stream) {
  let [a, b, c, d] = [seed >>> 0, stream >>> 0, 0x9e3779b9, 1];
  const draw = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 20; i++) draw();
  return () => ((draw() >>> 5) * 2 ** 26 + (draw() >>> 6)) / 2 ** 53;
}

/** A standard normal number, by Box and Muller. */
export const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** 0, ..., n - 1 in a random order. */
export function permutation(random, n) {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * random());
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** The midpoints of n × n cells of the square `window` = {x1, x2, half}, from the top, and a cell's area. */
export function cells(window, n) {
  const side = (2 * window.half) / n;
  const points = new Float64Array(2 * n * n);
  for (let i = 0; i < n * n; i++) {
    points[2 * i] = window.x1 - window.half + (0.5 + (i % n)) * side;
    points[2 * i + 1] = window.x2 + window.half - (0.5 + Math.floor(i / n)) * side;
  }
  return { points, area: side ** 2 };
}

/** A density on the square `window`, outside which there is hardly anything; `draw` gives one point. */
class Density {
  constructor(window) {
    this.window = window;
  }

  /** n independent points, x1, x2, x1, x2, ... */
  sample(random, n) {
    const points = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) points.set(this.draw(random), 2 * i);
    return points;
  }

  logProb(points) {
    const logs = new Float64Array(points.length / 2);
    for (let n = 0; n < logs.length; n++) logs[n] = this.logAt(points[2 * n], points[2 * n + 1]);
    return logs;
  }
}

/** Σ_k w_k N(x; c_k, noise² I), for centres c_k that are given as [c1, c2, w]. */
class Mixture extends Density {
  constructor(window, centres, noise) {
    super(window);
    Object.assign(this, { centres, noise, flat: Float64Array.from(centres.flat()) });
    this.distances = new Float64Array(centres.length);
  }

  draw(random) {
    const [c1, c2] = this.centres[Math.floor(random() * this.centres.length)];
    return [c1 + this.noise * normal(random), c2 + this.noise * normal(random)];
  }

  logAt(x1, x2) {
    const scale = 1 / (2 * this.noise ** 2);
    const { flat, distances } = this;
    let nearest = Infinity;
    for (let k = 0; k < distances.length; k++) {
      distances[k] = (x1 - flat[3 * k]) ** 2 + (x2 - flat[3 * k + 1]) ** 2;
      if (distances[k] < nearest) nearest = distances[k];
    }
    let sum = 0;
    for (let k = 0; k < distances.length; k++) {
      const power = scale * (nearest - distances[k]);
      if (power > -40) sum += flat[3 * k + 2] * Math.exp(power);
    }
    return Math.log((sum * scale) / Math.PI) - scale * nearest;
  }

  /** The integral of -p log p, in nats, by the midpoint rule on cells half as wide as the noise. */
  entropy() {
    const { window, noise } = this;
    const wide = { ...window, half: window.half + 4 * noise };
    const { points, area } = cells(wide, Math.ceil((4 * wide.half) / noise));
    return this.logProb(points).reduce((sum, log) => sum - Math.exp(log) * log * area, 0);
  }
}

/** Points on curves, blurred: `curve` gives the point of an angle, and the centres stand for the curves. */
class Curves extends Mixture {
  constructor(window, centres, noise, curve) {
    super(window, centres, noise);
    this.curve = curve;
  }

  draw(random) {
    const [c1, c2] = this.curve(random(), random() < 0.5);
    return [c1 + this.noise * normal(random), c2 + this.noise * normal(random)];
  }
}

/** scikit-learn's make_moons, with the angle uniform on each arc. */
function moons() {
  const curve = (u, upper) => {
    const [c, s] = [Math.cos(Math.PI * u), Math.sin(Math.PI * u)];
    return upper ? [c, s] : [1 - c, 0.5 - s];
  };
  // The arcs by Gauss and Legendre's rule: 24 pieces with 8 nodes each.
  const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
  const weights = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];
  const centres = [];
  for (let piece = 0; piece < 24; piece++) {
    nodes.forEach((node, i) => {
      for (const side of [-node, node]) {
        const u = (piece + (1 + side) / 2) / 24;
        for (const upper of [true, false]) centres.push([...curve(u, upper), weights[i] / 96]);
      }
    });
  }
  return new Curves({ x1: 0.5, x2: 0.25, half: 2.2 }, centres, 0.1, curve);
}

/** Two circles, of radius 1.2 and 2.8, with the angle uniform on each; the centres are spaced evenly. */
function rings() {
  const curve = (u, inner) => {
    const radius = inner ? 1.2 : 2.8;
    return [radius * Math.cos(2 * Math.PI * u), radius * Math.sin(2 * Math.PI * u)];
  };
  const n = 144;
  const centres = Array.from({ length: 2 * n }, (_, i) => [...curve(i / n, i < n), 1 / (2 * n)]);
  return new Curves({ x1: 0, x2: 0, half: 4.2 }, centres, 0.2, curve);
}

function eightGaussians() {
  const angles = Array.from({ length: 8 }, (_, k) => (k * Math.PI) / 4);
  const radius = 2 * Math.SQRT2;
  const centres = angles.map((a) => [radius * Math.cos(a), radius * Math.sin(a), 1 / 8]);
  return new Mixture({ x1: 0, x2: 0, half: 4.6 }, centres, 0.5 / Math.SQRT2);
}

/** 1/32 on 8 of the 16 squares of side 2 that tile [-4, 4]². */
class Checkerboard extends Density {
  draw(random) {
    const column = Math.floor(4 * random());
    const row = 2 * Math.floor(2 * random()) + (column % 2);
    return [2 * (column + random()) - 4, 2 * (row + random()) - 4];
  }

  logAt(x1, x2) {
    const onBoard = Math.max(-x1, -x2) <= 4 && Math.max(x1, x2) < 4;
    const coloured = (Math.floor(x1 / 2) + Math.floor(x2 / 2)) % 2 === 0;
    return onBoard && coloured ? -Math.log(32) : -Infinity;
  }

  entropy() {
    return Math.log(32);
  }
}

const SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A drawing is a text: two symbols for each dab of the brush, its column and its row of 64. */
export const dab = (x) => x.map((c) => SYMBOLS[Math.min(63, Math.max(0, Math.round(8 * c + 31.5)))]).join("");

/** A round Gaussian of equal weight for each dab. */
export function drawing(text) {
  if (!/^([\w-]{2}){0,400}$/.test(text))
    throw new RangeError("The address has a drawing that cannot be read.");
  const pairs = text.match(/../g) ?? [];
  const centres = pairs.map((p) => [...[...p].map((c) => (SYMBOLS.indexOf(c) - 31.5) / 8), 1 / pairs.length]);
  return new Mixture({ x1: 0, x2: 0, half: 4.4 }, centres, 0.2);
}

export const DATA = {
  moons,
  gaussians: eightGaussians,
  checkerboard: () => new Checkerboard({ x1: 0, x2: 0, half: 5 }),
  rings,
  blobs: () =>
    new Mixture(
      { x1: 0, x2: 0, half: 4.6 },
      [
        [-1.6, -0.8, 1 / 2],
        [1.6, 0.8, 1 / 2],
      ],
      0.6,
    ),
  drawing,
};
