// Drawing in a square of the plane, on a canvas.

const VIRIDIS = "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725".split(" ").map(rgb);

function rgb(hex) {
  return [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

const between = (a, b, u) => a.map((x, i) => Math.round(x + (b[i] - x) * u));

/** A colour between two, "#0072B2" and "#D55E00" say. */
export const mix = (from, to, u) => `rgb(${between(rgb(from.slice(1)), rgb(to.slice(1)), u)})`;

/** Viridis at u from 0 to 1. */
function viridis(u) {
  const at = Math.min(1, Math.max(0, u)) * (VIRIDIS.length - 1);
  const k = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return between(VIRIDIS[k], VIRIDIS[k + 1], at - k);
}

const SHADES = Array.from({ length: 256 }, (_, i) => viridis(i / 255));

/** A colour of the page's style sheet. */
export const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export class Picture {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.sheet = document.createElement("canvas");
  }

  /** An empty picture of the square `window` = {x1, x2, half}, as sharp as the screen. */
  begin(window) {
    const { canvas, context } = this;
    const ratio = globalThis.devicePixelRatio || 1;
    [this.wide, this.high, this.window] = [canvas.clientWidth, canvas.clientHeight, window];
    [canvas.width, canvas.height] = [this.wide, this.high].map((size) => Math.round(size * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineJoin = "round";
  }

  /** Where a point of the plane is, in pixels, and the way back. */
  across(x1) {
    return ((x1 - this.window.x1) / this.window.half + 1) * (this.wide / 2);
  }

  down(x2) {
    return (1 - (x2 - this.window.x2) / this.window.half) * (this.high / 2);
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const { x1, x2, half } = this.window;
    return [
      x1 + half * ((2 * (event.clientX - box.left)) / box.width - 1),
      x2 + half * (1 - (2 * (event.clientY - box.top)) / box.height),
    ];
  }

  /** n × n values, row by row from the top, from 0 (violet) to `top` (yellow). */
  heat(values, top) {
    const n = Math.sqrt(values.length);
    const image = new ImageData(n, n);
    values.forEach((value, i) => {
      const shade = SHADES[Math.min(255, Math.floor((256 * value) / top))] ?? SHADES[0];
      image.data.set(shade, 4 * i);
      image.data[4 * i + 3] = 255;
    });
    [this.sheet.width, this.sheet.height] = [n, n];
    this.sheet.getContext("2d").putImageData(image, 0, 0);
    this.context.drawImage(this.sheet, 0, 0, this.wide, this.high);
  }

  dots(points, colour, size) {
    const { context } = this;
    context.fillStyle = colour;
    for (let i = 0; i < points.length; i += 2) {
      context.fillRect(this.across(points[i]) - size / 2, this.down(points[i + 1]) - size / 2, size, size);
    }
  }

  path(points, colour, width) {
    const { context } = this;
    context.beginPath();
    for (let i = 0; i < points.length; i += 2)
      context.lineTo(this.across(points[i]), this.down(points[i + 1]));
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  /** A round mark, dark within white, that is seen on every ground. */
  mark([x1, x2], radius = 5) {
    const { context } = this;
    for (const [colour, width] of [
      ["#fff", 5],
      ["#000", 2],
    ]) {
      context.beginPath();
      context.arc(this.across(x1), this.down(x2), radius, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
  }

  text(words, x, y, colour, align = "left") {
    const { context } = this;
    context.font = "12px system-ui, sans-serif";
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillStyle = colour;
    context.fillText(words, x, y);
  }

  /** A few numbers along the lower and the left edge. */
  axes(colour) {
    const { x1, x2, half } = this.window;
    const step = [0.2, 0.5, 1, 2, 5, 10].find((s) => half / s < 3) ?? 10 ** Math.ceil(Math.log10(half / 2));
    for (let k = -4; k <= 4; k++) {
      const [across, down] = [x1, x2].map((centre) => step * (Math.round(centre / step) + k));
      const words = (value) => String(Number(value.toFixed(6))).replace("-", "−");
      const [x, y] = [this.across(across), this.down(down)];
      if (x > 24 && x < this.wide - 12) this.text(words(across), x, this.high - 9, colour, "center");
      if (y > 12 && y < this.high - 24) this.text(words(down), 5, y, colour);
    }
  }
}
