import assert from "node:assert/strict";
import { test } from "node:test";
import { fsrs, State } from "ts-fsrs";
import { inWords, named, read, today, written } from "../src/practice-days.js";
import { cardOf, isDue, outcomes, standingOf } from "../src/practice-memory.js";
import { answersOf, countAnswer, progressOf, sessionOf, withAgain } from "../src/practice-queue.js";
import { moreNew, titled, told } from "../src/practice-words.js";

const DAY = read("2025-11-22");
const AGAIN = 0;
const GOOD = 2;

/** A card that was answered some days ago and comes again some days from now. */
function card(last, due, stability = 5) {
  const days = { first: written(DAY + last), last: written(DAY + last), due: written(DAY + due) };
  return { ...days, stability, difficulty: 5 };
}

const keysTo = (count) => Array.from({ length: count }, (_, index) => `lines#${index}`);
const intervals = (answered, day) => outcomes(answered, day).map(({ due }) => read(due) - day);

test("a new line comes again in the session, tomorrow, in two days or in a week", () => {
  assert.deepEqual(intervals(null, DAY), [0, 1, 2, 8]);
});

test("a line that keeps coming stays away for longer and longer, but never for more than a year", () => {
  let known = null;
  let day = DAY;
  const waits = [];
  for (let times = 0; times < 12; times += 1) {
    known = outcomes(known, day)[GOOD];
    waits.push(read(known.due) - day);
    day = read(known.due);
  }
  assert.deepEqual(waits.slice(0, 4), [2, 11, 46, 163]);
  assert.deepEqual(
    waits,
    [...waits].sort((one, other) => one - other),
  );
  assert.equal(waits.at(-1), 365);
});

test("a line comes again when FSRS's own scheduler would bring it", () => {
  const scheduler = fsrs({ enable_fuzz: false, maximum_interval: 365 });
  for (const ago of [3, 10, 40]) {
    const known = { ...card(-ago, 0, 10), difficulty: 6 };
    const day = new Date(`${written(DAY)}T12:00Z`);
    const theirs = scheduler.repeat(
      {
        ...known,
        due: day,
        last_review: new Date(`${known.last}T12:00Z`),
        state: State.Review,
        ...{ elapsed_days: ago, scheduled_days: ago, learning_steps: 0, reps: 3, lapses: 0 },
      },
      day,
    );
    const expected = [2, 3, 4].map((grade) => theirs[grade].card.scheduled_days);
    assert.deepEqual(intervals(known, DAY).slice(1), expected);
  }
});

test("a line that did not come is due at once, and comes back sooner than it would have", () => {
  const known = card(-30, 0, 30);
  const [forgotten, , remembered] = outcomes(known, DAY);
  assert.ok(isDue(forgotten, DAY));
  assert.equal(standingOf(forgotten), "learning");
  const afterwards = outcomes(forgotten, DAY)[GOOD];
  assert.ok(read(afterwards.due) < read(remembered.due));
  assert.equal(afterwards.first, known.first);
});

test("a better grade never brings a line back sooner", () => {
  for (const stability of [0.001, 0.2, 1, 7, 100, 36_500]) {
    for (const ago of [0, 1, 30, 4_000]) {
      const [again, hard, good, easy] = intervals(card(-ago, 0, stability), DAY);
      assert.equal(again, 0);
      assert.ok(1 <= hard && hard <= good && good <= easy && easy <= 365, `${stability} ${ago}`);
    }
  }
});

test("a day lasts from midnight to midnight, however the clock is changed", () => {
  const zone = process.env.TZ;
  process.env.TZ = "Europe/Berlin";
  try {
    // In the night of 26 October 2025 the clock was put back, in that of 30 March it was put forward.
    for (const [year, month, date] of [
      [2025, 9, 26],
      [2025, 2, 30],
    ]) {
      const morning = today(new Date(year, month, date, 0, 1));
      assert.equal(today(new Date(year, month, date, 23, 59)), morning);
      assert.equal(today(new Date(year, month, date + 1, 0, 1)), morning + 1);
    }
  } finally {
    process.env.TZ = zone ?? "";
    if (zone === undefined) delete process.env.TZ;
  }
});

test("a clock that was wrong neither breaks a card nor hides it for years", () => {
  const ahead = card(400, 500);
  assert.ok(isDue(ahead, DAY));
  assert.equal(intervals(ahead, DAY)[AGAIN], 0);
  // Over the date line, the day of the last answer is tomorrow.
  assert.ok(!isDue(card(1, 5), DAY));
});

