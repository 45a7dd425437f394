/** What a deck says of today, and of what comes next. */

import { counted } from "./elements.js";
import { named } from "./practice-days.js";
import { NEW_A_DAY } from "./practice-queue.js";

/**
 * @param {number} waits
 * @param {number} answered
 */
export function titled(waits, answered) {
  if (answered) return `Done: ${counted(answered, "answer")}`;
  return waits ? `${counted(waits, "line")} for today` : "Nothing for today";
}

/** @param {number} unmet */
export function moreNew(unmet) {
  return counted(Math.min(NEW_A_DAY, unmet), "more new line");
}

/**
 * What is for today, or what comes next and when.
 *
 * @param {ReturnType<typeof import("./practice-queue.js").sessionOf>} session
 * @param {ReturnType<typeof import("./practice-queue.js").progressOf>} progress
 * @param {number} day
 */
export function told({ due, fresh }, { next, ahead }, day) {
  if (due || fresh) {
    const parts = [...(due ? [`${due} to repeat`] : []), ...(fresh ? [`${fresh} new`] : [])];
    return `${parts.join(", ")}. Answer aloud, reveal the line, and grade how well it came.`;
  }
  const count = next - day <= ahead.length ? ahead[next - day - 1] : 0;
  return `Next: ${count ? counted(count, "line") : "a line"} ${named(next, day)}.`;
}
