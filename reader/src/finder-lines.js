/** The lines of the page: what is known of each, and which of them are shown. */

import { all, one } from "./elements.js";

/**
 * @typedef {import("./finder-counting.js").Places} Places
 * @typedef {import("./finder-matching.js").Words} Words
 */

/** More lines than a window has room for. */
const WINDOWFUL = 40;

/** The lines of the page, in its order. */
export class Lines {
  #best = one(".pp-finder__best");
  #elements = all(".pp-stage .pp-line");
  #stages = all(".pp-stage").map((block) => ({
    block,
    lines: this.#elements.filter((line) => block.contains(line)),
    entries: all(`.md-nav--secondary a[href$="#${block.dataset.stage}"]`).map(
      (link) => link.closest("li") ?? link,
    ),
  }));
  #groups = all(".pp-stage .pp-lines").map((group) => ({ group, lines: all(".pp-line", group) }));
  #contents = all(".md-nav--secondary");
  /** Where the lines that are shown first belong. @type {Map<HTMLElement, Comment>} */
  #homes = new Map();

  /** @returns {Places[]} */
  places() {
    /** @type {Map<HTMLElement, string>} */
    const stages = new Map();
    for (const { block, lines } of this.#stages) {
      for (const line of lines) stages.set(line, block.dataset.stage ?? "");
    }
    return this.#elements.map((line) => ({
      context: line.dataset.contexts?.split(" ") ?? [],
      stage: [stages.get(line) ?? ""],
      playbook: [/^playbooks\/([^#]+)/.exec(actionsOf(line)?.dataset.at ?? "")?.[1] ?? ""],
      channel: [line.dataset.channel ?? "spoken"],
    }));
  }

  /** @returns {Words[]} */
  words() {
    return this.#elements.map((line) => ({
      heard: one(".pp-line__heard a", line).textContent,
      said: wordsSaid(line),
      also: line.dataset.also ?? "",
    }));
  }

  /**
   * Shows some lines first, or else the first of the rest, and for now no more: they fill the window.
   *
   * @param {number[]} best
   * @param {number[]} rest
   */
  showFirst(best, rest) {
    const first = best.map((line) => this.#elements[line]);
    if (
      first.length !== this.#homes.size ||
      first.some((line, place) => this.#best.children[place] !== line)
    ) {
      for (const [line, home] of this.#homes) home.replaceWith(line);
      this.#homes.clear();
      for (const line of first) {
        const home = new Comment();
        line.replaceWith(home);
        this.#homes.set(line, home);
      }
      this.#best.append(...first);
    }
    for (const line of first) line.hidden = false;
    if (first.length || !rest.length) for (const { block } of this.#stages) block.hidden = true;
    else this.#begin(new Set(rest.slice(0, WINDOWFUL).map((line) => this.#elements[line])));
  }

  /** @param {Set<HTMLElement>} shown */
  #begin(shown) {
    const isShown = (/** @type {HTMLElement} */ line) => shown.has(line);
    for (const line of shown) line.hidden = false;
    for (const { group, lines } of this.#groups) if (lines.some(isShown)) group.hidden = false;
    for (const { block, lines } of this.#stages) if (lines.some(isShown)) block.hidden = false;
  }

  /**
   * Shows other lines below their stages, and no more.
   *
   * @param {number[]} rest
   */
  showRest(rest) {
    const shown = new Set([...this.#homes.keys(), ...rest.map((line) => this.#elements[line])]);
    for (const line of this.#elements) {
      if (line.hidden === shown.has(line)) line.hidden = !line.hidden;
    }
    for (const { group, lines } of this.#groups) {
      const count = lines.filter((line) => !line.hidden && !this.#homes.has(line)).length;
      // What is off the screen takes about as much room as it will need; without any, nothing is laid out.
      if (group.dataset.count !== `${count}`) {
        group.dataset.count = `${count}`;
        group.style.setProperty("--lines", `${count}`);
        group.hidden = !count;
      }
    }
    for (const { block, lines, entries } of this.#stages) {
      const isEmpty = !lines.some((line) => !line.hidden && !this.#homes.has(line));
      for (const part of [block, ...entries]) part.hidden = isEmpty;
    }
    // A table of contents without contents is no use.
    for (const contents of this.#contents) contents.hidden = this.#stages.every(({ block }) => block.hidden);
  }

  /** The links of the lines that are shown, from top to bottom. */
  links() {
    return all(":is(.pp-finder__best, .pp-stage:not([hidden])) .pp-line:not([hidden]) .pp-line__heard a");
  }
}

/** @param {HTMLElement} line */
function actionsOf(line) {
  return all(".pp-actions[data-at]", line)[0];
}

/**
 * What is said, whatever its blanks are filled with: a link that is passed on finds the same for everyone.
 *
 * @param {HTMLElement} line
 */
function wordsSaid(line) {
  const said = one(".pp-line__said", line);
  const filled = all(".pp-slot--filled", said);
  const words = [...said.children]
    .filter((child) => !child.classList.contains("pp-actions"))
    .map((child) => child.textContent);
  return [...words, ...filled.map((slot) => slot.dataset.example)].join(" ");
}
