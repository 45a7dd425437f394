/** What was answered, as the part of an address that can be passed on. */

/**
 * @typedef {object} Answers
 * @property {string} context none is anywhere
 * @property {string[]} ticked the keys of the signs that are so
 * @property {number} rounds how many rounds of signs have been asked for beside the first
 */

/**
 * The key of a sign, made from its words: an address keeps its meaning when others are added.
 *
 * @param {string} words
 */
export function keyOf(words) {
  let hash = 0x811c9dc5;
  for (const character of words) {
    hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/**
 * @param {string} query
 * @param {string[]} contexts
 * @param {(key: string) => boolean} isKnown whether there is such a sign; others are passed over
 * @returns {Answers}
 */
export function answersIn(query, contexts, isKnown) {
  const given = new URLSearchParams(query);
  const context = given.get("context") ?? "";
  const more = Number(given.get("more") ?? 0);
  return {
    context: contexts.includes(context) ? context : "",
    ticked: [...new Set((given.get("so") ?? "").split("."))].filter(isKnown),
    rounds: Number.isInteger(more) && more > 0 ? Math.min(more, 1000) : 0,
  };
}

/** @param {Answers} answers */
export function queryOfAnswers({ context, ticked, rounds }) {
  const query = new URLSearchParams();
  if (context) query.set("context", context);
  if (ticked.length) query.set("so", ticked.join("."));
  if (rounds) query.set("more", String(rounds));
  const written = String(query);
  return written && `?${written}`;
}
