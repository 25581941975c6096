// The pointer on the map: the ground is dragged to look elsewhere, a card onto another to report to it, or beside it.
import { all, one } from "../shell/dom.js";
import { box, drawing, frame, pan, place, zoom } from "./view.js";
import { openPerson } from "./panel.js";

const FAR = 5;
const pointers = new Map();
let drag = null, dropped = false;

const form = () => one("#rm-drop");

// Which card is under a place, and which part of it: the sides mean "beside", the middle "below".
function targetAt(point, not) {
  const there = all("[data-card]", drawing()).filter((card) => card !== not).map(box)
    .find(({ x, y, w, h }) => point.x >= x - 14 && point.x <= x + w + 14 && point.y >= y && point.y <= y + h);
  if (!there) return null;
  const part = (point.x - there.x) / there.w;
  return { card: there.card, where: part < 0.16 ? "before" : part > 0.84 ? "after" : "under" };
}

function start(event) {
  const svg = event.target.closest?.("[data-map] svg.rm");
  if (!svg || event.button > 0) return;
  pointers.set(event.pointerId, event);
  const card = event.target.closest("[data-card]");
  const may = card && card.closest("[data-may-move]") && form() && event.pointerType !== "touch";
  drag = { card: may ? card : null, from: place(event), x: event.clientX, y: event.clientY, moved: false, id: event.pointerId };
}

function moveTo(event) {
  if (!pointers.has(event.pointerId)) return;
  const before = pointers.get(event.pointerId);
  if (pointers.size === 2) return pinch(event, before);
  pointers.set(event.pointerId, event);
  if (!drag || (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR)) return;
  if (!drag.moved) { drag.moved = true; frame().classList.add(drag.card ? "carrying" : "panning"); drawing().setPointerCapture(event.pointerId); lift(); }
  drag.card ? carry(event) : pan(event.clientX - before.clientX, event.clientY - before.clientY);
}

function pinch(event, before) {
  const other = [...pointers.values()].find((one) => one.pointerId !== event.pointerId);
  const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
  zoom(apart(event) / Math.max(apart(before), 1), place(middle));
  pointers.set(event.pointerId, event);
  drag = drag && { ...drag, card: null, moved: true };
}

// What is carried is a copy: the card stays until the server has moved it.
function lift() {
  if (!drag.card) return;
  drag.copy = drag.card.cloneNode(true);
  drag.copy.classList.add("carried");
  drag.copy.removeAttribute("data-card");
  drag.start = box(drag.card);
  drag.card.classList.add("lifted");
  drawing().append(drag.copy);
}

function carry(event) {
  const at = place(event);
  drag.copy.setAttribute("transform", `translate(${drag.start.x + at.x - drag.from.x},${drag.start.y + at.y - drag.from.y})`);
  const target = targetAt(at, drag.card);
  all(".drop-under, .drop-before, .drop-after", drawing()).forEach((card) => card.classList.remove("drop-under", "drop-before", "drop-after"));
  target?.card.classList.add(`drop-${target.where}`);
}

function end(event) {
  pointers.delete(event.pointerId);
  if (!drag || drag.id !== event.pointerId) return;
  const done = drag;
  drag = null;
  frame()?.classList.remove("carrying", "panning");
  dropped = done.moved;
  setTimeout(() => { dropped = false; });
  if (!done.copy) return;
  done.copy.remove();
  done.card.classList.remove("lifted");
  all(".drop-under, .drop-before, .drop-after", drawing()).forEach((card) => card.classList.remove("drop-under", "drop-before", "drop-after"));
  const target = event.type === "pointerup" && targetAt(place(event), done.card);
  if (target) send(done.card, target);
}

function send(card, { card: other, where }) {
  const fields = form().elements;
  for (const name of ["under", "before", "after"]) fields[name].value = "";
  fields.who.value = card.dataset.card;
  fields.version.value = card.dataset.version;
  fields[where].value = other.dataset.card;
  if (where !== "under") fields.under.value = other.dataset.superior ?? "";
  form().requestSubmit();
}

document.addEventListener("pointerdown", start);
document.addEventListener("pointermove", moveTo);
document.addEventListener("pointerup", end);
document.addEventListener("pointercancel", end);
document.addEventListener("dragstart", (event) => { if (event.target.closest?.("svg.rm")) event.preventDefault(); });
document.addEventListener("click", (event) => {
  const card = event.target.closest?.("[data-map] [data-card]");
  if (!card || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!dropped) openPerson(card);
}, true);

