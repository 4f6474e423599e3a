// What the page says of a training in words and numbers.
import { logNormal } from "./flow.js";
import { number, power } from "./format.js";
import { journey, latents, places } from "./views.js";

const $ = (id) => document.getElementById(id);

export function tellNumbers({ floor, truth }, measured) {
  const [first, now] = [measured[0], measured.at(-1)];
  const gap = now.heldOut - truth;
  const words = {
    heldOut: number(now.heldOut),
    gap: `The exact density is better by ${number(gap)} nats.`,
    train: number(now.train),
    floor: number(floor),
    truth: number(truth),
    mass: number(now.mass, 4),
    inside: `${number(100 * now.inside, 1)} %`,
    roundTrip: power(now.roundTrip),
  };
  for (const [id, text] of Object.entries(words)) $(id).textContent = text;
  const curve =
    `The loss over ${now.step} steps, in nats. On held-out points: ${number(first.heldOut)} at the start, ` +
    `${number(now.heldOut)} now; on training points ${number(now.train)} now. The floor is ${number(floor)}.`;
  $("losses").setAttribute("aria-label", curve);
}

export const summary = ({ floor }, now) =>
  `After ${now.step} steps: ${number(now.heldOut)} nats on held-out points, floor ${number(floor)}; ` +
  `mass ${number(now.mass)}; round trip ${power(now.roundTrip)}.`;

/** The words at the three pictures, and their labels for those who do not see them. */
export function tellPictures({ flow, losses, top }, { at, heat, shown, dots }, pictures) {
  const all = places(flow);
  const near = Math.round(at);
  const place = `${near} of ${all.length - 1}: ${all[near].name}`;
  const z = latents(flow, dots.points);
  const within = [1, 2, 3].map((r) => {
    const count = z.reduce((sum, a, i) => sum + (i % 2 === 0 && Math.hypot(a, z[i + 1]) < r), 0);
    return `${number((200 * count) / z.length, 1)} %`;
  });
  const of = `${dots.points.length / 2} ${dots.name}, after ${losses.length} steps`;
  $("clock").textContent = `${losses.length} steps`;
  $("top").textContent = `${number(top, 2)} per unit of area`;
  $("place").textContent = place;
  $("slider").setAttribute("aria-valuetext", place);
  $("within").textContent = `Within radius 1, 2, 3: ${within.join(", ")}.`;
  const labels = [
    `The ${shown} density as colour, from 0 to ${number(top, 2)}, and ${of}. ` +
      `The mass in the square is ${number(heat.mass)}.`,
    `The grid and circles of the latents, and ${of}, as they lie at place ${place}.`,
    `The latents of ${of}. ${$("within").textContent}`,
  ];
  labels.forEach((label, i) => pictures[i].canvas.setAttribute("aria-label", label));
}

/** log p of one point: its latent, what each layer adds, and the sum. */
function account({ flow, data }, x) {
  const way = journey(flow, x);
  const base = logNormal(...way.at(-1).point);
  return { way, base, logP: way.reduce((sum, { logDet }) => sum + logDet, base), exact: data.logAt(...x) };
}

const pair = (point) => `(${[...point].map((c) => number(c, 2)).join(", ")})`;
const signed = (x) => (x < 0 ? ` − ${number(-x)}` : ` + ${number(x)}`);

export function tellPoint(training, x) {
  const { way, base, logP, exact } = account(training, x);
  const layers = way.slice(1);
  $("formula").replaceChildren(
    line("log p(x) = log N(z; 0, I) + Σ log-dets"),
    line(`= ${number(base)}${layers.map(({ logDet }) => signed(logDet)).join("")}`),
    line(`= ${number(logP)} nats, so p(x) = ${number(Math.exp(logP))} per unit of area.`),
    line(`The exact density: ${exact === -Infinity ? "p(x) = 0" : `log p(x) = ${number(exact)} nats`}.`),
  );
  $("journey").replaceChildren(
    ...way.map(({ name, point, logDet }, k) => row(name, pair(point), k ? number(logDet) : "")),
  );
}

export function pointInWords(training, x) {
  const { way, logP } = account(training, x);
  return `x = ${pair(x)}, z = ${pair(way.at(-1).point)}, log p(x) = ${number(logP)} nats.`;
}

function line(text) {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}

function row(name, ...cells) {
  const tr = document.createElement("tr");
  const th = document.createElement("th");
  [th.scope, th.textContent] = ["row", name];
  tr.append(th, ...cells.map((text) => Object.assign(document.createElement("td"), { textContent: text })));
  return tr;
}
