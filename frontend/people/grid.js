// Tables that are edited where they stand (data-grid): arrows go from cell to cell, Enter opens one and saves it, Escape leaves it.
import { all, one } from "../shell/dom.js";

const cells = (row) => all("[data-cell]", row);
let back = null, typed = false;

// One cell of a table can be reached by Tab; the arrows go on from there.
function ready() {
  for (const grid of all("[data-grid]")) if (!one('[data-cell][tabindex="0"]', grid)) one("[data-cell]", grid)?.setAttribute("tabindex", "0");
}

function go(cell) {
  if (!cell) return;
  all('[data-cell][tabindex="0"]', cell.closest("[data-grid]")).forEach((other) => other.setAttribute("tabindex", "-1"));
  cell.setAttribute("tabindex", "0");
  cell.focus();
}

function beside(cell, key) {
  const row = cell.closest("tr"), at = cells(row).indexOf(cell);
  const over = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[key];
  const field = cell.closest("td").dataset.field;
  if (over && row[over]) return one(`[data-field="${field}"] [data-cell]`, row[over]) ?? cells(row[over])[Math.min(at, cells(row[over]).length - 1)];
  return { ArrowLeft: cells(row)[at - 1], ArrowRight: cells(row)[at + 1], Home: cells(row)[0], End: cells(row).at(-1) }[key];
}

const where = (element) => ({ row: element.closest("tr").id, field: element.closest("td").dataset.field });
const cellAt = ({ row, field }) => one(`#${row} [data-field="${field}"] [data-cell]`);

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-cell]"), form = event.target.closest?.("[data-cell-form]");
  if (cell && ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
    event.preventDefault();
    go(beside(cell, event.key));
  } else if (cell && (event.key === "F2" || event.key === " ")) {
    event.preventDefault();
    cell.click();
  } else if (form && event.key === "Escape") {
    event.preventDefault();
    back = where(form);
    window.htmx.ajax("GET", form.dataset.back, { target: `#${back.row}`, swap: "outerHTML" });
  } else if (form && (event.key === "Enter" || event.key === "Tab")) {
    event.preventDefault();
    back = where(form);
    if (event.key === "Tab") back.step = event.shiftKey ? "ArrowLeft" : "ArrowRight";
    form.requestSubmit();
  } else if (form) typed = true;
});

// Chosen with the mouse: that is all there was to do. With the keys a list passes many values on the way.
document.addEventListener("pointerdown", () => { typed = false; });
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("[data-cell-form]");
  if (form && target.tagName === "SELECT" && !typed) { back = where(form); form.requestSubmit(); }
});

document.addEventListener("htmx:after:swap", () => {
  ready();
  const open = one("[data-cell-form] :is(input:not([type=hidden]), select, textarea)");
  if (open && document.activeElement !== open) { typed = false; open.focus(); open.select?.(); }
  else if (back && !open && cellAt(back)) {
    const cell = cellAt(back);
    go((back.step && beside(cell, back.step)) || cell);
    back = null;
  }
});
ready();
