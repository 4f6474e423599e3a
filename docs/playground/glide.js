// The slider between data and latents, and the picture that follows it smoothly.

export class Glide {
  /** `at` is the place that the picture shows: between two whole ones while it moves. */
  constructor(slider, button, { still, draw, done }) {
    Object.assign(this, { slider, button, still, draw, done, at: 0, timer: null });
  }

  /** The number of the last place; without a movement. */
  end(last) {
    this.slider.max = last;
    this.at = Number(this.slider.value);
  }

  /** On to the slider's place: at once, if motion is not wanted. */
  go(before = performance.now()) {
    cancelAnimationFrame(this.frame);
    const now = performance.now();
    const rest = Number(this.slider.value) - this.at;
    const far = this.still ? Infinity : ((now - before) / 300) * Math.max(1, Math.abs(rest));
    this.at += Math.sign(rest) * Math.min(Math.abs(rest), far);
    this.draw();
    if (this.at !== Number(this.slider.value)) this.frame = requestAnimationFrame(() => this.go(now));
  }

  /** To the other end, place after place; stopped by a second call. */
  travel() {
    const { slider } = this;
    if (this.timer) return this.stop();
    const way = slider.value === slider.max ? -1 : 1;
    const next = () => {
      slider.value = Number(slider.value) + way;
      this.go();
      if ([slider.min, slider.max].includes(slider.value)) this.stop();
    };
    this.timer = setInterval(next, this.still ? 1000 : 600);
    this.button.textContent = "Stop";
    next();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = "Move";
    this.done();
  }
}
