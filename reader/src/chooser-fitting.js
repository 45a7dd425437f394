/** Which playbooks fit what is so, and what to ask next. */

/**
 * @typedef {object} Choice a playbook, as far as it can be chosen
 * @property {string} id
 * @property {string[]} contexts those that it has something of its own for
 * @property {boolean} isGeneral whether it has lines for any context
 * @property {string[]} use the keys of the signs that it fits
 * @property {string[]} avoid the keys of the signs that it does not
 *
 * @typedef {object} Reasoned
 * @property {Choice} choice
 * @property {string[]} because the signs that speak for it
 * @property {string[]} against the signs that speak against it
 */

/** Signs that can be read at one go. */
const AT_ONCE = 12;

/**
 * The playbooks that have something for a context, those that name it first; all of them without one.
 *
 * @param {Choice[]} choices
 * @param {string} context
 */
export function candidates(choices, context) {
  if (!context) return choices;
  return [
    ...choices.filter(({ contexts }) => contexts.includes(context)),
    ...choices.filter(({ contexts, isGeneral }) => isGeneral && !contexts.includes(context)),
  ];
}

/**
 * The signs to ask about, some at a time: first one of each playbook, then the next of each.
 *
 * @param {Choice[]} choices
 * @returns {string[][]}
 */
export function rounds(choices) {
  /** @type {Set<string>} */
  const signs = new Set();
  const most = Math.max(0, ...choices.map(({ use }) => use.length));
  for (let place = 0; place < most; place += 1) {
    for (const { use } of choices) if (place < use.length) signs.add(use[place]);
  }
  const all = [...signs];
  // A few more at once are better than a round of two or three.
  const size = Math.ceil(all.length / Math.max(1, Math.round(all.length / AT_ONCE)));
  return Array.from({ length: Math.ceil(all.length / size) }, (_, round) =>
    all.slice(round * size, (round + 1) * size),
  );
}

/**
 * What to ask of the playbooks that something speaks for: their other signs, both ways.
 *
 * @param {Choice[]} choices
 * @param {Set<string>} ticked
 * @param {string[]} asked the signs that have been asked about
 */
export function further(choices, ticked, asked) {
  return choices
    .filter(({ use }) => use.some((sign) => ticked.has(sign)))
    .map((choice) => ({
      choice,
      use: choice.use.filter((sign) => !asked.includes(sign)),
      avoid: choice.avoid,
    }))
    .filter(({ use, avoid }) => use.length || avoid.length);
}

/**
 * The playbooks that something speaks for, best first, and those of them that something speaks against.
 *
 * @param {Choice[]} choices
 * @param {Set<string>} ticked
 */
export function weighed(choices, ticked) {
  const reasoned = choices
    .map((choice) => ({
      choice,
      because: choice.use.filter((sign) => ticked.has(sign)),
      against: choice.avoid.filter((sign) => ticked.has(sign)),
    }))
    .filter(({ because }) => because.length)
    .sort((first, second) => weight(second) - weight(first));
  return {
    fit: reasoned.filter(({ against }) => !against.length),
    leave: reasoned.filter(({ against }) => against.length),
  };
}

/**
 * By how many signs a playbook fits; of equals, the one that has fewer others.
 *
 * @param {Reasoned} reasoned
 */
function weight({ because, choice }) {
  return because.length + because.length / choice.use.length / 2;
}
