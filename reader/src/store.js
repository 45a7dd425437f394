/**
 * Keeps what a reader fills in, in her browser and nowhere else.
 *
 * Each area has an entry of its own in the storage, and is read anew before it is changed, so that
 * two tabs do not undo each other. What cannot be kept is remembered for as long as the page is open.
 */

import { AREAS, AREA_NAMES, FORMAT, isObject, migrated, VERSION } from "./kept.js";

/**
 * @typedef {import("./kept.js").Kept} Kept
 * @typedef {import("./kept.js").Area} Area
 *
 * @typedef {"blocked" | "full" | "damaged" | "newer"} Trouble why something is not kept
 */

export class Store {
  /** @type {Storage | null} */
  #storage;
  #prefix;
  #onTrouble;
  /** What could not be written, or may not be. @type {Map<Area, string>} */
  #memory = new Map();
  /** @type {Map<Area, {raw: string | null, value: any}>} */
  #read = new Map();
  /** @type {Map<Area, Set<() => void>>} */
  #listeners = new Map();
  #isReadOnly = false;
  /** @type {Set<Trouble>} */
  #told = new Set();

  /**
   * @param {() => Storage} open gives the storage; may throw, as browsers do where it is blocked
   * @param {string} handbook whose things are kept
   * @param {(trouble: Trouble) => void} onTrouble called once for each kind of trouble
   */
  constructor(open, handbook, onTrouble) {
    this.#prefix = `playbooks/${handbook}/`;
    this.#onTrouble = onTrouble;
    try {
      this.#storage = open();
      this.#bringUpToDate();
    } catch {
      this.#storage = null;
    }
  }

  /**
   * What is kept in an area; not to be changed but by `change`.
   *
   * @template {Area} Name
   * @param {Name} area
   * @returns {Kept[Name]}
   */
  read(area) {
    const raw = this.#raw(area);
    const known = this.#read.get(area);
    if (known && known.raw === raw) return known.value;
    const value = this.#parse(area, raw);
    this.#read.set(area, { raw: this.#raw(area), value });
    return value;
  }

  /**
   * Changes what is kept in an area: the recipe gets a copy of the latest, which it may alter.
   *
   * @template {Area} Name
   * @param {Name} area
   * @param {(value: Kept[Name]) => void} recipe
   */
  change(area, recipe) {
    const value = structuredClone(this.read(area));
    recipe(value);
    this.#write(area, JSON.stringify(value));
    this.tell(area);
  }

  /**
   * Calls a listener whenever an area has changed, here or in another tab.
   *
   * @param {Area} area
   * @param {() => void} listener
   * @param {AbortSignal} [until] when it is called no more
   */
  onChange(area, listener, until) {
    const listeners = this.#listeners.get(area) ?? new Set();
    this.#listeners.set(area, listeners.add(listener));
    until?.addEventListener("abort", () => listeners.delete(listener));
  }

  /**
   * Notes what another tab has written.
   *
   * @param {string | null} key of the storage; null when everything was cleared
   */
  noteForeignChange(key) {
    for (const area of AREA_NAMES) {
      if (key === null || key === this.#prefix + area) {
        this.#memory.delete(area);
        this.tell(area);
      }
    }
  }

