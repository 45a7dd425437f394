/** The pieces of the index: which of them a query needs, and which entries are likely to answer it. */

import { load } from "./page.js";
import { isNearly, stem } from "./words.js";

/** More pieces with entries are not loaded for a query, nor with words for one of its words. */
const MOST_PIECES = 24;
const MOST_BEGINNINGS = 8;
/** And no more than these for each way in which it may be misspelt. */
const MOST_FOR_A_SLIP = 3;

/**
 * @typedef {object} Directory
 * @property {number} size how many entries there are
 * @property {number} piece how many of them stand in a piece
 * @property {string[]} prefixes how the words of each piece begin
 * @property {Record<string, string[]>} facets by what results can be narrowed by, the choices
 *
 * @typedef {object} Query a word that was typed
 * @property {string} word
 * @property {string} stem
 * @property {string[]} stems its own and those of words that mean the same
 * @property {string | null} beginning the word, where it may still be being typed
 *
 * @typedef {object} Having the entries that have a word, or one like it
 * @property {Map<number, number>} counts what it counts in each
 * @property {string[]} slips the stems of the words that it may be meant for, where no entry has it
 */

/** @type {Map<string, Promise<any>>} */
const pieces = new Map();

/**
 * @param {string} name
 * @returns {Promise<any>}
 */
export function piece(name) {
  const known = pieces.get(name);
  if (known) return known;
  const loaded = load(`search/${name}.js`).then(() => globalThis.playbooksFound[name]);
  pieces.set(name, loaded);
  loaded.catch(() => pieces.delete(name));
  return loaded;
}

/**
 * The numbers of some entries, which are written as how far each is from the one before.
 *
 * @param {string} list
 */
function numbers(list) {
  let last = -1;
  return list ? list.split(" ").map((step) => (last += parseInt(step, 36))) : [];
}

/**
 * The words of the pieces that a word and its other forms can stand in.
 *
 * @param {Directory} directory
 * @param {string} root what all of its forms begin with
 * @param {number} most how many pieces to load
 * @returns {Promise<[string, string[]][]>} each with the entries that have it in the title, and elsewhere
 */
async function wordsLike({ prefixes }, root, most) {
  const found = prefixes.flatMap((prefix, number) =>
    prefix.startsWith(root) || root.startsWith(prefix) ? [`words-${number}`] : [],
  );
  /** @type {Record<string, string[]>[]} */
  const loaded = await Promise.all(found.slice(0, most).map(piece));
  return loaded.flatMap((words) => Object.entries(words));
}

/**
 * @param {Directory} directory
 * @param {Query} query
 * @returns {Promise<Having>}
 */
async function having(directory, { word, stem: own, stems, beginning }) {
  const roots = new Set(stems.map((stemmed) => stemmed.replace(/[iy]$/, "")));
  const words = (
    await Promise.all([...roots].map((root) => wordsLike(directory, root, MOST_BEGINNINGS)))
  ).flat();
  /** @type {Map<number, number>} */
  const counts = new Map();
  /** @type {Set<string>} */
  const slips = new Set();
  /** @type {(lists: string[], weight: number) => void} */
  const note = (lists, weight) => {
    lists.forEach((list, elsewhere) => {
      for (const number of numbers(list)) {
        const count = elsewhere ? weight : 2 * weight;
        if (count > (counts.get(number) ?? 0)) counts.set(number, count);
      }
    });
  };
  for (const [other, lists] of words) {
    const stemmed = stem(other);
    if (stemmed === own) note(lists, 1);
    else if (stems.includes(stemmed)) note(lists, 0.6);
    else if (beginning && other.startsWith(beginning)) note(lists, 0.5);
  }
  // Most slips come later in a word than its second letter, and few words begin as it does.
  for (const root of [word.slice(0, 2), word[0] + word[2], word[1] + word[0], word[0]]) {
    if (counts.size) break;
    for (const [other, lists] of await wordsLike(directory, root, MOST_FOR_A_SLIP)) {
      if (!isNearly(word, other)) continue;
      note(lists, 0.6);
      slips.add(stem(other));
    }
  }
  return { counts, slips: [...slips] };
}

/**
 * The entries that are most likely to answer: those with most of the words, the rarest above all.
 *
 * @param {Directory} directory
 * @param {Query[]} queries
 * @param {string[]} facets the pieces with the entries that the results are narrowed to
 * @returns {Promise<{ entries: Entry[], slips: string[][], rarity: number[] }>} also, for each word, what it may
 *   be meant for, and how much it tells
 */
export async function likely(directory, queries, facets) {
  const [found, allowed] = await Promise.all([
    Promise.all(queries.map((query) => having(directory, query))),
    Promise.all(facets.map((facet) => piece(facet).then((list) => new Set(numbers(list))))),
  ]);
  const scores = new Float64Array(directory.size);
  const had = new Uint8Array(directory.size);
  const rarity = found.map(({ counts }) => Math.log(1 + directory.size / (counts.size || 1)));
  found.forEach(({ counts }, word) => {
    for (const [number, count] of counts) {
      scores[number] += count * rarity[word];
      had[number] += 1;
    }
  });
  const isWanted = (/** @type {number} */ number) => allowed.every((choice) => choice.has(number));
  const best = [...new Set(found.flatMap(({ counts }) => [...counts.keys()]))]
    .filter(isWanted)
    .sort((first, second) => scores[second] * had[second] - scores[first] * had[first] || first - second);
  const needed = [...new Set(best.map((number) => Math.floor(number / directory.piece)))].slice(
    0,
    MOST_PIECES,
  );
  const loaded = await Promise.all(needed.map((number) => piece(`entries-${number}`)));
  const entries = loaded.flatMap((some, place) =>
    some.filter((/** @type {Entry} */ _, /** @type {number} */ within) =>
      isWanted(needed[place] * directory.piece + within),
    ),
  );
  return { entries, slips: found.map(({ slips }) => slips), rarity };
}
