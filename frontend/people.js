// The people of an account: the map (looked at, walked through, changed by dropping a card), and tables edited where they stand.
import "./people/view.js";
import "./people/panel.js";
import "./people/walking.js";
import "./people/dropping.js";
import "./people/taking.js";
import "./people/grid.js";
