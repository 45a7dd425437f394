/** What is typed into: what it shows, and what it says about what is in it. */

import { dayOf } from "./drawing.js";
import { readAmount } from "./computing.js";
import { element } from "./elements.js";

/** @typedef {import("./worksheet-page.js").Control} Control */

let named = 0;

/**
 * Shows words in a control, unless they are being typed there.
 *
 * @param {Control} control
 * @param {string} words
 */
export function showIn(control, words) {
  const isTyped = control === document.activeElement && control.value.trim() === words.trim();
  if (control.value !== words && !isTyped) {
    // What is not among the options is shown all the same.
    if (control instanceof HTMLSelectElement && ![...control.options].some(({ value }) => value === words)) {
      control.append(element("option", { value: words }, words));
    }
    control.value = words;
  }
  const cell = /** @type {HTMLElement} */ (control.parentElement);
  const shown =
    control instanceof HTMLSelectElement ? (control.selectedOptions[0]?.text ?? "") : control.value;
  // Paper shows this in place of the control, and a text that is typed grows with it.
  if (cell.dataset.value !== shown) cell.dataset.value = shown;
  if (control !== document.activeElement || !problemWith(control)) showProblem(control);
}

/**
 * Says what keeps the words of a control from being worked with. They stay as they are.
 *
 * @param {Control} control
 */
export function showProblem(control) {
  const words = problemWith(control);
  const cell = /** @type {HTMLElement} */ (control.parentElement);
  const shown = cell.parentElement?.querySelector(".pp-problem");
  if (words === (shown?.textContent ?? "")) return;
  const described = (control.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .filter((id) => id !== shown?.id);
  shown?.remove();
  if (words) {
    const id = `pp-problem-${(named += 1)}`;
    cell.after(element("p", { class: "pp-problem", id }, words));
    described.push(id);
  }
  const ids = described.filter(Boolean).join(" ");
  if (ids) control.setAttribute("aria-describedby", ids);
  else control.removeAttribute("aria-describedby");
}

/** @param {Control} control */
function problemWith({ value, dataset: { type = "", drawn } }) {
  const words = value.trim();
  if (!words) return "";
  if (type in LIKE && !readAmount(words)) {
    return `Kept as it is, but not a figure to work with. That looks like ${LIKE[type]}.`;
  }
  if (type === "score" && !/^[1-5]$/.test(words)) return "A score is a whole number from 1 to 5.";
  return type === "date" && drawn && dayOf(words) === null ? "To be drawn, a day looks like 2026-03-31." : "";
}

/** @type {Record<string, string>} */
const LIKE = { money: "1,200", number: "12.5", percent: "15%" };

/**
 * Puts a button beside a date that opens a calendar.
 *
 * @param {Control} control
 * @param {string} label
 */
export function addCalendar(control, label) {
  control.after(
    element("button", { type: "button", class: "pp-calendar", "aria-label": `Calendar: ${label}` }, "▾"),
  );
}

/**
 * Lets a day be chosen for the date that a button stands beside.
 *
 * @param {HTMLElement} opener
 */
export function openCalendar(opener) {
  const control = /** @type {HTMLInputElement} */ (opener.previousElementSibling);
  const picker = element("input", {
    type: "date",
    class: "pp-calendar__picker",
    tabindex: -1,
    "aria-hidden": "true",
  });
  if (dayOf(control.value) !== null) picker.value = control.value.trim();
  picker.addEventListener("change", () => {
    control.value = picker.value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    showProblem(control);
  });
  for (const other of document.querySelectorAll(".pp-calendar__picker")) other.remove();
  opener.after(picker);
  picker.showPicker();
}