test("what cannot be true of a line makes it new, and the others stay", () => {
  const sound = card(-1, 3);
  const damaged = [
    { ...sound, due: "soon" },
    { ...sound, last: undefined },
    { ...sound, stability: null },
    { ...sound, stability: -1 },
    { ...sound, difficulty: 99 },
    { ...sound, first: "2025-99-99" },
    {},
  ];
  for (const broken of damaged) {
    const practice = { cards: { "lines#0": broken, "lines#1": sound }, days: {} };
    assert.equal(cardOf(practice, "lines#0"), null);
    assert.deepEqual(cardOf(practice, "lines#1"), sound);
    assert.deepEqual(sessionOf(keysTo(2), practice, DAY).keys, ["lines#0"]);
  }
  assert.equal(cardOf({ cards: {}, days: {} }, "constructor"), null);
});

test("a first session has ten new lines, in the order of the deck", () => {
  const session = sessionOf(keysTo(30), { cards: {}, days: {} }, DAY);
  assert.deepEqual(session.keys, keysTo(10));
  assert.deepEqual([session.due, session.fresh, session.unmet], [0, 10, 30]);
});

test("new lines that were met today count, and more can be asked for", () => {
  const met = keysTo(10).map((key) => [key, card(0, 2)]);
  const practice = { cards: Object.fromEntries(met), days: {} };
  assert.deepEqual(sessionOf(keysTo(30), practice, DAY).keys, []);
  assert.deepEqual(sessionOf(keysTo(30), practice, DAY, 10).keys, keysTo(20).slice(10));
  assert.deepEqual(sessionOf(keysTo(30), practice, DAY + 1).keys, keysTo(20).slice(10));
});

test("what is overdue for longest comes first, and a long absence does not fill one endless session", () => {
  const cards = Object.fromEntries(keysTo(50).map((key, index) => [key, card(-4_000, index - 60)]));
  const shuffled = keysTo(50).reverse();
  const session = sessionOf(shuffled, { cards, days: {} }, DAY);
  assert.deepEqual(session.keys, keysTo(20));
  assert.equal(session.due, 50);
});

test("a line that did not come is asked again after three others, or at the end", () => {
  assert.deepEqual(withAgain(["b", "c", "d", "e"], "a"), ["b", "c", "d", "a", "e"]);
  assert.deepEqual(withAgain(["b"], "a"), ["b", "a"]);
  assert.deepEqual(withAgain([], "a"), ["a"]);
});

test("progress tells what is new, being learnt and known, and when the lines come again", () => {
  const cards = {
    "lines#0": card(-3, 0),
    "lines#1": card(-1, 1, 20),
    "lines#2": card(-1, 7),
    "lines#3": card(-1, 8, 20),
  };
  const progress = progressOf(keysTo(6), { cards, days: {} }, DAY);
  assert.deepEqual([progress.fresh, progress.learning, progress.known, progress.due], [2, 2, 2, 1]);
  assert.deepEqual(progress.ahead, [1, 0, 0, 0, 0, 0, 1]);
  assert.equal(progress.next, DAY + 1);
});

test("answers are counted by day and deck, and can be taken back", () => {
  const practice = { cards: {}, days: {} };
  countAnswer(practice, DAY, "sales", 1);
  countAnswer(practice, DAY, "constructor", 1);
  countAnswer(practice, DAY - 13, "sales", 1);
  countAnswer(practice, DAY - 14, "sales", 1);
  assert.deepEqual(answersOf(practice, DAY), [1, ...Array(12).fill(0), 2]);
  assert.deepEqual(answersOf(practice, DAY, "sales"), [1, ...Array(12).fill(0), 1]);
  countAnswer(practice, DAY, "sales", -1);
  countAnswer(practice, DAY, "sales", -1);
  assert.equal(answersOf(practice, DAY, "sales").at(-1), 0);
});

test("intervals and days are said as people say them", () => {
  const said = [0, 1, 2, 13, 14, 30, 60, 61, 180, 349, 365, 900].map(inWords);
  assert.deepEqual(said, [
    "in a moment",
    "tomorrow",
    "in 2 days",
    "in 13 days",
    "in 2 weeks",
    "in 4 weeks",
    "in 9 weeks",
    "in 2 months",
    "in 6 months",
    "in 11 months",
    "in a year",
    "in 2 years",
  ]);
  assert.deepEqual(
    [0, 1, 2].map((days) => named(DAY + days, DAY)),
    ["today", "tomorrow", "on Monday 24 November"],
  );
});

test("a deck says what is for today, and else what comes next", () => {
  const practice = {
    cards: { "lines#0": card(-1, 0), "lines#1": card(-1, 2), "lines#2": card(-1, 2) },
    days: {},
  };
  const telling = (keys, day) => told(sessionOf(keys, practice, day), progressOf(keys, practice, day), day);
  assert.match(telling(keysTo(4), DAY), /^1 to repeat, 1 new\./);
  assert.equal(telling(keysTo(3).slice(1), DAY), "Next: 2 lines on Monday 24 November.");
  assert.equal(titled(3, 0), "3 lines for today");
  assert.equal(titled(0, 0), "Nothing for today");
  assert.equal(titled(2, 7), "Done: 7 answers");
  assert.deepEqual([1, 30].map(moreNew), ["1 more new line", "10 more new lines"]);
});
