/** The marks of the handbook's own text, such as `*`, in what a reader has typed. */

const MARKS = /[\\`*_[\]{}]/g;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/**
 * Words as the handbook's own text has them: printed, they are again what was typed.
 *
 * @param {string} words
 */
export const escaped = (words) => words.replace(MARKS, "\\$&");

/**
 * The words that were escaped.
 *
 * @param {string} text
 */
export const unescaped = (text) => text.replace(ESCAPED, "$1");
