import assert from "node:assert/strict";
import { test } from "node:test";
import { AREA_NAMES, AREAS, migrated, VERSION } from "../src/kept.js";
import { Store } from "../src/store.js";

/** A browser's storage, with room for so many characters. */
class Room {
  constructor(most = Infinity) {
    this.entries = new Map();
    this.most = most;
  }
  getItem(key) {
    return this.entries.get(key) ?? null;
  }
  setItem(key, value) {
    if (value.length > this.most) throw new DOMException("full", "QuotaExceededError");
    this.entries.set(key, value);
  }
  removeItem(key) {
    this.entries.delete(key);
  }
}

function opened(room = new Room()) {
  const troubles = [];
  const store = new Store(
    () => room,
    "Good",
    (trouble) => troubles.push(trouble),
  );
  return { store, troubles, room };
}

test("what is kept is there for the next page", () => {
  const { store, room } = opened();
  store.change("slots", (slots) => {
    slots["my-figure"] = "£64,000";
  });
  assert.deepEqual(opened(room).store.read("slots"), { "my-figure": "£64,000" });
});

test("two tabs that change the same area both keep what they changed", () => {
  const { store: one, room } = opened();
  const { store: other } = opened(room);
  one.change("stars", (stars) => stars.push("playbooks/a#b"));
  other.change("stars", (stars) => stars.push("playbooks/c#d"));
  assert.deepEqual(one.read("stars"), ["playbooks/a#b", "playbooks/c#d"]);
});

test("two handbooks under one address keep their own things", () => {
  const { store, room } = opened();
  store.change("stars", (stars) => stars.push("playbooks/a#b"));
  assert.deepEqual(
    new Store(
      () => room,
      "Another",
      () => {},
    ).read("stars"),
    [],
  );
});

test("a listener hears of changes here and in another tab, until it is told to stop", () => {
  const { store, room } = opened();
  const heard = [];
  const until = new AbortController();
  store.onChange("ticks", () => heard.push(Object.keys(store.read("ticks"))), until.signal);
  store.change("ticks", (ticks) => {
    ticks.here = ["one"];
  });
  room.setItem("playbooks/Good/ticks", '{"there":["two"]}');
  store.noteForeignChange("playbooks/Good/ticks");
  until.abort();
  store.change("ticks", (ticks) => {
    ticks.later = [];
  });
  assert.deepEqual(heard, [["here"], ["there"]]);
});

test("a storage that is blocked is told once, and the page works on", () => {
  const troubles = [];
  const store = new Store(
    () => {
      throw new DOMException("no", "SecurityError");
    },
    "Good",
    (trouble) => troubles.push(trouble),
  );
  assert.deepEqual(store.read("slots"), {});
  for (const name of ["day", "name"]) {
    store.change("slots", (slots) => {
      slots[name] = "x";
    });
  }
  assert.deepEqual([store.read("slots"), troubles], [{ day: "x", name: "x" }, ["blocked"]]);
});

test("a storage that is full is told, keeps what it had, and the page works on", () => {
  const { store, troubles, room } = opened(new Room(40));
  store.change("slots", (slots) => {
    slots.day = "Friday";
  });
  store.change("slots", (slots) => {
    slots.day = "Friday".repeat(20);
  });
  assert.equal(store.read("slots").day, "Friday".repeat(20));
  assert.deepEqual(troubles, ["full"]);
  assert.deepEqual(opened(room).store.read("slots"), { day: "Friday" });
  store.change("slots", (slots) => {
    slots.day = "Monday";
  });
  assert.deepEqual(opened(room).store.read("slots"), { day: "Monday" });
});

for (const raw of ["{", "null", "7", '["x"]', '{"day":1}', '{"day":{"x":"y"}}']) {
  test(`what is damaged, such as ${raw}, is told, set aside and exported`, () => {
    const room = new Room();
    room.setItem("playbooks/Good/slots", raw);
    const { store, troubles } = opened(room);
    assert.deepEqual(store.read("slots"), {});
    assert.deepEqual(troubles, ["damaged"]);
    store.change("slots", (slots) => {
      slots.day = "Friday";
    });
    assert.deepEqual(store.everything().damaged, { slots: raw });
    assert.deepEqual(opened(room).store.read("slots"), { day: "Friday" });
  });
}

test("what a newer version has kept is not overwritten", () => {
  const room = new Room();
  room.setItem("playbooks/Good/version", String(VERSION + 1));
  room.setItem("playbooks/Good/slots", '{"day":"Friday"}');
  const { store, troubles } = opened(room);
  store.change("slots", (slots) => {
    slots.day = "Monday";
  });
  assert.equal(store.read("slots").day, "Monday");
  assert.equal(room.getItem("playbooks/Good/slots"), '{"day":"Friday"}');
  assert.deepEqual(troubles, ["newer"]);
});

test("what an older version has kept takes every step to this one", () => {
  const steps = [(kept) => ({ ...kept, two: kept.one + 1 }), (kept) => ({ ...kept, three: kept.two + 1 })];
  assert.deepEqual(migrated({ one: 1 }, 1, steps), { one: 1, two: 2, three: 3 });
  assert.deepEqual(migrated({ two: 5 }, 2, steps), { two: 5, three: 6 });
  assert.deepEqual(migrated({ three: 9 }, 3, steps), { three: 9 });
});

test("an export is taken in whole by another browser", () => {
  const { store } = opened();
  store.change("slots", (slots) => {
    slots.day = "Friday";
  });
  store.change("stars", (stars) => stars.push("playbooks/a#b"));
  const { store: other } = opened();
  other.takeIn(JSON.parse(JSON.stringify(store.everything())));
  for (const area of AREA_NAMES) assert.deepEqual(other.read(area), store.read(area));
});

for (const [name, exported, message] of [
  ["something else", { slots: {} }, "it was not exported here"],
  ["nothing", null, "it was not exported here"],
  [
    "a newer one",
    { format: "playbooks-reader", version: VERSION + 1, kept: {} },
    "it was exported by a newer version of this handbook",
  ],
  [
    "a damaged one",
    { format: "playbooks-reader", version: 1, kept: { stars: [], slots: { day: 1 } } },
    "its slots cannot be read",
  ],
]) {
  test(`${name} is not taken in, and changes nothing`, () => {
    const { store } = opened();
    store.change("stars", (stars) => stars.push("playbooks/a#b"));
    assert.throws(() => store.takeIn(exported), { message });
    assert.deepEqual(store.read("stars"), ["playbooks/a#b"]);
  });
}

test("forgetting leaves nothing behind", () => {
  const { store, room } = opened();
  room.setItem("playbooks/Good/slots", "{");
  store.read("slots");
  for (const area of AREA_NAMES) store.change(area, () => {});
  store.forgetAll();
  assert.deepEqual([...room.entries.keys()], []);
});

test("a name of JavaScript's own is a name like any other", () => {
  const { store, room } = opened();
  store.change("slots", (slots) => {
    Object.defineProperty(slots, "__proto__", { value: "words", enumerable: true });
  });
  const found = opened(room).store.read("slots");
  assert.equal(Object.getOwnPropertyDescriptor(found, "__proto__")?.value, "words");
});

test("every area is sound when it is empty", () => {
  for (const area of AREA_NAMES) assert.ok(AREAS[area].isSound(AREAS[area].empty()));
});
