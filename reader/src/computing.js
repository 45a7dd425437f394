/**
 * What a worksheet works out: amounts as people write them, and what is made of them.
 *
 * The same as `computing.py` does it, for the same figures on the page as on printed sheets: both are
 * held to `tests/computing_cases.json`. Figures are exact fractions, since 0.1 and 0.2 make 0.3.
 */

/**
 * @typedef {object} Amount a figure, with the sign that a person gives it
 * @property {bigint} n
 * @property {bigint} d above zero: the figure is n / d
 * @property {string} currency
 * @property {boolean} isPercentage
 *
 * @typedef {"sum" | "difference" | "product" | "mean" | "count" | "share"} Operation
 */

const CURRENCY = "[A-Z]{0,2}[$¢£¤¥฿\\u20a0-\\u20cf]|[A-Z]{3}|kr|Fr\\.|zł";
const MINUS = "[-\\u2212\\u2013]";
/** What Python's `strip` and `\s` take for space. */
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const AMOUNT = new RegExp(
  `^${SPACE}(?<minus>${MINUS}?)${SPACE}(?<before>${CURRENCY})?${SPACE}(?<inner>${MINUS}?)${SPACE}` +
    `(?<digits>[0-9][0-9.,]*)${SPACE}(?<after>${CURRENCY}|%)?${SPACE}$`,
);
const EDGES = new RegExp(`^${SPACE}|${SPACE}$`, "g");
/** A space or an apostrophe between groups of three digits. */
const GAP = /([0-9])[ \u00a0\u2009\u202f'\u2019](?=[0-9]{3}(?![0-9]))/g;
const PLAIN = /^[0-9]+(?:\.[0-9]+)?$/;
const ENGLISH = /^[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
const CONTINENTAL = /^[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})$/;
const DECIMAL_COMMA = /^[0-9]+,[0-9]+$/;
/** Beyond these nobody writes by hand. */
const MOST_DIGITS = 15;
const TOO_MUCH = 10n ** BigInt(MOST_DIGITS);

/** @param {string} words */
export const stripped = (words) => words.replace(EDGES, "");

/**
 * Words without regard to case.
 *
 * @param {string} words
 */
export const folded = (words) => words.toUpperCase().toLowerCase().replaceAll("ς", "σ");

/**
 * Reads "£31,500", "-£150", "1 200,50 €" or "91%"; null where it is not a figure alone. A single dot is
 * a decimal point, as English has it.
 *
 * @param {string} words
 * @returns {Amount | null}
 */
export function readAmount(words) {
  const { minus, before, inner, digits, after } = AMOUNT.exec(words.replace(GAP, "$1"))?.groups ?? {};
  if (!digits || (minus && inner) || digits.length > MOST_DIGITS) return null;
  const number = plainDigits(digits);
  if (!number) return null;
  const [whole, part = ""] = number.split(".");
  const n = BigInt(whole + part);
  return {
    n: minus || inner ? -n : n,
    d: 10n ** BigInt(part.length),
    currency: before || (after ?? "").replace("%", ""),
    isPercentage: after === "%",
  };
}

/** @param {string} digits */
function plainDigits(digits) {
  if (PLAIN.test(digits)) return digits;
  if (ENGLISH.test(digits)) return digits.replaceAll(",", "");
  if (CONTINENTAL.test(digits)) return digits.replaceAll(".", "").replace(",", ".");
  return DECIMAL_COMMA.test(digits) ? digits.replace(",", ".") : "";
}

/** @param {bigint} value */
const positive = (value) => (value < 0n ? -value : value);

/**
 * Writes an amount as a person would: thousands apart, at most two decimals, and its sign.
 *
 * @param {Amount} amount
 */
export function writeAmount({ n, d, currency, isPercentage }) {
  const cents = (positive(n) * 200n + d) / (2n * d);
  const whole = String(cents / 100n).replace(/\B(?=(?:\d{3})+$)/g, ",");
  const part = String(cents % 100n).padStart(2, "0");
  const shown = part === "00" ? "" : `.${currency ? part : part.replace(/0$/, "")}`;
  const minus = cents && n < 0n ? "-" : "";
  if (isPercentage) return `${minus}${whole}${shown}%`;
  return `${minus}${currency}${/[\p{L}.]$/u.test(currency) ? " " : ""}${whole}${shown}`;
}

/**
 * Works out a figure from what is written; empty where that cannot be done. What is left empty is left
 * out, but a difference and a product need all of their values.
 *
 * @param {Operation} operation
 * @param {string[]} values
 * @param {string[]} [options] those of the choice that a share is of: the share of its first option
 */
export function compute(operation, values, options = []) {
  const filled = values.map(stripped).filter(Boolean);
  if (!filled.length) return "";
  if (operation === "count") return String(filled.length);
  if (operation === "share") {
    if (!options.length) return "";
    const first = filled.filter((value) => folded(value) === folded(options[0])).length;
    const share = Math.floor((200 * first + filled.length) / (2 * filled.length));
    return `${share}%`;
  }
  const amounts = filled.map(readAmount).filter((amount) => amount !== null);
  const isPartial = (operation === "difference" || operation === "product") && filled.length < values.length;
  if (isPartial || amounts.length < filled.length) return "";
  const result = operation === "product" ? product(amounts) : combined(operation, amounts);
  return result && positive(result.n) < TOO_MUCH * result.d ? writeAmount(result) : "";
}

/** @param {Amount[]} amounts */
const currenciesOf = (amounts) => [...new Set(amounts.map((amount) => amount.currency))].filter(Boolean);

/**
 * Whether amounts are not of one kind, and cannot be added.
 *
 * @param {Amount[]} amounts
 */
export const areMixed = (amounts) =>
  currenciesOf(amounts).length > 1 ||
  amounts.some(({ isPercentage }) => isPercentage !== amounts[0].isPercentage);

/**
 * @param {Operation} operation
 * @param {Amount[]} amounts
 * @returns {Amount | null}
 */
function combined(operation, amounts) {
  if (areMixed(amounts)) return null;
  const about = { currency: currenciesOf(amounts).join(""), isPercentage: amounts[0].isPercentage };
  const total = amounts.reduce(plus, { n: 0n, d: 1n });
  if (operation === "mean") return { ...about, n: total.n, d: total.d * BigInt(amounts.length) };
  if (operation === "sum") return { ...about, ...total };
  const [{ n, d }] = amounts;
  return { ...about, ...plus({ n: 2n * n, d }, { n: -total.n, d: total.d }) };
}

/** @typedef {{n: bigint, d: bigint}} Fraction */

/**
 * @param {Fraction} one
 * @param {Fraction} other
 * @returns {Fraction}
 */
export function plus(one, other) {
  // Written figures have powers of ten below the line: they need not grow with each sum.
  if (one.d === other.d) return { n: one.n + other.n, d: one.d };
  const larger = one.d > other.d ? one.d : other.d;
  if (larger % one.d === 0n && larger % other.d === 0n) {
    return { n: one.n * (larger / one.d) + other.n * (larger / other.d), d: larger };
  }
  return { n: one.n * other.d + other.n * one.d, d: one.d * other.d };
}

/**
 * @param {Amount[]} amounts
 * @returns {Amount | null}
 */
function product(amounts) {
  const currencies = amounts.map((amount) => amount.currency).filter(Boolean);
  if (currencies.length > 1) return null;
  const made = { n: 1n, d: 1n, currency: currencies.join(""), isPercentage: false };
  for (const { n, d, isPercentage } of amounts) {
    made.n *= n;
    made.d *= isPercentage ? 100n * d : d;
  }
  return made;
}

/**
 * Whether an amount is less than another, as a number below zero tells, or more.
 *
 * @param {Fraction} one
 * @param {Fraction} other
 */
export function compared(one, other) {
  const difference = one.n * other.d - other.n * one.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
