// Messages in the corner. What went well leaves by itself, a refusal stays until it is closed.
import { one } from "./dom.js";

const LASTS = { success: 6000, info: 8000 };
const toaster = one("#toaster");

function leave(toast) {
  toast.setAttribute("aria-hidden", "true");
  setTimeout(() => toast.remove(), 300);
}

function start(toast) {
  const lasts = LASTS[toast.dataset.category];
  if (!lasts) return;
  let timer = setTimeout(() => leave(toast), lasts);
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, () => { timer = setTimeout(() => leave(toast), lasts); });
}

export function toast(text) {
  const made = one("#toast-template").content.firstElementChild.cloneNode(true);
  one(".toast-text", made).textContent = text;
  toaster.append(made);
}

if (toaster) {
  toaster.querySelectorAll(".toast").forEach(start);
  toaster.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) leave(event.target.closest(".toast"));
  });
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => node.matches?.(".toast") && start(node))))
    .observe(toaster, { childList: true });
}
