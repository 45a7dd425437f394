/** What the finder finds, counts, says and keeps in the address. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { queryOf, soughtIn } from "../src/finder-address.js";
import { answered } from "../src/finder-answering.js";
import { surveyed } from "../src/finder-counting.js";
import { bestFirst, indexed, search } from "../src/finder-matching.js";
import { isNearly } from "../src/words.js";

const LINES = [
  { heard: "Your salary expectations are too high", said: "Which duties would we take out?", also: "" },
  { heard: "That is too expensive", said: "Compared with what?", also: "Ask what they compare with" },
  { heard: "We need an answer today", said: "You have it on Friday at noon.", also: "" },
  { heard: "Open the talk", said: "Before we speak of salary: what has to be true for a yes?", also: "" },
];
const PLACES = [
  { context: ["hiring"], stage: ["trade"], playbook: ["pay"], channel: ["spoken"] },
  { context: ["sales"], stage: ["trade"], playbook: ["price"], channel: ["spoken"] },
  { context: [], stage: ["pressure"], playbook: ["price"], channel: ["written"] },
  { context: ["hiring", "sales"], stage: ["open"], playbook: ["pay"], channel: ["spoken"] },
];
const CHOICES = {
  context: ["sales", "hiring", "rent"],
  stage: ["open", "trade", "pressure"],
  playbook: ["pay", "price"],
  channel: ["spoken", "written"],
};
const ANY = { q: "", context: "", stage: "", playbook: "", channel: "" };
const INDEX = indexed(LINES, [["salary", "pay", "wages"]]);

/** @param {string} typed */
const whole = (typed) => [...(search(INDEX, typed)?.whole ?? [])];
/** @param {Partial<typeof ANY>} sought */
const answer = (sought) =>
  answered({ places: PLACES, choices: CHOICES, index: () => INDEX }, { ...ANY, ...sought });

test("every word that matters has to be there, in whatever form", () => {
  assert.deepEqual(whole("expectation for the salaries"), [0]);
  assert.deepEqual(whole("salary friday"), []);
});

test("what she heard is found in her own words, and not by the word that she reports it with", () => {
  assert.deepEqual(whole("They say my salary is too high"), [0]);
  assert.deepEqual(whole("they keep saying that it's too expensive"), [1]);
});

test("a word that means the same finds, after the word itself", () => {
  assert.deepEqual(whole("wages"), [0, 3]);
  const found = search(
    indexed([{ ...LINES[0] }, { heard: "Pay", said: "", also: "" }], [["salary", "pay"]]),
    "pay",
  );
  assert.deepEqual(bestFirst(found?.whole ?? [], found?.scores ?? new Float64Array()), [1, 0]);
});

test("the last word may be a beginning, and no other", () => {
  assert.deepEqual(whole("too expens"), [1]);
  assert.deepEqual(whole("expens too"), []);
});

test("a title that is not shown finds too", () => assert.deepEqual(whole("ask compare"), [1]));

test("only marks, or nothing, is not looked for", () => {
  assert.equal(search(INDEX, " ?! "), null);
  assert.equal(answer({ q: "???" }).words, "4 lines");
});

test("what is heard comes before what only mentions it", () => {
  assert.deepEqual(answer({ q: "salary" }).best, [0, 3]);
});

test("the nearest come best first where no line has all of the words, and rarer words count for more", () => {
  const { words, best } = answer({ q: "expensive salary friday xylophone" });
  assert.equal(words, "No line has all of these words. The nearest:");
  assert.equal(best.length, 4);
  assert.equal(best[0], 1);
});

test("a slip of the pen is near, and is not passed off as found", () => {
  const { words, best } = answer({ q: "sallary" });
  assert.equal(words, "No line has all of these words. The nearest:");
  assert.deepEqual(best, [0, 3]);
  assert.ok(isNearly("expectatons", "expectations"));
  assert.ok(!isNearly("fee", "see"));
  assert.ok(!isNearly("salary", "celery"));
});

test("where the words stand in other places, it is told which filter to drop", () => {
  const { words, offers, best } = answer({ q: "too high", context: "sales", stage: "trade" });
  assert.equal(words, "No line here has all of these words. The nearest:");
  assert.deepEqual(best, [1]);
  assert.deepEqual(offers, [{ words: "1 line in other contexts: show it", drop: ["context"] }]);
});

test("where one filter is not enough, all are offered", () => {
  const { offers } = answer({ q: "too high", context: "sales", playbook: "price" });
  assert.deepEqual(offers, [
    { words: "1 line without these choices: show it", drop: ["context", "playbook"] },
  ]);
});

test("where there is nothing at all, it says so and offers nothing that would not help", () => {
  const { words, offers, best, isNothing } = answer({ q: "xylophone", context: "sales" });
  assert.match(words, /^No line has any of these words\./);
  assert.deepEqual([offers, best, isNothing], [[], [], true]);
});

test("choices that exclude each other are told", () => {
  const { words, offers } = answer({ stage: "open", channel: "written" });
  assert.equal(words, "No line fits all of these choices.");
  assert.deepEqual(
    offers.map((offer) => offer.words),
    ["1 line in other stages: show it", "1 line said aloud: show it"],
  );
});

test("a line without contexts fits every context", () => {
  assert.deepEqual(answer({ context: "rent" }).rest, [2]);
});

test("each choice is counted as if it were made, given the others", () => {
  const chosen = { context: "hiring", stage: "trade", playbook: "", channel: "" };
  const { lines, counts } = surveyed(PLACES, chosen, CHOICES, () => true);
  assert.deepEqual(lines, [0]);
  for (const filter of /** @type {const} */ (["context", "stage", "playbook", "channel"])) {
    for (const [choice, count] of counts[filter]) {
      const then = surveyed(PLACES, { ...chosen, [filter]: choice }, CHOICES, () => true);
      assert.equal(count, then.lines.length, `${filter}=${choice}`);
    }
  }
});

test("more than can be read best first is left where it stands on the page", () => {
  const many = Array.from({ length: 100 }, (_, line) => ({
    heard: "Too high",
    said: `Line ${line}`,
    also: "",
  }));
  const { best, rest, words } = answered(
    { places: many.map(() => PLACES[0]), choices: CHOICES, index: () => indexed(many, []) },
    { ...ANY, q: "too high" },
  );
  assert.equal(words, "100 lines, the best first");
  assert.equal(new Set([...best, ...rest]).size, 100);
  assert.ok(best.length < 50);
});

test("an address keeps what is sought and nothing else, and gives it back", () => {
  const sought = { ...ANY, q: "50% & more? é", context: "sales" };
  assert.equal(queryOf(ANY), "");
  assert.deepEqual(soughtIn(queryOf(sought), CHOICES), sought);
  assert.equal(queryOf({ ...ANY, q: " a  b " }), "?q=a++b");
});

test("what an address has no sense in is passed over", () => {
  assert.deepEqual(soughtIn("?context=moon&stage=__proto__&x=1&channel=spoken&q=", CHOICES), {
    ...ANY,
    channel: "spoken",
  });
  assert.equal(soughtIn(`?q=${"a".repeat(5000)}`, CHOICES).q.length, 200);
  assert.deepEqual(soughtIn("?q=%E0%A4%A", CHOICES).context, "");
});
