/** Pages for when there is no network: lets the service worker keep them, and forgets those visited. */

import { visitedPrefix } from "./kept-copies.js";
import { base, isFolder, mayKeepPages } from "./page.js";

/** Starts the service worker, where the browser and the site allow one; nothing else depends on it. */
export function startOffline() {
  if (isFolder) return;
  const start = mayKeepPages ? letPagesBeKept : letNoneBeKept;
  // What is on the page comes first.
  const begin = () => start().catch(() => {});
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

async function letPagesBeKept() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const script = new URL("service-worker.js", base);
  const isNew = serviceWorker.controller?.scriptURL !== script.href;
  const registration = await serviceWorker.register(script, { scope: base.href, updateViaCache: "none" });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!isNew || !worker) return;
  await whenActive(worker);
  // This page was there before the service worker, which has seen nothing of it.
  const parts = performance.getEntriesByType("resource").map(({ name }) => name);
  worker.postMessage({ keep: [location.href, ...parts] });
}

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<void>}
 */
function whenActive(worker) {
  return new Promise((resolve) => {
    const look = () => worker.state === "activated" && resolve();
    worker.addEventListener("statechange", look);
    look();
  });
}

/** A preview is gone when it ends, and may stand where a site stood before. */
async function letNoneBeKept() {
  const registration = await navigator.serviceWorker?.getRegistration(base);
  if (registration?.scope === base.href) await registration.unregister();
}

/** Forgets which pages were visited; those that every reader has stay. */
export async function forgetVisited() {
  if (!globalThis.caches) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith(visitedPrefix(base.href))) continue;
    const visited = await caches.open(name);
    for (const request of await visited.keys()) await visited.delete(request);
  }
}
