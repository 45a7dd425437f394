/** The page that is shown without a network: what was asked for, and the pages that are kept. */

import { element, one } from "./elements.js";
import { cachePrefix, decoded, isPage, visitedPrefix } from "./kept-copies.js";
import { address, base, handbook } from "./page.js";

/**
 * @typedef {object} KeptPage
 * @property {string} url
 * @property {string} title
 */

const asked = wantedAddress();
if (asked) {
  const again = one(".pp-kept__asked");
  again.append(
    "You asked for ",
    element("a", { href: asked.href }, decoded(asked.href.slice(base.href.length)) || "the home page"),
    ". Once there is a network, that link leads there.",
  );
  again.hidden = false;
}
listKept();

/** What the reader asked for: an address of this handbook, and of nothing else. */
function wantedAddress() {
  const to = new URLSearchParams(location.search).get("to");
  if (to === null) return null;
  try {
    const url = new URL(address(to));
    return url.href.startsWith(base.href) ? url : null;
  } catch {
    return null;
  }
}

async function listKept() {
  const place = one(".pp-kept__pages");
  try {
    const { visited, others } = await keptPages();
    place.replaceChildren(
      ...section("Where you have been", visited),
      ...section(visited.length ? "Kept as well" : "Kept pages", others),
    );
    if (!visited.length && !others.length) place.append(element("p", {}, "No page is kept yet."));
  } catch {
    place.replaceChildren(element("p", {}, "This browser does not let the handbook keep pages."));
  }
}

/**
 * @param {string} title
 * @param {KeptPage[]} pages
 */
function section(title, pages) {
  if (!pages.length) return [];
  const links = pages.map((page) =>
    element("li", {}, element("a", { href: address(page.url.slice(base.href.length)) }, page.title)),
  );
  return [element("h2", {}, title), element("ul", {}, ...links)];
}

/** The pages that are kept: those visited, the latest first, and the others by title. */
async function keptPages() {
  if (!globalThis.caches) throw new Error("not allowed here");
  const names = (await caches.keys()).filter((name) => name.startsWith(cachePrefix(base.href)));
  /** @type {Map<string, KeptPage>} */
  const visited = new Map();
  /** @type {Map<string, KeptPage>} */
  const others = new Map();
  for (const name of names) {
    const found = name.startsWith(visitedPrefix(base.href)) ? visited : others;
    for (const page of await pagesIn(await caches.open(name))) found.set(page.url, page);
  }
  for (const url of visited.keys()) others.delete(url);
  const byTitle = [...others.values()].sort((page, other) => page.title.localeCompare(other.title));
  return { visited: [...visited.values()].reverse(), others: byTitle };
}

/**
 * @param {Cache} cache
 * @returns {Promise<KeptPage[]>}
 */
async function pagesIn(cache) {
  const own = address("offline/");
  const requests = (await cache.keys()).filter(({ url }) => isPage(new URL(url)) && url !== own);
  return Promise.all(
    requests.map(async (request) => {
      const html = (await (await cache.match(request))?.text()) ?? "";
      return { url: request.url, title: titleOf(html) || request.url };
    }),
  );
}

/**
 * The title of a page, without the handbook's name. Only the title is read: there may be hundreds of pages.
 *
 * @param {string} html
 */
function titleOf(html) {
  const [found] = /<title>[^<]*<\/title>/.exec(html) ?? [""];
  const { title } = new DOMParser().parseFromString(found, "text/html");
  const end = ` - ${handbook}`;
  return title.endsWith(end) ? title.slice(0, -end.length) : title;
}
