/** Elements of a page, made from words and never from markup. */

/**
 * @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Attribute
 *   A function listens: `onclick` to clicks. `true` is an attribute without a value; what is false,
 *   null or undefined is left out.
 */

/**
 * Makes an element.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/**
 * Makes an element of a drawing.
 *
 * @param {string} name
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string)} children
 */
export function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/**
 * @param {Element} made
 * @param {Record<string, Attribute>} attributes
 */
function set(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.replace(/^on/, ""), value);
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

/**
 * A button of words.
 *
 * @param {string} words
 * @param {(event: MouseEvent) => void} onclick
 * @param {Record<string, Attribute>} [attributes]
 */
export function button(words, onclick, attributes = {}) {
  return element("button", { type: "button", class: "pp-button", ...attributes, onclick }, words);
}

/**
 * All elements below a root that match, in the order of the page.
 *
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement[]}
 */
export function all(selector, root = document) {
  return [...root.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);
}

/**
 * The first element below a root that matches. Throws where there is none.
 *
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {HTMLElement}
 */
export function one(selector, root = document) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`there is no ${selector} on this page`);
  return found;
}

/**
 * Hands a file over to be saved.
 *
 * @param {string} name
 * @param {BlobPart} content
 * @param {string} type
 */
export function saveFile(name, content, type) {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/**
 * Asks for a file and reads it; empty where none is chosen.
 *
 * @param {string} accept such as `.json`
 * @returns {Promise<{name: string, text: string} | null>}
 */
export function openFile(accept) {
  return new Promise((resolve) => {
    const input = element("input", { type: "file", accept, hidden: true });
    input.addEventListener("cancel", () => resolve(null));
    input.addEventListener("change", async () => {
      const file = input.files?.[0];
      resolve(file ? { name: file.name, text: await file.text() } : null);
    });
    input.click();
  });
}

/** One thing or several: `counted(1, "line")` is "1 line", `counted(2, "line")` is "2 lines".
 *
 * @param {number} count
 * @param {string} singular
 * @param {string} [plural]
 */
export function counted(count, singular, plural = `${singular}s`) {
  return `${count} ${count === 1 ? singular : plural}`;
}
