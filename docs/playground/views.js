// The pictures: data, layers, latents, losses. Each shows a training as it is now, and says so in its label.
import { number } from "./format.js";
import { ActNorm, Coupling } from "./layers.js";
import { ink, mix } from "./picture.js";

const LATENT_WINDOW = { x1: 0, x2: 0, half: 3.9 };
const DOT = 2.2;

/** The places between which points are seen to move: the data, and after each ActNorm and each coupling.
 *
 * `end` layers of the flow lie before a place. A swap belongs to the coupling before it, and is not drawn:
 * after an odd number of them the coordinates are exchanged back, so couplings move points along one axis. */
export function places(flow) {
  const all = [{ name: "the data x", end: 0, swaps: 0 }];
  let swaps = 0;
  flow.layers.forEach((layer, k) => {
    if (layer instanceof ActNorm) all.push({ name: `ActNorm ${swaps + 1}`, end: k + 1, swaps });
    if (layer instanceof Coupling) {
      swaps += 1;
      all.push({
        name: `coupling ${swaps}, ${swaps % 2 ? "up and down" : "left and right"}`,
        end: k + 2,
        swaps,
      });
    }
  });
  return all;
}

/** Points as they are drawn at a place, or back. */
export function unswapped(points, { swaps }) {
  return swaps % 2 ? points.map((_, i) => points[i ^ 1]) : points;
}

const GRID = [];
for (let c = -3; c <= 3; c += 0.5) {
  const line = Array.from({ length: 61 }, (_, i) => -3 + i / 10);
  GRID.push(Float64Array.from(line.flatMap((t) => [c, t])), Float64Array.from(line.flatMap((t) => [t, c])));
}
const CIRCLES = [1, 2, 3].map((r) =>
  Float64Array.from(
    Array.from({ length: 97 }, (_, i) => [
      r * Math.cos((i * Math.PI) / 48),
      r * Math.sin((i * Math.PI) / 48),
    ]).flat(),
  ),
);

/** What the model says of one point: the point at each place, and what each place adds to log p. */
export function journey(flow, x) {
  const all = places(flow);
  let point = Float64Array.from(x);
  return all.map((place, k) => {
    let logDet = 0;
    if (k)
      ({
        points: point,
        logDet: [logDet],
      } = flow.forward(point, all[k - 1].end, place.end));
    return { ...place, point: unswapped(point, place), logDet };
  });
}

/** Points on their way from data to latents: at two neighbouring places, and between them, `at` = 3.5 say. */
function between(flow, points, at, fromLatents) {
  const all = places(flow);
  const k = Math.min(Math.floor(at), all.length - 2);
  const [here, next] = [all[k], all[k + 1]];
  let from, to;
  if (fromLatents) {
    to = flow.inverse(points, next.end);
    from = flow.inverse(to, here.end, next.end);
  } else {
    from = flow.forward(points, 0, here.end).points;
    to = flow.forward(from, here.end, next.end).points;
  }
  [from, to] = [unswapped(from, here), unswapped(to, next)];
  return { from, to, now: from.map((x, i) => x + (at - k) * (to[i] - x)) };
}

/** The square around nearly all of these points. */
function around(points) {
  const centre = [0, 1].map(
    (c) => points.reduce((sum, x, i) => sum + (i % 2 === c ? x : 0), 0) / (points.length / 2),
  );
  const far = points.map((x, i) => Math.abs(x - centre[i % 2])).sort();
  return { x1: centre[0], x2: centre[1], half: Math.max(0.1, 1.2 * far[Math.floor(0.998 * far.length)]) };
}

/** Left: a density as colour, points of the data or of the model, and the chosen point. */
export function drawData(picture, training, { heat, dots, chosen }) {
  picture.begin(training.data.window);
  picture.heat(heat.values, training.top);
  picture.dots(dots.points, "#D55E00", DOT);
  picture.axes("#fff");
  picture.mark(chosen);
}

