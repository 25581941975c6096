// Rows chosen in a list (boxes that name a form with data-chosen-said by `form`): how many, and all of a page at once.
import { all, one } from "./dom.js";

const form = () => one("[data-chosen-said]")?.closest("form");
// Not form().id: the boxes are called "id", and a form's fields hide its properties.
const boxes = () => all(`input[type=checkbox][form="${form().getAttribute("id")}"]`);

function count() {
  if (!form()) return;
  const said = one("[data-chosen-said]"), whole = one("[data-chosen-all]"), there = boxes();
  const chosen = there.filter((box) => box.checked).length;
  if (chosen) said.textContent = chosen === 1 ? said.dataset.one : said.dataset.many.replace("#", chosen.toLocaleString(document.documentElement.lang));
  all("[data-chosen-all], [data-chosen-page]").forEach((element) => { element.hidden = false; });
  whole.checked = chosen > 0 && chosen === there.length;
  whole.indeterminate = chosen > 0 && chosen < there.length;
}

function choose(value) {
  boxes().forEach((box) => { box.checked = value; });
  count();
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-chosen-all]")) choose(target.checked);
  else if (target.form && target.form === form()) count();
});
document.addEventListener("click", ({ target }) => { if (target.closest("[data-chosen-page]")) choose(true); });
// After the boxes are empty, which is after this event.
document.addEventListener("reset", () => setTimeout(count));
document.addEventListener("htmx:after:swap", count);
// Going back to the page, the browser ticks the boxes again.
addEventListener("pageshow", count);
