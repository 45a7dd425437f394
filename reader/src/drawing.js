/**
 * Where things stand in a drawing: scales, the ends of a range, the points of a plot, from 0 to 1.
 *
 * The same as `drawing.py` has it: both are held to `tests/computing_cases.json`.
 */

import { compared, plus, readAmount, stripped, writeAmount } from "./computing.js";

/**
 * @typedef {import("./computing.js").Amount} Amount
 * @typedef {import("./computing.js").Fraction} Fraction
 *
 * @typedef {{at: number, words: string}} Mark
 * @typedef {{from: number, to: number, words: string[]}} Piece
 * @typedef {object} RangeDrawing
 * @property {Mark[]} scale
 * @property {Piece} yours
 * @property {Piece} theirs
 * @property {Piece | null} overlap
 * @property {string} gap how far they are apart, where they do not overlap
 *
 * @typedef {object} PlotDrawing
 * @property {Mark[]} scale
 * @property {Mark[]} days
 * @property {[number, number][][]} lines the points of each line
 */

/** In tenths, so that they are whole. */
const STEPS = [10n, 20n, 25n, 50n, 100n];
const MOST_STEPS = 6;
const MOST_DAYS = 6;
/** This part of a range is left free at either side of it. */
const ROOM_BESIDE = 12n;
const DAY = 86_400_000;

/** The marks of a score, from 1 to 5. */
export const SCORES = [1n, 2n, 3n, 4n, 5n].map((n) => ({ n, d: 1n }));

/** @param {Fraction} value */
const floor = ({ n, d }) => (n < 0n ? -((-n + d - 1n) / d) : n / d);
/** @param {Fraction} value */
const ceiling = ({ n, d }) => -floor({ n: -n, d });

/**
 * Round values from below the least of some values to above the greatest, at even distances.
 *
 * @param {Fraction[]} values
 * @returns {Fraction[]}
 */
export function scale(values) {
  const sorted = [...values].sort(compared);
  let low = sorted[0];
  let high = sorted[sorted.length - 1];
  if (compared(low, high) === 0) {
    low = plus(low, { n: -1n, d: 1n });
    high = plus(high, { n: 1n, d: 1n });
  }
  const each = plus(high, { n: -low.n, d: low.d });
  const power = magnitude({ n: each.n, d: each.d * BigInt(MOST_STEPS) });
  for (const tenths of STEPS) {
    const step = { n: tenths * power.n, d: 10n * power.d };
    const first = floor({ n: low.n * step.d, d: low.d * step.n });
    const last = ceiling({ n: high.n * step.d, d: high.d * step.n });
    if (last - first > MOST_STEPS && tenths !== 100n) continue;
    return Array.from({ length: Number(last - first) + 1 }, (_, index) => ({
      n: step.n * (first + BigInt(index)),
      d: step.d,
    }));
  }
  return [];
}

/**
 * The largest power of ten that is not above a value.
 *
 * @param {Fraction} value above zero
 * @returns {Fraction}
 */
function magnitude({ n, d }) {
  const power = { n: 1n, d: 1n };
  while (n >= 10n * power.n * d) power.n *= 10n;
  while (n * power.d < power.n * d) power.d *= 10n;
  return power;
}

/**
 * @param {Fraction} value
 * @param {Fraction[]} marks
 */
function place(value, marks) {
  const from = marks[0];
  const along = plus(value, { n: -from.n, d: from.d });
  const all = plus(marks[marks.length - 1], { n: -from.n, d: from.d });
  return rounded(Number((along.n * all.d * 100_000_000n) / (along.d * all.n)) / 1e8);
}

/** @param {number} part */
const rounded = (part) => Math.round(part * 1e4) / 1e4;

/**
 * @param {Fraction[]} marks
 * @param {Amount} like
 * @returns {Mark[]}
 */
function scaleMarks(marks, like) {
  return marks.map((mark) => ({ at: place(mark, marks), words: writeAmount({ ...like, ...mark }) }));
}

/**
 * @param {Amount} one
 * @param {Amount} other
 */
function inOrder(one, other) {
  const signs = [one, other].map(({ currency, isPercentage }) => `${currency}\0${Number(isPercentage)}`);
  return compared(one, other) || (signs[0] < signs[1] ? -1 : Number(signs[0] > signs[1]));
}

