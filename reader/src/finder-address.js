/** What is looked for, as the part of an address that can be passed on. */

import { FILTERS } from "./finder-counting.js";

/** @typedef {import("./finder-counting.js").Chosen & {q: string}} Sought */

const LONGEST = 200;

/**
 * @param {string} query such as `?q=too+high&context=sales`
 * @param {Record<import("./finder-counting.js").Filter, string[]>} choices anything else is passed over
 * @returns {Sought}
 */
export function soughtIn(query, choices) {
  const given = new URLSearchParams(query);
  const chosen = FILTERS.map((filter) => {
    const choice = given.get(filter) ?? "";
    return [filter, choices[filter].includes(choice) ? choice : ""];
  });
  return { q: (given.get("q") ?? "").trim().slice(0, LONGEST), ...Object.fromEntries(chosen) };
}

/**
 * The query of an address; empty where nothing is looked for.
 *
 * @param {Sought} sought
 */
export function queryOf(sought) {
  const query = new URLSearchParams();
  for (const name of /** @type {const} */ (["q", ...FILTERS])) {
    const words = sought[name].trim();
    if (words) query.set(name, words);
  }
  const written = String(query);
  return written && `?${written}`;
}
