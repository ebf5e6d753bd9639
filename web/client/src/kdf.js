/** scrypt, off the page's own thread: it takes 128 MiB and about a second. */
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { LarimarError } from "./error.js";
import { workerSource } from "./worker-source.js";

/** The parameters of PROTOCOL.md, section 4. */
export const SCRYPT = Object.freeze({ N: 2 ** 17, r: 8, p: 1, dkLen: 32 });

/**
 * @typedef {object} KdfOptions
 * @property {AbortSignal} [signal] Ends it at once.
 * @property {(fraction: number) => void} [onProgress] From 0 to 1, some twenty times a second at most.
 */

/**
 * Makes the seed, 32 bytes: give your own if a worker cannot be had, or if you have a faster one.
 * @typedef {(input: Uint8Array, salt: Uint8Array, options: KdfOptions) => Promise<Uint8Array>} Kdf
 */

/**
 * Makes the worker that computes. Under Trusted Types, or with a bundler of your own, give one that starts
 * `larimar-client/kdf-worker`.
 * @typedef {() => Worker} CreateWorker
 */

/**
 * scrypt in a worker of its own, which is ended afterwards and takes its 128 MiB along.
 * @param {CreateWorker} [createWorker]
 * @returns {Kdf}
 */
export function workerKdf(createWorker = defaultWorker) {
  return (input, salt, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const worker = createWorker();
      const end = () => {
        worker.terminate();
        signal?.removeEventListener("abort", aborted);
      };
      const aborted = () => {
        end();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", aborted);
      worker.onmessage = ({ data }) => {
        if (typeof data === "number") return onProgress?.(data);
        end();
        resolve(data);
      };
      worker.onerror = (event) => {
        end();
        event.preventDefault?.();
        const message = "The key could not be computed: the page's worker did not start, or there is too little memory. Close other pages and try again.";
        reject(new LarimarError("Unsupported", message, { cause: event.message }));
      };
      worker.postMessage({ input, salt });
    });
}

/**
 * The same on this thread, in slices, where there are no workers: Node.
 * @type {Kdf}
 */
export const inlineKdf = (input, salt, { signal, onProgress }) => {
  const told = throttled(onProgress);
  return scryptAsync(input, salt, {
    ...SCRYPT,
    onProgress: (fraction) => {
      signal?.throwIfAborted();
      told(fraction);
    },
  });
};

/**
 * The worker where there are workers.
 * @type {Kdf}
 */
export const defaultKdf = (input, salt, options) =>
  (typeof Worker === "undefined" ? inlineKdf : workerKdf())(input, salt, options);

/**
 * At most one report in 50 ms, and the last: telling each of scrypt's ten thousand doubles what it costs.
 * @param {((fraction: number) => void) | undefined} report
 * @returns {(fraction: number) => void}
 */
export function throttled(report) {
  let last = -Infinity;
  return (fraction) => {
    const now = performance.now();
    if (!report || (now - last < 50 && fraction < 1)) return;
    last = now;
    report(fraction);
  };
}

/**
 * Also for a page from another origin than this file: a worker may not be started from there, but from its text, which is there without
 * a network too, or from a text that imports it.
 */
function defaultWorker() {
  const url = new URL("./kdf-worker.js", import.meta.url);
  if (url.origin === globalThis.location?.origin) return new Worker(url, { type: "module" });
  const source = workerSource ?? `import ${JSON.stringify(url.href)};`;
  const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return new Worker(blob, { type: "module" });
  } finally {
    setTimeout(() => URL.revokeObjectURL(blob), 60_000);
  }
}
