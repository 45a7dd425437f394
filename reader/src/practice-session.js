/** A deck: what is for today, a session with one line at a time, and what comes next. */

import { all, button, counted, element } from "./elements.js";
import { mine } from "./mine.js";
import { say } from "./notice.js";
import { address } from "./page.js";
import { CardView } from "./practice-card.js";
import { read, today } from "./practice-days.js";
import { drawProgress } from "./practice-drawing.js";
import { cardOf, GRADES, isDue, outcomes } from "./practice-memory.js";
import { answersOf, countAnswer, NEW_A_DAY, progressOf, sessionOf, withAgain } from "./practice-queue.js";
import { moreNew, titled, told } from "./practice-words.js";

/**
 * @typedef {object} Answered an answer that can be taken back
 * @property {string} key
 * @property {import("./kept.js").Card | undefined} before what was kept of the line
 * @property {import("./kept.js").Card} after
 * @property {number} day
 * @property {string[]} queue
 * @property {number} done
 */

/** @param {HTMLElement} place */
export function startDeck(place) {
  new Deck(place).rest();
}

class Deck {
  #place;
  #name;
  /** @type {Map<string, HTMLElement>} */
  #lines;
  #keys;
  /** @type {string[]} */
  #queue = [];
  #done = 0;
  /** @type {Answered[]} */
  #past = [];
  /** @type {CardView | null} */
  #view = null;
  /** What was kept of the line that is shown. */
  #shown = "";
  #isOwnChange = false;
  #day = today();

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#place = place;
    this.#name = place.dataset.deck ?? "";
    this.#lines = new Map(all(".pp-recall[data-line]").map((line) => [keyOf(line), line]));
    this.#keys = [...this.#lines.keys()];
    mine.onChange("practice", () => this.#isOwnChange || this.#noteForeignChange());
    document.addEventListener("visibilitychange", () => {
      if (!this.#view && this.#day !== today()) this.rest();
    });
  }

  /** Shows what is for today, and how far the reader has come. */
  rest() {
    const day = today();
    const practice = mine.read("practice");
    const session = sessionOf(this.#keys, practice, day);
    const progress = progressOf(this.#keys, practice, day);
    // What was done yesterday is no news today.
    if (this.#past.at(-1)?.day !== day) this.#past = [];
    const stops = () => all("button, a, h2", this.#place);
    const focused = stops().indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const answered = this.#past.length;
    const waits = session.keys.length;
    this.#view = null;
    this.#day = day;
    this.#place.replaceChildren(
      element("h2", { tabindex: -1, "aria-describedby": "pp-told" }, titled(waits, answered)),
      element("p", { id: "pp-told" }, told(session, progress, day)),
      element(
        "p",
        { class: "pp-buttons" },
        ...(waits
          ? [this.#opener(answered ? `Go on: ${counted(waits, "line")}` : "Start", 0, "pp-button--main")]
          : []),
        ...(!waits && session.unmet ? [this.#opener(moreNew(session.unmet), NEW_A_DAY)] : []),
        ...(answered ? [button("Undo the last grade", () => this.#undo())] : []),
        element("a", { class: "pp-all-decks", href: address("practice/") }, "All decks"),
      ),
      ...(waits ? [element("p", { class: "pp-hint pp-keys" }, "Keys: Space reveals, 1 to 4 grade.")] : []),
      drawProgress(progress, answersOf(practice, day, this.#name), day),
    );
    if (focused >= 0) stops()[Math.min(focused, stops().length - 1)].focus();
  }

  /**
   * @param {string} words
   * @param {number} extra
   * @param {string} [kind]
   */
  #opener(words, extra, kind = "") {
    return button(words, () => this.#open(extra), { class: `pp-button ${kind}` });
  }

  /** @param {number} extra how many new lines are wanted beyond those of the day */
  #open(extra) {
    this.#queue = sessionOf(this.#keys, mine.read("practice"), today(), extra).keys;
    this.#done = 0;
    this.#past = [];
    this.#begin();
    this.#next();
  }

  #begin() {
    this.#view = new CardView(this.#place.dataset.context ?? "", {
      grade: (grade) => this.#grade(grade),
      undo: () => this.#undo(),
      stop: () => this.#stop(),
    });
    this.#place.replaceChildren(this.#view.element);
  }

  /** Shows the next line that is new or due: one may have been answered in another tab meanwhile. */
  #next() {
    const practice = mine.read("practice");
    const day = today();
    this.#queue = this.#queue.filter((line) => {
      const card = cardOf(practice, line);
      return !card || isDue(card, day);
    });
    const [key] = this.#queue;
    if (key) this.#show(key);
    else this.#stop();
  }

  /**
   * @param {string} key
   * @param {boolean} [isRevealed]
   */
  #show(key, isRevealed = false) {
    const line = this.#lines.get(key);
    if (!line || !this.#view) return;
    const day = today();
    const card = cardOf(mine.read("practice"), key);
    this.#shown = JSON.stringify(card);
    this.#view.show(line, {
      done: this.#done,
      total: this.#done + this.#queue.length,
      canUndo: this.#past.length > 0,
      intervals: outcomes(card, day).map(({ due }) => read(due) - day),
    });
    if (isRevealed) this.#view.reveal();
  }

  /** @param {number} grade from 1 to 4 */
  #grade(grade) {
    const [key, ...queue] = this.#queue;
    const day = today();
    const practice = mine.read("practice");
    const after = outcomes(cardOf(practice, key), day)[grade - 1];
    const before = Object.hasOwn(practice.cards, key) ? practice.cards[key] : undefined;
    this.#past.push({ key, before, after, day, queue: this.#queue, done: this.#done });
    this.#change((kept) => {
      kept.cards[key] = after;
      countAnswer(kept, day, this.#name, 1);
    });
    if (GRADES[grade - 1] === "Again") this.#queue = withAgain(queue, key);
    else {
      this.#queue = queue;
      this.#done += 1;
    }
    this.#next();
  }

  #undo() {
    const last = this.#past.pop();
    if (!last) return;
    if (JSON.stringify(cardOf(mine.read("practice"), last.key)) !== JSON.stringify(last.after)) {
      this.#past = [];
      say("That line has changed in another tab: the grade stays.");
      if (this.#view) this.#next();
      else this.rest();
      return;
    }
    this.#change((kept) => {
      if (last.before) kept.cards[last.key] = last.before;
      else delete kept.cards[last.key];
      countAnswer(kept, last.day, this.#name, -1);
    });
    this.#queue = last.queue;
    this.#done = last.done;
    if (!this.#view) this.#begin();
    this.#show(last.key, true);
  }

  #stop() {
    this.rest();
    all("h2", this.#place)[0].focus();
  }

  /** @param {(kept: import("./kept.js").Practice) => void} recipe */
  #change(recipe) {
    this.#isOwnChange = true;
    mine.change("practice", recipe);
    this.#isOwnChange = false;
  }

  /** Another tab has practised, or everything was forgotten or taken in. */
  #noteForeignChange() {
    if (!this.#view) {
      this.rest();
      return;
    }
    if (JSON.stringify(cardOf(mine.read("practice"), this.#queue[0])) === this.#shown) return;
    say("This deck has changed in another tab.");
    this.#next();
  }
}

/** @param {HTMLElement} line */
function keyOf(line) {
  return (line.dataset.line ?? "").replace(/^playbooks\//, "");
}
