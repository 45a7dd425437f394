import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, isNearly, plain, significant, stem } from "../src/words.js";

test("contractions, accents, case and curly apostrophes make no difference", () => {
  assert.equal(
    plain("You’re RIGHT: I can't, won't, don't — café!"),
    "you right i can not will not do not cafe",
  );
});

test("small words do not count, unless there are no others", () => {
  assert.deepEqual(significant("What is the price of it?"), ["price"]);
  assert.deepEqual(significant("it is what it is"), ["it", "is", "what", "it", "is"]);
  assert.deepEqual(significant("?!"), []);
});

test("what is denied still counts", () => {
  assert.deepEqual(significant("there is no budget and I do not want it"), ["no", "budget", "not", "want"]);
});

test("forms of a word are the same, and so are words that mean the same", () => {
  assert.equal(stem("expectations"), stem("expectation"));
  const synonyms = alike([["salary", "pay"]]);
  assert.deepEqual(synonyms.get(stem("pay")), [stem("salary"), stem("pay")]);
});

test("a word is nearly another where a letter is wrong, missing, too many, or has changed places", () => {
  for (const typed of ["rnet", "ernt", "rebt", "reent"]) assert.ok(isNearly(typed, "rent"), typed);
  assert.ok(isNearly("negotation", "negotiation"));
  assert.ok(!isNearly("tern", "rent"));
  assert.ok(!isNearly("ren", "rent"), "too short to say");
});

test("American and British spellings are the same", () => {
  for (const [first, second] of [
    ["organized", "organised"],
    ["behavior", "behaviour"],
    ["analyze", "analyse"],
  ]) {
    assert.equal(plain(first), plain(second));
  }
  assert.equal(plain("your four hours"), "your four hours");
});
