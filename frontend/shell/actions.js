// What a button with data-act does; other modules add theirs.
const acts = {};

export const act = (name, what) => { acts[name] = what; };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) acts[button.dataset.act]?.(button, event);
});
