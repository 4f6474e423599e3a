// The page: its controls, the clock of the training, and when what is drawn.
import { Address } from "./address.js";
import { Clock, seldom } from "./clock.js";
import { DATA, dab, uniform } from "./data.js";
import { Glide } from "./glide.js";
import { pickable } from "./hands.js";
import { Picture, ink } from "./picture.js";
import "./theme.js";
import { Diverged, Training } from "./training.js";
import { back, drawData, drawLatents, drawLayers, drawLosses, latents, places } from "./views.js";
import { pointInWords, summary, tellNumbers, tellPictures, tellPoint } from "./words.js";

const $ = (id) => document.getElementById(id);
const form = $("settings");
const value = (name) => form.elements[name].value;
const number = (name) => Number(value(name));
const still = matchMedia("(prefers-reduced-motion: reduce)");
const pictures = ["data", "layers", "latents"].map((name) => new Picture($(`pick-${name}`).firstChild));
const curve = new Picture($("losses"));
const address = new Address(form);
const glide = new Glide(form.elements.place, $("travel"), {
  still: still.matches,
  draw: () => draw(),
  done: () => address.writeSoon(),
});

const besides = [
  seldom(() => measure(), 400),
  seldom(() => draw(), still.matches ? 500 : 60),
  seldom(() => say(summary(training, measured.at(-1))), 10000),
];
const clock = new Clock({
  step: () => step(),
  speed: () => value("speed"),
  beside: () => besides.forEach((f) => f()),
});

let training = null; // none while there is nothing to learn from
let measured = []; // what was measured, and after how many steps

function settings() {
  const names = ["seed", "points", "batch", "rate", "couplings", "hidden", "bound"];
  const numbers = Object.fromEntries(names.map((name) => [name, number(name)]));
  const actnorm = form.elements.actnorm.checked;
  return { data: value("data"), drawing: value("drawing"), actnorm, ...numbers };
}

const painting = () => value("data") === "drawing";
const chosen = () => [number("x1"), number("x2")];

function say(words, problem = "") {
  if (words) $("status").textContent = words;
  $("problem").textContent = problem;
  $("problem").hidden = !problem;
}

/** A new training, for the settings of now. */
function restart() {
  [training, measured] = [null, []];
  if (painting() && !value("drawing")) {
    say("Draw something in the left picture, with the pointer, or with arrow keys and Space. Then train.");
  } else if (!form.elements.seed.validity.valid) {
    say("Not ready.", "The seed is a whole number from 0 to 4294967295.");
  } else {
    training = new Training(settings());
    glide.end(places(training.flow).length - 1);
    say(`Ready: ${training.flow.theta.length} parameters to learn.`);
  }
  if (!training) play(false);
  for (const id of ["play", "step", "reset", "travel"]) $(id).disabled = !training;
  for (const section of document.querySelectorAll("[data-trained]")) section.hidden = !training;
  $("brush").hidden = !painting();
  $("pick-data").classList.toggle("painting", painting());
  $("couplings-now").textContent = value("couplings");
  measure();
  draw();
  address.writeSoon();
}

/** One step. What goes wrong ends the training, and is said. */
function step() {
  try {
    training.step();
    return true;
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    play(false);
    say("", `Stopped after ${training.losses.length} steps: ${error.message}. Choose a smaller step size.`);
    return false;
  }
}

function play(on) {
  const was = clock.playing;
  if (on) clock.play();
  else clock.pause();
  $("play").textContent = clock.playing ? "Pause" : "Train";
  if (was && !on && training) settle();
}

/** Everything is shown as it is now, and said. */
function settle() {
  measure();
  draw();
  say(summary(training, measured.at(-1)));
}

/** Cells of the density along a side of the square. */
const detail = () => (clock.playing ? 64 : 128);

function measure() {
  if (!training) return;
  const last = measured.at(-1);
  const now = { ...training.measure(), mass: training.density(detail()).mass, clock: performance.now() };
  if (last?.step === now.step) measured.pop();
  measured.push(now);
  tellNumbers(training, measured);
  const pace = (1000 * (now.step - last?.step)) / (now.clock - last?.clock);
  $("pace").textContent = clock.playing && pace > 0 ? `${Math.round(pace)} steps a second.` : "";
}

