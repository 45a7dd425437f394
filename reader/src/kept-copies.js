/** The caches in which copies of pages are kept: what the page and the service worker both know of them. */

/**
 * What the names of a handbook's caches start with. A scope ends in a slash and has no space in it, so
 * that a handbook never takes the caches of another below it for its own.
 *
 * @param {string} scope the top of the site
 */
export const cachePrefix = (scope) => `playbooks ${scope} `;

/**
 * The caches of a build: of what every reader needs, and of what this one has visited.
 *
 * @param {string} scope
 * @param {string} version of the build
 */
export function cacheNames(scope, version) {
  return { key: `${cachePrefix(scope)}key ${version}`, visited: `${visitedPrefix(scope)}${version}` };
}

/** @param {string} scope */
export const visitedPrefix = (scope) => `${cachePrefix(scope)}visited `;

/**
 * Under which address something is kept: it is the same whatever is asked of it.
 *
 * @param {string} address
 */
export function keptAs(address) {
  const url = new URL(address);
  url.hash = "";
  url.search = "";
  url.pathname = url.pathname.replace(/\/index\.html$/, "/");
  return url.href;
}

/** @param {URL} url */
export const isPage = (url) => /\/(?:index\.html)?$/.test(url.pathname);

/**
 * A part of an address as a person reads it; as it stands where it is not the code of anything.
 *
 * @param {string} part
 */
export function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
