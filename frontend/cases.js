// The board of cases: a card is dragged to another column, which is what its menu does. Without it, the menu.
import { all, one } from "./shell/dom.js";

const CARD = "[data-card]", COLUMN = "[data-case-board] > [data-stage]";
let held = null, away = null, before = null;

document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.(`[data-case-board] ${CARD}[draggable]`);
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", one(".case-card-title", held).textContent);
  held.classList.add("held");
  const ways = held.dataset.ways.split(" ");
  all(COLUMN).forEach((column) => column.classList.toggle("way", ways.includes(column.dataset.stage)));
});

document.addEventListener("dragend", () => {
  held?.classList.remove("held");
  held = null;
  all(COLUMN).forEach((column) => column.classList.remove("way", "over"));
});

document.addEventListener("dragover", (event) => {
  const column = target(event);
  all(COLUMN).forEach((other) => other.classList.toggle("over", other === column));
  if (column) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const column = target(event);
  if (!column) return;
  event.preventDefault();
  go(held, column);
});

// Its own column is no place to drop a card: nothing would change.
function target(event) {
  const column = held && event.target.closest?.(COLUMN);
  return column && column.dataset.stage !== held.dataset.stage ? column : null;
}

// What has to be said first is asked for, and the card stays; else it lies where it was dropped until the server has
// moved it, or says why not.
function go(card, column) {
  const stage = column.dataset.stage, form = one("[data-move]", card);
  const way = one(`[data-way="${stage}"]`, form);
  if (way && !way.matches("button")) { way.click(); return; }
  away = { card, list: card.parentElement, next: card.nextElementSibling };
  one("ul", column).prepend(card);
  if (way) { form.requestSubmit(way); return; }
  const button = Object.assign(document.createElement("button"), { name: "stage", value: stage, hidden: true });
  form.append(button);
  form.requestSubmit(button);
  button.remove();
}

function back() {
  if (away?.list.isConnected) away.list.insertBefore(away.card, away.next?.isConnected ? away.next : null);
  away = null;
}

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => { if (away?.card.contains(ctx.sourceElement) && !(ctx.response?.status < 400)) back(); });
document.addEventListener("htmx:error", back);

// The board is written anew: what was unfolded stays so, and whoever moves by keyboard goes on at the card.
document.addEventListener("htmx:before:swap", () => {
  const board = one("[data-case-board]");
  if (board) before = { left: board.scrollLeft, open: all("details", board).map((column) => [column.dataset.stage, column.open]) };
});

document.addEventListener("htmx:after:swap", () => {
  const moved = one("#cases[data-moved]");
  if (one("#question [data-asks]") && !one("#question-dialog").open && !moved) one("#question-dialog").showModal();
  if (!moved || !before) return;
  away = null;
  one("#question-dialog").close();
  one("#question").replaceChildren();
  const card = one(`[data-card="${moved.dataset.moved}"]`, moved);
  before.open.forEach(([stage, open]) => { const column = one(`[data-stage="${stage}"]`, moved); if (column && !column.classList.contains("none")) column.open ||= open; });
  one("[data-case-board]").scrollLeft = before.left;
  delete moved.dataset.moved;
  before = null;
  if (!card) return;
  card.closest("details").open = true;
  one("a", card).focus();
});

// From card to card by the arrows; m opens the menu of the card.
document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.(`[data-case-board] ${CARD}`);
  if (!card || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("[data-popover]")) return;
  if (event.key === "m") { one(".popover > button", card)?.click(); event.preventDefault(); return; }
  const there = beside(card, event.key);
  if (there) { event.preventDefault(); one("a", there).focus(); }
});

function beside(card, key) {
  if (key === "ArrowDown") return card.nextElementSibling;
  if (key === "ArrowUp") return card.previousElementSibling;
  const columns = all(COLUMN).filter((column) => column.open && one(CARD, column));
  const at = columns.indexOf(card.closest(COLUMN)), step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  return step && columns[at + step] && one(CARD, columns[at + step]);
}

// On a phone the stages stand below each other: the first with cases is open, the others say how many they hold.
if (matchMedia("(width < 40rem)").matches) all(`${COLUMN}[open]`).slice(1).forEach((column) => { column.open = false; });

// A choice narrows the board at once; the button is for who has no script.
one("[data-case-filter]")?.addEventListener("change", (event) => { if (event.target.matches("select")) event.target.form.requestSubmit(); });
