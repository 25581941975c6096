// A day of the past with one click: the button writes it into the field beside it, so that filters in force are kept.
document.addEventListener("click", (event) => {
  const step = event.target.closest("button[data-day]");
  if (!step?.form) return;
  event.preventDefault();
  step.form.elements.namedItem("known-on").value = step.dataset.day;
  for (const other of step.parentElement.children) other.removeAttribute("aria-current");
  step.setAttribute("aria-current", "true");
  step.form.requestSubmit();
});
