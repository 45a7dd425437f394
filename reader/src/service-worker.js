/**
 * Keeps pages for when there is no network, and never shows a kept one while the site can be reached.
 *
 * Whatever is asked for is fetched, and pages are asked of the server whatever the browser's own cache
 * holds. Only where that fails is there a copy. Each build of the site has caches of its own, which are
 * filled whole before they take the place of the old ones; scripts and styles are named by what they hold,
 * so that a page of one day does not get the scripts of another.
 */

import { cacheNames, cachePrefix, decoded, isPage, keptAs, visitedPrefix } from "./kept-copies.js";
import { partOf } from "./ranges.js";

/**
 * What the builder of the site has written above these lines.
 *
 * @typedef {object} Build
 * @property {string} version a digest of the whole site
 * @property {string[]} first the addresses without which nothing works, from the top of the site
 * @property {string[]} more others that every reader may need, the most needed first
 * @property {string[]} own the names that stand at the top of the site
 */

const worker = /** @type {ServiceWorkerGlobalScope & {playbooksBuild: Build}} */ (
  /** @type {unknown} */ (globalThis)
);
const { version, first, more, own } = worker.playbooksBuild;
const { scope } = worker.registration;
const CACHES = cacheNames(scope, version);

const AT_ONCE = 6;
/** More than anybody looks up again, and little enough to be refreshed with each build. */
const MOST_VISITED = 200;
/** A copy of something larger would push out what else the browser keeps. */
const LARGEST = 8_000_000;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope)) return;
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  // Another handbook may stand in a folder of this one's.
  if (isOwn(url)) event.respondWith(answer(event));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => tellOffline(url)));
});
worker.addEventListener("message", (event) => {
  // A page that was there before this worker tells what it was made of.
  if (Array.isArray(event.data?.keep)) event.waitUntil(keepVisited(event.data.keep.map(String)));
});

/** @param {URL} url */
function isOwn(url) {
  const [name] = url.href.slice(scope.length).split(/[/?#]/);
  return name === "" || own.includes(decoded(name));
}

/** Fails as a whole where the network does: what was kept before stays in place until the next visit. */
async function install() {
  const key = await caches.open(CACHES.key);
  const visited = await caches.open(CACHES.visited);
  await each(first, async (path) => {
    const address = new URL(path, scope).href;
    const response = await fresh(address);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await keep(key, address, response);
  });
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
  if (!connection?.saveData) {
    await each(more, async (path) => {
      const address = new URL(path, scope).href;
      await keep(key, address, await fresh(address));
    });
  }
  await bringVisitedUpToDate(visited);
  await worker.skipWaiting();
}

/** @param {Cache} visited of this build */
async function bringVisitedUpToDate(visited) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(visitedPrefix(scope)) || name === CACHES.visited) continue;
    const before = await caches.open(name);
    const requests = (await before.keys()).filter(({ url }) => !isNamedByContent(new URL(url)));
    await each(requests, async (request) => {
      const response = await fresh(request.url);
      const copy = response.status >= 500 ? await before.match(request) : response;
      if (copy) await keep(visited, request.url, copy);
    });
  }
}

async function activate() {
  const names = Object.values(CACHES);
  const outdated = (await caches.keys()).filter(
    (name) => name.startsWith(cachePrefix(scope)) && !names.includes(name),
  );
  await Promise.all(outdated.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {FetchEvent} event */
async function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  /** @type {Response} */
  let response;
  try {
    response = await ask(request, url);
  } catch {
    return (
      (await copyFor(request, url)) ?? (request.mode === "navigate" ? tellOffline(url) : Response.error())
    );
  }
  if (isKeepable(response)) {
    const copy = response.clone();
    event.waitUntil(keepAsVisited(request.url, copy));
  }
  return response;
}

/**
 * Asks the site: the browser's own cache answers only for what is never changed.
 *
 * @param {Request} request
 * @param {URL} url
 */
function ask(request, url) {
  const isSettled = request.destination === "font" || isNamedByContent(url);
  if (request.cache !== "default" || isSettled) return fetch(request);
  // A request that is made from another forgets which part that asked for.
  const { headers } = request;
  return headers.has("Range")
    ? fetch(request.url, { headers, cache: "no-cache" })
    : fetch(request, { cache: "no-cache" });
}

/** @param {URL} url */
const isNamedByContent = (url) => /\.[0-9a-f]{8}\.(?:min\.)?(?:css|js|woff2)$/.test(url.pathname);

/** @param {string} address */
const fresh = (address) => fetch(address, { cache: "no-cache" });

/**
 * What is kept of what is asked for.
 *
 * @param {Request} request
 * @param {URL} url
 */
async function copyFor(request, url) {
  const copy = await kept(keptAs(url.href));
  if (!copy) {
    const folder = `${url.origin}${url.pathname}/`;
    // Links of a page lead astray from an address without the slash.
    return !isPage(url) && (await kept(folder)) ? Response.redirect(`${folder}${url.search}`) : undefined;
  }
  const range = request.headers.get("Range");
  return range ? partOf(copy, range) : copy;
}

/** @param {string} address */
async function kept(address) {
  for (const cacheName of [CACHES.visited, CACHES.key]) {
    const copy = await caches.match(address, { cacheName, ignoreVary: true });
    if (copy) return copy;
  }
  return undefined;
}

/**
 * Leads to the page that tells what is kept: its links are right only where it stands.
 *
 * @param {URL} url
 */
async function tellOffline(url) {
  const page = new URL("offline/", scope);
  if (!(await kept(page.href))) return Response.error();
  page.searchParams.set("to", url.href.slice(scope.length));
  return Response.redirect(page.href);
}

/** @param {string[]} addresses */
async function keepVisited(addresses) {
  const ours = addresses.filter((address) => address.startsWith(scope) && isOwn(new URL(address)));
  await each(ours, async (address) => keepAsVisited(address, await fresh(address)));
}

/**
 * @param {string} address
 * @param {Response} response
 */
async function keepAsVisited(address, response) {
  // The caches are gone once a newer build has taken over.
  if (!(await caches.has(CACHES.visited))) return;
  const visited = await caches.open(CACHES.visited);
  await keep(visited, address, response);
  const requests = await visited.keys();
  await Promise.all(requests.slice(0, -MOST_VISITED).map((request) => visited.delete(request)));
}

/**
 * Keeps a copy of what can be kept; where there is no room for it, there is none.
 *
 * @param {Cache} cache
 * @param {string} address
 * @param {Response} response
 */
async function keep(cache, address, response) {
  if (!isKeepable(response)) return;
  try {
    await cache.put(keptAs(address), response);
  } catch {
    // It stays where it was: on the site.
  }
}

/** @param {Response} response */
function isKeepable(response) {
  return (
    response.status === 200 &&
    response.type === "basic" &&
    !response.redirected &&
    !/\bno-store\b/i.test(response.headers.get("Cache-Control") ?? "") &&
    Number(response.headers.get("Content-Length") ?? 0) <= LARGEST
  );
}

/**
 * Does something with each, a few at once.
 *
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<unknown>} work
 */
async function each(items, work) {
  const left = items.values();
  const lane = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
