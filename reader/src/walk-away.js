/** The lines at the top of a cheat sheet: what you hope for, where you stop, and what you do instead. */

import { all } from "./elements.js";
import { mine } from "./mine.js";

/** Lets the fields below a root show and keep what is written in them. */
export function startWalkAway(/** @type {ParentNode} */ root = document) {
  const fields = /** @type {HTMLInputElement[]} */ (all("input[data-walk-away]", root));
  if (!fields.length) return;
  const nameOf = (/** @type {HTMLInputElement} */ field) =>
    /** @type {keyof import("./kept.js").WalkAway} */ (field.dataset.walkAway);
  const show = () => {
    for (const field of fields) {
      const words = mine.read("walkAway")[nameOf(field)] ?? "";
      if (field.value !== words) field.value = words;
    }
  };
  for (const field of fields) {
    field.addEventListener("input", () => {
      mine.change("walkAway", (walkAway) => {
        if (field.value) walkAway[nameOf(field)] = field.value;
        else delete walkAway[nameOf(field)];
      });
    });
  }
  mine.onChange("walkAway", show);
  show();
}