  /** @param {Area} area */
  tell(area) {
    for (const listener of this.#listeners.get(area) ?? []) listener();
  }

  /** Everything that is kept, to be saved as a file. */
  everything() {
    /** @type {Record<string, unknown>} */
    const kept = {};
    for (const area of AREA_NAMES) kept[area] = this.read(area);
    const damaged = Object.fromEntries(
      AREA_NAMES.map((area) => [area, this.#get(`damaged/${area}`)]).filter(([, raw]) => raw !== null),
    );
    return { format: FORMAT, version: VERSION, kept, ...(Object.keys(damaged).length ? { damaged } : {}) };
  }

  /**
   * Takes in what was exported, in place of what is kept. Throws an error whose message can be shown.
   *
   * @param {unknown} exported
   */
  takeIn(exported) {
    if (!isObject(exported) || exported.format !== FORMAT || !isObject(exported.kept)) {
      throw new Error("it was not exported here");
    }
    if (typeof exported.version !== "number" || exported.version > VERSION) {
      throw new Error("it was exported by a newer version of this handbook");
    }
    const kept = migrated(exported.kept, exported.version);
    for (const area of AREA_NAMES) {
      if (Object.hasOwn(kept, area) && !AREAS[area].isSound(kept[area])) {
        throw new Error(`its ${area} cannot be read`);
      }
    }
    for (const area of AREA_NAMES) {
      if (!Object.hasOwn(kept, area)) continue;
      this.#write(area, JSON.stringify(kept[area]));
      this.tell(area);
    }
  }

  /** Forgets everything, here and in other tabs. */
  forgetAll() {
    this.#memory.clear();
    for (const area of AREA_NAMES) {
      this.#remove(area);
      this.#remove(`damaged/${area}`);
      this.tell(area);
    }
    this.#remove("version");
  }

  #bringUpToDate() {
    const found = Number(this.#get("version") ?? VERSION);
    if (found > VERSION) {
      // An older page that is still open, or one that was kept for when there is no network.
      this.#isReadOnly = true;
      return;
    }
    if (found === VERSION) return;
    const raw = AREA_NAMES.map((area) => [area, this.#get(area)]).filter(([, text]) => text !== null);
    const kept = Object.fromEntries(raw.map(([area, text]) => [area, JSON.parse(String(text))]));
    for (const [area, value] of Object.entries(migrated(kept, found))) {
      this.#storage?.setItem(this.#prefix + area, JSON.stringify(value));
    }
    this.#storage?.setItem(`${this.#prefix}version`, String(VERSION));
  }

  /** @param {Area} area */
  #raw(area) {
    return this.#memory.get(area) ?? this.#get(area);
  }

  /** @param {string} name */
  #get(name) {
    try {
      return this.#storage?.getItem(this.#prefix + name) ?? null;
    } catch {
      return null;
    }
  }

  /** @param {string} name */
  #remove(name) {
    try {
      this.#storage?.removeItem(this.#prefix + name);
    } catch {
      // What cannot be removed could not be kept either.
    }
  }

  /**
   * @param {Area} area
   * @param {string | null} raw
   */
  #parse(area, raw) {
    if (raw === null) return AREAS[area].empty();
    try {
      const value = JSON.parse(raw);
      if (AREAS[area].isSound(value)) return value;
    } catch {
      // Told below.
    }
    this.#setAside(area, raw);
    return AREAS[area].empty();
  }

  /**
   * Moves what cannot be read to where it is not lost, and is exported with the rest.
   *
   * @param {Area} area
   * @param {string} raw
   */
  #setAside(area, raw) {
    try {
      if (!this.#isReadOnly) {
        this.#storage?.setItem(`${this.#prefix}damaged/${area}`, raw);
        this.#remove(area);
      }
    } catch {
      // There is no room: it stays where it is until something is written there.
    }
    this.#report("damaged");
  }

  /**
   * @param {Area} area
   * @param {string} raw
   */
  #write(area, raw) {
    if (!this.#storage || this.#isReadOnly) {
      this.#memory.set(area, raw);
      this.#report(this.#storage ? "newer" : "blocked");
      return;
    }
    try {
      this.#storage.setItem(this.#prefix + area, raw);
      this.#storage.setItem(`${this.#prefix}version`, String(VERSION));
      this.#memory.delete(area);
    } catch (error) {
      this.#memory.set(area, raw);
      this.#report(error instanceof DOMException && error.name === "SecurityError" ? "blocked" : "full");
    }
  }

  /** @param {Trouble} trouble */
  #report(trouble) {
    if (this.#told.has(trouble)) return;
    this.#told.add(trouble);
    this.#onTrouble(trouble);
  }
}
