/** Words as they are compared: without case, accents, contractions and endings. */

import { stemmer } from "stemmer";

/** lunr's own list has "no", "not", "say" and "want" on it, which are what many questions are about. */
const STOP_WORDS = new Set(
  `a about am an and any are as at be been but by can could did do does for from get had has have he her him his
  how i if in into is it its just me my of on or our out she should so some than that the their them then there
  these they this to us was we were what when which while who why will with would you your`.split(/\s+/),
);

/**
 * "You're" is found by "you are", "don't" by "do not", a curly apostrophe by a straight one, and "organise" and
 * "behaviour" by "organize" and "behavior".
 *
 * @param {string} text
 */
export function plain(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[’‘]/g, "'")
    .replace(/\bcan't\b/g, "can not")
    .replace(/\bwon't\b/g, "will not")
    .replace(/n't\b/g, " not")
    .replace(/'(?:re|ve|ll|s|d|m)\b/g, "")
    .replace(/([iy])z(?=[aei])/g, "$1s")
    .replace(/([a-z]{3})our/g, "$1or")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * The words that what is typed is about; every word counts if there are no others.
 *
 * @param {string} typed
 */
export function significant(typed) {
  const words = plain(typed).split(" ").filter(Boolean);
  const kept = words.filter((word) => !STOP_WORDS.has(word));
  return kept.length ? kept : words;
}

/**
 * What a word and its other forms have in common.
 *
 * @param {string} word
 */
export function stem(word) {
  return stemmer(word);
}

/**
 * By stem, the stems of all words that mean the same.
 *
 * @param {string[][]} groups
 */
export function alike(groups) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const group of groups) {
    const stems = [...new Set(group.map(stem))];
    for (const word of stems) found.set(word, stems);
  }
  return found;
}

/**
 * Whether two words differ by one letter, or long ones by two; two letters that have changed places are one.
 *
 * @param {string} word
 * @param {string} other
 */
export function isNearly(word, other) {
  const most = word.length > 6 ? 2 : 1;
  const begins = word[0] === other[0] || (word[0] === other[1] && word[1] === other[0]);
  if (word.length < 4 || !begins || Math.abs(word.length - other.length) > most) return false;
  /** @type {number[]} */
  let earlier = [];
  let before = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let row = 1; row <= word.length; row += 1) {
    const now = [row];
    for (let place = 1; place <= other.length; place += 1) {
      const changed = before[place - 1] + (word[row - 1] === other[place - 1] ? 0 : 1);
      const swapped =
        word[row - 1] === other[place - 2] && word[row - 2] === other[place - 1]
          ? earlier[place - 2] + 1
          : Infinity;
      now.push(Math.min(changed, swapped, before[place] + 1, now[place - 1] + 1));
    }
    [earlier, before] = [before, now];
  }
  return before[other.length] <= most;
}
