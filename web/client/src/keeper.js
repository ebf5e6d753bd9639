/** One server as the keeper of one wallet: what it says counts only after it was compared with its hash, and opened. */
import { toBase64 } from "./bytes.js";
import { LarimarError } from "./error.js";
import { blobDigest, deleteWalletDigest } from "./keys.js";
import { confirm, liar, openAnswer } from "./trust.js";

/** @typedef {import("./keys.js").Keys} Keys */
/** @typedef {import("./report.js").Head} Head */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./trust.js").State} State */
/**
 * What a keeper has: the newest, and what else the owner has to look at before it is replaced. `held`: it is stored as surely as can be.
 * @typedef {{ opened: State, others: State[], held: boolean }} Found
 */
/**
 * A keeper that was reached. `open` fails if what it gave cannot be trusted.
 * @typedef {{ statistics: import("./server.js").Statistics, open: () => Promise<Found> }} Looked
 */
/** A sealed blob and its hash. @typedef {{ blob: Uint8Array, hash: string, revision: number }} Sealed */
/**
 * Where a wallet is kept: on one server, or on several.
 * @typedef {import("./federation.js").Federation | One} Keeper
 */

export class One {
  /**
   * @param {Server} server
   * @param {Keys} keys
   */
  constructor(server, keys) {
    this.server = server;
    this.keys = keys;
  }

  get name() {
    return this.server.name;
  }

  /** What this server's wallets are remembered under, others are not. @param {import("./device.js").Device} _ */
  async inherit(_) {}

  /** @returns {import("./federation.js").Shown | null} */
  get report() {
    return null;
  }

  /** On one server nothing is beside what it has. @param {string[]} _ @returns {Head[]} */
  having(_) {
    return [];
  }

  /**
   * What the server stores, to be opened; it is not sent if it is what is known.
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @returns {Promise<Looked>}
   */
  async look(known, options) {
    const found = await this.server.fetchWallet(this.keys.publicKey, known?.hash, options);
    return { statistics: found.statistics, open: async () => ({ opened: await this.#opened(found, known), others: [], held: true }) };
  }

  /**
   * What the server stores, as it says it.
   * @param {CallOptions} [options]
   */
  ask(options) {
    return this.server.fetchWallet(this.keys.publicKey, undefined, options);
  }

  /**
   * @param {Sealed} sealed
   * @param {Head[]} base what it was made from, the newest first
   * @param {CallOptions} [options]
   * @returns {Promise<{ updated: string }>}
   */
  async save({ blob }, [base], options) {
    const params = { encrypted_data: toBase64(blob), signature: this.keys.sign(blobDigest(blob)) };
    const answer = await this.server.saveWallet(base ? { ...params, original_local_hash: base.hash } : params, options);
    confirm(this.server, answer, this.keys, blob);
    return answer;
  }

  /**
   * @param {Sealed} sealed
   * @param {{ code: string | Record<string, string>, replace: boolean }} with_ codes by name, or the one
   * @param {CallOptions} [options]
   * @returns {Promise<{ created: string, updated: string }>}
   */
  async create({ blob }, with_, options) {
    const answer = await this.server.createWallet(creation(this.keys, blob, { ...with_, code: codeOf(with_.code, this.name) ?? "" }), options);
    confirm(this.server, answer, this.keys, blob);
    return answer;
  }

  /**
   * @param {Head} stored
   * @param {CallOptions} [options]
   */
  async remove({ hash }, options) {
    const { deleted } = await this.server.deleteWallet(await deletion(this.server, this.keys, hash, options), options);
    if (!deleted) throw liar(this.server, "it says that it did not delete, and gives no reason");
  }

  /** @param {CallOptions} [options] */
  async versions(options) {
    return (await this.server.listVersions(this.keys.publicKey, options)).versions;
  }

  /**
   * @param {string} hash
   * @param {CallOptions} [options]
   */
  version(hash, options) {
    return openVersion(this.server, this.keys, hash, options);
  }

  /** @param {import("./changes.js").ChangesOptions} [options] */
  changes(options) {
    return this.server.changes(this.keys.publicKey, options);
  }

  /**
   * @param {import("./server.js").Fetched} found
   * @param {State | null} known
   * @returns {Promise<State>}
   */
  async #opened(found, known) {
    const { created, updated } = found;
    if (found.modified) return openAnswer(this.server, this.keys, found);
    if (!known || found.local_hash !== known.hash) throw liar(this.server, "it says that nothing changed, and names another hash");
    return { ...known, created, updated };
  }
}

/**
 * What an older version holds.
 * @param {Server} server
 * @param {Keys} keys
 * @param {string} hash
 * @param {CallOptions} [options]
 * @returns {Promise<{ plaintext: Uint8Array, revision: number, saved: string }>}
 */
export async function openVersion(server, keys, hash, options) {
  const found = await server.fetchVersion(keys.publicKey, hash, options);
  if (found.local_hash !== hash) throw liar(server, "it sent another version than the one it was asked for");
  const { plaintext, revision } = await openAnswer(server, keys, found);
  return { plaintext, revision, saved: found.saved };
}

/**
 * What `createWallet` takes (PROTOCOL.md, section 3).
 * @param {Keys} keys
 * @param {Uint8Array} blob
 * @param {{ code: string, replace: boolean }} with_
 */
export function creation(keys, blob, { code, replace }) {
  const params = { code, encrypted_data: toBase64(blob), signature: keys.sign(blobDigest(blob)), publickey: keys.publicKey };
  return replace ? { ...params, replace } : params;
}

/**
 * What `deleteWallet` takes. A deletion is worth nothing on another server, so the server has to know the name that it is called by.
 * @param {Server} server
 * @param {Keys} keys
 * @param {string} local_hash
 * @param {CallOptions} [options]
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

/**
 * @param {string | Record<string, string>} codes
 * @param {string} server
 */
export const codeOf = (codes, server) => (typeof codes === "string" ? codes : codes[server]);
