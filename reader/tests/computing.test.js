/** What worksheets work out, by the table of cases that the printed sheets are held to as well. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compute, readAmount, writeAmount } from "../src/computing.js";
import { drawPlot, drawRange, SCORES } from "../src/drawing.js";
import { everyRow, givenRows } from "../src/worksheet-answers.js";

const CASES = JSON.parse(readFileSync(new URL("../../tests/computing_cases.json", import.meta.url), "utf8"));

/** An exact fraction from digits, such as "-0.004". */
function fraction(digits) {
  const [whole, part = ""] = digits.split(".");
  return {
    n: BigInt(whole.replace("-", "") + part) * (digits.startsWith("-") ? -1n : 1n),
    d: 10n ** BigInt(part.length),
  };
}

/** A drawing with its places to three digits: the fourth is a matter of how halves are rounded. */
function roughly(drawing) {
  return JSON.parse(
    JSON.stringify(drawing, (_, value) =>
      typeof value === "number" ? Math.round(value * 1e3) / 1e3 : value,
    ),
  );
}

test("an amount is read as it is meant", () => {
  for (const [words, amount] of CASES.read) {
    const found = readAmount(words);
    if (!amount) assert.equal(found, null, words);
    else {
      const { n, d } = fraction(amount[0]);
      assert.ok(found, words);
      assert.deepEqual(
        [found.n * d, found.currency, found.isPercentage],
        [n * found.d, amount[1], amount[2]],
        words,
      );
    }
  }
});

test("an amount is written as people write it", () => {
  for (const [value, currency, isPercentage, words] of CASES.write) {
    assert.equal(writeAmount({ ...fraction(value), currency, isPercentage }), words);
  }
});

test("a figure is worked out", () => {
  for (const { operation, values, options, result } of CASES.compute) {
    assert.equal(compute(operation, values, options), result, `${operation} of ${values}`);
  }
});

test("a range is drawn", () => {
  for (const { ends, drawn } of CASES.range) {
    assert.deepEqual(roughly(drawRange(ends)), roughly(drawn), ends.join());
  }
});

test("a plot is drawn", () => {
  for (const { rows, scores, drawn } of CASES.plot) {
    assert.deepEqual(roughly(drawPlot(rows, scores ? SCORES : [])), roughly(drawn), JSON.stringify(rows));
  }
});

test("rows and starters stand where they belong", () => {
  for (const { columns, starters, rows, answers, given, shown } of CASES.tables) {
    const table = { blanks: columns.map((column) => ({ options: [], ...column })), starters, rows };
    assert.deepEqual(givenRows(table, answers), given);
    assert.deepEqual(everyRow(table, answers), shown);
  }
});

test("a column may have the name of something that every object has", () => {
  const table = { blanks: [{ id: "constructor", options: [] }], starters: [], rows: 1 };
  assert.deepEqual(givenRows(table, [{}]), [{}]);
});
