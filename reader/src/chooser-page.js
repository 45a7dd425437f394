/** The playbooks as the page lists them, with their signs. */

import { all, one } from "./elements.js";
import { keyOf } from "./chooser-address.js";

/**
 * @typedef {object} Sign
 * @property {string} words
 * @property {Element} item where it stands on the page, with the links in it
 *
 * @typedef {object} Shown what is shown of a playbook
 * @property {string} title
 * @property {string} href
 * @property {string} summary
 * @property {boolean} hasLines
 */

/** What the page says of every playbook: the choices, and by id and by key what is shown of them. */
export function readChoices() {
  /** @type {Map<string, Sign>} */
  const signs = new Map();
  /** @type {Map<string, Shown>} */
  const shown = new Map();
  const choices = all(".pp-choice").map((section) => {
    const id = section.dataset.playbook ?? "";
    const link = /** @type {HTMLAnchorElement} */ (one("h3 a:not(.headerlink)", section));
    shown.set(id, {
      title: link.textContent,
      href: link.href,
      summary: tidy(section.querySelector(".pp-choice__summary")?.textContent ?? ""),
      hasLines: "lines" in section.dataset,
    });
    const keysOf = (/** @type {string} */ list) =>
      all(`${list} > ul > li`, section).map((item) => {
        const words = tidy(item.textContent);
        const key = keyOf(words);
        if (!signs.has(key)) signs.set(key, { words, item });
        return key;
      });
    return {
      id,
      contexts: (section.dataset.contexts ?? "").split(" ").filter(Boolean),
      isGeneral: "general" in section.dataset,
      use: keysOf(".pp-choice__use"),
      avoid: keysOf(".pp-choice__avoid"),
    };
  });
  return { choices, signs, shown };
}

/** @param {string} words */
function tidy(words) {
  return words.replace(/\s+/g, " ").trim();
}
