(function (script) {
  const root = script.parentNode, figure = JSON.parse(root.dataset.figure), last = figure.says.length - 1;
  const SVG = "http://www.w3.org/2000/svg", GREY = "#8C8C8C";
  const moves = [];  // functions from the number of a stop to nothing: they draw what moves

  function make(parent, tag, attributes, text) {
    const svg = ["svg", "path", "text", "image"].includes(tag);
    const made = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    if (text) made.textContent = text;
    return parent.appendChild(made);
  }

  function picture(shades, width, palette) {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = width;
    canvas.height = shades.length / width;
    [...shades].forEach((shade, k) => {
      pen.fillStyle = "#" + palette[parseInt(shade, 16)];
      pen.fillRect(k % width, Math.floor(k / width), 1, 1);
    });
    return canvas.toDataURL();
  }

  const looks = {
    line: { fill: "none", "stroke-width": 7, "stroke-linejoin": "round" },
    area: { "fill-opacity": 0.4 },
    dots: { fill: "none", "stroke-linecap": "round", "stroke-opacity": 0.85 },
    words: { "font-size": 44 },
    image: { preserveAspectRatio: "none", style: "image-rendering: pixelated" },
  };

  function draw(svg, mark) {
    const made = make(svg, { words: "text", image: "image" }[mark.kind] || "path", looks[mark.kind]);
    const move = k => {
      const [at, more, colour] = [mark.at, mark.more, mark.colour].map(all => all[Math.min(k, all.length - 1)]);
      const set = attributes => { for (const name in attributes) made.setAttribute(name, attributes[name]); };
      const [a, b, c, d] = at.split(" ");
      if (mark.kind == "line") set({ d: at, stroke: colour, "stroke-dasharray": more ? "24 18" : "none" });
      if (mark.kind == "area") set({ d: at, fill: colour });
      if (mark.kind == "dots") set({ d: at.replace(/(\S+) (\S+)/g, "M$1 $2h0"), stroke: colour, "stroke-width": more });
      if (mark.kind == "words") set({ x: a, y: b, fill: colour }), made.textContent = more;
      if (mark.kind == "image") {
        set({ x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b) });
        set({ href: picture(more[1], more[0], colour) });
      }
    };
    if (mark.at.length + mark.more.length + mark.colour.length > 3) moves.push(move); else move(0);
  }

  root.replaceChildren();
  const columns = "display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 290px), 1fr)); max-width: ";
  const style = columns + 26 * figure.panels.length + "em";
  const panels = make(root, "div", { role: "img", "aria-label": figure.alt, style });
  for (const { title, height, names, ticks, marks } of figure.panels) {
    const viewBox = `-124 -80 1164 ${height + 200}`, middle = { "text-anchor": "middle" };
    const svg = make(panels, "svg", { viewBox, fill: "currentColor", "font-size": 40 });
    marks.forEach(mark => draw(svg, mark));
    make(svg, "text", { y: -32, "font-size": 46 }, title);
    if (ticks[0].length) make(svg, "path", { d: `M0 0V${height}H1000`, fill: "none", stroke: GREY, "stroke-width": 3 });
    for (const [x, text] of ticks[0]) make(svg, "text", { x, y: height + 48, ...middle }, text);
    for (const [y, text] of ticks[1]) make(svg, "text", { x: -16, y: y + 14, "text-anchor": "end" }, text);
    make(svg, "text", { x: 500, y: height + 100, ...middle }, names[0]);
    make(svg, "text", { transform: `translate(-92 ${height / 2}) rotate(-90)`, ...middle }, names[1]);
  }

  const row = "display: flex; flex-wrap: wrap; align-items: center; gap: 0.3em 0.8em; ";
  const bar = make(root, "div", { style: row + "max-width: 52em" });
  const button = make(bar, "button", { type: "button", style: "min-width: 5em; min-height: 2em" }, "▶ Play");
  const label = make(bar, "label", { style: row + "flex: 1 1 16em" }, figure.name);
  const slider = make(label, "input", {
    type: "range", min: 0, max: last, value: figure.start, style: "flex: 1; min-width: 8em; height: 2em",
  });
  // JupyterLab would take the arrow keys. It may have Ctrl+S.
  const ours = event => slider.toggleAttribute("data-lm-suppress-shortcuts", !event.ctrlKey && !event.metaKey);
  addEventListener("keydown", ours, true);
  const says = make(root, "p", { style: "margin: 0.3em 0" });

  function show() {
    moves.forEach(move => move(Number(slider.value)));
    says.textContent = figure.says[slider.value];
    slider.setAttribute("aria-valuetext", says.textContent);
  }
  let playing;
  function stop() {
    playing = clearInterval(playing);
    button.textContent = "▶ Play";
  }
  function step() {
    slider.value = Number(slider.value) + 1;
    show();
    if (slider.value == last || !root.isConnected) stop();
  }
  button.onclick = () => {
    if (playing) return stop();
    if (slider.value == last) slider.value = 0;
    show();
    playing = setInterval(step, 1000 * figure.seconds / last);
    button.textContent = "■ Stop";
  };
  slider.oninput = () => { stop(); show(); };
  show();
})(document.currentScript);
