/** My sheet: what a reader starred, gathered on one page to print. */

import { addActions } from "./cards.js";
import { all, button, counted, element, one } from "./elements.js";
import { mine } from "./mine.js";
import { say } from "./notice.js";
import { address } from "./page.js";
import { playbookParts, shown } from "./parts.js";
import { prepareSlots } from "./slots.js";
import { addTicks } from "./ticks.js";

/**
 * @typedef {object} Starred
 * @property {string} at where the handbook has it, which is what is kept
 * @property {import("./parts.js").Playbook} playbook
 * @property {import("./parts.js").Part} part
 */

const SECTIONS = /** @type {const} */ ([
  ["script", "Lines to say"],
  ["pitfall", "What goes wrong"],
  ["checklist", "Checklists"],
]);

const sheet = one(".pp-my-sheet");
const known = new Set(sheet.dataset.playbooks?.split(" ").filter(Boolean));
const content = one(".pp-my-sheet__content");
let latest = 0;
let displayed = new AbortController();

/** Loads what is starred; what is gone from the handbook is told apart. */
async function gathered() {
  /** @type {Starred[]} */
  const found = [];
  /** @type {string[]} */
  const gone = [];
  for (const at of mine.read("stars")) {
    const [, name = "", id = ""] = at.match(/^playbooks\/([a-z0-9-]+)#([a-z0-9-]+)$/) ?? [];
    const playbook = known.has(name) ? await playbookParts(name) : undefined;
    if (playbook && Object.hasOwn(playbook.parts, id)) found.push({ at, playbook, part: playbook.parts[id] });
    else gone.push(at);
  }
  return { found, gone };
}

async function show() {
  const turn = ++latest;
  try {
    const { found, gone } = await gathered();
    if (turn !== latest) return;
    const place = all("button, a", content).indexOf(/** @type {HTMLElement} */ (document.activeElement));
    content.replaceChildren(...(found.length ? sections(found) : [nothing()]), ...gone.map(goneElement));
    prepareSlots(content);
    addActions(content);
    displayed.abort();
    displayed = new AbortController();
    for (const list of all(".pp-ticks", content)) addTicks(list, displayed.signal);
    const stops = all("button, a", content);
    if (place >= 0) stops[Math.min(place, stops.length - 1)]?.focus();
    one(".pp-my-sheet__count").textContent = `${counted(found.length, "thing")} on your sheet`;
    for (const action of all(".pp-my-sheet__actions button")) {
      /** @type {HTMLButtonElement} */ (action).disabled = !found.length;
    }
  } catch (error) {
    content.replaceChildren(
      element(
        "p",
        { class: "pp-problem" },
        `The sheet cannot be shown: ${error instanceof Error ? error.message : error}.`,
      ),
    );
  }
}

/** @param {Starred[]} found */
function sections(found) {
  return SECTIONS.flatMap(([kind, title]) => {
    const ofKind = found.filter(({ part }) => part.kind === kind);
    if (!ofKind.length) return [];
    ofKind.sort((first, second) => (first.part.stage ?? 0) - (second.part.stage ?? 0));
    return [
      element("h2", {}, title),
      ...ofKind.map((starred) => (kind === "checklist" ? checklist(starred) : line(starred))),
    ];
  });
}

/** @param {Starred} starred */
function link({ at, part }) {
  const [page, id] = at.split("#");
  return element("a", { href: address(`${page}/#${id}`) }, part.quoted ? `“${part.title}”` : part.title);
}

/** @param {Starred} starred */
function line(starred) {
  const { at, part, playbook } = starred;
  const isScript = part.kind === "script";
  const text = shown(part.text ?? [], playbook.slots);
  return element(
    "div",
    { class: "pp-line" },
    element(
      "div",
      { class: `pp-line__heard${part.quoted ? " pp-line__heard--theirs" : ""}` },
      element("p", {}, part.instead ? "Instead of " : "", link(starred)),
    ),
    element(
      "div",
      { class: `pp-line__said${isScript ? " pp-line__said--script" : ""}` },
      ...text,
      ...(part.stop?.length
        ? [element("p", { class: "pp-stop" }, "Stop: ", ...shown(part.stop, playbook.slots))]
        : []),
      element("div", { class: "pp-actions", "data-at": at }),
    ),
  );
}

/** @param {Starred} starred */
function checklist(starred) {
  const { at, part, playbook } = starred;
  const items = (part.items ?? []).map((item) =>
    element(
      "li",
      {},
      element(
        "label",
        {},
        element("input", { type: "checkbox", autocomplete: "off" }),
        " ",
        element("span", {}, ...shown(item, playbook.slots)),
      ),
    ),
  );
  return element(
    "div",
    { class: "pp-ticks", "data-checklist": at },
    element("div", { class: "pp-actions", "data-at": at }),
    element("h3", {}, link(starred)),
    element("p", { class: "pp-progress" }),
    element("ul", {}, ...items),
  );
}

function nothing() {
  return element(
    "p",
    {},
    "Nothing is starred yet. Choose Star at a ",
    element("a", { href: address("scripts/") }, "line"),
    ", a ",
    element("a", { href: address("pitfalls/") }, "pitfall"),
    " or a checklist, and it stands here.",
  );
}

/** @param {string} at */
function goneElement(at) {
  return element(
    "p",
    { class: "pp-hint" },
    `${at} was starred, and is no longer in the handbook. `,
    button("Remove", () => mine.change("stars", (stars) => stars.splice(stars.indexOf(at), 1)), {
      class: "pp-action",
      "aria-label": `Remove ${at}`,
    }),
  );
}

function clear() {
  const before = [...mine.read("stars")];
  const set = (/** @type {string[]} */ stars) =>
    mine.change("stars", (kept) => kept.splice(0, kept.length, ...stars));
  set([]);
  say("Nothing is starred any more.", { words: "Undo", onclick: () => set(before) });
}

one(".pp-my-sheet__actions").append(
  button("Print", () => print(), { class: "pp-button pp-button--main" }),
  button("Clear all stars", clear),
);
mine.onChange("stars", show);
show();
