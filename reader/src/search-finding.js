/** What the search finds: the likely entries are loaded, and the best of them told apart. */

import { load } from "./page.js";
import { likely, piece } from "./search-pieces.js";
import { alike, plain, significant, stem } from "./words.js";

const MOST_WORDS = 16;

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
export function index() {
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
 * What is found for what was typed, the best first.
 *
 * @param {string} typed
 * @param {string[]} facets the pieces with what the results are narrowed to
 * @param {number} most
 * @returns {Promise<Entry[]>}
 */
export async function find(typed, facets, most) {
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
    .slice(0, most)
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
