// When steps are taken, and how often other things are done beside them.

export class Clock {
  /** `step` says whether it went well, `speed` gives steps a second or "full", `beside` follows the steps. */
  constructor({ step, speed, beside }) {
    Object.assign(this, { step, speed, beside, playing: false, next: 0 });
  }

  play() {
    this.playing = true;
    this.next = 0;
    this.frame();
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.request);
  }

  /** Steps for 14 ms, or one if it is time for it. */
  frame() {
    const start = performance.now();
    const speed = this.speed();
    while (this.playing && start >= this.next && performance.now() < start + 14 && this.step()) {
      if (speed !== "full") this.next = start + 1000 / Number(speed);
    }
    if (!this.playing) return;
    this.beside();
    this.request = requestAnimationFrame(() => this.frame());
  }
}

/** f, no oftener than every `wait` ms, and for at most a fifth of the time. */
export function seldom(f, wait) {
  let next = 0;
  return () => {
    const start = performance.now();
    if (start < next) return;
    f();
    const end = performance.now();
    next = Math.max(start + wait, end + 4 * (end - start));
  };
}
