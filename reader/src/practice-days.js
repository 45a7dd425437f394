/** Days as the reader counts them, from midnight to midnight where she is. */

const LENGTH = 86_400_000;
const NAMED = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});
const WEEK = 7;
const MONTH = 30.4;
const YEAR = 365;

/** Today, as a number of days since 1970; clock changes neither lengthen nor shorten it. */
export function today(now = new Date()) {
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / LENGTH;
}

/** @param {number} day */
export function written(day) {
  return new Date(day * LENGTH).toISOString().slice(0, 10);
}

/**
 * The number of a day that was written; NaN where it is none.
 *
 * @param {unknown} iso such as `2025-11-22`
 */
export function read(iso) {
  return typeof iso === "string" && /^\d{4}-\d\d-\d\d$/.test(iso) ? Date.parse(iso) / LENGTH : NaN;
}

/**
 * @param {number} day
 * @param {number} now
 */
export function named(day, now) {
  if (day === now) return "today";
  return day === now + 1 ? "tomorrow" : `on ${NAMED.format(day * LENGTH)}`;
}

/**
 * How long it is until then: in so many days, weeks or months.
 *
 * @param {number} days
 */
export function inWords(days) {
  if (days < 1) return "in a moment";
  if (days === 1) return "tomorrow";
  if (days < 2 * WEEK) return `in ${days} days`;
  if (days < 2 * MONTH) return `in ${Math.round(days / WEEK)} weeks`;
  if (days < 11.5 * MONTH) return `in ${Math.round(days / MONTH)} months`;
  const years = Math.round(days / YEAR);
  return years < 2 ? "in a year" : `in ${years} years`;
}
