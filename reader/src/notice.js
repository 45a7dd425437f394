/** Tells the reader what happened, in a line at the foot of the page that a screen reader reads out. */

import { button, element } from "./elements.js";

const SHOWN_FOR = 6_000;
/** Long enough to get there with the keyboard. */
const SHOWN_WITH_ACTION_FOR = 20_000;

const region = element("div", { class: "pp-notices", role: "status", "aria-live": "polite" });
document.body.append(region);
// What is behind an open dialog can be neither read out nor used.
document.addEventListener("close", showInFront, true);

function showInFront() {
  const host = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (region.parentElement !== host) host.append(region);
}

/**
 * Says something that just happened, for a few seconds.
 *
 * @param {string} words
 * @param {{words: string, onclick: () => void}} [action] what can be done about it, such as to undo it
 */
export function say(words, action) {
  const notice = element("div", { class: "pp-notice" }, element("p", {}, words));
  if (action) {
    notice.append(
      button(action.words, () => {
        action.onclick();
        notice.remove();
      }),
    );
  }
  showInFront();
  region.querySelector(".pp-notice:not(.pp-notice--stays)")?.remove();
  region.append(notice);
  setTimeout(() => notice.remove(), action ? SHOWN_WITH_ACTION_FOR : SHOWN_FOR);
}

/**
 * Says something that the reader has to know, until she puts it away.
 *
 * @param {string} words
 * @param {...HTMLElement} actions
 */
export function warn(words, ...actions) {
  const notice = element("div", { class: "pp-notice pp-notice--stays" }, element("p", {}, words), ...actions);
  notice.append(button("Close", () => notice.remove()));
  showInFront();
  region.append(notice);
}
