/** Which lines come in a session, and how far the reader has come with them. */

import { read, written } from "./practice-days.js";
import { cardOf, isDue, standingOf } from "./practice-memory.js";

/** @typedef {import("./kept.js").Practice} Practice */

/** More at once than this, and nothing stays. */
export const NEW_A_DAY = 10;
const A_SESSION = 20;
const COMES_AGAIN_AFTER = 3;
export const DAYS_BACK = 14;
export const DAYS_AHEAD = 7;

/**
 * The lines of a session: what is due, the longest overdue first, then what is new, in the deck's order.
 *
 * @param {string[]} keys the lines of the deck
 * @param {Practice} practice
 * @param {number} day
 * @param {number} [more] how many new lines are wanted beyond those of the day
 */
export function sessionOf(keys, practice, day, more = 0) {
  const due = keys.flatMap((key) => {
    const card = cardOf(practice, key);
    return card && isDue(card, day) ? [{ key, since: card.due }] : [];
  });
  due.sort((one, other) => (one.since < other.since ? -1 : Number(one.since > other.since)));
  const fresh = keys.filter((key) => !cardOf(practice, key));
  const metToday = keys.filter((key) => cardOf(practice, key)?.first === written(day)).length;
  const allowed = Math.max(0, NEW_A_DAY - metToday) + more;
  const repeated = due.map(({ key }) => key);
  return {
    due: repeated.length,
    fresh: Math.min(fresh.length, allowed),
    unmet: fresh.length,
    keys: [...repeated, ...fresh.slice(0, allowed)].slice(0, A_SESSION),
  };
}

/**
 * The lines that are still to come, with one that did not come to the reader a little later among them.
 *
 * @param {string[]} queue
 * @param {string} key
 */
export function withAgain(queue, key) {
  const rest = queue.filter((other) => other !== key);
  return [...rest.slice(0, COMES_AGAIN_AFTER), key, ...rest.slice(COMES_AGAIN_AFTER)];
}

/**
 * How many lines are new, being learnt and known; how many are due today, and on each day to come.
 *
 * @param {string[]} keys
 * @param {Practice} practice
 * @param {number} day
 */
export function progressOf(keys, practice, day) {
  const counts = { fresh: 0, learning: 0, known: 0 };
  const ahead = Array.from({ length: DAYS_AHEAD }, () => 0);
  let due = 0;
  let next = Infinity;
  for (const key of keys) {
    const card = cardOf(practice, key);
    counts[standingOf(card)] += 1;
    if (!card) continue;
    if (isDue(card, day)) due += 1;
    else {
      const when = read(card.due);
      if (when <= day + DAYS_AHEAD) ahead[when - day - 1] += 1;
      next = Math.min(next, when);
    }
  }
  return { ...counts, due, ahead, next };
}

/**
 * How many answers were graded on each of the last days, today the last.
 *
 * @param {Practice} practice
 * @param {number} day
 * @param {string} [deck] of which deck; else of all
 */
export function answersOf({ days }, day, deck) {
  return Array.from({ length: DAYS_BACK }, (_, index) => {
    const iso = written(day - DAYS_BACK + 1 + index);
    const counts = Object.hasOwn(days, iso) ? days[iso] : {};
    return Object.entries(counts)
      .filter(([name]) => !deck || name === deck)
      .reduce((sum, [, count]) => sum + count, 0);
  });
}

/**
 * Counts an answer, or takes it back.
 *
 * @param {Practice} practice
 * @param {number} day
 * @param {string} deck
 * @param {1 | -1} change
 */
export function countAnswer({ days }, day, deck, change) {
  const iso = written(day);
  const counts = Object.hasOwn(days, iso) ? days[iso] : (days[iso] = {});
  const count = (Object.hasOwn(counts, deck) ? counts[deck] : 0) + change;
  if (count > 0) counts[deck] = count;
  else delete counts[deck];
}
