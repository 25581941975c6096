// The person whose card was opened, beside the map; without a panel the card is a link.
import { all, one } from "../shell/dom.js";
import { drawing, reveal } from "./view.js";

const panel = one("#person");
let from = null;

export const cardOf = (key) => drawing() && one(`[data-card="${key}"]`, drawing());

function mark() {
  all("[data-card].open").forEach((card) => card.classList.remove("open"));
  if (panel?.dataset.key) cardOf(panel.dataset.key)?.classList.add("open");
}

export async function openPerson(card) {
  from = card.dataset.card;
  panel.hidden = false;
  panel.dataset.key = from;
  mark();
  await window.htmx.ajax("GET", card.getAttribute("href"), { target: "#person", swap: "innerHTML" });
  one("h2", panel)?.focus({ preventScroll: true });
  if (cardOf(from)) reveal(cardOf(from));
  if (matchMedia("(width < 64rem)").matches) panel.scrollIntoView({ block: "nearest" });
}

function close() {
  panel.hidden = true;
  panel.replaceChildren();
  delete panel.dataset.key;
  mark();
  cardOf(from)?.focus();
}

if (panel) {
  panel.addEventListener("click", (event) => {
    const other = event.target.closest("[data-goes-to]");
    if (event.target.closest("[data-panel-close]")) close();
    else if (other && cardOf(other.dataset.goesTo) && !event.ctrlKey && !event.metaKey) { event.preventDefault(); openPerson(cardOf(other.dataset.goesTo)); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && !one("dialog[open]") && !event.defaultPrevented) close();
  });
  document.addEventListener("htmx:after:swap", mark);
  // The first time without a move of the focus: the page has only just opened.
  const opened = panel.dataset.opened && cardOf(panel.dataset.opened);
  if (opened) { reveal(opened); openPerson(opened); }
}
