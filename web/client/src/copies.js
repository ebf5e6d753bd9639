/**
 * The copies of one wallet: what the server stores, what this device has that is not stored yet, and what another device stored
 * meanwhile; and how they come together.
 */
import { same, toBase64, toHex } from "./bytes.js";
import { LarimarError } from "./error.js";
import { blobDigest, revisionOf } from "./keys.js";
import { confirm, decoded, liar, openAnswer, openBlob } from "./trust.js";

/** @typedef {import("./keys.js").Keys} Keys */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./trust.js").State} State */
/**
 * Changes that are not stored: as they will be sent, and with which hashes they were sent before.
 * @typedef {{ plaintext: Uint8Array, blob: Uint8Array | null, revision: number, sent: string[] }} Mine
 */
/** @typedef {{ base: Uint8Array | null, mine: Uint8Array, theirs: Uint8Array, updated: string }} Conflict plaintexts; when theirs was stored */

export class Copies {
  /** @type {State | null} */
  stored = null;
  /** @type {Mine | null} */
  mine = null;
  /** @type {State | null} */
  theirs = null;
  /** @type {LarimarError | null} */
  problem = null;
  /** @type {import("./server.js").Statistics | null} */
  statistics = null;
  saving = false;
  online = true;
  /** The highest revision that opened here, and the highest that the server spoke of. */
  #highest = 0;
  #told = 0;

  /**
   * @param {import("./server.js").Server} server
   * @param {Keys} keys
   * @param {import("./device.js").Device} device
   * @param {(what: "state" | "change") => void} tell
   */
  constructor(server, keys, device, tell) {
    this.server = server;
    this.keys = keys;
    this.device = device;
    this.tell = tell;
  }

  /** What is shown: unsaved changes first. */
  get held() {
    return this.mine ?? this.stored;
  }

