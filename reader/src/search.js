/** The search box: finds lines, pitfalls, checklists and terms, each at its very place. */

import { element } from "./elements.js";
import { address, load } from "./page.js";
import { likely, piece } from "./search-pieces.js";
import { alike, plain, significant, stem } from "./words.js";

const MOST_RESULTS = 12;
const MOST_WORDS = 16;
const LONGEST_ANSWER = 180;
/** Who goes on typing this soon is not answered yet, in milliseconds: each answer has to be fetched. */
const PAUSE = 120;

/**
 * A reader types what she hears, so what answers it comes before what only mentions it.
 *
 * @type {Record<string, number>}
 */
const WEIGHTS = {
  "They say": 1.4,
  "Instead of": 0.9,
  Example: 0.8,
  Dialogue: 0.8,
  Term: 0.8,
  Page: 0.6,
  Source: 0.4,
};

/** Who asks what to do herself looks for a line, whatever it answers. */
const ABOUT_HERSELF =
  /^(?:i|my|should|may|how (?:do|to|can|should|long)|(?:what|when|who) (?:do|should|can|may))\b/;

/**
 * @typedef {object} Searchable
 * @property {import("./search-pieces.js").Directory} directory
 * @property {Map<string, string[]>} synonyms
 */

/** @type {Promise<Searchable> | undefined} */
let loading;

/** What every query needs, which is loaded when the box is first used. */
function index() {
  loading ??= Promise.all([piece("directory"), load("synonyms.js"), load("lunr.js")]).then(([directory]) => {
    // Else it warns of an index that cannot be written down, which none here ever is.
    lunr.Pipeline.registerFunction(byStem, "byStem");
    return { directory, synonyms: alike(globalThis.playbooksSynonyms) };
  });
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** @type {(token: Token) => Token} */
const byStem = (token) => token.update(stem);

/** @param {Entry[]} entries */
function build(entries) {
  return lunr((builder) => {
    builder.pipeline.reset();
    builder.searchPipeline.reset();
    builder.pipeline.add(byStem);
    builder.ref("number");
    builder.field("title", { boost: 5 });
    builder.field("answer", { boost: 1.5 });
    builder.field("more");
    builder.b(0.4);
    entries.forEach((entry, number) => {
      builder.add({
        number,
        title: plain(`${entry.title} ${entry.alias ?? ""}`),
        answer: plain(entry.answer),
        more: plain(`${entry.more ?? ""} ${entry.where ?? ""} ${entry.kind}`),
      });
    });
  });
}

/**
 * @typedef {object} Term what counts as a word that was typed
 * @property {string[]} stems its own and those of words that mean the same
 * @property {string} stem
 * @property {string | null} beginning the word, where it may still be being typed
 * @property {string[]} slips the stems of words that it may be meant for, where it stands nowhere
 * @property {number} weight how much it tells: the rarer, the more
 */

/**
 * @param {Term} term
 * @param {string[]} found the stems that an entry has
 */
function isNear(term, found) {
  return found.some(
    (word) =>
      term.stems.includes(word) ||
      term.slips.includes(word) ||
      (term.beginning && word.startsWith(term.beginning)),
  );
}

/**
 * @param {string} typed
 * @param {string[]} facets the pieces with what the results are narrowed to
 */
async function find(typed, facets) {
  const { directory, synonyms } = await index();
  const asked = plain(typed);
  const words = [...new Set(significant(typed))].slice(0, MOST_WORDS);
  if (!words.length) return [];
  const queries = words.map((word, number) => {
    const stemmed = stem(word);
    return {
      word,
      stems: synonyms.get(stemmed) ?? [stemmed],
      stem: stemmed,
      beginning: number === words.length - 1 && word.length > 2 ? word : null,
    };
  });
  const { entries, slips, rarity } = await likely(directory, queries, facets);
  const terms = queries.map((query, word) => ({ ...query, slips: slips[word], weight: rarity[word] ** 1.5 }));
  const results = build(entries).query((query) => {
    for (const term of terms) {
      query.term(term.stem, { boost: 10 });
      for (const same of term.stems) if (same !== term.stem) query.term(same, { boost: 4 });
      if (term.beginning) query.term(term.beginning, { boost: 3, wildcard: lunr.Query.wildcard.TRAILING });
      for (const near of term.slips) query.term(near, { boost: 6 });
    }
  });
  return results
    .map((result) => {
      const entry = entries[Number(result.ref)];
      return { entry, score: score(result, entry, terms, asked) };
    })
    .sort((first, second) => second.score - first.score)
    .slice(0, MOST_RESULTS)
    .map(({ entry }) => entry);
}

/**
 * How well an entry answers: above all by how many of the words it has, and has in its title, the rare ones first.
 *
 * @param {Match} result
 * @param {Entry} entry
 * @param {Term[]} terms
 * @param {string} asked
 */
function score(result, entry, terms, asked) {
  const { metadata } = result.matchData;
  const found = Object.keys(metadata);
  const titled = found.filter((word) => "title" in metadata[word]);
  const [covered, named] = [found, titled].map((having) => share(terms, having));
  const title = plain(entry.title);
  const exact = title === asked ? 4 : title.includes(asked) ? 2 : 1;
  const isSaid = entry.kind === "They say" && ABOUT_HERSELF.test(asked);
  const weight = isSaid ? exact : exact * (WEIGHTS[entry.kind] ?? 1);
  return result.score ** 0.5 * weight * (0.15 + covered) ** 1.5 * (0.3 + named) ** 1.5;
}

/**
 * How much of what was typed is among some stems.
 *
 * @param {Term[]} terms
 * @param {string[]} stems
 */
function share(terms, stems) {
  const weights = terms.map((term) => (isNear(term, stems) ? term.weight : 0));
  return sum(weights) / sum(terms.map(({ weight }) => weight));
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

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
      const found = await find(typed, chosen());
      if (turn !== latest) return;
      list.replaceChildren(...found.map(resultElement));
      list.dataset.query = typed;
      status.textContent = found.length
        ? `${found.length === MOST_RESULTS ? "The best " : ""}${found.length} ${found.length === 1 ? "answer" : "answers"}`
        : `Nothing found${chosen().length ? " among these" : ""}. Try the words that they used, or fewer of them.`;
    } catch (error) {
      status.textContent = `The search cannot be used: ${error instanceof Error ? error.message : error}.`;
    }
  };

  const open = () => {
    toggle.checked = true;
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
      const options = choices.map((choice, number) =>
        element("option", { value: `${facet}-${number}` }, choice),
      );
      const every = element("option", { value: "" }, `Any ${facet}`);
      const name = `The ${facet} to search in`;
      narrowing.append(element("select", { "aria-label": name, onchange: update }, every, ...options));
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
    const field = asking.querySelector("input");
    if (!field) continue;
    const handOver = () => {
      open();
      input.value = field.value;
      field.value = "";
      update();
    };
    asking.addEventListener("input", handOver);
    asking.addEventListener("submit", (event) => {
      event.preventDefault();
      handOver();
    });
  }
}
