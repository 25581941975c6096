// The timeline: the wheel with Ctrl looks closer or wider, arrows move through time while the overview has the focus.
const overview = () => document.querySelector("[data-history]");
const follow = (selector) => document.querySelector(selector)?.click();

document.addEventListener("wheel", (event) => {
  if (!event.ctrlKey || !overview()?.contains(event.target)) return;
  event.preventDefault();
  if (document.body.dataset.zooming) return;
  // One turn of a wheel is many events: the next page starts anew.
  document.body.dataset.zooming = "1";
  follow(event.deltaY < 0 ? "[data-zoom=in]" : "[data-zoom=out]");
}, { passive: false });

document.addEventListener("keydown", (event) => {
  if (event.target !== overview()) return;
  const keys = { ArrowLeft: "[data-keys=h]", ArrowRight: "[data-keys=l]" };
  if (keys[event.key]) { event.preventDefault(); follow(keys[event.key]); }
});
