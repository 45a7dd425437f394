/** What a worksheet works out: shown as it is typed, and said once the typing rests. */

import { all, element, one } from "./elements.js";
import { cellOf, coverageOf, givenRows, highestOf, own, resultOf } from "./worksheet-answers.js";
import { showPlot, showRange } from "./worksheet-drawings.js";

/**
 * @typedef {import("./worksheet-answers.js").Part} Part
 * @typedef {import("./worksheet-answers.js").Given} Given
 */

const RESTING = 1_200;
const MOST_SAID = 3;

export class Outcomes {
  /** What was said last of each outcome. @type {Map<string, string>} */
  #said = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;

  /**
   * @param {HTMLElement} worksheet
   * @param {Part[]} parts
   */
  constructor(worksheet, parts) {
    this.parts = parts;
    this.region = element("p", { class: "pp-unseen", role: "status" });
    worksheet.append(this.region);
  }

  /**
   * Shows what answers come to.
   *
   * @param {Given} answers
   * @param {boolean} isTyped whether it is to be said, too
   */
  show(answers, isTyped) {
    const found = this.#workedOut(answers, isTyped);
    clearTimeout(this.#resting);
    if (!isTyped) this.#said = new Map(found);
    else this.#resting = setTimeout(() => this.#say(this.#workedOut(answers, false)), RESTING);
  }

  /**
   * @param {Given} answers
   * @param {boolean} isTyped half a figure is no mistake yet
   */
  #workedOut(answers, isTyped) {
    return this.parts.flatMap((part) => this.#outcomes(part, answers, isTyped));
  }

  /** @param {[string, string][]} found */
  #say(found) {
    const news = found.filter(([name, words]) => words && words !== this.#said.get(name));
    this.#said = new Map(found);
    if (news.length) {
      this.region.textContent = news
        .slice(0, MOST_SAID)
        .map(([name, words]) => `${name}: ${words}`)
        .join(" ");
    }
  }

  /**
   * What a part comes to: names and words.
   *
   * @param {Part} part
   * @param {Given} answers
   * @param {boolean} isTyped
   * @returns {[string, string][]}
   */
  #outcomes(part, answers, isTyped) {
    if (part.kind === "table") return this.#table(part, answers);
    const from = this.parts.find(({ id }) => id === part.from);
    if (!from) return [];
    const rows = from.kind === "table" ? (own(answers.rows, from.id) ?? []) : [];
    if (part.kind === "figure") {
      const { words, problem } = resultOf(part, from, answers);
      one("output", part.root).textContent = words;
      showHindrance(part.root, isTyped ? "" : problem);
      return [[part.title, words ? `${words}.` : problem]];
    }
    if (part.kind === "range") {
      const ends = part.of.map((id) => cellOf(own(answers.fields, from.id) ?? {}, id));
      return [[part.title, showRange(part, from, ends)]];
    }
    if (part.kind === "plot") return [[part.title, showPlot(part, from, givenRows(from, rows))]];
    return part.kind === "coverage" ? [[part.title, showCoverage(part, from, rows)]] : [];
  }

  /**
   * @param {Part} table
   * @param {Given} answers
   * @returns {[string, string][]}
   */
  #table(table, answers) {
    const computed = table.blanks.filter((blank) => blank.computed);
    if (!computed.length) return [];
    const given = givenRows(table, own(answers.rows, table.id) ?? []);
    const rows = all("tbody tr", table.root);
    const best = computed.map((blank) => ({ blank, ...highestOf(given, blank.id) }));
    rows.forEach((row, place) => {
      for (const { blank, places } of best) {
        const cell = one(`output[data-blank="${blank.id}"]`, row);
        const words = cellOf(given[place] ?? {}, blank.id);
        if (cell.textContent !== words) cell.textContent = words;
        /** @type {HTMLElement} */ (cell.parentElement).dataset.value = words;
        cell.closest("td")?.classList.toggle("pp-highest", places.includes(place));
      }
    });
    const [first] = table.blanks;
    const names = (/** @type {number[]} */ places) =>
      places.map((place) => cellOf(given[place], first.id) || `row ${place + 1}`).join(" and ");
    const said = best
      .filter(({ places }) => places.length)
      .map(({ blank, places, words }) => `Highest in ${blank.label}: ${names(places)} (${words}).`)
      .join(" ");
    const shown = all(".pp-outcome", table.root)[0];
    if (shown.textContent !== said) shown.textContent = said;
    return [[table.title, said]];
  }
}

/**
 * Says why there is no figure.
 *
 * @param {HTMLElement} root
 * @param {string} problem
 */
function showHindrance(root, problem) {
  const [shown] = all(".pp-problem", root);
  if (shown) {
    shown.textContent = problem;
    shown.hidden = !problem;
  } else if (problem) root.append(element("p", { class: "pp-problem" }, problem));
}

/**
 * Shows which options are there, and by what, and which are missing.
 *
 * @param {Part} part
 * @param {Part} from
 * @param {import("./worksheet-answers.js").Row[]} rows
 */
function showCoverage(part, from, rows) {
  const covered = coverageOf(from, part.of[0], rows);
  const items = all("li", part.root);
  covered.forEach(({ rows: places, by }, index) => {
    items[index].classList.toggle("pp-covered", places.length > 0);
    one(".pp-coverage__by", items[index]).textContent = places.length
      ? by || places.map((place) => `row ${place + 1}`).join(", ")
      : "still missing";
  });
  const missing = items.filter((item) => !item.classList.contains("pp-covered"));
  const names = missing.map((item) => one(".pp-coverage__name", item).textContent).join(", ");
  const words = names
    ? `${items.length - missing.length} of ${items.length} are there. Still missing: ${names}.`
    : `All ${items.length} are there.`;
  one(".pp-outcome", part.root).textContent = words;
  return words;
}
