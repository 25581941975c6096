// The board of tenders: a card is dragged to another column, which sends the form of its own menu. Without it, the menu.
import { all, one } from "./shell/dom.js";

const board = one("[data-bid-board]");
let held = null;

board?.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-card]");
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", one(".bid-card-title", held).textContent);
  held.classList.add("held");
});

board?.addEventListener("dragend", () => { held?.classList.remove("held"); held = null; over(null); });

board?.addEventListener("dragover", (event) => {
  const column = target(event);
  over(column);
  if (column) event.preventDefault();
});

board?.addEventListener("drop", (event) => {
  const column = target(event);
  if (!column) return;
  event.preventDefault();
  go(held, column.dataset.stage);
});

// Its own column is no place to drop a card: nothing would change.
function target(event) {
  const column = held && event.target.closest("[data-stage].bid-column");
  return column && column.dataset.stage !== held.dataset.stage ? column : null;
}

function over(column) {
  all(".bid-column.over", board).forEach((other) => { if (other !== column) other.classList.remove("over"); });
  column?.classList.add("over");
}

// A decision has an outcome and its reasons: the card goes to their form, not into the column.
function go(card, stage) {
  const form = one("[data-move]", card);
  if (stage === "decided") { location.assign(one("[data-decide]", card).href); return; }
  form.requestSubmit(one(`button[name=stage][value="${stage}"]`, form));
}

// A choice narrows the board at once; the button is for who has no script.
one("[data-bid-filter]")?.addEventListener("change", (event) => { if (event.target.matches("select")) event.target.form.requestSubmit(); });
