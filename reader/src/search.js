/** The search box: finds lines, pitfalls, checklists and terms, each at its very place. */

import { counted, element } from "./elements.js";
import { address } from "./page.js";
import { find, index } from "./search-finding.js";

const MOST_RESULTS = 12;
const LONGEST_ANSWER = 180;
/** Who goes on typing this soon is not answered yet, in milliseconds: each answer has to be fetched. */
const PAUSE = 120;

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER).replace(/\s+\S*$/, "")} …` : text;
}

/** @param {Entry} entry */
function resultElement(entry) {
  const titleClass = `pp-found__title${entry.quoted ? " pp-found__title--said" : ""}`;
  return element(
    "li",
    { class: "md-search-result__item" },
    element(
      "a",
      { class: "md-search-result__link pp-found", href: address(entry.at) },
      element(
        "span",
        { class: "pp-found__kind" },
        entry.kind,
        ...(entry.where ? [element("span", { class: "pp-found__where" }, entry.where)] : []),
      ),
      element("span", { class: titleClass }, entry.quoted ? `“${entry.title}”` : entry.title),
      element("span", { class: "pp-found__answer" }, shortened(entry.answer)),
    ),
  );
}

/**
 * A choice of what to search in.
 *
 * @param {string} facet
 * @param {string[]} choices
 * @param {() => void} onchange
 */
function choiceOf(facet, choices, onchange) {
  const every = element("option", { value: "" }, `Any ${facet}`);
  const options = choices.map((choice, number) => element("option", { value: `${facet}-${number}` }, choice));
  return element("select", { "aria-label": `The ${facet} to search in`, onchange }, every, ...options);
}

/** @param {number} count */
function told(count) {
  return `${count === MOST_RESULTS ? "The best " : ""}${counted(count, "answer")}`;
}

/** Lets the search box of the header, and the field of the home page, find things. */
export function startSearch() {
  const form = document.querySelector("form.md-search__form[data-base]");
  const input = form?.querySelector("input");
  const toggle = document.querySelector("#__search");
  const status = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  if (!form || !input || !status || !(toggle instanceof HTMLInputElement) || !(list instanceof HTMLElement)) {
    return; // another theme's header
  }
  const nothingTyped = status.textContent;
  const narrowing = element("div", { class: "pp-narrow" });
  status.before(narrowing);
  const chosen = () => [...narrowing.querySelectorAll("select")].map(({ value }) => value).filter(Boolean);

  let latest = 0;
  const update = async () => {
    const turn = ++latest;
    const typed = input.value.trim();
    form.classList.toggle("pp-typed", Boolean(typed));
    if (!typed) {
      status.textContent = nothingTyped;
      list.replaceChildren();
      return;
    }
    try {
      await pause(PAUSE);
      if (turn !== latest) return;
      const found = await find(typed, chosen(), MOST_RESULTS);
      if (turn !== latest) return;
      list.replaceChildren(...found.map(resultElement));
      list.dataset.query = typed;
      status.textContent = found.length
        ? told(found.length)
        : `Nothing found${chosen().length ? " among these" : ""}. Try the words that they used, or fewer of them.`;
    } catch (error) {
      status.textContent = `The search cannot be used: ${error instanceof Error ? error.message : error}.`;
    }
  };

  const open = () => {
    toggle.checked = true;
    input.focus();
    input.select();
  };

  const close = () => {
    toggle.checked = false;
    input.blur();
  };

  const links = () => [...list.querySelectorAll("a")];
  const stops = () => [...narrowing.querySelectorAll("select"), ...links()];

  const prepare = async () => {
    const { directory } = await index();
    if (narrowing.firstChild) return;
    for (const [facet, choices] of Object.entries(directory.facets)) {
      narrowing.append(choiceOf(facet, choices, update));
    }
  };

  input.addEventListener("focus", () => {
    toggle.checked = true;
    prepare().catch(() => {}); // told when something is typed
  });
  input.addEventListener("input", update);
  toggle.addEventListener("change", () => toggle.checked && input.focus());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      for (const select of narrowing.querySelectorAll("select")) select.value = "";
      update();
      input.focus();
    });
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await update();
    // Who has gone on typing by then is not done, and the list is of what was typed before.
    if (list.dataset.query === input.value.trim()) links()[0]?.click();
  });
  list.addEventListener("click", close);

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const isTyping =
      target instanceof Element && target.closest("input, textarea, select, dialog, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open();
    } else if (!toggle.checked) {
      return;
    } else if (
      event.key === "Escape" ||
      (event.key === "Tab" && !event.shiftKey && target === stops().at(-1))
    ) {
      close();
    } else if (/^Arrow(Up|Down)$/.test(event.key) && !(target instanceof HTMLSelectElement)) {
      const results = [input, ...links()];
      const current = results.findIndex((stop) => stop === document.activeElement);
      const next = current + (event.key === "ArrowDown" ? 1 : -1);
      results[(next + results.length) % results.length].focus();
      event.preventDefault();
    }
  });

  for (const asking of document.querySelectorAll("form.pp-ask")) {
    handOver(asking, (typed) => {
      open();
      input.value = typed;
      update();
    });
  }
}

/**
 * Lets what is typed into a field elsewhere go on in the search box.
 *
 * @param {Element} asking its form
 * @param {(typed: string) => void} take
 */
function handOver(asking, take) {
  const field = asking.querySelector("input");
  if (!field) return;
  const give = () => {
    const typed = field.value;
    field.value = "";
    take(typed);
  };
  asking.addEventListener("input", give);
  asking.addEventListener("submit", (event) => {
    event.preventDefault();
    give();
  });
}
