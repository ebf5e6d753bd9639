/** Keys from what the user remembers (PROTOCOL.md, section 4). */
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { concat, lp, u32be, utf8 } from "./bytes.js";
import { LarimarError } from "./error.js";
import { defaultKdf } from "./kdf.js";
import { Keys } from "./keys.js";
import { normalAnswer, normalEmail, normalPassword } from "./text.js";

/**
 * What the user remembers. All of it is needed each time, the number and order of the answers too.
 * @typedef {object} Credentials
 * @property {string} email
 * @property {string} password
 * @property {readonly string[]} [answers] Case and surplus white space do not matter.
 */

/**
 * @typedef {object} DeriveOptions
 * @property {AbortSignal} [signal]
 * @property {(fraction: number) => void} [onProgress] From 0 to 1.
 * @property {import("./kdf.js").Kdf} [kdf] Instead of the worker.
 */

/**
 * What scrypt is given.
 * @param {Credentials} who
 * @throws {LarimarError} `InvalidText`
 */
export function scryptInput({ email, password, answers = [] }) {
  const texts = answers.map((answer) => lp(utf8(normalAnswer(answer))));
  const input = concat(lp(utf8(normalPassword(password))), u32be(answers.length), ...texts);
  for (const text of texts) text.fill(0);
  const salt = sha256(concat(lp(utf8("larimar/v1/kdf")), lp(utf8(normalEmail(email)))));
  return { input, salt };
}

/**
 * The two keys of a seed: 32 bytes each.
 * @param {Uint8Array} seed
 */
export function keysOfSeed(seed) {
  const encryption = hkdf(sha256, seed, undefined, utf8("larimar/v1/encrypt"), 32);
  for (let i = 0; ; i++) {
    const signing = hkdf(sha256, seed, undefined, concat(utf8("larimar/v1/sign"), Uint8Array.of(i)), 32);
    if (secp256k1.utils.isValidSecretKey(signing)) return { signing, encryption };
  }
}

/**
 * The keys of this person. Takes about a second, 128 MiB, and no server.
 * @param {Credentials} who
 * @param {DeriveOptions} [options]
 * @returns {Promise<Keys>}
 * @throws {LarimarError} `InvalidText`; `Unsupported` on a page that is neither https nor localhost
 */
export async function deriveKeys(who, { kdf = defaultKdf, ...options } = {}) {
  if (!globalThis.crypto?.subtle) {
    const message = "This page cannot encrypt, since it was not loaded over https. Open it by its https address.";
    throw new LarimarError("Unsupported", message);
  }
  const { input, salt } = scryptInput(who);
  try {
    const seed = await kdf(input, salt, options);
    const { signing, encryption } = keysOfSeed(seed);
    seed.fill(0);
    return await Keys.of(signing, encryption);
  } finally {
    input.fill(0);
  }
}

/**
 * The keys that are given, or derived.
 * @param {Credentials | Keys} who
 * @param {DeriveOptions} options
 */
export const keysOf = async (who, options) => (who instanceof Keys ? who : deriveKeys(who, options));
