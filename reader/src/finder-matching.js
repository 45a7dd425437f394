/** Which lines have the words that were typed, and which come nearest. */

import { alike, isNearly, plain, significant, stem } from "./words.js";

/**
 * @typedef {object} Words what a line can be found by
 * @property {string} heard what it answers or replaces, or its title
 * @property {string} said
 * @property {string} also what is not shown, such as the title of a line that answers another
 *
 * @typedef {object} Index
 * @property {number} size how many lines there are
 * @property {string[]} heard what each line answers, as it is compared
 * @property {Map<string, Map<number, number>>} lines by stem, the lines that have it and what it counts there
 * @property {Map<string, string>} stems by word, its stem
 * @property {Map<string, string[]>} synonyms
 *
 * @typedef {object} Found
 * @property {Set<number>} whole the lines that have all of the words
 * @property {Float64Array} scores how near each line comes: 0 where it has none of them
 */

/** A reader types what she hears, so what a line answers counts for more than what it says. */
const WEIGHTS = { heard: 1, also: 0.7, said: 0.5 };
/** What a word counts for that means the same, that begins so, or that is nearly spelt so. */
const SYNONYM = 0.8;
const BEGINNING = 0.9;
const SLIP = 0.6;
const MOST_WORDS = 16;
/** "They say my salary is too high" is about what they say, and not about saying. */
const FRAME =
  /^(?:and |but |so |when |if )?(?:they|he|she|we|you|i|people|someone|somebody) (?:just |always |often |keep |keeps )?(?:say|says|said|saying|tell|tells|told|telling|claim|claims|think|thinks) (?:me |us )?(?:that )?(?=.)/;

/**
 * @param {Words[]} lines
 * @param {string[][]} synonyms
 * @returns {Index}
 */
export function indexed(lines, synonyms) {
  /** @type {Index} */
  const index = {
    size: lines.length,
    heard: lines.map(({ heard }) => plain(heard)),
    lines: new Map(),
    stems: new Map(),
    synonyms: alike(synonyms),
  };
  lines.forEach(({ said, also }, line) => {
    note(index, line, index.heard[line], WEIGHTS.heard);
    note(index, line, plain(also), WEIGHTS.also);
    note(index, line, plain(said), WEIGHTS.said);
  });
  return index;
}

/**
 * @param {Index} index
 * @param {number} line
 * @param {string} words
 * @param {number} weight
 */
function note({ lines, stems }, line, words, weight) {
  for (const word of words.split(" ")) {
    if (!word) continue;
    let stemmed = stems.get(word);
    if (stemmed === undefined) {
      stemmed = stem(word);
      stems.set(word, stemmed);
    }
    let having = lines.get(stemmed);
    if (!having) lines.set(stemmed, (having = new Map()));
    if (!having.has(line)) having.set(line, weight);
  }
}

/**
 * The lines that have the words; nothing where no words were typed.
 *
 * @param {Index} index
 * @param {string} typed
 * @returns {Found | null}
 */
export function search(index, typed) {
  const asked = plain(typed).replace(FRAME, "");
  const words = [...new Set(significant(asked))].slice(0, MOST_WORDS);
  if (!words.length) return null;
  const scores = new Float64Array(index.size);
  const had = new Uint8Array(index.size);
  words.forEach((word, place) => {
    const { having, isSlip } = linesWith(index, word, place === words.length - 1);
    const rarity = Math.log(1 + index.size / having.size);
    having.forEach((weight, line) => {
      scores[line] += weight * rarity;
      if (!isSlip) had[line] += 1;
    });
  });
  /** @type {Set<number>} */
  const whole = new Set();
  for (let line = 0; line < index.size; line += 1) {
    if (had[line] === words.length) whole.add(line);
    if (scores[line]) scores[line] *= closeness(index.heard[line], asked);
  }
  return { whole, scores };
}

/**
 * Whether what a line answers is what was typed, or has it in one piece.
 *
 * @param {string} heard
 * @param {string} asked
 */
function closeness(heard, asked) {
  if (heard === asked) return 3;
  const brevity = 1 / (1 + heard.length / 200);
  return (heard.includes(asked) ? 2 : 1) * (1 + brevity);
}

/**
 * The lines that have a word or one like it, and what it counts in each.
 *
 * @param {Index} index
 * @param {string} word
 * @param {boolean} isLast it may still be being typed
 */
function linesWith(index, word, isLast) {
  const own = stem(word);
  /** @type {Map<string, number>} */
  const stems = new Map([[own, 1]]);
  for (const same of index.synonyms.get(own) ?? []) if (same !== own) stems.set(same, SYNONYM);
  if (isLast) {
    for (const [other, stemmed] of index.stems) {
      if (other.startsWith(word) && !stems.has(stemmed)) stems.set(stemmed, BEGINNING);
    }
  }
  const having = gathered(index, stems);
  if (having.size) return { having, isSlip: false };
  /** @type {Map<string, number>} */
  const slips = new Map();
  for (const [other, stemmed] of index.stems) if (isNearly(word, other)) slips.set(stemmed, SLIP);
  return { having: gathered(index, slips), isSlip: true };
}

/**
 * @param {Index} index
 * @param {Map<string, number>} stems
 */
function gathered(index, stems) {
  /** @type {Map<number, number>} */
  const having = new Map();
  for (const [stemmed, share] of stems) {
    index.lines.get(stemmed)?.forEach((weight, line) => {
      const counts = weight * share;
      if (counts > (having.get(line) ?? 0)) having.set(line, counts);
    });
  }
  return having;
}

/**
 * Some lines, the best first; of equals, the first on the page.
 *
 * @param {Iterable<number>} lines
 * @param {Float64Array} scores
 */
export function bestFirst(lines, scores) {
  return [...lines].sort((first, second) => scores[second] - scores[first] || first - second);
}
