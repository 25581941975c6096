// Places to drop files onto (data-drop): the file field inside gets them, and their names are told.
import { all, one, sentence } from "./dom.js";

function told(zone, files) {
  const names = [...files].map((file) => file.name);
  one(".drop-files", zone).textContent = names.length > 3 ? `${names.length} ${sentence("files")}` : names.join(", ");
  zone.classList.toggle("has-files", names.length > 0);
}

function ready(zone) {
  zone.dataset.drop = "ready";
  const field = one("input[type=file]", zone);
  field.addEventListener("change", () => told(zone, field.files));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const given = new DataTransfer();
    [...event.dataTransfer.files].slice(0, field.multiple ? undefined : 1).forEach((file) => given.items.add(file));
    field.files = given.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

const readyAll = () => all("[data-drop]:not([data-drop=ready])").forEach(ready);

readyAll();
document.addEventListener("htmx:after:swap", readyAll);
