/** A new version of the page takes over only while no window is in use, and then all windows load it. */
import { registerServiceWorker } from "./policy.js";

const IN_USE = "larimar in use";
const HOUR = 60 * 60 * 1000;

let uses = 0;
let outdated = false;
/** @type {ServiceWorkerRegistration | undefined} */
let registration;

/**
 * Until the signal ends it, this window is in use: a wallet is open, or about to be created.
 * @param {AbortSignal} signal
 */
export function keepVersion(signal) {
  uses++;
  const until = new Promise((resolve) => signal.addEventListener("abort", resolve));
  // the other windows look for this lock
  const released = navigator.locks?.request(IN_USE, { mode: "shared" }, () => until).catch(() => {});
  void until.then(() => {
    uses--;
    reloadIfOutdated();
  });
  // a new version may have been waiting for that
  void Promise.all([until, released]).then(takeOver);
}

/** Registers the service worker, and looks for a new version now and every hour. */
export async function followUpdates() {
  if (!("serviceWorker" in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // the first worker takes over the page that installed it, which is of the same version
    outdated = controlled;
    controlled = true;
    reloadIfOutdated();
  });
  try {
    const found = (registration = await registerServiceWorker());
    found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", takeOver));
    takeOver();
    setInterval(() => void found.update().catch(() => {}).then(takeOver), HOUR);
  } catch {
    // without it, the page works as long as the server is there
  }
}

function takeOver() {
  if (registration?.waiting) void whileNothingIsInUse(() => registration?.waiting?.postMessage("take over"));
}

function reloadIfOutdated() {
  if (outdated && uses === 0) location.reload();
}

/** @param {() => void} work */
async function whileNothingIsInUse(work) {
  if (!navigator.locks) return uses === 0 && work();
  await navigator.locks.request(IN_USE, { mode: "exclusive", ifAvailable: true }, (lock) => lock && work());
}
