/** What the chooser asks, and what it answers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answersIn, keyOf, queryOfAnswers } from "../src/chooser-address.js";
import { candidates, further, rounds, weighed } from "../src/chooser-fitting.js";

/**
 * @param {string} id
 * @param {string[]} use
 * @param {string[]} avoid
 * @param {string[]} contexts
 */
const choice = (id, use, avoid = [], contexts = [], isGeneral = false) => ({
  id,
  contexts,
  isGeneral,
  use,
  avoid,
});
const TIME = choice("time", ["asked", "unsure"], ["decided"], ["sales"]);
const PRESSURE = choice("pressure", ["threat", "hurry", "unsure"], ["danger"], [], true);
const SILENT = choice("silent", [], [], ["sales"]);
const ids = (/** @type {{choice: {id: string}}[]} */ found) => found.map((item) => item.choice.id);

test("the playbooks with something for the context come first, and those without anything are left out", () => {
  const only = choice("only", ["x"], [], ["rent"]);
  assert.deepEqual(candidates([PRESSURE, TIME, only], "sales"), [TIME, PRESSURE]);
  assert.deepEqual(candidates([PRESSURE, TIME, only], ""), [PRESSURE, TIME, only]);
});

test("one sign of each playbook is asked about before the next of any, and none twice", () => {
  assert.deepEqual(rounds([TIME, PRESSURE, SILENT]).flat(), ["asked", "threat", "unsure", "hurry"]);
});

test("forty playbooks are asked about in rounds that can be read, and one in a single round", () => {
  const many = Array.from({ length: 40 }, (_, number) => choice(`p${number}`, [`a${number}`, `b${number}`]));
  const asked = rounds(many);
  assert.equal(asked.flat().length, 80);
  assert.ok(asked.every((round) => round.length > 5 && round.length <= 16));
  assert.equal(rounds([TIME]).length, 1);
  assert.deepEqual(rounds([]), []);
  assert.deepEqual(rounds([SILENT]), []);
});

test("only what something speaks for is asked about further", () => {
  const questions = further([TIME, PRESSURE], new Set(["hurry"]), ["asked", "threat", "hurry"]);
  assert.deepEqual(questions, [{ choice: PRESSURE, use: ["unsure"], avoid: ["danger"] }]);
});

test("the playbook that most speaks for comes first, with its reasons", () => {
  const { fit } = weighed([TIME, PRESSURE], new Set(["asked", "threat", "hurry"]));
  assert.deepEqual(ids(fit), ["pressure", "time"]);
  assert.deepEqual(fit[0].because, ["threat", "hurry"]);
});

test("a sign that two playbooks share speaks for both", () => {
  assert.deepEqual(ids(weighed([TIME, PRESSURE], new Set(["unsure"])).fit), ["time", "pressure"]);
});

test("what speaks against a playbook sets it aside with the reason, and only where something spoke for it", () => {
  const { fit, leave } = weighed([TIME, PRESSURE], new Set(["asked", "decided", "danger"]));
  assert.deepEqual([ids(fit), ids(leave)], [[], ["time"]]);
  assert.deepEqual(leave[0].against, ["decided"]);
});

test("answers are kept in the address by the words of the signs, and come back", () => {
  const key = keyOf("They want an answer today. 🙂");
  const answers = { context: "sales", ticked: [key, "abc"], rounds: 2 };
  assert.equal(queryOfAnswers({ context: "", ticked: [], rounds: 0 }), "");
  const back = answersIn(queryOfAnswers(answers), ["sales"], (found) => found === key);
  assert.deepEqual(back, { context: "sales", ticked: [key], rounds: 2 });
  assert.notEqual(keyOf("a"), keyOf("b"));
});

test("an address without sense asks from the start", () => {
  const nothing = { context: "", ticked: [], rounds: 0 };
  for (const query of ["?more=-1&so=&context=moon", "?more=x", "?more=1.5&so=...", ""]) {
    assert.deepEqual(
      answersIn(query, ["sales"], () => false),
      nothing,
    );
  }
});
