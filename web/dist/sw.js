// <define:FILES>
var define_FILES_default = { "index.html": "ac28886e8eda1f45b421a0d5a22d0a924ab3556d511c9b6b1903cff51c0a284f", "console.css": "bfecfdf3b8b02443639373da095b4ee859bb963e36368b782ee41c4e4f073b30", "console.js": "a8861e5cd9e8428cfffe0aa777cfdc1f6d19021d5e48bd7b5b341bd6207205a2", "strength.js": "91887d3d3930a37f9c79f1bb8ec95b422202be3c286bf9ae103209632ec90ea2", "kdf-worker.js": "fd69b2fa3d95fb8e6f7958e5047db9aa45338bd8f8da9f53d169493367d99cc9", "icon.svg": "452142edb4337956c366d222a350425ce7a71d21c8818769121abeaaca145f64" };

// console/src/sw.js
var scope = globalThis;
var NAMES = Object.keys(define_FILES_default);
var STORE = `larimar ${Object.values(define_FILES_default).map((hash) => hash.slice(0, 8)).join(" ")}`;
scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(scope.skipWaiting());
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const name = nameOf(request);
  if (name) event.respondWith(kept(name, request));
});
async function install() {
  const found = await Promise.all(NAMES.map(fetched));
  const store = await caches.open(STORE);
  await Promise.all(found.map(({ name, response }) => store.put(urlOf(name), response)));
}
async function fetched(name) {
  const response = await fetch(urlOf(name), { cache: "no-cache", credentials: "omit" });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer()));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!response.ok || hex !== define_FILES_default[name]) throw new Error(`${name} is not of this version`);
  return { name, response };
}
async function activate() {
  const stores = await caches.keys();
  await Promise.all(stores.filter((name) => name.startsWith("larimar ") && name !== STORE).map((name) => caches.delete(name)));
  await scope.clients.claim();
}
function nameOf({ method, url, mode }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== scope.location.origin) return void 0;
  if (mode === "navigate" && pathname === "/") return "index.html";
  return NAMES.find((name) => pathname === `/${name}`);
}
async function kept(name, request) {
  const store = await caches.open(STORE);
  return await store.match(urlOf(name)) ?? fetch(request);
}
var urlOf = (name) => new URL(`/${name}`, scope.location.origin).href;
