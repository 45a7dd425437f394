/** Practice: decks of lines to answer aloud, and how far the reader has come with them. */

import { all, counted, element } from "./elements.js";
import { mine } from "./mine.js";
import { today } from "./practice-days.js";
import { drawProgress } from "./practice-drawing.js";
import { answersOf, progressOf, sessionOf } from "./practice-queue.js";
import { startDeck } from "./practice-session.js";

const START = "Nothing practised yet. Choose the deck that you need first.";

for (const place of all(".pp-practice")) startDeck(place);
for (const place of all(".pp-overview")) startOverview(place);

/** @param {HTMLElement} place */
function startOverview(place) {
  const decks = all(".pp-deck").map((deck) => ({ deck, keys: keysOf(deck.dataset.lines ?? "") }));
  const lines = [...new Set(decks.flatMap(({ keys }) => keys))];
  const show = () => {
    const practice = mine.read("practice");
    const day = today();
    const progress = progressOf(lines, practice, day);
    const begun = progress.learning + progress.known;
    place.replaceChildren(
      element("p", {}, begun ? due(progress.due) : START),
      drawProgress(progress, answersOf(practice, day), day),
    );
    for (const { deck, keys } of decks) {
      const { known, learning } = progressOf(keys, practice, day);
      const session = sessionOf(keys, practice, day);
      const facts = [
        counted(keys.length, "line"),
        ...(known ? [`${known} known`] : []),
        ...(known || learning ? [`${session.due} due`] : []),
      ];
      for (const count of all(".pp-deck__count", deck)) count.textContent = facts.join(" · ");
    }
  };
  mine.onChange("practice", show);
  document.addEventListener("visibilitychange", show);
  show();
}

/** @param {number} count */
function due(count) {
  return count ? `${counted(count, "line")} to repeat today.` : "Nothing to repeat today.";
}

/**
 * @param {string} lines such as `asking-for-time ask-why offer-two-dates;objections too-expensive`
 */
function keysOf(lines) {
  return lines.split(";").flatMap((group) => {
    const [playbook, ...ids] = group.split(" ");
    return ids.map((id) => `${playbook}#${id}`);
  });
}
