/** Worksheets as files: what goes out comes back in, and what cannot be taken in is named. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bareRows, coverageOf, highestOf } from "../src/worksheet-answers.js";
import { fromCsv, toCsv } from "../src/worksheet-csv.js";
import { fromFillings, toFillings } from "../src/worksheet-files.js";

const blank = (id, label, more = {}) => ({ id, label, type: "text", options: [], shown: [], ...more });
const choice = { options: ["Yes", "**No**"], shown: ["Yes", "No"] };
const form = {
  id: "pay",
  kind: "form",
  starters: [],
  sources: [],
  blanks: [blank("target", "Target", { slot: "my-figure" }), blank("open", "Open?", choice)],
};
const table = {
  id: "log",
  kind: "table",
  title: "The log",
  starters: [],
  sources: [],
  rows: 2,
  blanks: [
    blank("item", "Item"),
    blank("cost", "Cost"),
    blank("worth", "Worth"),
    blank("gain", "Gain", { computed: "difference", of: ["worth", "cost"] }),
    blank("done", "Done?", choice),
  ],
};
const parts = [form, table];

const read = (value) =>
  fromFillings(typeof value === "string" ? value : JSON.stringify(value), "sheet", parts);
const sheet = (content) => ({ worksheets: { sheet: content } });

test("what is filled in comes back from its file as it was", () => {
  const words = "line one\nline *two* _three_ `four` [five](six) {my-figure} \\ 5 < 6 & <b>";
  const given = {
    fields: { pay: { target: words, open: "**No**" } },
    rows: { log: [{ item: "😀" }, {}, { cost: "__proto__", done: "Yes" }] },
  };
  const file = toFillings("sheet", parts, given);
  assert.deepEqual(read(JSON.stringify(file)), given);
  assert.equal(file.slots["my-figure"], file.worksheets.sheet.fields.pay.target);
});

test("a starter is named as the handbook has it, so that it is known again", () => {
  const named = { ...table, starters: ["Price", "Name"], sources: ["**Price**", "{name}"] };
  const rows = { log: [{ item: "Price", cost: "1" }, { item: "{name}" }] };
  const file = toFillings("sheet", [named], { fields: {}, rows });
  assert.deepEqual(file.worksheets.sheet.rows.log, [
    { item: "**Price**", cost: "1" },
    { item: "\\{name\\}" },
  ]);
  assert.deepEqual(fromFillings(JSON.stringify(file), "sheet", [named]).rows, rows);
});

test("figures that can be worked out are not kept, and others are", () => {
  const rows = [{ cost: "1", worth: "3", gain: "99" }, { gain: "plenty" }];
  assert.deepEqual(bareRows(table, rows), [{ cost: "1", worth: "3" }, { gain: "plenty" }]);
});

test("rows that were left empty at the end stay away from the file", () => {
  const file = toFillings("sheet", parts, { fields: { pay: {} }, rows: { log: [{ item: "a" }, {}, {}] } });
  assert.deepEqual(file, { worksheets: { sheet: { fields: {}, rows: { log: [{ item: "a" }] } } } });
});

test("a file with faults is refused with all of them and their places", () => {
  const wrong = {
    fields: { pay: { targte: "5" }, pya: {} },
    rows: { log: [{ item: "a" }, { item: ["b"] }] },
    notes: "",
  };
  assert.throws(() => read(sheet(wrong)), {
    message:
      "worksheets.sheet.notes: there is no such thing here; " +
      "worksheets.sheet.fields.pay.targte: there is no such blank, only target, open; " +
      "worksheets.sheet.fields.pya: there is no such form, only pay; " +
      "worksheets.sheet.rows.log[1].item: this is neither a text nor a number",
  });
});

test("what is no file of this worksheet is refused", () => {
  assert.throws(() => read('{\n  "worksheets": {,}\n}'), /^Error: it is not JSON \(line 2, column 18\)$/);
  assert.throws(() => read("[]"), /it has no “worksheets”/);
  assert.throws(() => read("null"), /it has no “worksheets”/);
  assert.throws(() => read({ worksheets: { other: {} } }), /it has nothing for sheet, only for other/);
  assert.throws(() => read('{"worksheets": {"__proto__": {"fields": {}}}}'), /it has nothing for sheet/);
  assert.throws(() => read(sheet({ fields: [] })), /worksheets\.sheet\.fields: this is no list by name/);
  assert.throws(() => read({ format: "playbooks-reader", kept: {} }), /“Yours”/);
  assert.throws(
    () => read(sheet({ fields: { __proto__: null, ["__proto__"]: {} } })),
    /__proto__: there is no such form/,
  );
});

test("numbers are taken as they are written, and options in whatever case", () => {
  const given = read(sheet({ fields: { pay: { target: 5.5, open: "no" } } }));
  assert.deepEqual(given.fields.pay, { target: "5.5", open: "**No**" });
});

test("a table comes back from CSV as it was, whatever is in its cells", () => {
  const cells = [
    'a "quoted" word',
    "two\nlines",
    "semi;colon, comma",
    " spaces ",
    "=1+1",
    "'=1",
    "-5",
    "-x",
    "@x",
    "\ttab",
    "+4",
  ];
  const rows = cells.map((item) => ({ item }));
  rows.push({}, { item: "end", done: "**No**" });
  const csv = toCsv(table, rows);
  assert.deepEqual(fromCsv(csv, parts.slice(1)), { table, rows });
  assert.match(csv, /^\ufeffItem,Cost,Worth,Gain,Done\?\r\n/);
});

test("no cell of a CSV file is taken for a formula", () => {
  const csv = toCsv(table, [
    { item: "=HYPERLINK(1)", cost: "+1", worth: "@SUM" },
    { item: "-2+3" },
    { item: "-£150" },
    { item: " \t=1" },
    { item: "'tis" },
  ]);
  assert.match(csv, /^'=HYPERLINK\(1\),'\+1,'@SUM/m);
  assert.match(csv, /^'-2\+3,/m);
  assert.match(csv, /^-£150,/m);
  assert.match(csv, /^"?' \t=1/m);
  assert.deepEqual(
    fromCsv(csv, [table])
      .rows.slice(3)
      .map(({ item }) => item),
    [" \t=1", "'tis"],
  );
});

test("what is computed is in the CSV file, and is not taken from it", () => {
  assert.match(toCsv(table, [{ item: "a", cost: "2", worth: "5" }]), /^a,2,5,3,/m);
  assert.deepEqual(fromCsv("Item,Gain\na,99\n", [table]).rows, [{ item: "a" }]);
});

test("a spreadsheet may part cells with semicolons or tabs, in another order", () => {
  const rows = [{ item: "a", worth: "1,5" }];
  assert.deepEqual(fromCsv("WORTH; item \n1,5;a\n;\n", [table]).rows, rows);
  assert.deepEqual(fromCsv("worth\titem\r\n1,5\ta\r\n", [table]).rows, rows);
  assert.deepEqual(fromCsv('sep=;\n"worth";"item"\n"1,5";"a"', [table]).rows, rows);
});

test("a CSV file with faults is refused with their lines", () => {
  assert.throws(
    () => fromCsv("Itme,Costs\na,b\n", [table]),
    /line 1: it names none of the columns, which are Item, /,
  );
  assert.throws(
    () => fromCsv("Item,Prize\na,b\n", [table]),
    /line 1, column 2: there is no column “Prize”, only Item/,
  );
  assert.throws(
    () => fromCsv('Item,Cost\n"a\nb",c,d\n', [table]),
    /line 2, column 3: there is no column above “d”/,
  );
  assert.throws(() => fromCsv('Item\na\n"b', [table]), /line 3: a quotation mark is never closed/);
  assert.throws(() => fromCsv("Item,item\na,b", [table]), /line 1, column 2: “Item” is there twice/);
  assert.throws(() => fromCsv("", [table]), /it is empty/);
});

test("columns of one label are told apart by their ids", () => {
  const twins = { ...table, blanks: [blank("a", "Same"), blank("b", "Same")] };
  const csv = toCsv(twins, [{ a: "1", b: "2" }]);
  assert.match(csv, /Same \(a\),Same \(b\)/);
  assert.deepEqual(fromCsv(csv, [twins]).rows, [{ a: "1", b: "2" }]);
});

test("the highest figure stands out, unless all are alike", () => {
  const rows = (...figures) => figures.map((gain) => ({ gain }));
  assert.deepEqual(highestOf(rows("£5", "£12", "", "£12"), "gain"), { places: [1, 3], words: "£12" });
  assert.deepEqual(highestOf(rows("5", "5"), "gain").places, []);
  assert.deepEqual(highestOf(rows("5"), "gain").places, []);
  assert.deepEqual(highestOf([], "gain").places, []);
});

test("the coverage names what covers an option", () => {
  const rows = [{ item: "first", done: "yes" }, { done: "Yes" }];
  assert.deepEqual(coverageOf(table, "done", rows), [
    { option: "Yes", rows: [0, 1], by: "first" },
    { option: "**No**", rows: [], by: "" },
  ]);
});