/** Middle: the grid of the latents and the same points, as they lie at a place, or between two. */
export function drawLayers(picture, training, { at, dots, chosen }) {
  const { flow, data } = training;
  const last = places(flow).length - 1;
  const moved = between(flow, dots.points, at, false);
  const ends = [moved.from, moved.to].map(around);
  if (at < 1) ends[0] = data.window;
  if (at > last - 1) ends[1] = LATENT_WINDOW;
  const u = at - Math.min(Math.floor(at), last - 1);
  const [x1, x2, half] = ["x1", "x2", "half"].map((key) => ends[0][key] + u * (ends[1][key] - ends[0][key]));
  picture.begin({ x1, x2, half });
  for (const line of GRID) picture.path(between(flow, line, at, true).now, ink("grid"), 1);
  picture.dots(moved.now, mix(ink("dot-data"), ink("dot-latent"), at / last), DOT);
  for (const circle of CIRCLES) picture.path(between(flow, circle, at, true).now, ink("latent"), 1.8);
  const way = journey(flow, chosen).map((stop) => [...stop.point]);
  const end = [...between(flow, Float64Array.from(chosen), at, false).now];
  picture.path([...way.slice(0, Math.floor(at) + 1), end].flat(), ink("text"), 1.5);
  picture.axes(ink("quiet"));
  picture.mark(end);
}

/** Right: where the points go, and the circles that hold 39, 86 and 99 % of a standard normal. */
export function drawLatents(picture, training, { dots, chosen }) {
  const [z, c] = [dots.points, Float64Array.from(chosen)].map((x) => latents(training.flow, x));
  picture.begin(LATENT_WINDOW);
  picture.dots(z, ink("dot-latent"), DOT);
  for (const circle of CIRCLES) picture.path(circle, ink("latent"), 1.8);
  picture.axes(ink("quiet"));
  picture.mark([...c]);
}

/** z = f(x) as the pictures show it, and the way back from any place. */
export const latents = (flow, x) => unswapped(flow.forward(x).points, places(flow).at(-1));
export const back = (flow, point, place) =>
  flow.inverse(unswapped(Float64Array.from(point), place), 0, place.end);

/** Below: the loss of each batch, averaged to one value for a pixel, and what was measured on all points. */
export function drawLosses(picture, training, measured) {
  const { losses, floor, truth } = training;
  const steps = Math.max(100, losses.length);
  const values = measured.flatMap((m) => [m.train, m.heldOut]).filter(Number.isFinite);
  const low = Math.min(floor, truth, ...values);
  const high = Math.min(Math.max(...values, low + 0.2), low + 4);
  picture.begin({ x1: 0, x2: 0, half: 1 });
  const [left, right, top, bottom] = [40, 84, 12, 24];
  const x = (step) => (2 * (left + (step / steps) * (picture.wide - left - right))) / picture.wide - 1;
  const y = (nats) => {
    const share = Math.min(1.02, (nats - low) / (high - low));
    return (2 * (bottom + share * (picture.high - top - bottom))) / picture.high - 1;
  };
  const each = Math.max(1, Math.ceil(losses.length / (picture.wide / 2)));
  const batches = [];
  for (let i = 0; i < losses.length; i += each) {
    const some = losses.slice(i, i + each);
    batches.push(x(i + some.length / 2), y(some.reduce((sum, loss) => sum + loss, 0) / some.length));
  }
  picture.path(batches, ink("faint"), 1);
  picture.path([x(0), y(floor), x(steps), y(floor)], ink("quiet"), 1);
  picture.path(
    measured.flatMap((m) => [x(m.step), y(m.train)]),
    ink("data"),
    1.5,
  );
  picture.path(
    measured.flatMap((m) => [x(m.step), y(m.heldOut)]),
    ink("text"),
    2,
  );
  const { heldOut, train } = measured.at(-1);
  const names = [
    [floor, "floor", "quiet"],
    [heldOut, "held-out", "text"],
    [train, "training", "data"],
  ];
  let lowest = picture.high;
  for (const [nats, text, colour] of names.sort((a, b) => a[0] - b[0])) {
    lowest = Math.min(lowest - 15, picture.down(y(nats))); // names do not overlap
    picture.text(text, picture.across(x(steps)) + 6, lowest, ink(colour));
  }
  for (const nats of [low, (low + high) / 2, high])
    picture.text(number(nats, 2), 4, picture.down(y(nats)), ink("quiet"));
  picture.text(`${losses.length} steps`, picture.across(x(steps)), picture.high - 9, ink("quiet"), "right");
}
