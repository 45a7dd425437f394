/** The blanks in what is said: filled in once, shown everywhere. */

import { all, button, element } from "./elements.js";
import { mine } from "./mine.js";
import { say } from "./notice.js";

/**
 * @typedef {object} Slot a blank as the handbook declares it
 * @property {string} name
 * @property {string} label
 * @property {string} example
 * @property {string} type text, money, date, number or person
 */

/** How many characters a filling may have. */
export const LONGEST_FILLING = 200;
const NARROW = 600;
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });

/** Makes the blanks of the page into buttons that show what is filled in. */
export function startSlots() {
  prepareSlots(document);
  mine.onChange("slots", () => all(".pp-slot[data-slot]").forEach(show));
  document.addEventListener("click", (event) => {
    const found = slotAt(event);
    if (!found) return;
    event.preventDefault();
    openEditor(slotOf(found), found);
  });
  document.addEventListener("keydown", (event) => {
    const found = event.key === "Enter" || event.key === " " ? slotAt(event) : null;
    if (!found) return;
    event.preventDefault();
    openEditor(slotOf(found), found);
  });
}

/** @param {Event} event */
function slotAt(event) {
  const at = event.target instanceof Element ? event.target.closest(".pp-slot[data-slot]") : null;
  return at instanceof HTMLElement ? at : null;
}

/**
 * Makes the blanks below a root into buttons.
 *
 * @param {ParentNode} root
 */
export function prepareSlots(root) {
  for (const found of all(".pp-slot[data-slot]", root)) {
    found.dataset.example = found.textContent;
    // The theme takes the title away for as long as it shows it.
    found.dataset.label = found.title;
    found.setAttribute("role", "button");
    found.tabIndex = 0;
    show(found);
  }
}

/**
 * Makes a blank for a line that is not on the page yet.
 *
 * @param {Slot} slot
 */
export function slotElement({ name, label, example, type }) {
  const made = element(
    "span",
    { class: "pp-slot", "data-slot": name, "data-type": type, title: label },
    example,
  );
  return made;
}

/** @param {HTMLElement} found */
function show(found) {
  const { slot = "", example = "" } = found.dataset;
  const words = filled(slot);
  found.textContent = words || example;
  found.classList.toggle("pp-slot--filled", Boolean(words));
}

/**
 * What a blank is filled with, or nothing.
 *
 * @param {string} name
 */
export function filled(name) {
  const slots = mine.read("slots");
  return Object.hasOwn(slots, name) ? slots[name] : "";
}

/**
 * Fills in a blank; without words, it is a blank again.
 *
 * @param {string} name
 * @param {string} words
 */
export function fill(name, words) {
  mine.change("slots", (slots) => {
    if (words) slots[name] = words;
    else delete slots[name];
  });
}

/**
 * A blank as an element of the page has it.
 *
 * @param {HTMLElement} found
 * @returns {Slot}
 */
export function slotOf(found) {
  const { slot = "", label, example = "", type = "text" } = found.dataset;
  return { name: slot, label: label || inWords(slot), example, type };
}

/**
 * The words of an element as text: each blank is what is filled in, or else its label in brackets.
 *
 * @param {Element} root
 * @returns {{text: string, missing: string[]}} `missing` are the labels of the blanks that are left
 */
export function wordsOf(root) {
  const copy = /** @type {Element} */ (root.cloneNode(true));
  for (const apart of copy.querySelectorAll(".pp-label, .pp-actions, .pp-stop, .headerlink")) apart.remove();
  /** @type {Set<string>} */
  const missing = new Set();
  for (const found of all(".pp-slot[data-slot]", copy)) {
    const { name, label } = slotOf(found);
    if (filled(name)) continue;
    missing.add(label);
    found.textContent = `[${label}]`;
  }
  for (const item of copy.querySelectorAll("li")) item.prepend("- ");
  const blocks = [...copy.querySelectorAll("p, li")];
  const texts = blocks.length ? blocks.map((block) => block.textContent) : [copy.textContent];
  return {
    text: texts
      .map((words) => words.replace(/\s+/g, " ").trim())
      .join(copy.querySelector("li") ? "\n" : "\n\n"),
    missing: [...missing],
  };
}

