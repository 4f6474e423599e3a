// What a page can do that paper cannot: questions that answer, a short way, and what one has done so far,
// which is kept in this browser alone. Without this file all text can still be read.
"use strict";

const root = document.documentElement;
const store = {
  get(name) {
    try { return JSON.parse(localStorage.getItem(`course.${name}`)); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`course.${name}`, JSON.stringify(value)); } catch { /* private window */ }
  },
};
if (store.get("way") === "short") root.dataset.way = "short"; // before the page is drawn

const done = () => store.get("done") ?? {};
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function setDone(id, value) {
  const now = done();
  if (value) now[id] = true; else delete now[id];
  store.set("done", now);
  show();
}

// Boxes, ticks and counts say what is stored.
function show() {
  const now = done();
  for (const box of all("[data-done]")) box.checked = Boolean(now[box.dataset.done]);
  for (const tick of all(".tick")) tick.remove();
  for (const link of all("nav a[href*='.html'], .bd-article table a[href*='.html']")) {
    const lesson = /notebooks\/(\d\d)_\w+\.html$/.exec(link.href);
    if (lesson && now[lesson[1]]) {
      link.append(element("span", { className: "tick" }, "✓", element("span", { className: "visually-hidden" }, " read")));
    }
  }
  for (const place of all(".progress")) {
    const [lessons, exercises] = ["lessons", "exercises"].map((kind) => place.dataset[kind].split(" ").filter(Boolean));
    const [read, solved] = [lessons, exercises].map((ids) => ids.filter((id) => now[id]).length);
    const what = lessons.length > 1 ? `${read} of ${lessons.length} lessons read, ` : "";
    place.textContent = `${what}${solved} of ${exercises.length} exercises done. This is kept in your browser, and nowhere else.`;
    place.hidden = lessons.length > 1 && read + solved === 0;
  }
}

function boxes() {
  for (const box of all("[data-done]")) {
    box.closest("label").hidden = false;
    box.addEventListener("change", () => setDone(box.dataset.done, box.checked));
  }
  const way = document.getElementById("short-way");
  if (way) {
    way.closest("label").hidden = false;
    way.checked = root.dataset.way === "short";
    way.addEventListener("change", () => {
      root.dataset.way = way.checked ? "short" : "all";
      store.set("way", root.dataset.way);
    });
  }
  document.getElementById("forget")?.addEventListener("click", (event) => {
    store.set("done", {});
    show();
    event.target.nextElementSibling.textContent = "Forgotten.";
  });
}

// On the short way a section that is in depth is one line. Its badge opens it; so does a link into it.
function sections() {
  for (const section of all("section.depth")) {
    const badge = section.querySelector(":scope > :is(h2, h3) > .badge");
    const button = element("button", { type: "button", className: "badge" }, badge.textContent);
    button.addEventListener("click", () => button.setAttribute("aria-expanded", section.classList.toggle("open")));
    badge.replaceWith(button);
  }
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) {
    if (at.matches("section.depth")) at.classList.add("open");
    if (at.matches("details")) at.open = true;
  }
  target?.scrollIntoView();
}

function questions() {
  for (const form of all("form.question")) {
    form.addEventListener("change", ({ target }) => {
      const right = target.value === form.dataset.answer;
      const reason = form.querySelector(`[data-for="${target.value}"]`).innerHTML;
      form.querySelector("[role=status]").innerHTML = `<strong>${right ? "Right." : "Not yet."}</strong> ${reason.replace(/^Right[.:,] ?/, "")}`;
      if (right) setDone(form.dataset.exercise, true);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
  }
}

// What scrolls sideways can be reached by the keyboard.
function scrollers() {
  for (const box of all("div.math, .pst-scrollable-table-container, .bd-article pre, table.sheet td")) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else if (box.tabIndex === 0) box.removeAttribute("tabindex");
  }
}

document.addEventListener("DOMContentLoaded", () => {
  boxes();
  sections();
  questions();
  show();
  addEventListener("hashchange", reveal);
  addEventListener("resize", scrollers);
  addEventListener("storage", show);
  addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    await document.fonts.ready;
    scrollers();
    if (location.hash) reveal();
  });
});
