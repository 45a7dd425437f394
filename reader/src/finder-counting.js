/** Which lines fit the filters, and how many there would be with another choice. */

/**
 * @typedef {"context" | "stage" | "playbook" | "channel"} Filter
 * @typedef {Record<Filter, string[]>} Places where a line belongs: a filter without any fits every choice
 * @typedef {Record<Filter, string>} Chosen what is chosen: nothing where the filter is not used
 * @typedef {Map<string, number>} Counts by choice, how many lines there are with it; "" is any choice
 *
 * @typedef {object} Survey
 * @property {number[]} lines those that fit every filter
 * @property {Record<Filter, Counts>} counts by filter, given what is chosen in the others
 * @property {number} total how many there are with no filter at all
 */

/** @type {Filter[]} */
export const FILTERS = ["context", "stage", "playbook", "channel"];

/**
 * @param {Places[]} lines
 * @param {Chosen} chosen
 * @param {Record<Filter, string[]>} choices what each filter offers
 * @param {(line: number) => boolean} isFound whether a line has the words
 * @returns {Survey}
 */
export function surveyed(lines, chosen, choices, isFound) {
  const counts = /** @type {Survey["counts"]} */ (
    Object.fromEntries(
      FILTERS.map((filter) => [filter, new Map(["", ...choices[filter]].map((choice) => [choice, 0]))]),
    )
  );
  /** @type {number[]} */
  const fitting = [];
  let total = 0;
  lines.forEach((places, line) => {
    if (!isFound(line)) return;
    total += 1;
    // Plain loops: this runs for every line at every key.
    /** @type {Filter | undefined} */
    let against;
    let misses = 0;
    for (const filter of FILTERS) {
      if (fits(places[filter], chosen[filter])) continue;
      against = filter;
      misses += 1;
    }
    if (!misses) fitting.push(line);
    if (misses > 1) return;
    for (const filter of FILTERS) {
      if (against && filter !== against) continue;
      const counted = counts[filter];
      add(counted, "");
      for (const choice of places[filter].length ? places[filter] : choices[filter]) add(counted, choice);
    }
  });
  return { lines: fitting, counts, total };
}

/**
 * @param {string[]} places
 * @param {string} choice
 */
function fits(places, choice) {
  return !choice || !places.length || places.includes(choice);
}

/**
 * @param {Counts} counts
 * @param {string} choice
 */
function add(counts, choice) {
  const count = counts.get(choice);
  if (count !== undefined) counts.set(choice, count + 1);
}
