/** The requests at the beginning and the end of a wallet: what is sealed, and what is signed of it (PROTOCOL.md, section 3). */
import { toBase64 } from "./bytes.js";
import { LarimarError } from "./error.js";
import { blobDigest, deleteWalletDigest } from "./keys.js";

/** @typedef {import("./keys.js").Keys} Keys */

/**
 * @param {Keys} keys
 * @param {number} revision
 * @param {{ code: string, data: Uint8Array, replace: boolean }} what
 */
export async function creation(keys, revision, { code, data, replace }) {
  const blob = await keys.seal(revision, data);
  const params = { code, encrypted_data: toBase64(blob), signature: keys.sign(blobDigest(blob)), publickey: keys.publicKey };
  return { params: replace ? { ...params, replace } : params, blob, revision };
}

/**
 * A deletion is worth nothing on another server, so the server has to know the name that it is called by.
 * @param {import("./server.js").Server} server
 * @param {Keys} keys
 * @param {string} local_hash
 * @param {import("./rpc.js").CallOptions} [options]
 * @throws {LarimarError} `ServerNameNotListed`
 */
export async function deletion(server, keys, local_hash, options) {
  const { names } = await server.serverInfo(options);
  if (!names.includes(server.name)) {
    const message = `${server.name} is not one of this server's names (${names.join(", ")}), so it would not take the deletion. Call it by one of them.`;
    throw new LarimarError("ServerNameNotListed", message, { server: server.name });
  }
  return { local_hash, signature: keys.sign(deleteWalletDigest(server.name, local_hash)) };
}
