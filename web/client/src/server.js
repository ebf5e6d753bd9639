/** One server: every method of PROTOCOL.md, section 5, as one call. Nothing here knows a key. */
import { Address } from "./address.js";
import { watchChanges } from "./changes.js";
import { LarimarError } from "./error.js";
import { call } from "./rpc.js";

/** @typedef {import("./rpc.js").CallOptions} CallOptions */

/**
 * @typedef {object} ServerOptions
 * @property {number} [timeout] Milliseconds that one attempt may take; 30,000 if left out.
 * @property {number} [retries] How often a call that is safe to repeat is said again after a failure of the way; 2 if left out.
 * @property {number} [patience] Seconds that a call waits when the server asks it to (`retry_after`); 10 if left out. What
 *   takes longer is `RateLimited` at once.
 * @property {typeof globalThis.fetch} [fetch]
 * @property {typeof globalThis.WebSocket} [WebSocket]
 */

/** @typedef {{ expires_in: number, retry_after: number }} CodeSent seconds */
/** @typedef {{ publickey: string, local_hash: string, created: string, updated: string }} Created */
/** @typedef {{ publickey: string, local_hash: string, updated: string }} Saved */
/** @typedef {{ ip: string, requests: number, first: string, last: string }} AddressSeen */
/** @typedef {{ time: string, ip: string, method: string, outcome: string }} Access */
/** @typedef {{ updated: string, fetches: number, addresses: AddressSeen[], recent: Access[] }} Statistics newest first */
/**
 * @typedef {{ modified: boolean, encrypted_data?: string, local_hash: string, created: string, updated: string, statistics: Statistics }} Fetched
 */
/** @typedef {{ local_hash: string, saved: string, bytes: number, current: boolean }} Version */
/** @typedef {{ encrypted_data: string, local_hash: string, saved: string }} FetchedVersion */
/**
 * @typedef {{ name: string, version: string, protocol: number, time: string, names: string[], limits: Record<string, number>, methods: string[] }} ServerInfo
 */

/** A server, by its URL. */
export class Server {
  /** @type {Required<Omit<ServerOptions, "WebSocket">> & { WebSocket: typeof globalThis.WebSocket | undefined }} */
  #options;
  /** @type {Address} */
  #address;

  /**
   * @param {string | URL} url `https://...`; `http://` on the loopback only
   * @param {ServerOptions} [options]
   * @throws {LarimarError} `InvalidUrl`, `InsecureUrl`
   */
  constructor(url, options = {}) {
    this.#address = new Address(url);
    this.#options = {
      timeout: 30_000,
      retries: 2,
      patience: 10,
      fetch: globalThis.fetch.bind(globalThis),
      WebSocket: globalThis.WebSocket,
      ...options,
    };
  }

  /** Host, and port unless it is the scheme's. */
  get name() {
    return this.#address.name;
  }

  /** Its URL. */
  get url() {
    return this.#address.http;
  }

  /**
   * Has a code sent by e-mail. The answer does not tell whether the address has a wallet.
   * @param {string} email
   * @param {CallOptions} [options]
   * @returns {Promise<CodeSent>}
   */
  requestCode(email, options) {
    // not repeated: each repetition would be another mail
    return this.#call("requestCode", { email }, { expires_in: "number", retry_after: "number" }, { ...options, retries: 0 });
  }

  /**
   * @param {{ code: string, encrypted_data: string, signature: string, publickey?: string, replace?: boolean }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Created>}
   */
  createWallet(params, options) {
    return this.#call("createWallet", params, { ...STORED, created: "string" }, options);
  }

  /**
   * What is stored under a key, and who has been asking; without the data if it is the one with this hash.
   * @param {string} publickey
   * @param {string} [local_hash]
   * @param {CallOptions} [options]
   * @returns {Promise<Fetched>}
   */
  fetchWallet(publickey, local_hash, options) {
    return this.#call("fetchWallet", { publickey, local_hash }, FETCHED, options);
  }

  /**
   * @param {{ encrypted_data: string, signature: string, original_local_hash?: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Saved>}
   */
  saveWallet(params, options) {
    return this.#call("saveWallet", params, STORED, options);
  }

  /**
   * @param {{ encrypted_data: string, old_signature: string, new_signature: string, original_local_hash?: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Saved>} of the new key
   */
  changePassword(params, options) {
    return this.#call("changePassword", params, STORED, options);
  }

  /**
   * @param {{ local_hash: string, signature: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<{ deleted: true }>}
   */
  deleteWallet(params, options) {
    return this.#call("deleteWallet", params, { deleted: "boolean" }, options);
  }

  /**
   * @param {string} publickey
   * @param {CallOptions} [options]
   * @returns {Promise<{ versions: Version[] }>} newest first
   */
  listVersions(publickey, options) {
    return this.#call("listVersions", { publickey }, { versions: "array" }, options);
  }

  /**
   * @param {string} publickey
   * @param {string} local_hash
   * @param {CallOptions} [options]
   * @returns {Promise<FetchedVersion>}
   */
  fetchVersion(publickey, local_hash, options) {
    return this.#call("fetchVersion", { publickey, local_hash }, VERSION, options);
  }

  /**
   * @param {CallOptions} [options]
   * @returns {Promise<ServerInfo>}
   */
  serverInfo(options) {
    return this.#call("serverInfo", {}, INFO, options);
  }

  /**
   * The OpenRPC document of all methods.
   * @param {CallOptions} [options]
   * @returns {Promise<Record<string, unknown>>}
   */
  discover(options) {
    return this.#call("rpc.discover", {}, { openrpc: "string" }, options);
  }

  /**
   * Tells of every change of a wallet, over a WebSocket that is opened again when it breaks, until the signal ends it or
   * the wallet is gone.
   *
   * ```js
   * for await (const change of server.changes(publicKey, { signal })) {
   *   if (change.event === "saved" || change.event === "reconnected") await wallet.sync();
   * }
   * ```
   * @param {string} publickey
   * @param {import("./changes.js").ChangesOptions} [options]
   * @returns {AsyncGenerator<import("./changes.js").Change, void, void>}
   * @throws {LarimarError} `WalletNotFound`; `Unsupported` without WebSockets
   */
  changes(publickey, options) {
    const { WebSocket } = this.#options;
    if (!WebSocket) throw new LarimarError("Unsupported", "There are no WebSockets here: give one in the options.");
    return watchChanges(this.#address, WebSocket, publickey, options);
  }

  /**
   * @template T
   * @param {string} method
   * @param {Record<string, unknown>} params
   * @param {import("./rpc.js").Shape} shape
   * @param {CallOptions & { retries?: number }} [options]
   * @returns {Promise<T>}
   */
  async #call(method, params, shape, options) {
    const result = await call(this.#address, method, params, shape, { ...this.#options, ...options });
    return /** @type {T} */ (result);
  }
}

/** @typedef {import("./rpc.js").Shape} Shape */
/** @type {Shape} */
const STORED = { publickey: "string", local_hash: "string", updated: "string" };
/** @type {Shape} */
const FETCHED = { modified: "boolean", local_hash: "string", created: "string", updated: "string", statistics: "object" };
/** @type {Shape} */
const VERSION = { encrypted_data: "string", local_hash: "string", saved: "string" };
/** @type {Shape} */
const INFO = { name: "string", version: "string", protocol: "number", time: "string", names: "array", limits: "object", methods: "array" };
