// Points chosen and drawn in a picture, with a pointer or with keys.

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** choose(point) and paint(point) get points as the picture shows them; `painted` follows each stroke.
 *
 * Arrow keys start from chosen(), a 32nd of the picture at a time, or a quarter of that with Shift. */
export function pickable(picture, { choose, chosen, paint, painted, tell, painting = () => false }) {
  const { canvas } = picture;
  const place = canvas.parentElement;

  const point = (event) => (painting() ? paint : choose)(picture.point(event));
  place.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    point(event);
  });
  place.addEventListener("pointermove", (event) => event.buttons && point(event));
  place.addEventListener("pointerup", () => (painting() ? painted() : tell?.()));

  place.addEventListener("keydown", (event) => {
    if (chosen && event.key in KEYS) {
      const step = (picture.window.half / 16) * (event.shiftKey ? 0.25 : 1);
      choose(chosen().map((c, i) => c + step * KEYS[event.key][i]));
    } else if (event.key === " " && painting()) {
      paint(chosen());
      painted();
    } else return;
    event.preventDefault();
  });
  place.addEventListener("keyup", (event) => event.key in KEYS && tell?.());
}
