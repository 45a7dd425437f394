/** What the chooser answers: the playbooks that fit, those to leave this time, and why. */

import { counted, element } from "./elements.js";
import { address } from "./page.js";

/**
 * @typedef {import("./chooser-fitting.js").Choice} Choice
 * @typedef {import("./chooser-fitting.js").Reasoned} Reasoned
 * @typedef {ReturnType<typeof import("./chooser-page.js").readChoices>} Page
 *
 * @typedef {object} Outcome
 * @property {Reasoned[]} fit
 * @property {Reasoned[]} leave
 * @property {Choice[]} silent the playbooks that do not say when they fit
 * @property {boolean} isAsked whether nothing is left to ask about
 * @property {{id: string, title: string}} context empty for anywhere
 */

/**
 * The outcome in a few words.
 *
 * @param {Outcome} outcome
 */
export function summed({ fit, leave, isAsked }) {
  if (fit.length) return `${counted(fit.length, "playbook fits", "playbooks fit")}`;
  return leave.length || isAsked ? "None of the playbooks fits" : "";
}

/**
 * The outcome as the page shows it.
 *
 * @param {Outcome} outcome
 * @param {Page} page
 * @param {Element | null} instead what to do where none fits
 */
export function resultsOf(outcome, page, instead) {
  const { fit, leave, silent } = outcome;
  const sum = summed(outcome);
  /** @type {(Node | string)[]} */
  const results = [];
  if (!sum) results.push(element("p", { class: "pp-hint" }, "Tick what is so, and what fits stands here."));
  else if (!fit.length) {
    results.push(element("p", { class: "pp-chooser__none" }, `${sum}.`));
    if (silent.length) {
      results.push(element("p", {}, "Some do not say when they fit: ", ...listed(silent, page), "."));
    }
    if (instead) results.push(element("p", {}, "What you can do instead:"), instead);
  }
  for (const reasoned of fit) results.push(card(reasoned, outcome, page));
  if (leave.length) {
    results.push(element("h3", { class: "pp-chooser__leave" }, "Leave it this time"));
    for (const reasoned of leave) results.push(card(reasoned, outcome, page));
  }
  return results;
}

/**
 * @param {Choice[]} choices
 * @param {Page} page
 */
function listed(choices, { shown }) {
  return choices.flatMap(({ id }, place) => {
    const { href = "", title = "" } = shown.get(id) ?? {};
    return [...(place ? [", "] : []), element("a", { href }, title)];
  });
}

/**
 * @param {Reasoned} reasoned
 * @param {Outcome} outcome
 * @param {Page} page
 */
function card({ choice, because, against }, { context }, { shown, signs }) {
  const { title = "", href = "", summary = "", hasLines = false } = shown.get(choice.id) ?? {};
  const query = new URLSearchParams({ ...(context.id && { context: context.id }), playbook: choice.id });
  const reasons = against.length ? against : because;
  return element(
    "div",
    { class: `pp-chooser__card${against.length ? " pp-chooser__card--leave" : ""}` },
    element(against.length ? "h4" : "h3", {}, element("a", { href }, title)),
    ...(against.length ? [] : [element("p", {}, summary)]),
    element("p", { class: "pp-label" }, "Because you said"),
    element("ul", {}, ...reasons.map((key) => element("li", {}, ...copiesOf(signs.get(key)?.item)))),
    ...(hasLines && !against.length
      ? [
          element(
            "p",
            { class: "pp-chooser__lines" },
            element(
              "a",
              { href: address(`scripts/?${query}`) },
              context.title ? `Its lines for ${context.title}` : "Its lines",
            ),
          ),
        ]
      : []),
  );
}

/** @param {Element | undefined} item */
function copiesOf(item) {
  return [...(item?.childNodes ?? [])].map((node) => node.cloneNode(true));
}