/**
 * Both ranges on one scale, and where they overlap; null where an end is not a figure.
 *
 * @param {string[]} words floor, target, their low end and their high end
 * @returns {RangeDrawing | null}
 */
export function drawRange(words) {
  const ends = words.map(readAmount).filter((end) => end !== null);
  if (ends.length < words.length) return null;
  const like = ends.find((end) => end.currency) ?? ends[0];
  const sorted = [...ends].sort(compared);
  const least = sorted[0];
  const most = sorted[sorted.length - 1];
  const all = plus(most, { n: -least.n, d: least.d });
  const room = { n: all.n, d: all.d * ROOM_BESIDE };
  const marks = scale([plus(least, { n: -room.n, d: room.d }), plus(most, room)]);
  const yours = ends.slice(0, 2).sort(inOrder);
  const theirs = ends.slice(2).sort(inOrder);
  const low = inOrder(yours[0], theirs[0]) >= 0 ? yours[0] : theirs[0];
  const high = inOrder(yours[1], theirs[1]) <= 0 ? yours[1] : theirs[1];
  /** @type {(start: Amount, end: Amount) => Piece} */
  const piece = (start, end) => ({
    from: place(start, marks),
    to: place(end, marks),
    words: [writeAmount(start), writeAmount(end)],
  });
  const doOverlap = compared(low, high) <= 0;
  return {
    scale: scaleMarks(marks, like),
    yours: piece(yours[0], yours[1]),
    theirs: piece(theirs[0], theirs[1]),
    overlap: doOverlap ? piece(low, high) : null,
    gap: doOverlap ? "" : writeAmount({ ...like, ...plus(low, { n: -high.n, d: high.d }) }),
  };
}

/**
 * The lines of a plot through rows of a date and the figure of each line; null without a point. A row
 * without a date has no point, and neither has a figure that is none.
 *
 * @param {[string, string[]][]} rows
 * @param {Fraction[]} [known] the scale, where it is known and all figures are on it
 * @returns {PlotDrawing | null}
 */
export function drawPlot(rows, known = []) {
  const points = rows.flatMap(([when, figures]) => {
    const day = dayOf(when);
    if (day === null) return [];
    return figures.flatMap((words, line) => {
      const amount = readAmount(words);
      return amount ? [{ day, line, amount }] : [];
    });
  });
  if (!points.length) return null;
  points.sort(
    (one, other) => one.day - other.day || one.line - other.line || inOrder(one.amount, other.amount),
  );
  const values = points.map((point) => point.amount);
  const isKnown =
    known.length > 0 &&
    values.every((value) => compared(value, known[0]) >= 0 && compared(value, known[known.length - 1]) <= 0);
  const marks = isKnown ? known : scale(values);
  const days = [...new Set(points.map((point) => point.day))];
  const span = Math.max(days[days.length - 1] - days[0], 1);
  const lines = Array.from({ length: Math.max(...points.map((point) => point.line)) + 1 }, (_, line) =>
    points
      .filter((point) => point.line === line)
      .map(
        ({ day, amount }) =>
          /** @type {[number, number]} */ ([rounded((day - days[0]) / span), place(amount, marks)]),
      ),
  );
  return {
    scale: scaleMarks(marks, points[0].amount),
    days: apart(days, span / MOST_DAYS).map((day) => ({
      at: rounded((day - days[0]) / span),
      words: new Date(day * DAY).toISOString().slice(0, 10),
    })),
    lines,
  };
}

/**
 * The days that are far enough from the one before to be written below a line.
 *
 * @param {number[]} days
 * @param {number} least
 */
function apart(days, least) {
  const found = [days[0]];
  for (const day of days.slice(1)) if (day - found[found.length - 1] >= least) found.push(day);
  return found;
}

/**
 * The number of a day, from an ISO date such as 2026-03-31; null where it is none.
 *
 * @param {string} words
 */
export function dayOf(words) {
  const found = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(stripped(words));
  if (!found) return null;
  const [, year, , month, day] = found;
  const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  const isReal = !Number.isNaN(time) && year !== "0000" && new Date(time).getUTCDate() === Number(day);
  return isReal ? time / DAY : null;
}
