// The table of all accounts: find, narrow, sort. Without this script the page reads the same, whole and by rank.
"use strict";
const table = document.getElementById("all");
const form = document.getElementById("filter");
const language = document.documentElement.lang;
const bodies = [...table.tBodies];
const fold = (text) => text.toLocaleLowerCase(language);
const FIRST = matchMedia("(max-width: 640px)").matches ? 15 : 60; // so many rows until someone asks for more: what follows the table stays in reach
const all = form.querySelector("[data-all]");
let everything = bodies.length <= FIRST + 20;
const texts = new Map(bodies.map((body) => [body, fold(body.rows[0].cells[1].textContent)]));

function narrow() {
  const asked = Object.fromEntries([...form.querySelectorAll("[data-filter]")].map((field) => [field.dataset.filter, field.value]));
  const wanted = fold(asked.text.trim());
  let shown = 0;
  let listed = 0;
  const short = !everything && !wanted && !asked.abc && !asked.state;
  for (const body of table.tBodies) {
    const fits = texts.get(body).includes(wanted)
      && (!asked.abc || body.dataset.abc === asked.abc)
      && (!asked.state || body.dataset.state === asked.state);
    shown += fits ? 1 : 0;
    body.hidden = !fits || (short && shown > FIRST);
    listed += body.hidden ? 0 : 1;
  }
  const output = form.querySelector("output");
  all.hidden = listed === shown;
  output.textContent = output.dataset.count.replace("#", listed.toLocaleString(language));
}

function valueOf(body, column) {
  const cell = body.rows[0].cells[column];
  const value = cell.dataset.v ?? cell.textContent.trim();
  return value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
}

function compare(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), language);
}

function sortBy(header) {
  const down = header.getAttribute("aria-sort") === "ascending"
    || (!header.hasAttribute("aria-sort") && header.classList.contains("num") && header.cellIndex > 0);
  for (const each of header.parentNode.cells) each.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const keyed = bodies.map((body) => [valueOf(body, header.cellIndex), body]);
  keyed.sort(([one], [other]) => (down ? compare(other, one) : compare(one, other)));
  table.append(...keyed.map(([, body]) => body));
  narrow();
}

for (const header of table.tHead.rows[0].cells) {
  if (header.cellIndex === 2) continue; // the course of the months has no order
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = header.textContent;
  button.addEventListener("click", () => sortBy(header));
  // Browsers do not paint buttons in a heading row that repeats on the next sheet of paper.
  const printed = document.createElement("span");
  printed.className = "printed";
  printed.textContent = header.textContent;
  header.replaceChildren(button, printed);
}
form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => event.preventDefault());
all.addEventListener("click", () => { everything = true; narrow(); });
form.hidden = false;
narrow();