/**
 * Asks what goes into a blank.
 *
 * @param {Slot} slot
 * @param {HTMLElement} [anchor] the element that the question stands at
 */
export function openEditor(slot, anchor) {
  const input = element("input", {
    class: "pp-input",
    id: "pp-filling",
    name: "filling",
    value: filled(slot.name),
    placeholder: slot.example,
    maxlength: LONGEST_FILLING,
    autocomplete: "off",
    "aria-describedby": "pp-filling-hint pp-filling-problem",
    ...TYPED[slot.type],
  });
  const problem = element("p", { class: "pp-problem", id: "pp-filling-problem", role: "alert" });
  const hint = element(
    "p",
    { class: "pp-hint", id: "pp-filling-hint" },
    slot.example ? `For example: ${slot.example}. ` : "",
    "Every line with this blank shows what you write, and nobody else sees it.",
  );
  const { label } = slot;
  const dialog = element(
    "dialog",
    { class: "pp-dialog pp-filling", "aria-labelledby": "pp-filling-label" },
    element(
      "form",
      {
        method: "dialog",
        onsubmit: (/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          const words = input.value.replace(/\s+/g, " ").trim();
          problem.textContent = problemWith(words, slot);
          if (problem.textContent) return;
          fill(slot.name, tidied(words, slot));
          dialog.close();
          say(words ? `${label} is filled in.` : `${label} is a blank again.`);
        },
      },
      element("label", { for: "pp-filling", id: "pp-filling-label" }, label),
      input,
      ...(slot.type === "date" ? [dayPicker(input)] : []),
      hint,
      problem,
      element(
        "p",
        { class: "pp-buttons" },
        element("button", { class: "pp-button pp-button--main" }, "Fill in"),
        ...(filled(slot.name)
          ? [
              button("Clear", () => {
                fill(slot.name, "");
                dialog.close();
                say(`${label} is a blank again.`);
              }),
            ]
          : []),
        button("Cancel", () => dialog.close()),
      ),
    ),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    anchor?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  if (anchor && innerWidth > NARROW) placeAt(dialog, anchor);
  input.select();
}

/** @type {Record<string, Record<string, string>>} */
const TYPED = {
  money: { inputmode: "decimal" },
  number: { inputmode: "decimal" },
  person: { autocapitalize: "words" },
};

/** @param {HTMLInputElement} input */
function dayPicker(input) {
  return element(
    "label",
    { class: "pp-day" },
    "Or choose the day ",
    element("input", {
      type: "date",
      class: "pp-input",
      onchange: (/** @type {Event} */ event) => {
        const day = /** @type {HTMLInputElement} */ (event.target).valueAsDate;
        if (day) Object.assign(input, { value: DAY.format(day) });
      },
    }),
  );
}

/**
 * What has to be changed before the words go into the blank.
 *
 * @param {string} words
 * @param {Slot} slot
 */
function problemWith(words, { type, example }) {
  if (!words || !["money", "number"].includes(type) || /\p{Nd}/u.test(words)) return "";
  return `This has no figure in it. Write one, such as ${example}.`;
}

/**
 * The words as they are shown: a bare amount of money gets the sign of the example.
 *
 * @param {string} words
 * @param {Slot} slot
 */
function tidied(words, { type, example }) {
  const sign = example.match(/^\D+/)?.[0].trim() ?? "";
  if (type !== "money" || !sign || !/^\d+(\.\d\d?)?$/.test(words)) return words;
  const [whole, cents] = words.split(".");
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${cents ? `.${cents}` : ""}`;
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} anchor
 */
function placeAt(dialog, anchor) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = dialog.getBoundingClientRect();
  const below = at.bottom + 8;
  const top = below + height < innerHeight ? below : Math.max(8, at.top - height - 8);
  const left = Math.min(Math.max(8, at.left), innerWidth - width - 8);
  Object.assign(dialog.style, { margin: "0", top: `${top}px`, left: `${left}px` });
}

/**
 * An id as a phrase: "my-figure" is "My figure".
 *
 * @param {string} id
 */
export function inWords(id) {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
