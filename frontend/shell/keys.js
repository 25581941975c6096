// Shortcuts: elements carry theirs in data-keys ("g a": one after the other; "n": one key), links are followed, buttons pressed.
import { all, one, typing } from "./dom.js";
import { openDialog } from "./dialogs.js";
import { openPalette } from "./palette.js";
import { toggleSidebar } from "./sidebar.js";
import { toggleTheme } from "./theme.js";

let before = "", at = 0;

const general = {
  "?": () => openDialog("shortcuts"),
  "/": () => { const field = one("main [type=search], main [role=search] input:not([type=hidden])"); if (field) { field.focus(); field.select(); } else openPalette(); },
  "[": () => { if (one("#sidebar")) toggleSidebar(); },
  "D": toggleTheme,
};

function carrier(keys) {
  return all("[data-keys]").find((element) => element.dataset.keys === keys && !element.disabled);
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); openPalette(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || one("dialog[open]")) return;
  const two = Date.now() - at < 1500 ? `${before} ${event.key}` : "";
  const found = (two && carrier(two)) || carrier(event.key);
  before = event.key; at = Date.now();
  if (found) { event.preventDefault(); before = ""; found.click(); }
  else if (event.key in general) { event.preventDefault(); general[event.key](); }
});

if (/Mac|iP(hone|ad)/.test(navigator.platform)) all("[data-mod]").forEach((key) => { key.textContent = key.textContent.replace("Ctrl", "⌘"); });
