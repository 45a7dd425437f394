/** Parts of playbooks that are not on this page, loaded when they are needed. */

import { element } from "./elements.js";
import { load } from "./page.js";
import { slotElement } from "./slots.js";

/**
 * @typedef {string | {slot: string} | [string, ...any[]]} Piece words, a blank, or an element: `["em", piece …]`
 *
 * @typedef {object} Part
 * @property {"script" | "pitfall" | "checklist"} kind
 * @property {string} title
 * @property {number} [stage] the place of a script's stage among the stages
 * @property {boolean} [quoted] whether the title is something that is said
 * @property {boolean} [instead] whether the title is what the script replaces
 * @property {Piece[]} [text]
 * @property {Piece[]} [stop]
 * @property {Piece[][]} [items]
 *
 * @typedef {object} Playbook
 * @property {string} title
 * @property {Record<string, Part>} parts
 * @property {Record<string, {label: string, example: string, type: string}>} slots
 */

const ALLOWED = new Set(["em", "strong", "p", "ul", "ol", "li", "br"]);

/**
 * The parts of a playbook.
 *
 * @param {string} name
 * @returns {Promise<Playbook>}
 */
export async function playbookParts(name) {
  globalThis.playbooksParts ??= {};
  if (!Object.hasOwn(globalThis.playbooksParts, name)) await load(`parts/${name}.js`);
  return globalThis.playbooksParts[name];
}

/**
 * Makes pieces into what can be shown.
 *
 * @param {Piece[]} pieces
 * @param {Playbook["slots"]} slots
 * @returns {(Node | string)[]}
 */
export function shown(pieces, slots) {
  return pieces.map((piece) => {
    if (typeof piece === "string") return piece;
    if (Array.isArray(piece)) {
      const [tag, ...children] = piece;
      const name = /** @type {"span"} */ (ALLOWED.has(tag) ? tag : "span");
      return element(name, {}, ...shown(children, slots));
    }
    const { slot } = piece;
    return Object.hasOwn(slots, slot) ? slotElement({ name: slot, ...slots[slot] }) : `{${slot}}`;
  });
}
