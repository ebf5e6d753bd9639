/** The page that larimard serves. */
import { render } from "preact";
import { App } from "./app.jsx";
import { followUpdates } from "./update.js";

const place = /** @type {HTMLElement} */ (document.getElementById("app"));
render(<App />, place);
void followUpdates();
