/** The copies of a worksheet: each with a name and what is filled in on it. */

import { mine } from "./mine.js";
import { filled } from "./slots.js";
import { own } from "./worksheet-answers.js";

/**
 * @typedef {import("./kept.js").Answers} Answers
 * @typedef {import("./kept.js").Copies} Kept
 * @typedef {import("./worksheet-answers.js").Part} Part
 */

/** The copy that is there before anything is filled in. */
const FIRST = { id: "first", name: "My copy" };

/** @returns {Answers} */
const blank = () => ({ name: FIRST.name, fields: {}, rows: {} });

/** @returns {Kept} */
const none = () => ({ open: FIRST.id, copies: {} });

export class Copies {
  /** The id of the copy that this page shows; another tab may show another. */
  open;

  /**
   * @param {string} worksheet
   * @param {Part[]} parts
   */
  constructor(worksheet, parts) {
    this.worksheet = worksheet;
    this.bound = parts.flatMap((part) =>
      part.blanks.flatMap(({ id, slot }) => (slot ? [{ part: part.id, id, slot }] : [])),
    );
    this.open = this.#kept().open;
    this.catchUp();
  }

  #kept() {
    return own(mine.read("worksheets"), this.worksheet) ?? none();
  }

  /** The copies' ids and names, in the order in which they were made. */
  list() {
    const { copies } = this.#kept();
    const found = Object.entries(copies).map(([id, { name }]) => ({ id, name }));
    return found.length ? found : [{ ...FIRST, id: this.open }];
  }

  /** What is filled in on the open copy; a field that fills a slot and has no answer has the slot's words. */
  answers() {
    const kept = own(this.#kept().copies, this.open) ?? blank();
    const fields = { ...kept.fields };
    for (const { part, id, slot } of this.bound) {
      if (filled(slot) && !own(own(fields, part), id)) {
        fields[part] = { ...own(fields, part), [id]: filled(slot) };
      }
    }
    return { ...kept, fields };
  }

  /**
   * Changes the worksheet's copies as they are now, whatever other tabs have done to them.
   *
   * @param {(kept: Kept) => void} recipe
   */
  #change(recipe) {
    mine.change("worksheets", (all) => {
      const kept = own(all, this.worksheet) ?? none();
      recipe(kept);
      if (Object.keys(kept.copies).length) all[this.worksheet] = kept;
      else delete all[this.worksheet];
    });
  }

  /**
   * Changes what is filled in on a copy.
   *
   * @param {(answers: Answers) => void} recipe
   * @param {string} [id] by default the open one
   */
  change(recipe, id = this.open) {
    this.#change((kept) => {
      if (!Object.hasOwn(kept.copies, id)) {
        if (id !== this.open) return;
        kept.copies[id] = blank();
        kept.open = id;
      }
      recipe(kept.copies[id]);
    });
  }

  /** Shows another copy where the open one is gone, and takes in what slots were filled with elsewhere. */
  catchUp() {
    const kept = this.#kept();
    const ids = Object.keys(kept.copies);
    if (ids.length && !ids.includes(this.open)) this.open = ids.includes(kept.open) ? kept.open : ids[0];
    const told = this.bound.filter(({ part, id, slot }) => {
      const answer = own(own(own(kept.copies, this.open)?.fields, part), id);
      return answer && filled(slot) && filled(slot) !== own(kept.seen, slot) && filled(slot) !== answer;
    });
    if (!told.length) return;
    this.change(({ fields }) => {
      for (const { part, id, slot } of told) fields[part][id] = filled(slot);
    });
    this.noteSlots();
  }

  /** Notes what slots are filled with: only what is filled in elsewhere from now on comes into the copies. */
  noteSlots() {
    this.#change((kept) => {
      kept.seen = Object.fromEntries(this.bound.map(({ slot }) => [slot, filled(slot)]));
    });
  }

  /**
   * Opens a copy.
   *
   * @param {string} id
   */
  choose(id) {
    this.open = id;
    if (Object.hasOwn(this.#kept().copies, id)) {
      this.#change((kept) => {
        kept.open = id;
      });
    }
  }

  /**
   * Makes a copy, and opens it.
   *
   * @param {string} name
   * @param {Partial<Answers>} [answers]
   */
  add(name, answers = {}) {
    const id = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
    this.open = id;
    this.change((made) => Object.assign(made, structuredClone(answers), { name }));
    this.noteSlots();
    this.choose(id);
    return id;
  }

  /** Takes the open copy away, and returns what brings it back. */
  remove() {
    const id = this.open;
    const { copies } = this.#kept();
    const order = Object.keys(copies);
    const gone = own(copies, id);
    const place = order.indexOf(id);
    const next = order[place + 1] ?? order[place - 1] ?? FIRST.id;
    this.#change((kept) => {
      delete kept.copies[id];
      kept.open = next;
    });
    this.open = next;
    return () => {
      if (!gone) return;
      this.#change((kept) => {
        const entries = Object.entries(kept.copies);
        entries.splice(place, 0, [id, gone]);
        kept.copies = Object.fromEntries(entries);
        kept.open = id;
      });
      this.open = id;
    };
  }

  /**
   * A name that no copy has yet.
   *
   * @param {string} name
   */
  newName(name) {
    const taken = this.list().map((copy) => copy.name);
    let found = name;
    for (let number = 2; taken.includes(found); number += 1) found = `${name} ${number}`;
    return found;
  }
}
