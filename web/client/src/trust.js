/** What a server answers counts only after it was compared with its hash, and opened. */
import { fromBase64, toHex } from "./bytes.js";
import { LarimarError } from "./error.js";
import { blobDigest } from "./keys.js";

/** @typedef {import("./keys.js").Keys} Keys */
/** Who is to blame. @typedef {{ name: string }} Server */
/**
 * A blob that the server stores or stored, opened.
 * @typedef {{ blob: Uint8Array, hash: string, revision: number, plaintext: Uint8Array, created: string, updated: string }} State
 */

/**
 * Opens a blob; what does not open is laid to the server.
 * @param {Server} server
 * @param {Keys} keys
 * @param {Uint8Array} blob
 * @param {{ created: string, updated: string }} times
 * @returns {Promise<State>}
 * @throws {LarimarError} `Tampered`, `NotSealed`
 */
export async function openBlob(server, keys, blob, { created, updated }) {
  try {
    const { revision, plaintext } = await keys.open(blob);
    return { blob, hash: toHex(blobDigest(blob)), revision, plaintext, created, updated };
  } catch (error) {
    if (!LarimarError.is(error)) throw error;
    throw new LarimarError(error.code, `${server.name}: ${error.message}`, { server: server.name, cause: error });
  }
}

/**
 * Opens what a server answered with.
 * @param {Server} server
 * @param {Keys} keys
 * @param {{ encrypted_data?: string, local_hash: string, created?: string, updated?: string }} answer
 * @returns {Promise<State>}
 * @throws {LarimarError} `WrongAnswer`, `Tampered`, `NotSealed`
 */
export async function openAnswer(server, keys, { encrypted_data, local_hash, created = "", updated = "" }) {
  const blob = decoded(server, encrypted_data);
  if (toHex(blobDigest(blob)) !== local_hash) throw liar(server, "its data is not what its hash says");
  return openBlob(server, keys, blob, { created, updated });
}

/**
 * The bytes that a server answered with.
 * @param {Server} server
 * @param {string | undefined} encrypted_data
 * @throws {LarimarError} `WrongAnswer`
 */
export function decoded(server, encrypted_data) {
  if (encrypted_data === undefined) throw liar(server, "it answered without the data");
  try {
    return fromBase64(encrypted_data);
  } catch {
    throw liar(server, "its data is not base64");
  }
}

/**
 * That the answer to a write is about that write.
 * @param {Server} server
 * @param {{ publickey: string, local_hash: string }} answer
 * @param {{ publicKey: string }} keys
 * @param {Uint8Array} blob
 * @throws {LarimarError} `WrongAnswer`
 */
export function confirm(server, answer, keys, blob) {
  if (answer.publickey !== keys.publicKey) throw liar(server, "it stored this under another key");
  if (answer.local_hash !== toHex(blobDigest(blob))) throw liar(server, "it stored something else");
}

/**
 * @param {Server} server
 * @param {string} what
 */
export function liar(server, what) {
  const message = `${server.name} cannot be trusted: ${what}. Nothing of this answer was used; ask its operator.`;
  return new LarimarError("WrongAnswer", message, { server: server.name });
}
