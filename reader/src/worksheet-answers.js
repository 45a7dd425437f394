/**
 * What stands on a worksheet, and what follows from it.
 *
 * The same as `answers.py` has it, so that a printed sheet shows what the page shows.
 */

import { areMixed, compared, compute, folded, readAmount, stripped } from "./computing.js";

/**
 * @typedef {Record<string, string>} Row the words in each cell, by the column's id
 *
 * @typedef {object} Blank a field of a form, or a column of a table
 * @property {string} id
 * @property {string} label
 * @property {string} type
 * @property {string[]} options the words that are kept for each thing to choose from
 * @property {string[]} shown the same as they are shown
 * @property {import("./computing.js").Operation} [computed]
 * @property {string[]} [of]
 * @property {string} [slot]
 *
 * @typedef {object} Part
 * @property {string} id
 * @property {string} kind form, table, figure, range, plot, coverage or ticks
 * @property {string} title
 * @property {HTMLElement} root
 * @property {Blank[]} blanks
 * @property {string[]} starters what the first cells hold to begin with, as it is shown
 * @property {string[]} sources the same as the handbook has it
 * @property {number} rows how many rows an empty table has
 * @property {string} from the part that it is made from
 * @property {string[]} of the blanks that it is made from
 * @property {string} x
 * @property {import("./computing.js").Operation} computed
 *
 * @typedef {Pick<import("./kept.js").Answers, "fields" | "rows">} Given
 */

/**
 * What a record holds by a name, and nothing that it has from elsewhere.
 *
 * @template Value
 * @param {Record<string, Value> | undefined} record
 * @param {string} name
 * @returns {Value | undefined}
 */
export function own(record, name) {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * @param {Row} row
 * @param {string} column
 */
export const cellOf = (row, column) => own(row, column) ?? "";

/**
 * The rows that are filled in, with what is computed in them. A row without its first cell has the
 * starter that is in its place.
 *
 * @param {Pick<Part, "blanks" | "starters">} table
 * @param {Row[]} rows
 */
export function givenRows({ blanks, starters }, rows) {
  const [first] = blanks;
  return rows.map((given, place) => {
    const row = { ...given };
    if (!cellOf(row, first.id) && place < starters.length) row[first.id] = starters[place];
    for (const column of blanks) {
      if (!column.computed) continue;
      const of = column.of ?? [];
      const values = of.map((name) => cellOf(row, name));
      row[column.id] = compute(column.computed, values, optionsIn(blanks, of)) || cellOf(row, column.id);
    }
    return row;
  });
}

/**
 * Rows without the figures that they come to: those are worked out anew.
 *
 * @param {Pick<Part, "blanks" | "starters">} table
 * @param {Row[]} rows
 */
export function bareRows({ blanks }, rows) {
  return rows.map((row) => {
    const typed = { ...row };
    for (const { id, computed } of blanks) if (computed) delete typed[id];
    const [again] = givenRows({ blanks, starters: [] }, [typed]);
    for (const { id, computed } of blanks) {
      if (computed && !cellOf(again, id) && cellOf(row, id)) typed[id] = row[id];
    }
    return typed;
  });
}

/**
 * Every row of a table: those that are filled in, the starters that are left, and empty ones. Whoever
 * names a starter keeps the others; whoever names none has put words of her own in their place.
 *
 * @param {Pick<Part, "blanks" | "starters" | "rows">} table
 * @param {Row[]} rows
 * @returns {Row[]}
 */
export function everyRow(table, rows) {
  const [first] = table.blanks;
  const given = givenRows(table, rows);
  const named = given.map((row) => cellOf(row, first.id)).filter((words) => table.starters.includes(words));
  const left = table.starters.filter(
    (starter, place) => !named.includes(starter) && (named.length > 0 || place >= given.length),
  );
  const found = [...given, ...left.map((starter) => ({ [first.id]: starter }))];
  while (found.length < table.rows) found.push({});
  return found;
}

/**
 * What there is to choose from in the first of some blanks that has anything to choose from.
 *
 * @param {Blank[]} blanks
 * @param {string[]} of
 */
function optionsIn(blanks, of) {
  return blanks.find((blank) => of.includes(blank.id) && blank.options.length)?.options ?? [];
}

/**
 * What a figure comes to; empty where that cannot be known, and then what stands in the way of it.
 *
 * @param {Part} figure
 * @param {Part} part that it is made from
 * @param {Given} answers
 */
export function resultOf(figure, part, answers) {
  const values =
    part.kind === "table"
      ? figure.of.flatMap((name) =>
          givenRows(part, own(answers.rows, part.id) ?? [])
            .map((row) => cellOf(row, name))
            .filter(Boolean),
        )
      : figure.of.map((name) => cellOf(own(answers.fields, part.id) ?? {}, name));
  const words = compute(figure.computed, values, optionsIn(part.blanks, figure.of));
  const given = values.filter(stripped);
  const odd = given.find((value) => !readAmount(value));
  if (words || !given.length) return { words, problem: "" };
  if (odd) return { words, problem: `It cannot be worked out from “${odd}”.` };
  const isMixed = areMixed(given.flatMap((value) => readAmount(value) ?? []));
  return { words, problem: isMixed ? "The figures are not of one kind." : "" };
}

/**
 * What covers each option of a column: the first cells of the rows with it, or nothing.
 *
 * @param {Part} table
 * @param {string} column
 * @param {Row[]} rows
 * @returns {{option: string, rows: number[], by: string}[]}
 */
export function coverageOf(table, column, rows) {
  const given = givenRows(table, rows);
  const [first] = table.blanks;
  const { options } = table.blanks.find((blank) => blank.id === column) ?? { options: [] };
  return options.map((option) => {
    const found = given.flatMap((row, place) => (isSame(option, cellOf(row, column)) ? [place] : []));
    const by = found.map((place) => cellOf(given[place], first.id)).filter(Boolean);
    return { option, rows: found, by: by.join("; ") };
  });
}

/**
 * Whether an answer is an option, written in whatever case.
 *
 * @param {string} option
 * @param {string} answer
 */
export function isSame(option, answer) {
  return stripped(answer) !== "" && folded(stripped(option)) === folded(stripped(answer));
}

/**
 * The rows with the highest figure in a column; none where there is nothing to compare.
 *
 * @param {Row[]} given
 * @param {string} column
 * @returns {{places: number[], words: string}}
 */
export function highestOf(given, column) {
  const found = given.flatMap((row, place) => {
    const words = cellOf(row, column);
    const amount = readAmount(words);
    return amount ? [{ place, words, amount }] : [];
  });
  const [best] = [...found].sort((one, other) => compared(other.amount, one.amount));
  const places = found.filter(({ amount }) => compared(amount, best.amount) === 0).map(({ place }) => place);
  // Where all are alike, none stands out.
  return places.length < found.length ? { places, words: best.words } : { places: [], words: "" };
}
