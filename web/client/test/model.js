/** Servers that are a few lines: the rules of PROTOCOL.md, section 5.2, for sealed blobs, behind a network that loses things; and some that break the rules. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { fromBase64, fromHex, toBase64, toHex } from "../src/bytes.js";
import { Server, blobDigest, changePasswordDigest, deleteWalletDigest, revisionOf } from "../src/index.js";

/** @typedef {"honest" | "down" | "silent" | "garbage" | "old" | "made up" | "forgets"} Nature */
/** @type {Nature[]} */
export const LIARS = ["silent", "garbage", "old", "made up", "forgets"];

/** Numbers from 0 to 1, the same for the same seed. @param {number} seed */
export function random(seed) {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Refusal extends Error {
  /** @param {string} name @param {Record<string, unknown>} [data] */
  constructor(name, data = {}) {
    super(name);
    this.data = { name, ...data };
  }
}

export class Model {
  /** @type {Nature} */
  nature = "honest";
  /** Of all requests, and of all answers, this part gets lost. */
  loss = 0;
  /** The bytes under each key, the first that it had, and of keys that are gone: where to, and the highest revision. */
  wallets = /** @type {Map<string, Uint8Array>} */ (new Map());
  #first = /** @type {Map<string, Uint8Array>} */ (new Map());
  #moved = /** @type {Map<string, { to: string, hash: string }>} */ (new Map());
  #retired = /** @type {Map<string, number>} */ (new Map());
  #random;

  /** @param {number} index @param {number} seed */
  constructor(index, seed) {
    this.name = `server-${index}.example`;
    this.#random = random(seed * 31 + index);
  }

  /** A client of it, over a way of its own. @param {{ up: boolean }} way */
  client(way) {
    return new Server(`https://${this.name}/`, { retries: 0, fetch: (_, init) => this.#fetch(way, /** @type {any} */ (init)) });
  }

  /** @param {{ up: boolean }} way @param {{ body: string, signal: AbortSignal }} request */
  async #fetch(way, { body, signal }) {
    const { id, method, params } = JSON.parse(body);
    const ends = new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
    ends.catch(() => {});
    const pause = () => Promise.race([ends, new Promise((resolve) => setTimeout(resolve, this.#random() * 3))]);
    const broken = new TypeError("the connection broke");
    await pause();
    if (!way.up || this.nature === "down" || this.#random() < this.loss) throw broken;
    const answer = this.#answer(id, method, params);
    await pause();
    // who does what it is asked and never answers is not waited for here: time is not what is tried
    if (this.nature === "silent" || this.#random() < this.loss) throw broken;
    return new Response(answer);
  }

  /** @param {number} id @param {string} method @param {any} params */
  #answer(id, method, params) {
    if (this.nature === "garbage") return "<html>";
    try {
      const honest = this.nature === "honest" || this.nature === "silent";
      return JSON.stringify({ jsonrpc: "2.0", id, result: honest ? this.#do(method, params) : this.#lie(method, params) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32000, message: error.message, data: error.data } });
    }
  }

  /** @param {string} method @param {any} params @returns {unknown} */
  #do(method, params) {
    switch (method) {
      case "serverInfo":
        return { name: "", version: "", protocol: 1, time: "", names: [this.name], limits: {}, methods: [] };
      case "fetchWallet":
        return this.#kept(this.wallets.get(params.publickey) ?? this.#none(params.publickey));
      case "createWallet":
        return this.#create(params);
      case "saveWallet":
        return this.#save(params);
      case "changePassword":
        return this.#change(params);
      case "deleteWallet":
        return this.#delete(params);
    }
    throw new Refusal("InvalidParams");
  }

  /** @param {string} method @param {any} params */
  #lie(method, params) {
    if (this.nature === "made up" && method !== "serverInfo") {
      const revision = 1 + Math.floor(this.#random() * 2 ** 41);
      throw new Refusal("Conflict", { local_hash: toHex(blobDigest(new Uint8Array([revision]))), revision });
    }
    if (method === "fetchWallet") return this.#kept(this.#first.get(params.publickey) ?? this.#none(params.publickey));
    if (method === "serverInfo") return this.#do(method, params);
    // yes to everything
    const blob = params.encrypted_data ? fromBase64(params.encrypted_data) : new Uint8Array();
    const publickey = params.new_signature ? recovered(params.new_signature, blob) : params.signature && params.encrypted_data ? recovered(params.signature, blob) : "";
    return { publickey, local_hash: toHex(blobDigest(blob)), created: "", updated: "", deleted: true };
  }

  /** @param {Uint8Array} blob */
  #kept(blob) {
    const statistics = { updated: "", fetches: 0, addresses: [], recent: [] };
    return { modified: true, encrypted_data: toBase64(blob), local_hash: toHex(blobDigest(blob)), created: "", updated: "2026-01-01T00:00:00.000Z", statistics };
  }

  /** @param {string} key @returns {never} */
  #none(key) {
    throw new Refusal("WalletNotFound", this.#moved.has(key) ? { was: "moved" } : this.#retired.has(key) ? { was: "deleted" } : {});
  }

  /** @param {{ code: string, encrypted_data: string, publickey: string }} params */
  #create({ code, encrypted_data, publickey }) {
    const blob = fromBase64(encrypted_data);
    const stored = this.wallets.get(publickey);
    if (stored && Buffer.from(stored).equals(blob)) return this.#stored(publickey, blob);
    if (stored) throw new Refusal("WalletExists");
    if (code !== "code") throw new Refusal("InvalidCode");
    if (this.#moved.has(publickey)) throw new Refusal("KeyRetired");
    this.#notStale(publickey, blob);
    this.#first.set(publickey, blob);
    return this.#stored(publickey, blob);
  }

  /** @param {{ encrypted_data: string, signature: string, original_local_hash?: string }} params */
  #save({ encrypted_data, signature, original_local_hash }) {
    const blob = fromBase64(encrypted_data);
    const key = recovered(signature, blob);
    const stored = this.wallets.get(key) ?? this.#none(key);
    if (!Buffer.from(stored).equals(blob)) this.#follows(stored, blob, original_local_hash);
    return this.#stored(key, blob);
  }

  /** @param {{ encrypted_data: string, old_signature: string, new_signature: string, original_local_hash?: string }} params */
  #change({ encrypted_data, old_signature, new_signature, original_local_hash }) {
    const blob = fromBase64(encrypted_data);
    const hash = toHex(blobDigest(blob));
    const to = recovered(new_signature, blob);
    const from = recoveredFrom(old_signature, changePasswordDigest(to, blob));
    const before = this.#moved.get(from);
    if (before?.to === to && before.hash === hash) {
      const there = this.wallets.get(to);
      if (!there || toHex(blobDigest(there)) !== hash) throw new Refusal("Stale");
      return this.#stored(to, blob);
    }
    const stored = this.wallets.get(from) ?? this.#none(from);
    if (this.wallets.has(to)) throw new Refusal("WalletExists");
    if (this.#moved.has(to) && this.#moved.get(to)?.to !== from) throw new Refusal("KeyRetired");
    this.#notStale(to, blob);
    this.#follows(stored, blob, original_local_hash);
    this.wallets.delete(from);
    this.#moved.delete(to);
    this.#moved.set(from, { to, hash });
    this.#retired.set(from, revisionOf(stored) ?? 0);
    return this.#stored(to, blob);
  }

  /** @param {{ local_hash: string, signature: string }} params */
  #delete({ local_hash, signature }) {
    const key = recoveredFrom(signature, deleteWalletDigest(this.name, local_hash));
    const stored = this.wallets.get(key) ?? this.#none(key);
    if (toHex(blobDigest(stored)) !== local_hash) throw conflict(stored);
    this.wallets.delete(key);
    this.#retired.set(key, revisionOf(stored) ?? 0);
    return { deleted: true };
  }

  /** @param {Uint8Array} stored @param {Uint8Array} blob @param {string | undefined} original */
  #follows(stored, blob, original) {
    if (original !== undefined && original !== toHex(blobDigest(stored))) throw conflict(stored);
    if ((revisionOf(blob) ?? 0) <= (revisionOf(stored) ?? 0)) throw conflict(stored);
  }

  /** @param {string} key @param {Uint8Array} blob */
  #notStale(key, blob) {
    const revision = this.#retired.get(key);
    if (revision !== undefined && (revisionOf(blob) ?? 0) <= revision) throw new Refusal("Stale", { revision });
  }

  /** @param {string} publickey @param {Uint8Array} blob */
  #stored(publickey, blob) {
    this.wallets.set(publickey, blob);
    return { publickey, local_hash: toHex(blobDigest(blob)), created: "2026-01-01T00:00:00.000Z", updated: "2026-01-01T00:00:00.000Z" };
  }
}

/** @param {Uint8Array} stored */
const conflict = (stored) => new Refusal("Conflict", { local_hash: toHex(blobDigest(stored)), revision: revisionOf(stored) });

/** @param {string} signature @param {Uint8Array} blob */
const recovered = (signature, blob) => recoveredFrom(signature, blobDigest(blob));

/** Each server is told the same: it is worked out once. @type {Map<string, string>} */
const signers = new Map();

/** Whose signature it is. @param {string} signature @param {Uint8Array} digest */
function recoveredFrom(signature, digest) {
  const known = signers.get(signature + toHex(digest));
  if (known) return known;
  const bytes = fromHex(signature);
  bytes[0] = (bytes[0] ?? 0) - 31;
  const signer = toHex(secp256k1.recoverPublicKey(bytes, digest, { prehash: false }));
  signers.set(signature + toHex(digest), signer);
  return signer;
}
