// <define:FILES>
var define_FILES_default = { "index.html": "ac28886e8eda1f45b421a0d5a22d0a924ab3556d511c9b6b1903cff51c0a284f", "console.css": "7128d1ce187fa835212a0e9a205bfe9ddc5968ff6a96f027c8d1f2b18f904516", "console.js": "2e5786dc6e8e97bce39b7892d47f0ec411ed6673ba7ed5f21ee2d64958ed0d1f", "strength.js": "34bdbdfc599f32e89e163d2b54d91c82691c2230fb6e30bc457be2d0cf9c381a", "kdf-worker.js": "fd69b2fa3d95fb8e6f7958e5047db9aa45338bd8f8da9f53d169493367d99cc9", "icon.svg": "452142edb4337956c366d222a350425ce7a71d21c8818769121abeaaca145f64" };

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