  get nextRevision() {
    return Math.max(this.#highest, this.#told) + 1;
  }

  /** @returns {Conflict | null} */
  get conflict() {
    if (!this.theirs || !this.mine) return null;
    const base = this.stored?.plaintext.slice() ?? null;
    return { base, mine: this.mine.plaintext.slice(), theirs: this.theirs.plaintext.slice(), updated: this.theirs.updated };
  }

  /** Takes what this device remembers. */
  async recall() {
    const { remembered, draft } = await this.device.recall();
    if (!remembered) return;
    this.#highest = remembered.highest;
    const { stored } = remembered;
    if (stored) this.stored = await openBlob(this.server, this.keys, stored.blob, stored);
    if (!draft) return;
    const { plaintext, revision } = await this.keys.open(draft.mine);
    this.mine = { plaintext, blob: draft.mine, revision, sent: draft.sent };
    // what the draft was made from may be older than what was stored last
    if (draft.base && stored) this.stored = await openBlob(this.server, this.keys, draft.base, stored);
  }

  /**
   * Fetches what the server stores; true if what is held was changed by that.
   * @param {CallOptions} [options]
   */
  async pull(options) {
    const found = await this.reach(() => this.server.fetchWallet(this.keys.publicKey, this.stored?.hash, options));
    this.statistics = found.statistics;
    try {
      if (found.modified) return await this.#take(this.#notOlder(await openAnswer(this.server, this.keys, found)));
      if (found.local_hash !== this.stored?.hash) throw liar(this.server, "it says that nothing changed, and names another hash");
    } catch (error) {
      if (LarimarError.is(error)) this.problem = error;
      this.tell("state");
      throw error;
    }
    await this.setStored({ ...this.stored, created: found.created, updated: found.updated });
    return false;
  }

  /**
   * Stores what is not stored yet; true if the server has it, false if it is a conflict.
   * @param {CallOptions} [options]
   */
  async push(options) {
    if (this.problem) throw this.problem;
    this.saving = true;
    this.tell("state");
    try {
      for (let attempt = 0; this.mine && !this.theirs; attempt++) {
        try {
          await this.#send(this.mine, options);
        } catch (error) {
          const other = LarimarError.is(error, "Conflict") || LarimarError.is(error, "Stale");
          if (!other || attempt > 2) throw error;
          await this.pull(options);
        }
      }
      return !this.theirs;
    } finally {
      this.saving = false;
      this.tell("state");
    }
  }

  /**
   * Stores what is held over whatever the server has.
   * @param {CallOptions} [options]
   */
  async repair(options) {
    const { encrypted_data, local_hash } = await this.server.fetchWallet(this.keys.publicKey, undefined, options);
    this.#told = Math.max(this.#told, revisionOf(decoded(this.server, encrypted_data)) ?? 0);
    const plaintext = this.held?.plaintext ?? new Uint8Array();
    const revision = this.nextRevision;
    await this.#store(await this.keys.seal(revision, plaintext), revision, plaintext, local_hash, options);
    await this.setMine(null);
  }

  /** @param {State} state */
  async setStored(state) {
    this.stored = state;
    this.problem = null;
    this.#highest = Math.max(this.#highest, state.revision);
    await this.device.noteStored(state);
    this.tell("state");
  }

  /** @param {Mine | null} mine */
  async setMine(mine) {
    if (mine) {
      const revision = mine.blob ? mine.revision : this.nextRevision;
      const blob = mine.blob ?? (await this.keys.seal(revision, mine.plaintext));
      this.mine = { ...mine, blob, revision };
      await this.device.noteDraft({ base: this.stored?.blob ?? null, mine: blob, sent: mine.sent });
    } else {
      this.mine = null;
      await this.device.noteDraft(null);
    }
    this.tell("state");
  }

  /**
   * Does the work, and notes whether the server was there, and of which revision it spoke.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async reach(work) {
    try {
      const answer = await work();
      this.setOnline(true);
      return answer;
    } catch (error) {
      if (LarimarError.is(error)) {
        this.setOnline(!error.isOffline && error.retryAfter === undefined && error.code !== "StoreUnavailable");
        const revision = error.data["revision"];
        if (Number.isSafeInteger(revision)) this.#told = Math.max(this.#told, Number(revision));
      }
      throw error;
    }
  }

  /** @param {boolean} online */
  setOnline(online) {
    if (this.online === online) return;
    this.online = online;
    this.tell("state");
  }

  /** Wipes what was opened. */
  wipe() {
    for (const copy of [this.mine, this.stored, this.theirs]) copy?.plaintext.fill(0);
    this.mine = this.stored = this.theirs = null;
  }

  /** @param {State} found */
  #notOlder(found) {
    if (found.revision >= this.#highest) return found;
    const message = `${this.server.name} went back in time: it has revision ${found.revision}, and had ${this.#highest}. Keep what you have, and ask its operator.`;
    throw new LarimarError("RolledBack", message, { server: this.server.name, data: { revision: found.revision, seen: this.#highest } });
  }

  /**
   * Takes what the server has, unless something else is not stored yet: then it is a conflict.
   * @param {State} theirs
   */
  async #take(theirs) {
    const { stored } = this;
    // an honest server never has two blobs of one revision
    const forked = stored?.revision === theirs.revision && stored.hash !== theirs.hash;
    if (forked && !this.mine) await this.setMine({ plaintext: stored.plaintext.slice(), blob: null, revision: 0, sent: [] });
    if (!this.mine) {
      await this.setStored(theirs);
      this.tell("change");
      return true;
    }
    const alike = same(this.mine.plaintext, theirs.plaintext);
    if (alike || this.mine.sent.includes(theirs.hash)) {
      // what was sent did arrive; what was changed since goes on from there
      if (alike) await this.setMine(null);
      await this.setStored(theirs);
      return false;
    }
    this.theirs = theirs;
    this.problem = null;
    this.#highest = Math.max(this.#highest, theirs.revision);
    this.tell("state");
    return false;
  }

  /**
   * @param {Mine} mine
   * @param {CallOptions} [options]
   */
  async #send(mine, options) {
    if (!mine.blob || mine.revision < this.nextRevision) await this.setMine({ ...mine, blob: null });
    const { blob, revision, plaintext, sent } = this.mine ?? mine;
    if (!blob) return;
    await this.setMine({ plaintext, blob, revision, sent: [...new Set([...sent, toHex(blobDigest(blob))])] });
    await this.#store(blob, revision, plaintext, this.stored?.hash, options);
    await this.setMine(null);
  }

  /**
   * @param {Uint8Array} blob
   * @param {number} revision
   * @param {Uint8Array} plaintext
   * @param {string | undefined} original_local_hash
   * @param {CallOptions} [options]
   */
  async #store(blob, revision, plaintext, original_local_hash, options) {
    const params = { encrypted_data: toBase64(blob), signature: this.keys.sign(blobDigest(blob)) };
    const based = original_local_hash ? { ...params, original_local_hash } : params;
    const answer = await this.reach(() => this.server.saveWallet(based, options));
    confirm(this.server, answer, this.keys, blob);
    const { local_hash: hash, updated } = answer;
    await this.setStored({ blob, hash, revision, plaintext: plaintext.slice(), created: this.stored?.created ?? updated, updated });
  }
}
