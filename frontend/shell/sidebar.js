// The menu: beside the page on a screen (open or closed is remembered), over it on a phone (closed by Esc, a link, a click beside).
import { act } from "./actions.js";
import { all, one, remember } from "./dom.js";

const sidebar = one("#sidebar");
const wide = matchMedia("(min-width: 48rem)");
let open = false;

function show(value, focus = false) {
  open = value;
  sidebar.setAttribute("aria-hidden", String(!open));
  sidebar.toggleAttribute("inert", !open);
  all("[data-act=sidebar]").forEach((button) => button.setAttribute("aria-expanded", String(open)));
  const over = open && !wide.matches;
  one(".page")?.toggleAttribute("inert", over);
  document.body.classList.toggle("overflow-hidden", over);
  if (focus && over) one("a, button", sidebar)?.focus();
  if (focus && !open) one("[data-act=sidebar]")?.focus();
}

export function toggleSidebar() {
  show(!open, true);
  if (wide.matches) {
    remember("menu", open ? "open" : "closed");
    document.documentElement.classList.toggle("menu-closed", !open);
  }
}

const byWidth = () => show(wide.matches && !document.documentElement.classList.contains("menu-closed"));

if (sidebar) {
  byWidth();
  sidebar.dataset.sidebarInitialized = "true";
  wide.addEventListener("change", byWidth);
  act("sidebar", toggleSidebar);
  sidebar.addEventListener("click", (event) => {
    if (wide.matches) return;
    const inside = event.target.closest("nav");
    if (!inside) show(false, true);
    else if (event.target.closest("a, [data-act=palette]")) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open && !wide.matches && !one("dialog[open]")) show(false, true);
  });
}
