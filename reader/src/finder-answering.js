/** What a reader gets for what she looks for: which lines, in which order, and in what words it is told. */

import { counted } from "./elements.js";
import { FILTERS, surveyed } from "./finder-counting.js";
import { bestFirst, search } from "./finder-matching.js";

/**
 * @typedef {import("./finder-counting.js").Filter} Filter
 * @typedef {import("./finder-counting.js").Chosen} Chosen
 * @typedef {import("./finder-counting.js").Counts} Counts
 *
 * @typedef {object} Handbook
 * @property {import("./finder-counting.js").Places[]} places of each line
 * @property {Record<Filter, string[]>} choices
 * @property {() => import("./finder-matching.js").Index} index made when words are first looked for
 *
 * @typedef {object} Answer
 * @property {number[]} best the lines to show first, best first
 * @property {number[]} rest the lines to show after them, where they stand on the page
 * @property {string} words
 * @property {Offer[]} offers
 * @property {boolean} isNothing whether the handbook has nothing at all
 * @property {Record<Filter, Counts>} counts
 *
 * @typedef {object} Offer
 * @property {string} words
 * @property {Filter[]} drop the filters that stand in the way
 */

const MOST_BEST = 12;
const MOST_NEAREST = 12;
/** Where fewer lines have all of the words, the nearest stand below them. */
const FEW = 5;

/** @type {Record<Filter, (choice: string) => string>} */
const ELSEWHERE = {
  context: () => "in other contexts",
  stage: () => "in other stages",
  playbook: () => "in other playbooks",
  channel: (choice) => (choice === "written" ? "said aloud" : "in writing"),
};

/**
 * @param {Handbook} handbook
 * @param {import("./finder-address.js").Sought} sought
 * @returns {Answer}
 */
export function answered({ places, choices, index }, sought) {
  const survey = (/** @type {(line: number) => boolean} */ isFound) =>
    surveyed(places, sought, choices, isFound);
  const found = sought.q.trim() ? search(index(), sought.q) : null;
  if (!found) {
    const all = survey(() => true);
    const words = all.lines.length
      ? partly(all.lines.length, places.length)
      : "No line fits all of these choices.";
    return { ...told(all, sought, words), rest: all.lines };
  }
  const { whole, scores } = found;
  const having = survey((line) => whole.has(line));
  const count = having.lines.length;
  const near = count < FEW ? survey((line) => scores[line] > 0) : having;
  if (count && near.lines.length > count) {
    const nearest = bestFirst(near.lines, scores).filter((line) => !whole.has(line));
    const best = [...bestFirst(having.lines, scores), ...nearest.slice(0, FEW - count)];
    const words = `${counted(count, "line")} with all of these words, and the nearest`;
    return { ...told(having, sought, words), best };
  }
  if (count) {
    const ranked = bestFirst(having.lines, scores);
    const best = ranked.slice(0, MOST_BEST);
    const rest = ranked.slice(MOST_BEST);
    return {
      ...told(having, sought, `${counted(count, "line")}${count > 1 ? ", the best first" : ""}`),
      best,
      rest,
    };
  }
  const best = bestFirst(near.lines, scores).slice(0, MOST_NEAREST);
  if (whole.size) {
    const words = `No line here has all of these words.${best.length ? " The nearest:" : ""}`;
    return { ...told(having, sought, words), best };
  }
  const words = best.length
    ? "No line has all of these words. The nearest:"
    : near.total
      ? "No line here has any of these words."
      : "No line has any of these words. Try fewer of them, or those that they used.";
  return { ...told(limited(near), sought, words), best, isNothing: !near.total };
}

/**
 * @param {import("./finder-counting.js").Survey} survey
 * @param {Chosen} sought
 * @param {string} words
 * @returns {Answer}
 */
function told(survey, sought, words) {
  return {
    best: [],
    rest: [],
    words,
    offers: survey.lines.length ? [] : offersOf(survey, sought),
    isNothing: false,
    counts: survey.counts,
  };
}

/**
 * Which filters to drop in order to see something.
 *
 * @param {import("./finder-counting.js").Survey} survey
 * @param {Chosen} sought
 * @returns {Offer[]}
 */
function offersOf({ counts, total }, sought) {
  const used = FILTERS.filter((filter) => sought[filter]);
  const offers = used.flatMap((filter) => {
    const count = counts[filter].get("");
    const where = ELSEWHERE[filter](sought[filter]);
    return count
      ? [{ words: `${counted(count, "line")} ${where}: show ${them(count)}`, drop: [filter] }]
      : [];
  });
  return offers.length || !total
    ? offers
    : [{ words: `${counted(total, "line")} without these choices: show ${them(total)}`, drop: used }];
}

/**
 * Only so many of the nearest are shown, whatever is chosen.
 *
 * @param {import("./finder-counting.js").Survey} survey
 */
function limited(survey) {
  for (const counts of Object.values(survey.counts)) {
    for (const [choice, count] of counts) counts.set(choice, Math.min(count, MOST_NEAREST));
  }
  return { ...survey, total: Math.min(survey.total, MOST_NEAREST) };
}

/** @param {number} count */
function them(count) {
  return count === 1 ? "it" : "them";
}

/**
 * @param {number} count
 * @param {number} total
 */
function partly(count, total) {
  return count === total ? counted(total, "line") : `${count} of ${counted(total, "line")}`;
}
