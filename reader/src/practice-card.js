/** One line at a time: what they say, and once it is revealed, what to say and the grades. */

import { addActions } from "./cards.js";
import { all, button, element, one } from "./elements.js";
import { inWords } from "./practice-days.js";
import { GRADES } from "./practice-memory.js";

/**
 * @typedef {object} Doings
 * @property {(grade: number) => void} grade
 * @property {() => void} undo
 * @property {() => void} stop
 *
 * @typedef {object} Facts
 * @property {number} done
 * @property {number} total
 * @property {boolean} canUndo
 * @property {number[]} intervals by grade, in how many days the line comes again
 */

export class CardView {
  #doings;
  #context;
  #progress = element("progress", { class: "pp-meter", "aria-hidden": "true" });
  #status = element("span", { role: "status" });
  #undo;
  #card = element("div", { class: "pp-script pp-session__card", role: "group", tabindex: -1 });
  #controls = element("div", { class: "pp-session__controls" });
  /** @type {HTMLElement | null} */
  #line = null;
  /** @type {number[]} */
  #intervals = [];
  #isRevealed = false;

  /**
   * @param {string} context where the deck's lines are said
   * @param {Doings} doings
   */
  constructor(context, doings) {
    this.#context = context;
    this.#doings = doings;
    this.#undo = button("Undo", doings.undo, { class: "pp-action", "aria-label": "Undo the last grade" });
    this.element = element(
      "div",
      { class: "pp-session", onkeydown: (/** @type {KeyboardEvent} */ event) => this.#press(event) },
      element("h2", { class: "pp-unseen" }, "Session"),
      element(
        "p",
        { class: "pp-session__bar" },
        this.#progress,
        this.#status,
        this.#undo,
        button("Finish", doings.stop, { class: "pp-action" }),
      ),
      this.#card,
      this.#controls,
    );
  }

  /**
   * Shows what they say.
   *
   * @param {HTMLElement} line as the page has it, folded up
   * @param {Facts} facts
   */
  show(line, { done, total, canUndo, intervals }) {
    this.#line = line;
    this.#intervals = intervals;
    this.#isRevealed = false;
    this.#progress.max = total;
    this.#progress.value = done;
    this.#status.textContent = `${done} of ${total} done`;
    this.#undo.disabled = !canUndo;
    const { line: at = "", stage = "", channel = "" } = line.dataset;
    const summary = one("summary", line);
    const heard = summary.lastChild?.textContent ?? "";
    const prompt = all(".pp-label", summary)[0]?.textContent ?? "They say";
    const tags = [this.#context, ...(channel === "written" ? ["In writing"] : [])];
    this.#card.setAttribute("aria-labelledby", "pp-prompt pp-heard");
    this.#card.replaceChildren(
      element("div", { class: "pp-actions", "data-at": at }),
      element(
        "div",
        { class: "pp-script__meta" },
        element(
          "p",
          {},
          element("span", { class: "pp-tag pp-tag--stage" }, stage),
          ...tags.map((words) => element("span", { class: "pp-tag" }, words)),
        ),
      ),
      element(
        "div",
        { class: "pp-they" },
        element("p", { class: "pp-label", id: "pp-prompt" }, prompt),
        element("h3", { id: "pp-heard" }, heard),
      ),
    );
    this.#controls.replaceChildren(
      button("Reveal", () => this.reveal(), {
        class: "pp-button pp-button--main pp-session__reveal",
        "aria-keyshortcuts": "Space",
      }),
      element("p", { class: "pp-hint" }, "Answer aloud, then reveal."),
    );
    this.#come(this.#card);
  }

  /** Shows what to say, and asks how well it came. */
  reveal() {
    if (this.#isRevealed || !this.#line) return;
    this.#isRevealed = true;
    const answer = element("div", { class: "pp-session__answer", role: "group", tabindex: -1 });
    const parts = [...this.#line.children].slice(1).map((part) => part.cloneNode(true));
    answer.append(...parts);
    one(".pp-you", answer).id = "pp-answer";
    answer.setAttribute("aria-labelledby", "pp-answer");
    this.#card.append(answer);
    addActions(this.#card);
    this.#controls.replaceChildren(
      element(
        "div",
        { class: "pp-grades", role: "group", "aria-labelledby": "pp-grades" },
        ...this.#grades(),
      ),
      element("p", { class: "pp-hint", id: "pp-grades" }, "How well did it come?"),
    );
    this.#come(answer);
  }

  #grades() {
    return GRADES.map((name, index) => {
      const grade = button("", () => this.#doings.grade(index + 1), {
        class: `pp-button pp-grade pp-grade--${name.toLowerCase()}`,
        "aria-keyshortcuts": index + 1,
      });
      grade.append(element("span", {}, name), " ", element("span", {}, inWords(this.#intervals[index])));
      return grade;
    });
  }

  /**
   * Takes the reader to what is new, without moving what she sees but where she has scrolled past it.
   *
   * @param {HTMLElement} part
   */
  #come(part) {
    part.focus({ preventScroll: true });
    if (part === this.#card && this.element.getBoundingClientRect().top < 0) this.element.scrollIntoView();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target instanceof Element ? event.target : null;
    const isReveal = [" ", "Enter"].includes(event.key) && !at?.closest("a, button, [role=button]");
    const grade = this.#isRevealed ? ["1", "2", "3", "4"].indexOf(event.key) + 1 : 0;
    if (!grade && (this.#isRevealed || !isReveal)) return;
    event.preventDefault();
    if (grade) this.#doings.grade(grade);
    else this.reveal();
  }
}
