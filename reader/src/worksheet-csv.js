/** A table of a worksheet as CSV, and back; see `worksheet-files.js` for what cannot be taken in. */

import { folded, stripped } from "./computing.js";
import { cellOf, givenRows } from "./worksheet-answers.js";
import { FileError, MOST_ROWS, optionOf, tooMany } from "./worksheet-files.js";

/**
 * @typedef {import("./worksheet-answers.js").Part} Part
 * @typedef {import("./worksheet-answers.js").Blank} Blank
 * @typedef {import("./worksheet-answers.js").Row} Row
 */

/** What a spreadsheet would take for a formula, whatever stands before it to keep it from that. */
const FORMULA = /^['\s]*[=+\-@＝＋－＠]/;
/** An amount with a minus is none. */
const FIGURE = /^-[\d.,\s\p{Sc}]+%?$/u;

/**
 * A table as CSV (RFC 4180), with what is computed in it.
 *
 * @param {Part} table
 * @param {Row[]} rows
 */
export function toCsv(table, rows) {
  const heads = headsOf(table);
  const given = givenRows(table, rows).map((row) =>
    table.blanks.map(({ id, options, shown }) => {
      const words = cellOf(row, id);
      return shown[options.indexOf(words)] ?? words;
    }),
  );
  while (given.length && given[given.length - 1].every((words) => !words)) given.pop();
  const lines = [heads, ...given].map((cells) => cells.map(quoted).join(","));
  // The mark at the start is what spreadsheets know UTF-8 by.
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** @param {Part} table */
function headsOf({ blanks }) {
  const labels = blanks.map(({ label }) => label);
  return blanks.map(({ id, label }) =>
    labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${id})`,
  );
}

/** @param {string} words */
function quoted(words) {
  const safe = FORMULA.test(words) && !FIGURE.test(words) ? `'${words}` : words;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Reads a table from CSV, with commas, semicolons or tabs between the cells.
 *
 * @param {string} text
 * @param {Part[]} tables that it may be
 * @returns {{table: Part, rows: Row[]}}
 */
export function fromCsv(text, tables) {
  const [heads, ...lines] = readCsv(text);
  if (!heads) throw new FileError(["it is empty"]);
  const matches = tables.map((table) => ({
    table,
    columns: heads.cells.map((head) => columnOf(table, head)),
  }));
  const count = (/** @type {{columns: (Blank | undefined)[]}} */ match) =>
    match.columns.filter(Boolean).length;
  const [best] = matches.sort((one, other) => count(other) - count(one));
  if (!best || !count(best)) {
    const known = tables.map((table) => headsOf(table).join(", ")).join("; or ");
    throw new FileError([`line 1: it names none of the columns, which are ${known}`]);
  }
  const { table, columns } = best;
  /** @type {string[]} */
  const problems = [];
  columns.forEach((column, place) => {
    const where = `line 1, column ${place + 1}`;
    if (!column && heads.cells[place].trim()) {
      problems.push(
        `${where}: there is no column “${heads.cells[place]}”, only ${headsOf(table).join(", ")}`,
      );
    } else if (column && columns.indexOf(column) < place) {
      problems.push(`${where}: “${column.label}” is there twice`);
    }
  });
  if (lines.length > MOST_ROWS) problems.push(tooMany("lines", lines.length));
  const rows = lines.map(({ line, cells }) => {
    /** @type {Row} */
    const row = {};
    cells.forEach((cell, place) => {
      const column = columns[place];
      const words = cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
      if (column && !column.computed && words.trim()) row[column.id] = optionOf(column, words) ?? words;
      else if (!column && words.trim()) {
        problems.push(`line ${line}, column ${place + 1}: there is no column above “${words.slice(0, 30)}”`);
      }
    });
    return row;
  });
  if (problems.length) throw new FileError(problems);
  while (rows.length && !Object.keys(rows[rows.length - 1]).length) rows.pop();
  return { table, rows };
}

/**
 * @param {Part} table
 * @param {string} head
 */
function columnOf(table, head) {
  const heads = headsOf(table);
  const wanted = folded(stripped(head));
  return table.blanks.find(({ id }, place) => folded(heads[place]) === wanted || id === wanted);
}

/**
 * @param {string} text
 * @returns {{line: number, cells: string[]}[]} `line` is where a record begins
 */
function readCsv(text) {
  const bare = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const [, told, rest] = /^sep=(.)\n([^]*)$/i.exec(bare) ?? [null, "", bare];
  const separator = told || separatorOf(rest);
  /** @type {{line: number, cells: string[]}[]} */
  const records = [];
  let line = told ? 2 : 1;
  let at = 0;
  while (at < rest.length) {
    /** @type {string[]} */
    const cells = [];
    const start = line;
    for (let isMore = true; isMore;) {
      let cell = "";
      if (rest[at] === '"') {
        const found = /^"([^"]*(?:""[^"]*)*)"/.exec(rest.slice(at));
        if (!found) throw new FileError([`line ${line}: a quotation mark is never closed`]);
        at += found[0].length;
        line += found[0].split("\n").length - 1;
        cell = found[1].replaceAll('""', '"');
      }
      const start_ = at;
      while (at < rest.length && rest[at] !== separator && rest[at] !== "\n") at += 1;
      cells.push(cell + rest.slice(start_, at));
      isMore = rest[at] === separator;
      at += 1;
    }
    line += 1;
    // A blank line between others is a row that is left empty.
    records.push({ line: start, cells });
  }
  return records;
}

/** @param {string} text */
function separatorOf(text) {
  const [head] = text.replace(/"(?:[^"]|"")*"/g, "").split("\n");
  const marks = [",", ";", "\t"].map((mark) => ({ mark, count: head.split(mark).length }));
  return marks.sort((one, other) => other.count - one.count)[0].mark;
}
