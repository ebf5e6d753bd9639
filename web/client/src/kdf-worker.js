/** The worker of `workerKdf`: is sent `{input, salt}`, tells fractions, then the seed. */
import { scrypt } from "@noble/hashes/scrypt.js";
import { SCRYPT, throttled } from "./kdf.js";

/** @type {any} the global scope of a worker, which TypeScript's library for pages does not know */
const scope = globalThis;

/** @param {{ data: { input: Uint8Array, salt: Uint8Array } }} message */
scope.onmessage = ({ data: { input, salt } }) => {
  const onProgress = throttled((fraction) => scope.postMessage(fraction));
  scope.postMessage(scrypt(input, salt, { ...SCRYPT, onProgress }));
  input.fill(0);
};
