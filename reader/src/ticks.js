/** Checklists that keep their ticks. */

import { all, button, element } from "./elements.js";
import { mine } from "./mine.js";
import { say } from "./notice.js";

/** Lets every checklist of the page show and keep its ticks. */
export function startTicks() {
  for (const list of all(".pp-ticks[data-checklist]")) addTicks(list);
}

/**
 * Lets a checklist show and keep its ticks. It says in `data-checklist` under which key; lists with the
 * same key share the ticks of the items that they share. An item is known by its words, so that a list
 * may be put in another order.
 *
 * @param {HTMLElement} list
 * @param {AbortSignal} [until] when the list is shown no more
 */
export function addTicks(list, until) {
  const key = list.dataset.checklist ?? "";
  const boxes = /** @type {HTMLInputElement[]} */ (all('input[type="checkbox"]', list));
  const done = all(".pp-progress", list)[0];
  const show = () => {
    const ticked = ticksOf(key);
    for (const box of boxes) box.checked = ticked.includes(wordsOfItem(box));
    if (done) showProgress(done, boxes, key);
  };
  for (const box of boxes) {
    box.addEventListener("change", () => setTicks(key, [wordsOfItem(box)], box.checked));
  }
  mine.onChange("ticks", show, until);
  show();
}

/**
 * @param {HTMLElement} done
 * @param {HTMLInputElement[]} boxes
 * @param {string} key
 */
function showProgress(done, boxes, key) {
  const count = boxes.filter((box) => box.checked).length;
  const words = `${count} of ${boxes.length} done`;
  const hadFocus = done.contains(document.activeElement);
  done.replaceChildren(
    element("progress", { max: boxes.length, value: count, "aria-label": words }),
    element("span", { role: "status" }, words),
    ...(count ? [button("Reset", () => reset(key, boxes), { class: "pp-action" })] : []),
  );
  if (hadFocus) boxes[0]?.focus();
}

/**
 * @param {string} key
 * @param {HTMLInputElement[]} boxes
 */
function reset(key, boxes) {
  const ticked = boxes.filter((box) => box.checked).map(wordsOfItem);
  setTicks(key, ticked, false);
  say("The ticks are gone.", { words: "Undo", onclick: () => setTicks(key, ticked, true) });
}

/** @param {string} key */
function ticksOf(key) {
  const ticks = mine.read("ticks");
  return Object.hasOwn(ticks, key) ? ticks[key] : [];
}

/**
 * @param {string} key
 * @param {string[]} items
 * @param {boolean} isTicked
 */
function setTicks(key, items, isTicked) {
  mine.change("ticks", (ticks) => {
    const kept = (Object.hasOwn(ticks, key) ? ticks[key] : []).filter((item) => !items.includes(item));
    if (isTicked) kept.push(...items);
    if (kept.length) ticks[key] = kept;
    else delete ticks[key];
  });
}

/**
 * The words of an item, whatever its blanks are filled with.
 *
 * @param {HTMLInputElement} box
 */
function wordsOfItem(box) {
  const copy = /** @type {Element} */ (box.parentElement?.cloneNode(true));
  for (const slot of all(".pp-slot[data-slot]", copy)) slot.textContent = `{${slot.dataset.slot}}`;
  return copy.textContent.replace(/\s+/g, " ").trim();
}
