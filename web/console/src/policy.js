/** The only two scripts that the page may start by itself; anything else is refused by the browser (Trusted Types). */
import { workerKdf } from "larimar-client";

const here = (/** @type {string} */ name) => new URL(name, import.meta.url).href;
const WORKER = here("./kdf-worker.js");
const SERVICE_WORKER = here("./sw.js");

const rules = {
  /** @param {string} url */
  createScriptURL(url) {
    if (url !== WORKER && url !== SERVICE_WORKER) throw new TypeError("not a script of this page");
    return url;
  },
};

const policy = window.trustedTypes?.createPolicy("larimar", rules) ?? rules;
const trusted = (/** @type {string} */ url) => /** @type {string} */ (policy.createScriptURL(url));

/** Keys from a password, in a worker. */
export const kdf = workerKdf(() => new Worker(trusted(WORKER), { type: "module" }));

/** Keeps the page for the time without a server. */
export const registerServiceWorker = () =>
  navigator.serviceWorker.register(trusted(SERVICE_WORKER), { updateViaCache: "none" });
