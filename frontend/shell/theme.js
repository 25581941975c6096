// Light or dark: the button; theme.js has set it before the first paint.
import { act } from "./actions.js";
import { remember } from "./dom.js";

export function toggleTheme() {
  const dark = document.documentElement.classList.toggle("dark");
  remember("theme", dark ? "dark" : "light");
  document.dispatchEvent(new Event("theme"));
}

act("theme", toggleTheme);
