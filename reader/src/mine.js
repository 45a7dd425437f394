/** What this reader has filled in, ticked, starred and practised. */

import { warn } from "./notice.js";
import { handbook } from "./page.js";
import { Store } from "./store.js";

/** @type {Record<import("./store.js").Trouble, string>} */
const TROUBLE = {
  blocked:
    "This browser does not let the page keep anything. What you fill in is gone when you close the page.",
  full: "This browser has no room left. What you change now is gone when you close the page, unless you export it.",
  damaged: "Something that was kept here could not be read. It is set aside, and an export has it.",
  newer: "A newer version of this handbook has kept things here. Load the page again to change them.",
};

/** Everything of this reader's, shared with the other tabs that show the handbook. */
export const mine = new Store(
  () => localStorage,
  handbook,
  (trouble) => warn(TROUBLE[trouble]),
);

addEventListener("storage", (event) => {
  if (event.storageArea === localStorage) mine.noteForeignChange(event.key);
});
// A page that comes back from the browser's memory has heard nothing meanwhile.
addEventListener("pageshow", (event) => {
  if (event.persisted) mine.noteForeignChange(null);
});
