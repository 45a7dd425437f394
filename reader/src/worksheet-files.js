/**
 * A copy of a worksheet as a file of fillings, which `playbooks worksheet --fill` reads too, and back.
 * What cannot be taken in throws a `FileError` that says all that is wrong, and where.
 */

import { FORMAT, isObject } from "./kept.js";
import { escaped, unescaped } from "./marks.js";
import { cellOf, isSame, own } from "./worksheet-answers.js";

/**
 * @typedef {import("./worksheet-answers.js").Part} Part
 * @typedef {import("./worksheet-answers.js").Blank} Blank
 * @typedef {import("./worksheet-answers.js").Given} Given
 * @typedef {import("./worksheet-answers.js").Row} Row
 */

export const MOST_ROWS = 5_000;
const MOST_ERRORS = 5;
/** Printed sheets take no more characters of one answer. */
export const LONGEST = 2_000;

export class FileError extends Error {
  /** @param {string[]} problems */
  constructor(problems) {
    const more = problems.length - MOST_ERRORS;
    super([...problems.slice(0, MOST_ERRORS), ...(more > 0 ? [`and ${more} more`] : [])].join("; "));
  }
}

/**
 * What is filled in, as the file of fillings has it.
 *
 * @param {string} worksheet
 * @param {Part[]} parts
 * @param {Given} answers
 */
export function toFillings(worksheet, parts, answers) {
  /** @type {Record<string, Record<string, string>>} */
  const fields = {};
  /** @type {Record<string, Row[]>} */
  const rows = {};
  /** @type {Record<string, string>} */
  const slots = {};
  for (const part of parts) {
    const given = own(answers.fields, part.id);
    if (part.kind === "form" && given) {
      const written = writeRow(part, given);
      if (Object.keys(written).length) fields[part.id] = written;
      for (const { id, slot } of part.blanks) if (slot && own(written, id)) slots[slot] = written[id];
    }
    if (part.kind !== "table") continue;
    const kept = (own(answers.rows, part.id) ?? []).map((row) => writeRow(part, row));
    while (kept.length && !Object.keys(kept[kept.length - 1]).length) kept.pop();
    if (kept.length) rows[part.id] = kept;
  }
  return {
    ...(Object.keys(slots).length ? { slots } : {}),
    worksheets: { [worksheet]: { fields, rows } },
  };
}

/**
 * @param {Part} part
 * @param {Row} row
 */
function writeRow(part, row) {
  /** @type {Row} */
  const written = {};
  for (const blank of part.blanks) {
    const words = cellOf(row, blank.id);
    const starter = blank === part.blanks[0] ? part.starters.indexOf(words) : -1;
    if (starter >= 0) written[blank.id] = part.sources[starter];
    else if (words.trim()) {
      written[blank.id] = blank.options.includes(words) ? words : escaped(words);
    }
  }
  return written;
}

/**
 * Reads a file of fillings.
 *
 * @param {string} text
 * @param {string} worksheet
 * @param {Part[]} parts
 * @returns {Given}
 */
export function fromFillings(text, worksheet, parts) {
  const file = parsed(text);
  if (isObject(file) && file.format === FORMAT) {
    throw new FileError(["it holds everything that was kept, which “Yours” at the top of the page takes in"]);
  }
  const sheets = isObject(file) ? own(file, "worksheets") : null;
  if (!isObject(sheets)) throw new FileError(["it has no “worksheets”"]);
  const sheet = own(sheets, worksheet);
  if (!isObject(sheet)) {
    const others = Object.keys(sheets).join(", ");
    throw new FileError([`it has nothing for ${worksheet}${others ? `, only for ${others}` : ""}`]);
  }
  /** @type {string[]} */
  const problems = [];
  const at = `worksheets.${worksheet}`;
  for (const key of Object.keys(sheet)) {
    if (key !== "fields" && key !== "rows") problems.push(`${at}.${key}: there is no such thing here`);
  }
  /** @type {Given} */
  const given = { fields: {}, rows: {} };
  for (const [id, fields] of entries(sheet.fields, `${at}.fields`, problems)) {
    const where = `${at}.fields.${id}`;
    const part = named(parts, id, "form", where, problems);
    if (part) given.fields[id] = readRow(part, fields, where, problems);
  }
  for (const [id, rows] of entries(sheet.rows, `${at}.rows`, problems)) {
    const where = `${at}.rows.${id}`;
    const part = named(parts, id, "table", where, problems);
    if (!part) continue;
    if (!Array.isArray(rows)) problems.push(`${where}: this is no list of rows`);
    else if (rows.length > MOST_ROWS) problems.push(tooMany(where, rows.length));
    else given.rows[id] = rows.map((row, place) => readRow(part, row, `${where}[${place}]`, problems));
  }
  if (problems.length) throw new FileError(problems);
  return given;
}

/** @type {(where: string, count: number) => string} */
export const tooMany = (where, count) => `${where}: there are ${count} rows, and ${MOST_ROWS} are the most`;

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const [, position] = /position (\d+)/.exec(String(error)) ?? [];
    const before = text.slice(0, Number(position)).split("\n");
    const place = position ? ` (line ${before.length}, column ${before[before.length - 1].length + 1})` : "";
    throw new FileError([`it is not JSON${place}`]);
  }
}

/**
 * @param {unknown} value
 * @param {string} where
 * @param {string[]} problems
 */
function entries(value, where, problems) {
  if (isObject(value)) return Object.entries(value);
  if (value !== undefined) problems.push(`${where}: this is no list by name`);
  return [];
}

/**
 * @param {Part[]} parts
 * @param {string} id
 * @param {string} kind
 * @param {string} where
 * @param {string[]} problems
 */
function named(parts, id, kind, where, problems) {
  const known = parts.filter((part) => part.kind === kind);
  const found = known.find((part) => part.id === id);
  if (!found) problems.push(`${where}: there is no such ${kind}${listed(known)}`);
  return found;
}

/** @param {{id: string}[]} known */
const listed = (known) => (known.length ? `, only ${known.map(({ id }) => id).join(", ")}` : "");

/**
 * @param {Part} part
 * @param {unknown} row
 * @param {string} where
 * @param {string[]} problems
 */
function readRow(part, row, where, problems) {
  /** @type {Row} */
  const found = {};
  for (const [id, value] of entries(row ?? [], where, problems)) {
    const blank = part.blanks.find((one) => one.id === id);
    if (!blank) problems.push(`${where}.${id}: there is no such blank${listed(part.blanks)}`);
    else if (typeof value !== "string" && typeof value !== "number") {
      problems.push(`${where}.${id}: this is neither a text nor a number`);
    } else {
      const words = String(value);
      const starter = blank === part.blanks[0] ? part.sources.indexOf(words) : -1;
      if (starter >= 0) found[id] = part.starters[starter];
      else if (words.trim()) found[id] = optionOf(blank, words) ?? unescaped(words);
    }
  }
  return found;
}

/**
 * The option that some words are, as it is kept.
 *
 * @param {Blank} blank
 * @param {string} words
 */
export function optionOf({ options, shown }, words) {
  const place = options.findIndex((option, index) => isSame(option, words) || isSame(shown[index], words));
  return place < 0 ? null : options[place];
}
