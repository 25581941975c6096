// Rows of tabs scroll sideways on a phone: the open one is brought into the middle of its row.
import { all } from "./dom.js";

for (const tab of all(":is(.tab-row, .subtabs) > [aria-current]")) {
  const row = tab.parentElement;
  if (row.scrollWidth <= row.clientWidth) continue;
  const [inside, around] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += inside.left + inside.width / 2 - around.left - around.width / 2;
}