function draw() {
  if (!training) {
    for (const picture of pictures) picture.begin(DATA.drawing("").window);
    pictures[0].text("paint here", pictures[0].wide / 2, pictures[0].high / 4, ink("quiet"), "center");
    return pictures[0].mark(chosen());
  }
  const heat = value("shown") === "model" ? training.density(detail()) : training.exact(128);
  const view = {
    at: glide.at,
    heat,
    shown: value("shown"),
    dots: training.some(value("dots"), 1000),
    chosen: chosen(),
  };
  drawData(pictures[0], training, view);
  drawLayers(pictures[1], training, view);
  drawLatents(pictures[2], training, view);
  drawLosses(curve, training, measured);
  tellPictures(training, view, pictures);
  tellPoint(training, view.chosen);
}

/** The chosen point, in data space. */
function choose(x) {
  if (!x.every(Number.isFinite)) return;
  ["x1", "x2"].forEach((name, c) => (form.elements[name].value = Number(x[c].toFixed(3))));
  draw();
  address.writeSoon();
}

function paint(x) {
  const text = value("drawing") + dab(x);
  choose(x);
  if (text.length > 800) return say("", "This drawing is full: it has 400 dabs.");
  if (text.slice(-4, -2) === text.slice(-2)) return;
  form.elements.drawing.value = text;
  const dabs = DATA.drawing(text).centres.flatMap(([x1, x2]) => [x1, x2]);
  pictures[0].dots(dabs, ink("data"), 9);
}

const toLast = (x) => [...latents(training.flow, Float64Array.from(x))];
const fromPlace = (k) => (point) => [...back(training.flow, point, places(training.flow).at(k))];
const tell = () => training && say(pointInWords(training, chosen()));
pickable(pictures[0], { choose, chosen, paint, painting, painted: restart, tell });
pickable(pictures[1], { choose: (point) => training && choose(fromPlace(number("place"))(point)) });
pickable(pictures[2], {
  choose: (point) => training && choose(fromPlace(-1)(point)),
  chosen: () => (training ? toLast(chosen()) : [0, 0]),
  tell,
});

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", ({ target }) => {
  if (!("view" in target.dataset)) return restart();
  if (target === glide.slider) return glide.go();
  clock.next = 0;
  if (target.validity.valid) draw();
});
form.addEventListener("change", () => address.writeSoon());

const clicks = {
  play: () => play(!clock.playing),
  step: () => (play(false), step() && settle()),
  reset: () => (play(false), restart()),
  travel: () => glide.travel(),
  undo: () => redraw(value("drawing").slice(0, -2)),
  clear: () => redraw(""),
  copy,
  theme: () => draw(),
};
for (const [id, act] of Object.entries(clicks)) $(id).addEventListener("click", act);

function redraw(text) {
  form.elements.drawing.value = text;
  restart();
}

async function copy() {
  address.write();
  try {
    await navigator.clipboard.writeText(location.href);
    say("The link is copied: it holds all settings.");
  } catch {
    say("The browser does not let this page copy: copy its address, which holds all settings.");
  }
}

function load() {
  play(false);
  form.elements.place.max = 16;
  const refused = address.read();
  restart();
  if (refused) say("", `The address asks for ${refused}: this page does not have that.`);
}

load();
for (const radio of form.elements.data) {
  const canvas = radio.nextElementSibling;
  if (!(canvas instanceof HTMLCanvasElement)) continue;
  const data = DATA[radio.value]();
  const thumbnail = new Picture(canvas);
  thumbnail.begin({ ...data.window, half: 0.85 * data.window.half });
  thumbnail.dots(data.sample(uniform(0, 0), 300), "#D55E00", 1.5);
}
addEventListener("hashchange", load);
new ResizeObserver(() => draw()).observe($("pick-data"));
