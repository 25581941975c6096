// Keys on the map: arrows go to the card that lies that way, Enter opens it, m moves it, + − 0 enlarge and fit.
import { all, one } from "../shell/dom.js";
import { box, drawing, fit, reveal, zoom } from "./view.js";
import { openPerson } from "./panel.js";

const WAYS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", -1], ArrowDown: ["y", 1] };

// The nearest one that way; what lies aside counts double.
function next(card, [axis, way]) {
  const here = box(card), other = axis === "x" ? "y" : "x";
  const far = (there) => (there[axis] - here[axis]) * way + 2 * Math.abs(there[other] - here[other]) * (axis === "x" ? 1 : 0.5);
  const there = all("[data-card]", drawing()).map(box).filter((one) => (one[axis] - here[axis]) * way > 20);
  return there.sort((a, b) => far(a) - far(b))[0]?.card;
}

async function move(card) {
  const link = `${card.getAttribute("href").split("?")[0]}move/`;
  one("#question-dialog").showModal();
  await window.htmx.ajax("GET", link, { target: "#question", swap: "innerHTML" });
  one("#question select")?.focus();
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("svg.rm [data-card]");
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  const may = card.closest("[data-may-move]");
  const does = {
    Enter: () => openPerson(card),
    " ": () => openPerson(card),
    m: () => may && move(card),
    "+": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    0: fit,
  }[event.key];
  const other = event.key in WAYS ? next(card, WAYS[event.key]) : null;
  if (!does && !(event.key in WAYS)) return;
  event.preventDefault();
  if (other) { other.focus({ preventScroll: true }); reveal(other); }
  else does?.();
});

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("svg.rm [data-card]:focus-visible") && target.closest("[data-map].live")) reveal(target);
});
