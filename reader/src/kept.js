/** What a reader may keep: its areas, and how to tell that what is found in them is sound. */

/**
 * @typedef {object} WalkAway the three lines at the top of a cheat sheet
 * @property {string} [target]
 * @property {string} [limit]
 * @property {string} [alternative]
 *
 * @typedef {object} Answers what is filled in on a worksheet
 * @property {string} name what the reader calls this copy
 * @property {Record<string, Record<string, string>>} fields by form, the text in each field
 * @property {Record<string, Record<string, string>[]>} rows by table, its rows by the columns' ids
 * @property {Record<string, string[]>} [ticks] by list, the items that are ticked
 *
 * @typedef {object} Copies the copies of one worksheet
 * @property {string} open the id of the copy that was open last
 * @property {Record<string, Answers>} copies
 * @property {Record<string, string>} [seen] by slot, what it was filled with when a copy was last told
 *
 * @typedef {object} Card how well a line is known (see practice-memory.js); days are ISO dates, as the reader counts them
 * @property {string} first the day it was first answered
 * @property {string} last the day it was last answered
 * @property {string} due the day it comes again
 * @property {number} stability after how many days it is forgotten one time in ten
 * @property {number} difficulty from 1 to 10
 *
 * @typedef {object} Practice
 * @property {Record<string, Card>} cards by the line's key, such as `asking-for-time#ask-why`
 * @property {Record<string, Record<string, number>>} days by ISO date and deck, how many answers were graded
 *
 * @typedef {object} Kept everything that is kept, by area
 * @property {Record<string, string>} slots by slot, the words in it
 * @property {WalkAway} walkAway
 * @property {Record<string, string[]>} ticks by checklist's key, the items that are ticked
 * @property {string[]} stars the keys of what is starred, the latest last
 * @property {Record<string, Copies>} worksheets by worksheet
 * @property {Practice} practice
 *
 * @typedef {keyof Kept} Area
 * @typedef {(value: unknown) => boolean} Check
 */

/** @type {Check} */
const text = (value) => typeof value === "string";
/** @type {Check} */
const figure = (value) => typeof value === "number" && Number.isFinite(value);
/** @type {(item: Check) => Check} */
const listOf = (item) => (value) => Array.isArray(value) && value.every(item);
/** @type {(item: Check) => Check} */
const mapOf = (item) => (value) => isObject(value) && Object.values(value).every(item);
/** @type {(fields: Record<string, Check>, needed?: boolean) => Check} */
const record =
  (fields, needed = true) =>
  (value) =>
    isObject(value) &&
    Object.entries(fields).every(([name, check]) =>
      Object.hasOwn(value, name) ? check(value[name]) : !needed,
    );

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @type {(needed: Record<string, Check>, other: Record<string, Check>) => Check} */
const recordWith = (needed, other) => (value) => record(needed)(value) && record(other, false)(value);

const answers = recordWith(
  { name: text, fields: mapOf(mapOf(text)), rows: mapOf(listOf(mapOf(text))) },
  { ticks: mapOf(listOf(text)) },
);
/** @type {{ [Name in Area]: { empty: () => Kept[Name], isSound: Check } }} */
export const AREAS = {
  slots: { empty: () => ({}), isSound: mapOf(text) },
  walkAway: {
    empty: () => ({}),
    isSound: record({ target: text, limit: text, alternative: text }, false),
  },
  ticks: { empty: () => ({}), isSound: mapOf(listOf(text)) },
  stars: { empty: () => [], isSound: listOf(text) },
  worksheets: {
    empty: () => ({}),
    isSound: mapOf(recordWith({ open: text, copies: mapOf(answers) }, { seen: mapOf(text) })),
  },
  practice: {
    empty: () => ({ cards: {}, days: {} }),
    // A card that is damaged counts as new, which is better than to set all others aside with it.
    isSound: record({ cards: mapOf(isObject), days: mapOf(mapOf(figure)) }),
  },
};

export const AREA_NAMES = /** @type {Area[]} */ (Object.keys(AREAS));

/** What an export says of itself, so that it is known again. */
export const FORMAT = "playbooks-reader";

/** The version of what is kept. A change of its shape adds a step to MIGRATIONS. */
export const VERSION = 1;

/**
 * What makes each version of everything that is kept into the next: the first step starts at version 1.
 *
 * @type {((kept: Record<string, unknown>) => Record<string, unknown>)[]}
 */
const MIGRATIONS = [];

/**
 * Everything that is kept, as this version has it.
 *
 * @param {Record<string, unknown>} kept by area
 * @param {number} version
 * @param {typeof MIGRATIONS} [steps]
 */
export function migrated(kept, version, steps = MIGRATIONS) {
  return steps.slice(version - 1).reduce((value, step) => step(value), kept);
}
