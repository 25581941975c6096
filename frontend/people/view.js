// The part of a map that is seen: moved by dragging the ground, enlarged by the wheel, buttons and keys. All of it is the view box.
import { all, one } from "../shell/dom.js";

const SMALLEST = 0.62;
let view = null, whole = null, begun = true;

export const frame = () => one("[data-map]");
export const drawing = () => one("svg.rm", frame() ?? document.createElement("div"));
const size = () => frame().getBoundingClientRect();

let drawn = 1;

function show() {
  drawn = size().width / view.w;
  drawing().setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((number) => number.toFixed(1)).join(" "));
}

// The whole drawing in the middle of the frame.
export function fit() {
  const { width, height } = size();
  const scale = Math.min(width / whole.w, height / whole.h, 1.15);
  begun = true;
  view = { w: width / scale, h: height / scale };
  view.x = whole.x + whole.w / 2 - view.w / 2;
  view.y = whole.y - Math.max(0, (view.h - whole.h) / 2);
  show();
}

// Whole where that can be read; else at a size that can, from the first card on.
function begin() {
  const { width, height } = size();
  if (Math.min(width / whole.w, height / whole.h) >= SMALLEST) return fit();
  begun = true;
  view = { w: width / SMALLEST, h: height / SMALLEST, y: whole.y };
  const top = first();
  view.x = clamp(top.x + top.w / 2 - view.w / 2, whole.x, whole.x + whole.w - view.w);
  show();
}

// The card the eye begins with: the one at the top that has somebody below, else the first.
function first() {
  const cards = all("[data-card]", drawing()).map(box).sort((a, b) => a.y - b.y || a.x - b.x);
  const highest = cards.filter((card) => card.y === cards[0].y);
  const lines = all(".rm-line", drawing()).map((line) => line.getPointAtLength(0));
  return highest.find((card) => lines.some((point) => point.x >= card.x && point.x <= card.x + card.w && Math.abs(point.y - card.y - card.h) < 2)) ?? cards[0];
}

export function box(card) {
  const [x, y] = card.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
  const rect = one(".rm-box", card);
  return { card, x, y, w: Number(rect.getAttribute("width")), h: Number(rect.getAttribute("height")) };
}

const clamp = (value, low, high) => Math.max(Math.min(low, high), Math.min(value, Math.max(low, high)));

export const scale = () => size().width / view.w;

// A place on the screen, as the drawing counts.
export function place(event) {
  const { left, top } = size();
  return { x: view.x + (event.clientX - left) / scale(), y: view.y + (event.clientY - top) / scale() };
}

// Where the frame has another size: begun anew as long as nobody has moved anything, else at the size it had.
function resized() {
  if (!drawing() || !view) return;
  if (begun) return begin();
  const { width, height } = size(), now = drawn;
  view.w = width / now;
  view.h = height / now;
  show();
}

export function zoom(by, at = { x: view.x + view.w / 2, y: view.y + view.h / 2 }) {
  begun = false;
  const factor = clamp(scale() * by, 0.15, 2.5) / scale();
  view = { w: view.w / factor, h: view.h / factor, x: at.x - (at.x - view.x) / factor, y: at.y - (at.y - view.y) / factor };
  show();
}

export function pan(dx, dy) {
  begun = false;
  view.x = clamp(view.x - dx / scale(), whole.x - view.w * 0.7, whole.x + whole.w - view.w * 0.3);
  view.y = clamp(view.y - dy / scale(), whole.y - view.h * 0.7, whole.y + whole.h - view.h * 0.3);
  show();
}

// A card that is walked to comes into sight.
export function reveal(card) {
  const { x, y, w, h } = box(card), edge = 24 / scale();
  if (x < view.x + edge) view.x = x - edge;
  if (y < view.y + edge) view.y = y - edge;
  if (x + w > view.x + view.w - edge) view.x = x + w + edge - view.w;
  if (y + h > view.y + view.h - edge) view.y = y + h + edge - view.h;
  show();
}

// On a phone all of it, since a finger that goes up or down scrolls the page; else no more than the screen holds.
function height(h) {
  const narrow = matchMedia("(width < 48rem)").matches;
  return Math.max(320, narrow ? Math.min(h * SMALLEST + 12, 2400) : Math.min(h * 1.05, innerHeight * 0.74));
}

const watcher = new ResizeObserver(resized);

function take(keep) {
  if (!drawing()) { view = null; return; }
  const [x, y, w, h] = drawing().dataset.box.split(" ").map(Number);
  whole = { x, y, w, h };
  frame().style.setProperty("--rm-height", `${Math.round(height(h))}px`);
  frame().classList.add("live");
  keep && view ? show() : begin();
  watcher.disconnect();
  watcher.observe(frame());
}

take(false);
document.addEventListener("htmx:after:swap", () => { if (drawing() && !frame().classList.contains("live")) take(true); });
document.addEventListener("click", (event) => {
  const way = event.target.closest("[data-map-zoom]")?.dataset.mapZoom;
  if (way) way === "fit" ? fit() : zoom(way === "in" ? 1.3 : 1 / 1.3);
});
document.addEventListener("wheel", (event) => {
  if (!event.target.closest?.("svg.rm") || !event.target.closest("[data-map]") || !(event.ctrlKey || event.metaKey || event.altKey)) return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.12 : 1 / 1.12, place(event));
}, { passive: false });
addEventListener("beforeprint", () => { if (drawing()) drawing().setAttribute("viewBox", drawing().dataset.box); });
addEventListener("afterprint", () => { if (drawing() && view) show(); });
document.addEventListener("click", (event) => { if (event.target.closest("[data-map-print]")) print(); });
