/** The panel that shows a reader what is kept of hers, and lets her take it along or forget it. */

import { all, button, counted, element, openFile, saveFile } from "./elements.js";
import { AREA_NAMES } from "./kept.js";
import { escaped } from "./marks.js";
import { mine } from "./mine.js";
import { say } from "./notice.js";
import { forgetVisited } from "./offline.js";
import { address, handbook } from "./page.js";
import { fill, inWords, openEditor, slotOf } from "./slots.js";

/** Lets the button in the header open the panel. */
export function startYours() {
  for (const opener of all(".pp-yours-opener")) opener.addEventListener("click", () => open(opener));
}

/** @param {HTMLElement} opener */
function open(opener) {
  const content = element("div", { class: "pp-yours__content" });
  const dialog = element(
    "dialog",
    { class: "pp-dialog pp-yours", "aria-labelledby": "pp-yours-title" },
    element(
      "header",
      { class: "pp-yours__header" },
      element("h2", { id: "pp-yours-title" }, "Yours"),
      button("Close", () => dialog.close()),
    ),
    element(
      "p",
      { class: "pp-hint" },
      "What you fill in stays in this browser. Nobody else sees it, and it is not sent anywhere.",
    ),
    content,
    takeAlong(),
  );
  const show = () => {
    const place = all("button, a", content).indexOf(/** @type {HTMLElement} */ (document.activeElement));
    content.replaceChildren(blanks(), elsewhere());
    const stops = all("button, a", content);
    if (place >= 0) (stops[Math.min(place, stops.length - 1)] ?? dialog).focus();
  };
  const shown = new AbortController();
  for (const area of AREA_NAMES) mine.onChange(area, show, shown.signal);
  dialog.addEventListener("close", () => {
    shown.abort();
    dialog.remove();
    opener.focus();
  });
  // A click beside the panel puts it away.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  show();
  document.body.append(dialog);
  dialog.showModal();
}

function blanks() {
  const slots = Object.entries(mine.read("slots"));
  if (!slots.length) {
    return element("p", {}, "No blank is filled in yet. Choose one in any line: it is underlined with dots.");
  }
  const rows = slots.map(([name, words]) => {
    const slot = slotOnPage(name);
    return element(
      "li",
      {},
      element("span", { class: "pp-yours__label" }, slot.label),
      element("span", { class: "pp-yours__words" }, words),
      button("Change", () => openEditor(slot), { class: "pp-action", "aria-label": `Change ${slot.label}` }),
      button("Clear", () => clear(name, slot.label, words), {
        class: "pp-action",
        "aria-label": `Clear ${slot.label}`,
      }),
    );
  });
  return element(
    "section",
    { "aria-labelledby": "pp-yours-blanks" },
    element("h3", { id: "pp-yours-blanks" }, "Blanks that you filled in"),
    element("ul", { class: "pp-yours__list" }, ...rows),
    button("Clear all blanks", clearAll, { class: "pp-action" }),
  );
}

/**
 * A blank as a line on this page has it, if there is one.
 *
 * @param {string} name
 */
function slotOnPage(name) {
  const [found] = all(`.pp-slot[data-slot="${CSS.escape(name)}"]`);
  return found ? slotOf(found) : { name, label: inWords(name), example: "", type: "text" };
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string} words
 */
function clear(name, label, words) {
  fill(name, "");
  say(`${label} is a blank again.`, { words: "Undo", onclick: () => fill(name, words) });
}

function clearAll() {
  const before = { ...mine.read("slots") };
  const set = (/** @type {Record<string, string>} */ slots) =>
    mine.change("slots", (kept) => {
      for (const name of Object.keys(kept)) delete kept[name];
      Object.assign(kept, slots);
    });
  set({});
  say("All blanks are blank again.", { words: "Undo", onclick: () => set(before) });
}

