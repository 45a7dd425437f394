/**
 * The frame around a page: what the theme has as labels, for a pointer, works with the keyboard as well
 * and is read out as the buttons that they are.
 */

import { all, button, element } from "./elements.js";

/** From here on the navigation stands beside the page, and is no drawer. */
const WIDE = matchMedia("(min-width: 76.25em)");

/** Gets the drawer, the search and the colours ready for whoever has no pointer. */
export function startFrame() {
  const drawer = document.querySelector("#__drawer");
  if (drawer instanceof HTMLInputElement) startDrawer(drawer);
  for (const level of labels(".md-nav--primary .md-nav__link")) startLevel(level);
  const search = document.querySelector("#__search");
  const [label] = labels('.md-header__button[for="__search"]');
  if (search instanceof HTMLInputElement && label) startSearchButtons(search, buttonFor(label));
  for (const choice of all(".pp-palette")) {
    choice.addEventListener("click", () => chooseColours(choice));
    // The theme would choose once more.
    choice.addEventListener("keydown", (event) => event.stopPropagation());
  }
  // One letter typed, or said to the computer, would lead to another page.
  for (const link of document.querySelectorAll('link[rel="prev"], link[rel="next"]')) link.remove();
}

/**
 * @param {string} selector
 * @returns {HTMLLabelElement[]}
 */
const labels = (selector) => all(selector).filter((found) => found instanceof HTMLLabelElement);

/**
 * Puts a button in the place of a label. It keeps the name of what it is for, by which the theme lays it out.
 *
 * @param {HTMLLabelElement} label
 */
function buttonFor(label) {
  const { control } = label;
  const made = element("button", {
    type: "button",
    class: label.className,
    for: label.htmlFor,
    onclick: () => control?.click(),
  });
  made.append(...label.childNodes);
  label.replaceWith(made);
  return made;
}

/** @param {HTMLInputElement} drawer */
function startDrawer(drawer) {
  const [label] = labels('.md-header__button[for="__drawer"]');
  const [sidebar] = all(".md-sidebar--primary");
  if (!label || !sidebar) return;
  const opener = buttonFor(label);
  const behind = all(
    ".md-skip, .md-header, .md-content, .md-sidebar--secondary, .md-top, .md-footer, [data-md-component=announce]",
  );
  const put = (/** @type {boolean} */ isOpen) => {
    drawer.checked = isOpen;
    show();
  };
  const close = button("Close", () => put(false), { class: "pp-drawer-close" });
  const show = () => {
    opener.setAttribute("aria-expanded", String(drawer.checked));
    for (const part of behind) part.inert = drawer.checked;
    if (drawer.checked) close.focus();
    else if (!WIDE.matches) opener.focus();
  };
  opener.setAttribute("aria-expanded", "false");
  sidebar.prepend(close);
  drawer.addEventListener("change", show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) put(false);
  });
  WIDE.addEventListener("change", () => drawer.checked && put(false));
}

/**
 * Lets the pages below one be opened in the drawer, each level in place of the one above it.
 *
 * @param {HTMLLabelElement} label
 */
function startLevel(label) {
  const toggle = label.control;
  const title = label.closest("li")?.querySelector(":scope > .md-nav > .md-nav__title");
  if (!(toggle instanceof HTMLInputElement) || !(title instanceof HTMLLabelElement)) return;
  const opener = buttonFor(label);
  const back = buttonFor(title);
  const show = () => opener.setAttribute("aria-expanded", String(toggle.checked));
  toggle.addEventListener("change", () => {
    show();
    // What is covered by another level cannot be used.
    if (!WIDE.matches) (toggle.checked ? back : opener).focus();
  });
  show();
}

/**
 * @param {HTMLInputElement} search
 * @param {HTMLButtonElement} opener
 */
function startSearchButtons(search, opener) {
  for (const back of all(".pp-search-back")) {
    back.addEventListener("click", () => {
      search.checked = false;
      opener.focus();
    });
  }
}

/**
 * Chooses the other colours, and stays on the button that leads back.
 *
 * @param {HTMLElement} choice
 */
function chooseColours(choice) {
  const option = document.getElementById(choice.dataset.for ?? "");
  option?.click();
  const other = option?.nextElementSibling;
  if (!(other instanceof HTMLElement)) return;
  choice.hidden = true;
  other.hidden = false;
  other.focus();
}
