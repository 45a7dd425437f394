/** Where this page stands in the handbook, and how to get to the others. */

const mark = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="playbooks"]'));

/** The name of the handbook, under which everything that is kept is kept. */
export const handbook = mark.content;

/** The top of the site. */
export const base = new URL(`${mark.dataset.base?.replace(/\/$/, "")}/`, location.href);

/** Whether the site was opened from a folder: nobody there adds `index.html` to an address. */
export const isFolder = location.protocol === "file:";

/** Whether pages may be kept for when there is no network; not where the site is still being written. */
export const mayKeepPages = mark.dataset.offline !== undefined;

/**
 * The address of a page of the handbook, or of a place on it.
 *
 * @param {string} path from the top of the site, such as `playbooks/asking-for-time/#ask-why`
 */
export function address(path) {
  return withIndex(new URL(path, base)).href;
}

/**
 * Keeps a query in the address of this page, without another step for the button that goes back.
 *
 * @param {string} query with its question mark, or empty
 */
export function keepQuery(query) {
  if (query === location.search) return;
  try {
    history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
  } catch {
    // Some browsers keep the address of a page in a folder as it is; what is shown is right all the same.
  }
}

/**
 * An address as a folder of files needs it. Only pages of the handbook are sure to have an `index.html`.
 *
 * @param {URL} url
 */
function withIndex(url) {
  if (isFolder && url.href.startsWith(base.href) && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url;
}

const LEADING = { "a[href], area[href]": "href", "form[action]": "action", "[formaction]": "formaction" };

/** Makes the links of a page work where it was opened from a folder, also those that are made later. */
export function mendLinks() {
  if (!isFolder) return;
  mendBelow(document.documentElement);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      for (const changed of type === "attributes" ? [target] : addedNodes) {
        if (changed instanceof Element) mendBelow(changed);
      }
    }
  }).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: Object.values(LEADING),
  });
}

/** @param {Element} root */
function mendBelow(root) {
  for (const [selector, attribute] of Object.entries(LEADING)) {
    for (const found of [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)]) {
      const leads = found.getAttribute(attribute) ?? "";
      // A place on this page stays one, wherever the page is.
      if (!leads.startsWith("#")) mend(found, attribute, leads);
    }
  }
}

/**
 * @param {Element} found
 * @param {string} attribute
 * @param {string} leads
 */
function mend(found, attribute, leads) {
  try {
    const url = new URL(leads, document.baseURI);
    const mended = withIndex(new URL(url)).href;
    if (mended !== url.href) found.setAttribute(attribute, mended);
  } catch {
    // It is no address, and leads nowhere over http either.
  }
}

/**
 * Loads a script of the site, which works from a folder as well, where `fetch` does not.
 *
 * @param {string} name within the folder of the handbook's own files, such as `synonyms.js`
 * @returns {Promise<void>}
 */
export function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`assets/playbooks/${name}`, base).href;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(`${name} could not be loaded`));
    };
    document.head.append(script);
  });
}
