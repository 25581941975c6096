// The palette: a field, a list of links from the server, arrows and Enter.
import htmx from "htmx.org";
import { act } from "./actions.js";
import { all, one } from "./dom.js";

const dialog = one("#palette");
const input = dialog && one("input", dialog);
const list = dialog && one("[role=listbox]", dialog);
const options = () => all("a[role=option]", list);

// What the list answers, and what to do with the first line of an answer that is still on its way: somebody who
// types and presses Enter at once means what they typed, not what happened to stand there.
let answered = null;
let waiting = null;

// Where somebody went in the list since they typed: an answer that comes after that leaves them there.
let gone = null;

export function openPalette() {
  if (!dialog || dialog.open || one("dialog[open]")) return;
  dialog.showModal();
  input.value = "";
  answered = waiting = gone = null;
  input.focus();
  htmx.trigger(input, "look");
}

function go(at) {
  choose(at);
  gone = options()[chosen()]?.href ?? null;
}

function choose(at) {
  const lines = options();
  lines.forEach((line) => line.setAttribute("aria-selected", "false"));
  const line = lines[(at + lines.length) % lines.length];
  if (!line) { input.removeAttribute("aria-activedescendant"); return; }
  line.setAttribute("aria-selected", "true");
  line.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", line.id);
}

function open(elsewhere) {
  const line = options()[chosen()];
  if (line) elsewhere ? window.open(line.href, "_blank", "noopener") : line.click();
}

function show(text) {
  answered = text;
  choose(Math.max(options().findIndex((line) => line.href === gone), 0));
  if (waiting && waiting.text === text) open(waiting.elsewhere);
  waiting = null;
}

const chosen = () => options().findIndex((line) => line.getAttribute("aria-selected") === "true");

if (dialog) {
  // htmx takes up the page a moment after it is there; whoever presses Ctrl+K within that moment is answered too.
  htmx.process(dialog);
  act("palette", openPalette);
  const moves = { ArrowDown: () => chosen() + 1, ArrowUp: () => chosen() - 1 };
  input.addEventListener("keydown", (event) => {
    if (event.key in moves) { event.preventDefault(); go(moves[event.key]()); }
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const elsewhere = event.ctrlKey || event.metaKey;
      if (answered === input.value) open(elsewhere);
      else waiting = { text: input.value, elsewhere };
    }
  });
  list.addEventListener("mousemove", (event) => {
    const line = event.target.closest("a[role=option]");
    if (line && line.getAttribute("aria-selected") !== "true") go(options().indexOf(line));
  });
  input.addEventListener("input", () => { waiting = gone = null; });
  input.addEventListener("htmx:config:request", ({ detail: { ctx } }) => { ctx.asked = input.value; });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => { if (ctx.sourceElement === input) show(ctx.asked); });
}
