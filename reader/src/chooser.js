/** The chooser: a few questions, made from the signs of the playbooks, that lead to those that fit. */

import { copy } from "./cards.js";
import { answersIn, queryOfAnswers } from "./chooser-address.js";
import { candidates, further, rounds, weighed } from "./chooser-fitting.js";
import { readChoices } from "./chooser-page.js";
import { resultsOf, summed } from "./chooser-results.js";
import { all, button, element } from "./elements.js";
import { say } from "./notice.js";
import { address, keepQuery } from "./page.js";

/** A screen reader hears what fits once the ticking pauses. */
const PAUSE = 600;

class Chooser {
  #page = readChoices();
  #root;
  #places;
  #instead = document.querySelector(".pp-chooser__instead");
  /** @type {import("./chooser-address.js").Answers} */
  #answers = { context: "", ticked: [], rounds: 0 };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pausing;

  #first = element("div", { class: "pp-chooser__signs" });
  #more = button("", () => this.#askMore());
  #others = element("div");
  #third = element(
    "section",
    { class: "pp-chooser__third", "aria-labelledby": "choose-further" },
    element("h2", { id: "choose-further" }, "What else is so?"),
    this.#others,
  );
  #sum = element("span");
  #bar = element(
    "p",
    { class: "pp-chooser__bar" },
    this.#sum,
    element("a", { href: "#what-fits" }, "See why"),
  );
  #heading = element("h2", { id: "what-fits", tabindex: -1 }, "What fits");
  #results = element("div", { class: "pp-chooser__results" });
  #status = element("p", { class: "pp-unseen", role: "status" });
  #after = element(
    "p",
    { class: "pp-buttons" },
    button("Start again", () => this.#startAgain()),
    button("Copy the link to these answers", () => this.#copyLink()),
  );

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#places = /** @type {HTMLInputElement[]} */ (all('[name="context"]', root));
    root.append(
      element(
        "fieldset",
        { class: "pp-chooser__question" },
        element("legend", {}, "Which of these is so?"),
        this.#first,
        element("p", { class: "pp-buttons" }, this.#more),
      ),
      this.#third,
      this.#bar,
      element(
        "section",
        { class: "pp-chooser__outcome", "aria-labelledby": "what-fits" },
        this.#heading,
        this.#results,
        this.#after,
      ),
      this.#status,
    );
    this.#instead?.remove();
    root.addEventListener("change", (event) => this.#note(/** @type {HTMLInputElement} */ (event.target)));
    addEventListener("popstate", () => this.#readAddress());
    this.#readAddress();
  }

  #readAddress() {
    const contexts = this.#places.map((place) => place.value).filter(Boolean);
    this.#answers = answersIn(location.search, contexts, (key) => this.#page.signs.has(key));
    for (const place of this.#places) {
      place.checked = Boolean(place.value) && place.value === this.#answers.context;
    }
    this.#ask();
  }

  /** @param {HTMLInputElement} input */
  #note(input) {
    if (input.type === "radio") {
      this.#answers.context = input.value;
      this.#ask();
      return;
    }
    const others = this.#answers.ticked.filter((key) => key !== input.value);
    this.#answers.ticked = input.checked ? [...others, input.value] : others;
    this.#answer();
  }

  get #candidates() {
    return candidates(this.#page.choices, this.#answers.context);
  }

  get #rounds() {
    return rounds(this.#candidates);
  }

  /** The signs that the second question asks about. */
  get #asked() {
    return this.#rounds.slice(0, this.#answers.rounds + 1).flat();
  }

  /** Puts the second question, and what follows from it. */
  #ask() {
    this.#first.replaceChildren(...this.#asked.map((key) => this.#box(key)));
    this.#answer();
  }

  #askMore() {
    const before = this.#asked.length;
    this.#answers.rounds += 1;
    this.#ask();
    const next = all("input", this.#first)[before];
    (next ?? this.#heading).focus();
  }

  #answer() {
    const ticked = new Set(this.#answers.ticked);
    const isAsked = this.#answers.rounds >= this.#rounds.length;
    const outcome = {
      ...weighed(this.#candidates, ticked),
      silent: this.#candidates.filter(({ use }) => !use.length),
      isAsked,
      context: this.#context(),
    };
    this.#askFurther(ticked);
    for (const box of /** @type {HTMLInputElement[]} */ (all('[type="checkbox"]', this.#root))) {
      box.checked = ticked.has(box.value);
    }
    const isLast = this.#answers.rounds === this.#rounds.length - 1;
    const isNone = !this.#asked.some((key) => ticked.has(key));
    this.#more.textContent = isNone
      ? isLast
        ? "None of these"
        : "None of these: show others"
      : "Show others";
    this.#more.hidden = isAsked || (isLast && !isNone);
    this.#results.replaceChildren(...resultsOf(outcome, this.#page, this.#instead));
    this.#sum.textContent = summed(outcome);
    this.#bar.hidden = !this.#sum.textContent;
    this.#after.hidden = !queryOfAnswers(this.#answers);
    this.#keep();
    clearTimeout(this.#pausing);
    this.#pausing = setTimeout(() => {
      const best = outcome.fit.map(({ choice }) => this.#page.shown.get(choice.id)?.title);
      this.#status.textContent = [this.#sum.textContent, ...best.slice(0, 3)].filter(Boolean).join(": ");
    }, PAUSE);
  }

  /**
   * Puts the third question. What the reader has just ticked keeps the focus, wherever it stands then.
   *
   * @param {Set<string>} ticked
   */
  #askFurther(ticked) {
    const active = document.activeElement;
    const hadFocus = this.#others.contains(active) ? /** @type {HTMLInputElement} */ (active) : null;
    const questions = further(this.#candidates, ticked, this.#asked);
    const place = questions.map(({ choice, use, avoid }) => [choice.id, ...use, ...avoid].join(" ")).join();
    this.#third.hidden = !questions.length;
    if (place !== this.#others.dataset.asked) {
      this.#others.dataset.asked = place;
      this.#others.replaceChildren(...questions.map((question) => this.#questionOn(question)));
    }
    if (!hadFocus || hadFocus.isConnected) return;
    const again = all(`[value="${hadFocus.value}"]`, this.#others)[0] ?? all("input", this.#first)[0];
    (again ?? this.#heading).focus({ preventScroll: true });
  }

  /** @param {ReturnType<typeof further>[number]} question */
  #questionOn({ choice, use, avoid }) {
    const group = (/** @type {string} */ words, /** @type {string[]} */ keys) =>
      keys.length
        ? [
            element(
              "div",
              { role: "group", "aria-label": words },
              element("p", { class: "pp-label" }, words),
              ...keys.map((key) => this.#box(key)),
            ),
          ]
        : [];
    return element(
      "fieldset",
      { class: "pp-chooser__question" },
      element("legend", {}, this.#page.shown.get(choice.id)?.title ?? ""),
      element(
        "div",
        { class: "pp-chooser__both" },
        ...group("It fits if", use),
        ...group("Leave it if", avoid),
      ),
    );
  }

  /** @param {string} key */
  #box(key) {
    return element(
      "label",
      { class: "pp-chooser__sign" },
      element("input", { type: "checkbox", value: key, autocomplete: "off" }),
      element("span", {}, this.#page.signs.get(key)?.words ?? ""),
    );
  }

  #context() {
    const chosen = this.#places.find((place) => place.checked);
    return {
      id: chosen?.value ?? "",
      title: chosen?.value ? (chosen.parentElement?.textContent.trim() ?? "") : "",
    };
  }

  #keep() {
    keepQuery(queryOfAnswers(this.#answers));
  }

  #startAgain() {
    this.#answers = { context: "", ticked: [], rounds: 0 };
    for (const place of this.#places) place.checked = false;
    this.#ask();
    (this.#places[0] ?? all("input", this.#first)[0] ?? this.#heading).focus();
  }

  async #copyLink() {
    if (await copy(address(`tools/choose/${queryOfAnswers(this.#answers)}`))) say("Link copied.");
  }
}

for (const root of all(".pp-chooser")) new Chooser(root);
