/** How far the reader has come, drawn; whoever does not see the drawing hears it in a sentence. */

import { counted, drawn, element } from "./elements.js";
import { named } from "./practice-days.js";
import { DAYS_AHEAD, DAYS_BACK } from "./practice-queue.js";

const WIDTH = 420;
const HEIGHT = 60;
const COLUMN = WIDTH / (DAYS_BACK + DAYS_AHEAD);
const BAR = COLUMN - 6;
const LOWEST = 2;

/** @typedef {{fresh: number, learning: number, known: number, due: number, ahead: number[]}} Progress */

/**
 * @param {Progress} progress
 * @param {number[]} answers
 * @param {number} day
 */
export function drawProgress(progress, answers, day) {
  const hasBegun = progress.learning + progress.known + answers.reduce((sum, count) => sum + count, 0);
  return element(
    "div",
    { class: "pp-drawn" },
    drawStandings(progress),
    ...(hasBegun ? [drawDays(progress, answers, day)] : []),
  );
}

/** @param {Progress} progress */
function drawStandings({ known, learning, fresh }) {
  const parts = [
    { name: "known", count: known },
    { name: "learning", count: learning },
    { name: "fresh", count: fresh },
  ];
  const total = Math.max(1, known + learning + fresh);
  const words = [`${known} known`, `${learning} being learnt`, `${fresh} new`];
  let x = 0;
  const bars = parts.map(({ name, count }) => {
    const width = (WIDTH * count) / total;
    const part = drawn("rect", { class: `pp-drawn__${name}`, x, y: 0, width, height: 10 });
    x += width;
    return part;
  });
  return element(
    "figure",
    {},
    picture(10, `Of ${counted(total, "line")}: ${words.join(", ")}.`, bars),
    element(
      "figcaption",
      { class: "pp-drawn__key", "aria-hidden": "true" },
      ...parts.map(({ name }, index) => element("span", { class: `pp-drawn__${name}` }, words[index])),
    ),
  );
}

/**
 * @param {Progress} progress
 * @param {number[]} answers
 * @param {number} day
 */
function drawDays({ due, ahead }, answers, day) {
  const coming = [due, ...ahead];
  const first = DAYS_BACK - 1;
  const most = Math.max(1, ...answers.slice(0, -1), answers[first] + due, ...ahead);
  const scale = (/** @type {number} */ count) => (count ? Math.max(LOWEST, (HEIGHT * count) / most) : 0);
  const past = answers.map((count, index) => bar("answered", index, scale(count), 0));
  const future = coming.map((count, index) =>
    bar("due", first + index, scale(count), index ? 0 : scale(answers[first])),
  );
  const floor = drawn("path", { class: "pp-drawn__floor", d: `M0 ${HEIGHT + 0.5}H${WIDTH}` });
  const told = [
    ["Answers in the last 14 days", list(answers, day - first, day)],
    ["Lines that come again in the next 7 days", list(coming, day, day)],
  ].map(([what, when]) => `${what}: ${when || "none"}.`);
  return element(
    "figure",
    {},
    picture(HEIGHT + 1, told.join(" "), [...past, ...future, floor]),
    element(
      "figcaption",
      { class: "pp-drawn__days", "aria-hidden": "true" },
      element("span", { class: "pp-drawn__answered" }, "answered, last 14 days"),
      element("span", { class: "pp-drawn__due" }, "to come, next 7"),
    ),
  );
}

/**
 * @param {number[]} counts
 * @param {number} first the day of the first count
 * @param {number} day
 */
function list(counts, first, day) {
  return counts
    .flatMap((count, index) => (count ? [`${count} ${named(first + index, day)}`] : []))
    .join(", ");
}

/**
 * @param {string} name
 * @param {number} column
 * @param {number} height
 * @param {number} base
 */
function bar(name, column, height, base) {
  const place = { x: column * COLUMN + 3, y: HEIGHT - base - height, width: BAR, height };
  return drawn("rect", { class: `pp-drawn__${name}`, ...place });
}

/**
 * @param {number} height
 * @param {string} words
 * @param {Element[]} parts
 */
function picture(height, words, parts) {
  const box = `0 0 ${WIDTH} ${height}`;
  return drawn(
    "svg",
    { viewBox: box, role: "img", "aria-label": words, preserveAspectRatio: "none" },
    ...parts,
  );
}
