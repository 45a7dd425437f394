/** The script finder: all lines of the handbook, by words, context, stage, playbook and channel. */

import { copy } from "./cards.js";
import { all, button, element, one } from "./elements.js";
import { queryOf, soughtIn } from "./finder-address.js";
import { answered } from "./finder-answering.js";
import { FILTERS } from "./finder-counting.js";
import { Lines } from "./finder-lines.js";
import { indexed } from "./finder-matching.js";
import { say } from "./notice.js";
import { address, keepQuery } from "./page.js";

/**
 * @typedef {import("./finder-counting.js").Filter} Filter
 * @typedef {import("./finder-address.js").Sought} Sought
 */

/** What the best lines and their number do not wait for. */
const PAUSE = 300;

const form = document.querySelector("form.pp-finder");
if (form instanceof HTMLFormElement) start(form);

/** @param {HTMLFormElement} finder */
function start(finder) {
  const field = /** @type {HTMLInputElement} */ (one('[name="q"]', finder));
  const selects = /** @type {Partial<Record<Filter, HTMLSelectElement>>} */ (
    Object.fromEntries(
      FILTERS.flatMap((filter) => all(`[name="${filter}"]`, finder).map((select) => [filter, select])),
    )
  );
  const options = Object.values(selects).flatMap((select) =>
    [...select.options].map((option) => ({ filter: select.name, option, label: option.text })),
  );
  const choices = /** @type {Record<Filter, string[]>} */ (
    Object.fromEntries(
      FILTERS.map((filter) => [
        filter,
        [...(selects[filter]?.options ?? [])].map((option) => option.value).filter(Boolean),
      ]),
    )
  );
  const lines = new Lines();
  /** @type {import("./finder-matching.js").Index | undefined} */
  let index;
  const handbook = {
    places: lines.places(),
    choices,
    index: () => (index ??= indexed(lines.words(), synonymsOf(finder))),
  };

  const words = element("p", { class: "pp-finder__count", "aria-hidden": "true" });
  const status = element("p", { class: "pp-unseen", role: "status" });
  const offers = element("p", { class: "pp-buttons pp-finder__offers" });
  const clear = button("Clear all", () => clearAll(), { class: "pp-action" });
  one(".pp-finder__found", finder).append(
    words,
    element(
      "p",
      { class: "pp-finder__actions" },
      clear,
      button("Copy the link to this list", copyLink, { class: "pp-action" }),
    ),
    offers,
    status,
  );

  /** @returns {Sought} */
  const sought = () => ({
    q: field.value,
    .../** @type {Record<Filter, string>} */ (
      Object.fromEntries(FILTERS.map((filter) => [filter, selects[filter]?.value ?? ""]))
    ),
  });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pausing;
  /** @type {ReturnType<typeof answered>} */
  let answer;

  function update() {
    const now = sought();
    answer = answered(handbook, now);
    lines.showFirst(answer.best, answer.rest);
    words.textContent = answer.words;
    offers.replaceChildren(
      ...answer.offers.map((offer) => button(offer.words, () => drop(offer.drop))),
      ...(answer.isNothing ? searchEverywhere() : []),
    );
    clear.disabled = !queryOf(now);
    clearTimeout(pausing);
    pausing = setTimeout(settle, PAUSE);
  }

  /** Shows the rest, counts, tells and keeps what the typing has come to: too much work for each key. */
  function settle() {
    clearTimeout(pausing);
    lines.showRest(answer.rest);
    for (const { filter, option, label } of options) {
      const text = `${label} (${answer.counts[/** @type {Filter} */ (filter)].get(option.value)})`;
      if (option.text !== text) option.text = text;
    }
    const told = [words, ...offers.children].map((part) => part.textContent).join(" ");
    if (status.textContent !== told) status.textContent = told;
    keepQuery(queryOf(sought()));
  }

  function readAddress() {
    const { q, ...chosen } = soughtIn(location.search, choices);
    field.value = q;
    for (const filter of FILTERS) {
      const select = selects[filter];
      if (select) select.value = chosen[filter];
    }
    update();
    settle();
  }

  /** @param {Filter[]} filters */
  function drop(filters) {
    for (const filter of filters) {
      const select = selects[filter];
      if (select) select.value = "";
    }
    update();
    // The button is gone: what it brought is next.
    (lines.links()[0] ?? field).focus();
  }

  function clearAll() {
    field.value = "";
    drop(FILTERS);
    field.focus();
  }

  async function copyLink() {
    settle();
    if (await copy(address(`scripts/${queryOf(sought())}`))) say("Link copied.");
  }

  function searchEverywhere() {
    const box = document.querySelector("input.md-search__input");
    if (!(box instanceof HTMLInputElement)) return [];
    return [
      button("Search the whole handbook", () => {
        box.focus();
        box.value = field.value;
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    ];
  }

  field.addEventListener("focus", () => handbook.index(), { once: true });
  finder.addEventListener("input", update);
  finder.addEventListener("change", settle);
  finder.addEventListener("focusout", settle);
  finder.addEventListener("submit", (event) => {
    event.preventDefault();
    settle();
    // On a phone the keyboard stands in front of what was found.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") {
      const [first] = lines.links();
      if (!first) return;
      event.preventDefault();
      first.focus();
    } else if (event.key === "Escape" && field.value) {
      event.preventDefault();
      field.value = "";
      update();
    }
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!["ArrowDown", "ArrowUp", "Escape"].includes(event.key) || !target.matches(".pp-line__heard a")) {
      return;
    }
    const links = lines.links();
    const next = event.key === "Escape" ? -1 : links.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1);
    if (next === links.length) return;
    event.preventDefault();
    (links[next] ?? field).focus();
  });
  addEventListener("popstate", readAddress);
  readAddress();
}

/** @param {HTMLFormElement} finder */
function synonymsOf(finder) {
  const groups = finder.dataset.synonyms ?? "";
  return groups.split(",").map((group) => group.split(" ").filter(Boolean));
}
