/** What can be done with a line, a pitfall or a checklist: copy it, star it, pass on where it stands. */

import { all, button, element } from "./elements.js";
import { mine } from "./mine.js";
import { say } from "./notice.js";
import { address } from "./page.js";
import { wordsOf } from "./slots.js";

/** Puts the buttons on every card of the page. */
export function startCards() {
  addActions(document);
  mine.onChange("stars", () => all(".pp-star").forEach(showStar));
}

/**
 * Puts the buttons on the cards below a root. A card says in `data-at` where the handbook has it, such
 * as `playbooks/asking-for-time#ask-why`, which is what is kept when it is starred.
 *
 * @param {ParentNode} root
 */
export function addActions(root) {
  for (const actions of all(".pp-actions[data-at]", root)) {
    const at = actions.dataset.at ?? "";
    const card = actions.closest(".pp-script, .pp-pitfall, .pp-ticks, .pp-line");
    const said = card?.querySelector(".pp-you, .pp-line__said--script");
    const named = card?.querySelector(":is(h3, h4, h5), .pp-line__heard")?.textContent ?? "";
    const name = named.replace("¶", "").replace(/\s+/g, " ").trim();
    const star = button("Star", () => toggleStar(at), { class: "pp-action pp-star", "data-at": at });
    star.dataset.name = name;
    showStar(star);
    actions.append(
      ...(said
        ? [button("Copy", () => copyLine(said), { class: "pp-action", "aria-label": `Copy: ${name}` })]
        : []),
      star,
      button("Link", () => share(at, name), { class: "pp-action", "aria-label": `Link to: ${name}` }),
    );
  }
}

/** @param {HTMLElement} star */
function showStar(star) {
  const isStarred = mine.read("stars").includes(star.dataset.at ?? "");
  star.setAttribute("aria-pressed", String(isStarred));
  star.setAttribute("aria-label", `${isStarred ? "Starred" : "Star"}: ${star.dataset.name}`);
}

/** @param {string} at */
function toggleStar(at) {
  const isStarred = mine.read("stars").includes(at);
  mine.change("stars", (stars) => {
    const place = stars.indexOf(at);
    if (place >= 0) stars.splice(place, 1);
    else stars.push(at);
  });
  say(isStarred ? "No longer on your sheet." : "Starred: it is on your sheet now.");
}

/** @param {Element} said */
async function copyLine(said) {
  const { text, missing } = wordsOf(said);
  if (!(await copy(text))) return;
  say(missing.length ? `Copied, with blanks for: ${missing.join(", ")}.` : "Copied.");
}

/**
 * Copies a text, and says so where it cannot be done.
 *
 * @param {string} text
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (copyMarked(text)) return true;
    say("The browser does not let this page copy. Mark the text and copy it by hand.");
    return false;
  }
}

/**
 * Copies as browsers did before they asked for https.
 *
 * @param {string} text
 */
function copyMarked(text) {
  const focused = document.activeElement;
  const area = element("textarea", { class: "pp-unseen", readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

/**
 * Passes on where something stands: with what the device offers for it, or as a copy of the address.
 *
 * @param {string} at
 * @param {string} title
 */
async function share(at, title) {
  const [page, anchor] = at.split("#");
  const url = address(`${page}/#${anchor}`);
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    try {
      await navigator.share({ title, url });
    } catch (error) {
      if (error instanceof DOMException && error.name !== "AbortError" && (await copy(url))) {
        say("Link copied.");
      }
    }
    return;
  }
  if (await copy(url)) say("Link copied.");
}
