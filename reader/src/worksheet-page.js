/** A worksheet as its page has it: what there is to fill in, and what is made of it. */

import { all, one } from "./elements.js";

/**
 * @typedef {import("./worksheet-answers.js").Part} Part
 * @typedef {import("./worksheet-answers.js").Blank} Blank
 * @typedef {import("./computing.js").Operation} Operation
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control
 */

/** @param {string | undefined} ids */
const listed = (ids) => (ids ?? "").split(" ").filter(Boolean);

/**
 * What is typed into below a root.
 *
 * @param {ParentNode} root
 */
export const controlsIn = (root) => /** @type {Control[]} */ (all(".pp-control", root));

/**
 * The parts of a worksheet, in order.
 *
 * @param {HTMLElement} worksheet
 */
export function readParts(worksheet) {
  return all(".pp-part", worksheet).map(readPart);
}

/**
 * @param {HTMLElement} root
 * @returns {Part}
 */
function readPart(root) {
  const { part = "", kind = "" } = root.dataset;
  const made = all("[data-from]", root)[0]?.dataset ?? {};
  const [body] = all("tbody", root);
  const blanks =
    kind === "form" ? all(".pp-field", root).map(readField) : body ? readColumns(root, body) : [];
  const firsts = body ? all("tr", body).map((row) => controlsIn(row)[0]?.value ?? "") : [];
  return {
    id: part,
    kind,
    title: one("h2", root).textContent.replace("¶", "").trim(),
    root,
    blanks,
    starters: firsts.filter(Boolean),
    sources: body ? all("tr[data-starter]", body).map((row) => row.dataset.starter ?? "") : [],
    rows: firsts.length,
    from: made.from ?? "",
    of: listed(made.of),
    x: made.x ?? "",
    computed: /** @type {Operation} */ (made.computed ?? "sum"),
  };
}

/**
 * @param {HTMLElement} field
 * @returns {Blank}
 */
function readField(field) {
  const [control] = controlsIn(field);
  const { blank = "", type = "text", fills } = control.dataset;
  const label = one("label", field).textContent;
  return { id: blank, label, type, ...optionsOf(control), ...(fills ? { slot: fills } : {}) };
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} body
 * @returns {Blank[]}
 */
function readColumns(root, body) {
  const cells = all(".pp-cell", one("tr", body));
  return all("th", root).map((head, place) => {
    const { column = "", computed, of } = head.dataset;
    const [control] = controlsIn(cells[place]);
    return {
      id: column,
      label: head.textContent,
      type: control?.dataset.type ?? "number",
      ...optionsOf(control),
      ...(computed ? { computed: /** @type {Operation} */ (computed), of: listed(of) } : {}),
    };
  });
}

/** @param {Control | undefined} control */
function optionsOf(control) {
  const found =
    control instanceof HTMLSelectElement ? [...control.options].filter((option) => option.value) : [];
  return { options: found.map((option) => option.value), shown: found.map((option) => option.text) };
}

/**
 * What the example of the page holds, as it is read there.
 *
 * @param {Part[]} parts
 */
export function readExample(parts) {
  /** @type {import("./worksheet-answers.js").Given} */
  const given = { fields: {}, rows: {} };
  for (const root of all("[data-example]")) {
    const part = parts.find(({ id }) => id === root.dataset.example);
    if (!part) continue;
    const named = listed(root.dataset.blanks).map((id) => part.blanks.find((blank) => blank.id === id));
    if (part.kind === "form") given.fields[part.id] = filledIn(named, all("dd", root));
    else {
      given.rows[part.id] = all("tbody tr", root).map((row) => filledIn(part.blanks, all("td", row)));
    }
  }
  return given;
}

/**
 * @param {(Blank | undefined)[]} blanks
 * @param {HTMLElement[]} cells
 */
function filledIn(blanks, cells) {
  /** @type {Record<string, string>} */
  const found = {};
  blanks.forEach((blank, place) => {
    const words = cells[place]?.textContent.replace(/\s+/g, " ").trim();
    if (blank && words) found[blank.id] = blank.options[blank.shown.indexOf(words)] ?? words;
  });
  return found;
}
