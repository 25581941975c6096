// Small helpers of every module.
export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const sentence = (name) => one("#sentences")?.dataset[name] ?? "";

export function remember(name, value) {
  try { localStorage.setItem(name, value); } catch { /* storage may be forbidden: then nothing is remembered */ }
}

// crypto.randomUUID is missing on plain http, which an office network may be.
export const token = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const typing = (element) => element?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") != null;