/** Where the rest of what is kept is found. */
function elsewhere() {
  const stars = mine.read("stars").length;
  const cards = Object.keys(mine.read("practice").cards).length;
  const ticks = Object.values(mine.read("ticks")).flat().length;
  const copies = Object.entries(mine.read("worksheets")).map(([name, worksheet]) =>
    element(
      "li",
      {},
      element("a", { href: address(`worksheets/${name}/`) }, inWords(name)),
      ` ${Object.values(worksheet.copies)
        .map((copy) => copy.name)
        .join(", ")}`,
    ),
  );
  return element(
    "section",
    { "aria-labelledby": "pp-yours-elsewhere" },
    element("h3", { id: "pp-yours-elsewhere" }, "And elsewhere"),
    element(
      "ul",
      { class: "pp-yours__places" },
      element(
        "li",
        {},
        element("a", { href: address("tools/my-sheet/") }, "My sheet"),
        ` ${counted(stars, "thing")} starred`,
      ),
      element(
        "li",
        {},
        element("a", { href: address("practice/") }, "Practice"),
        ` ${counted(cards, "line")} begun`,
      ),
      element("li", {}, `Checklists: ${counted(ticks, "tick")}`),
      ...copies,
    ),
  );
}

function takeAlong() {
  return element(
    "footer",
    { class: "pp-yours__footer" },
    element(
      "p",
      { class: "pp-buttons" },
      button("Export all", exportAll),
      button("Import", takeIn),
      button("For printed sheets", exportFillings),
      button("Forget all", (event) => askToForget(/** @type {HTMLElement} */ (event.currentTarget))),
    ),
    element(
      "p",
      { class: "pp-hint" },
      "The file for printed sheets goes with ",
      element("code", {}, "playbooks sheet --fill"),
      ".",
    ),
  );
}

const slug = () => handbook.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");

function exportAll() {
  saveFile(`${slug()}-mine.json`, `${JSON.stringify(mine.everything(), null, 2)}\n`, "application/json");
  say("Everything is in the file.");
}

/** Saves the blanks and worksheets as the file of fillings that printed sheets are made with. */
function exportFillings() {
  const worksheets = Object.entries(mine.read("worksheets")).flatMap(([name, { open: opened, copies }]) => {
    const copy = copies[opened] ?? Object.values(copies)[0];
    return copy ? [[name, { fields: copy.fields, rows: copy.rows }]] : [];
  });
  const fillings = {
    walk_away: mine.read("walkAway"),
    slots: mine.read("slots"),
    worksheets: Object.fromEntries(worksheets),
  };
  const asTyped = (/** @type {string} */ _, /** @type {unknown} */ value) =>
    typeof value === "string" ? escaped(value) : value;
  saveFile(`${slug()}-fillings.json`, `${JSON.stringify(fillings, asTyped, 2)}\n`, "application/json");
  say("The fillings are in the file.");
}

async function takeIn() {
  const file = await openFile(".json,application/json");
  if (!file) return;
  const before = mine.everything();
  try {
    mine.takeIn(parsed(file.text));
    say(`${file.name} is taken in.`, { words: "Undo", onclick: () => mine.takeIn(before) });
  } catch (error) {
    say(`${file.name} is not taken in: ${error instanceof Error ? error.message : error}.`);
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("it is not JSON");
  }
}

/** @param {HTMLElement} asked */
function askToForget(asked) {
  const answer = element(
    "p",
    { class: "pp-buttons", role: "group", "aria-label": "Forget all?" },
    "Blanks, stars, ticks, worksheets, practice, and the pages kept from your visits: forget all of it?",
    button("Forget all of it", () => {
      const before = mine.everything();
      mine.forgetAll();
      // They are no more than the browser can fetch again, but they tell others where she has been.
      forgetVisited().catch(() => {});
      say("All is forgotten.", { words: "Undo", onclick: () => mine.takeIn(before) });
      answer.replaceWith(asked);
      asked.focus();
    }),
    button("Keep it", () => {
      answer.replaceWith(asked);
      asked.focus();
    }),
  );
  asked.replaceWith(answer);
  all("button", answer)[0].focus();
}
