// A slider and the number it belongs to (data-follows: the number's id) follow each other; only the number is sent.
import { all, one } from "./dom.js";

// The filled part of the track: a style that the page's policy lets no attribute say.
const fill = (slider) => slider.style.setProperty("--slider-value", `${((slider.value - slider.min) / (slider.max - slider.min)) * 100}%`);
const sliders = (root = document) => all("[data-follows]", root);

document.addEventListener("input", ({ target }) => {
  const number = target.dataset?.follows && one(`#${target.dataset.follows}`);
  if (number) number.value = target.value;
  else sliders().filter((slider) => slider.dataset.follows === target.id).forEach((slider) => { slider.value = target.value; });
  sliders().forEach(fill);
});
sliders().forEach(fill);
