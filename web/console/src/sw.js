/**
 * Keeps the page, so that it opens without the server. One version of this worker holds one complete set of files, each compared with
 * the hash that the build gave it: what is shown is never half of one version and half of another. Calls to the server (POST) pass by.
 */

/** @type {any} the scope of a service worker, which TypeScript's library for pages does not know */
const scope = globalThis;
const NAMES = Object.keys(FILES);
const STORE = `larimar ${Object.values(FILES).map((hash) => hash.slice(0, 8)).join(" ")}`;

scope.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
scope.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
scope.addEventListener("message", (/** @type {any} */ event) => {
  // only the page knows whether a wallet is open in some window
  if (event.data === "take over") event.waitUntil(scope.skipWaiting());
});
scope.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const name = nameOf(request);
  if (name) event.respondWith(kept(name, request));
});

async function install() {
  const found = await Promise.all(NAMES.map(fetched));
  const store = await caches.open(STORE);
  await Promise.all(found.map(({ name, response }) => store.put(urlOf(name), response)));
}

/** @param {string} name */
async function fetched(name) {
  const response = await fetch(urlOf(name), { cache: "no-cache", credentials: "omit" });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!response.ok || hex !== FILES[name]) throw new Error(`${name} is not of this version`);
  return { name, response };
}

async function activate() {
  const stores = await caches.keys();
  await Promise.all(stores.filter((name) => name.startsWith("larimar ") && name !== STORE).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/**
 * Which of the files this asks for, if one.
 * @param {Request} request
 */
function nameOf({ method, url, mode }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== scope.location.origin) return undefined;
  if (mode === "navigate" && pathname === "/") return "index.html";
  return NAMES.find((name) => pathname === `/${name}`);
}

/**
 * @param {string} name
 * @param {Request} request
 */
async function kept(name, request) {
  const store = await caches.open(STORE);
  return (await store.match(urlOf(name))) ?? fetch(request);
}

/** @param {string} name */
const urlOf = (name) => new URL(`/${name}`, scope.location.origin).href;
