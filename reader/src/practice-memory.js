/**
 * When a line comes again: as FSRS reckons from how well it came so far.
 *
 * FSRS gives the memory of a line after each answer, and how many days later it should come again. Days
 * are the reader's own. What did not come to her comes again in the same session, instead of after
 * minutes that somebody who speaks aloud would have to wait for.
 */

import { FSRSAlgorithm } from "ts-fsrs";
import { read, written } from "./practice-days.js";

/**
 * @typedef {import("./kept.js").Card} Card
 * @typedef {import("./kept.js").Practice} Practice
 * @typedef {"fresh" | "learning" | "known"} Standing
 */

export const GRADES = ["Again", "Hard", "Good", "Easy"];
const AGAIN = 1;
const GOOD = 3;
const LONGEST = 365;
/** A line that would still come in a week, nine times out of ten, is known. */
const KNOWN_FOR = 7;
const STABILITY = [0.001, 36_500];
const DIFFICULTY = [1, 10];

/** The parameters of FSRS-6 that were found best over many people; ours, lest another version changes them. */
const model = new FSRSAlgorithm({
  request_retention: 0.9,
  maximum_interval: LONGEST,
  enable_fuzz: false,
  enable_short_term: true,
  w: [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ],
});

/**
 * What is known of a line; null where it is new, or where what was kept cannot be true.
 *
 * @param {Practice} practice
 * @param {string} key
 * @returns {Card | null}
 */
export function cardOf({ cards }, key) {
  const card = Object.hasOwn(cards, key) ? cards[key] : null;
  return card && isSound(card) ? card : null;
}

/** @param {Card} card */
function isSound({ first, last, due, stability, difficulty }) {
  return (
    [first, last, due].every((day) => !Number.isNaN(read(day))) &&
    isWithin(stability, STABILITY) &&
    isWithin(difficulty, DIFFICULTY)
  );
}

/**
 * @param {unknown} value
 * @param {number[]} range
 */
function isWithin(value, [least, most]) {
  return typeof value === "number" && value >= least && value <= most;
}

/**
 * What a line becomes by each of the grades.
 *
 * @param {Card | null} card
 * @param {number} day the day of the answer
 * @returns {Card[]}
 */
export function outcomes(card, day) {
  // A clock that was put back does not make an answer come before the last one.
  const elapsed = card ? Math.max(0, day - read(card.last)) : 0;
  let least = 1;
  return GRADES.map((_, index) => {
    const grade = index + 1;
    const { stability, difficulty } = model.next_state(card, elapsed, grade);
    const days = Math.min(LONGEST, Math.max(least, model.next_interval(stability, elapsed)));
    if (grade > AGAIN) least = grade === GOOD ? days + 1 : days;
    return {
      first: card?.first ?? written(day),
      last: written(day),
      due: written(grade === AGAIN ? day : day + days),
      stability,
      difficulty,
    };
  });
}

/**
 * @param {Card} card
 * @param {number} day
 */
export function isDue({ due, last }, day) {
  // Answered after tomorrow: the clock was wrong then, and so is the day that it comes again.
  return read(due) <= day || read(last) > day + 1;
}

/**
 * @param {Card | null} card
 * @returns {Standing}
 */
export function standingOf(card) {
  if (!card) return "fresh";
  return card.stability >= KNOWN_FOR && card.due > card.last ? "known" : "learning";
}
