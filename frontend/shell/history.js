// The way back to a page of which parts were swapped: asked for anew, whole. htmx looks after the addresses it has pushed
// itself; of the first one it knows nothing, and would leave what stood there last.
const here = () => location.pathname + location.search;
let shown = here();

for (const name of ["htmx:after:history:push", "htmx:after:history:replace"]) document.addEventListener(name, () => { shown = here(); });

// Another hash alone is a place on the same page.
addEventListener("popstate", (event) => { if (!event.state?.htmx && here() !== shown) location.reload(); });
