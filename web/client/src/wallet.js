/**
 * One person's wallet on one server, unlocked: what it holds, what is not yet stored, what others stored meanwhile.
 * Everything from the server is compared with its hash and opened before it counts.
 */
import { fromBase64, same, toBase64, toHex } from "./bytes.js";
import { defaultCache } from "./cache.js";
import { deriveKeys } from "./derive.js";
import { ConflictError } from "./conflict.js";
import { LarimarError } from "./error.js";
import { Keys, blobDigest, changePasswordDigest, deleteWalletDigest } from "./keys.js";
import { claim } from "./owner.js";

/** @typedef {import("./derive.js").Credentials} Credentials */
/** @typedef {import("./derive.js").DeriveOptions} DeriveOptions */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./cache.js").Remembered} Remembered */
/**
 * A blob that the server stores or stored, opened.
 * @typedef {{ blob: Uint8Array, hash: string, revision: number, plaintext: Uint8Array, created: string, updated: string }} State
 */
/**
 * Changes that are not stored: as they will be sent, and with which hashes they were sent before.
 * @typedef {{ plaintext: Uint8Array, blob: Uint8Array | null, revision: number, sent: string[] }} Mine
 */
/** @typedef {{ cache?: import("./cache.js").Cache }} CacheOptions */
/** `saved`: the server has it. `unsaved`: only this device has it. `conflict`: both have something new.
 * @typedef {"saved" | "unsaved" | "saving" | "conflict"} SaveState
 */

/**
 * Fires `change` when what it holds was changed by somebody else, `state` when `state`, `online` or `problem` did, and `gone`
 * when the password was changed, or the wallet deleted, elsewhere.
 */
export class Wallet extends EventTarget {
  #server;
  #cache;
  #keys;
  #owner = claim();
  /** @type {State | null} */
  #stored = null;
  /** @type {Mine | null} */
  #mine = null;
  /** @type {State | null} */
  #theirs = null;
  #saving = false;
  #online = true;
  #highest = 0;
  #told = 0;
  /** @type {LarimarError | null} */
  #problem = null;
  /** @type {import("./server.js").Statistics | null} */
  #statistics = null;
  /** @type {{ keys: Keys, params: Parameters<import("./server.js").Server["changePassword"]>[0], blob: Uint8Array, revision: number } | null} */
  #move = null;
  /** One thing after the other.
   * @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #closed = new AbortController();

  /**
   * @param {import("./server.js").Server} server
   * @param {Keys} keys
   * @param {import("./cache.js").Cache} cache
   */
  constructor(server, keys, cache) {
    super();
    this.#server = server;
    this.#keys = keys;
    this.#cache = cache;
  }

  /**
   * Creates a wallet with a code that came by e-mail.
   * @param {import("./server.js").Server} server
   * @param {Credentials | Keys} who
   * @param {{ code: string, data: Uint8Array, replace?: boolean } & CacheOptions & DeriveOptions} options `replace` takes the
   *   e-mail address away from an older wallet
   * @throws {LarimarError} `InvalidCode`, `EmailInUse`, `WalletExists`, and those of the way
   */
  static async create(server, who, { code, data, replace = false, cache = defaultCache(), ...options }) {
    const wallet = new Wallet(server, await keysOf(who, options), cache);
    await wallet.#next(() => wallet.#create(code, data, replace, options));
    return wallet;
  }

  /**
   * Opens the wallet. If the server cannot be reached, or has something that cannot be trusted, it opens what this device
   * remembers, if it does: then `online` is false, or `problem` says what is wrong.
   * @param {import("./server.js").Server} server
   * @param {Credentials | Keys} who
   * @param {{ offline?: boolean } & CacheOptions & DeriveOptions} [options] `offline`: the server is not asked
   * @throws {LarimarError} `WalletNotFound`: no wallet for this combination of e-mail address, password and answers; `Tampered`,
   *   `RolledBack`, `NotSealed`, `WrongAnswer`, and those of the way
   */
  static async unlock(server, who, { offline = false, cache = defaultCache(), ...options } = {}) {
    const wallet = new Wallet(server, await keysOf(who, options), cache);
    try {
      await wallet.#next(() => wallet.#unlock(offline, options));
    } catch (error) {
      wallet.lock();
      throw error;
    }
    return wallet;
  }

  /** The name of the wallet: 66 hex digits. */
  get publicKey() {
    return this.#keys.publicKey;
  }

  /** The server that keeps it. */
  get server() {
    return this.#server;
  }

  /** What it holds, unsaved changes included; a copy. */
  get data() {
    const held = this.#mine ?? this.#stored;
    if (!held || !this.#keys.usable) throw locked();
    return held.plaintext.slice();
  }

  /** @returns {SaveState} */
  get state() {
    if (this.#theirs) return "conflict";
    if (this.#saving) return "saving";
    return this.#mine ? "unsaved" : "saved";
  }

  /** Whether the server answered the last time it was asked. */
  get online() {
    return this.#online;
  }

  /** Why the server's word is not taken: `Tampered`, `RolledBack`, `NotSealed`, `WrongAnswer`. What is shown is what this device remembers. */
  get problem() {
    return this.#problem;
  }

  /** Who has been asking, as of the last time the server was asked; `null` if it was not reached. */
  get statistics() {
    return this.#statistics;
  }

  /** What the server stores, as far as is known; no secret in it. */
  get stored() {
    if (!this.#stored) return null;
    const { hash, revision, created, updated, blob } = this.#stored;
    return { hash, revision, created, updated, bytes: blob.length };
  }

  /** The sealed blob that the server stores: a backup that is as safe as the password. */
  get sealedBlob() {
    return this.#stored?.blob.slice() ?? null;
  }

  /**
   * What a sealed blob from elsewhere, a backup, holds.
   * @param {Uint8Array} blob
   * @returns {Promise<{ revision: number, plaintext: Uint8Array }>}
   * @throws {LarimarError} `Tampered`: not sealed under these credentials; `NotSealed`
   */
  openSealed(blob) {
    return this.#keys.open(blob);
  }

  /** The three sides of a conflict, `base` if it is known. */
  get conflict() {
    if (!this.#theirs || !this.#mine) return null;
    return {
      base: this.#stored && this.#stored !== this.#theirs ? this.#stored.plaintext.slice() : null,
      mine: this.#mine.plaintext.slice(),
      theirs: this.#theirs.plaintext.slice(),
      updated: this.#theirs.updated,
    };
  }

  /**
   * Takes a change without sending it: this device remembers it, sealed, until it is stored. A function is given what the wallet
   * holds when its turn comes, so that it changes also what another device stored in between.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change
   */
  edit(change) {
    return this.#next(async () => {
      const plaintext = typeof change === "function" ? change(this.data) : change;
      const sent = this.#mine?.sent ?? [];
      if (!this.#theirs && this.#stored && same(plaintext, this.#stored.plaintext)) return this.#setMine(null);
      await this.#setMine({ plaintext: plaintext.slice(), blob: null, revision: 0, sent });
    });
  }

  /**
   * Stores it on the server; what is given, or what was edited.
   * @param {Uint8Array} [plaintext]
   * @param {CallOptions} [options]
   * @throws {ConflictError} if something else was stored meanwhile: nothing is overwritten
   * @throws {LarimarError} `Transport` and its like: the change is kept, and sent at the next `save` or `sync`
   */
  async save(plaintext, options) {
    if (plaintext) await this.edit(plaintext);
    await this.#next(() => this.#push(options));
  }

  /**
   * Fetches what others stored and sends what is not stored yet; true if what it holds was changed by that.
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   * @throws {LarimarError}
   */
  sync(options) {
    return this.#next(async () => {
      const changed = await this.#pull(options);
      if (this.#mine) await this.#push(options);
      return changed;
    });
  }

  /**
   * Ends a conflict: this is stored instead of both.
   * @param {Uint8Array} plaintext
   * @param {CallOptions} [options]
   */
  async resolve(plaintext, options) {
    await this.#next(async () => {
      if (!this.#theirs) throw new LarimarError("Unsaved", "There is no conflict any more. Look at what the wallet holds now.");
      this.#stored = this.#theirs;
      this.#theirs = null;
      await this.#setMine({ plaintext: plaintext.slice(), blob: null, revision: 0, sent: [] });
      await this.#push(options);
    });
  }

  /**
   * Stores what this device remembers over what a server has that went back in time, or has something that does not open.
   * @param {CallOptions} [options]
   */
  repair(options) {
    return this.#next(async () => {
      const found = await this.#server.fetchWallet(this.publicKey, undefined, options);
      const held = this.#mine ?? this.#stored;
      if (!held) throw locked();
      const blob = await this.#keys.seal(this.#nextRevision(), held.plaintext);
      await this.#store(blob, held.plaintext, found.local_hash, options);
      this.#problem = null;
      await this.#setMine(null);
    });
  }

  /**
   * What is stored now and what was before, newest first.
   * @param {CallOptions} [options]
   */
  async versions(options) {
    return (await this.#server.listVersions(this.publicKey, options)).versions;
  }

  /**
   * What an older version holds.
   * @param {string} hash
   * @param {CallOptions} [options]
   * @throws {LarimarError} `VersionNotFound`, `Tampered`, `NotSealed`, `WrongAnswer`
   */
  async version(hash, options) {
    const found = await this.#server.fetchVersion(this.publicKey, hash, options);
    if (found.local_hash !== hash) throw this.#liar("it sent another version than the one it was asked for");
    const { plaintext, revision } = await this.#opened(found.encrypted_data, found.local_hash);
    return { plaintext, revision, saved: found.saved };
  }

  /**
   * Moves the wallet to new credentials; the old ones open nothing any more. If it fails on the way (`Transport`, `Timeout`), say
   * it again with the same credentials: it then says the very same bytes.
   * @param {Credentials | Keys} next
   * @param {DeriveOptions} [options]
   * @throws {LarimarError} `Unsaved` if there are changes that are not stored; `KeyUnchanged`, `KeyRetired`, `WalletExists`
   */
  async changePassword(next, options = {}) {
    const keys = await keysOf(next, options);
    await this.#next(() => this.#changePassword(keys, options));
  }

  /**
   * Deletes the wallet from the server, and from this device.
   * @param {CallOptions} [options]
   * @throws {LarimarError} `Conflict` if something was stored since the last `sync`; `ServerNameNotListed`
   */
  async remove(options) {
    await this.#next(async () => {
      const { names } = await this.#server.serverInfo(options);
      if (!names.includes(this.#server.name)) {
        const message = `${this.#server.name} is not one of this server's names (${names.join(", ")}), so it would not take the deletion. Call it by one of them.`;
        throw new LarimarError("ServerNameNotListed", message, { server: this.#server.name });
      }
      const local_hash = this.#stored?.hash;
      if (!local_hash) throw locked();
      const signature = this.#keys.sign(deleteWalletDigest(this.#server.name, local_hash));
      await this.#server.deleteWallet({ local_hash, signature }, options);
      await this.forget();
    });
    this.lock();
  }

  /** Makes this device forget the wallet. The server keeps it. */
  forget() {
    return this.#cache.update(this.#server.name, this.publicKey, () => null);
  }

  /**
   * Follows the changes that others make, until the signal ends it or the wallet is locked.
   * @param {import("./changes.js").ChangesOptions} [options]
   */
  async watch({ signal, ...options } = {}) {
    const ends = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    for await (const change of this.#server.changes(this.publicKey, { ...options, signal: ends })) {
      if (change.event === "disconnected") this.#setOnline(false);
      else if (change.event === "moved" || change.event === "deleted") {
        // the device that did it itself knows
        await this.#turn;
        if (!ends.aborted) this.dispatchEvent(new CustomEvent("gone", { detail: change }));
        return;
      } else if (change.event !== "saved" || change.local_hash !== this.#stored?.hash) {
        await this.sync({ signal: ends }).catch(() => {});
      }
    }
  }

  /** Wipes keys and contents from memory. Unsaved changes stay remembered, sealed. */
  lock() {
    this.#closed.abort();
    this.#keys.wipe();
    this.#move?.keys.wipe();
    for (const held of [this.#mine, this.#stored, this.#theirs]) held?.plaintext.fill(0);
    this.#mine = this.#stored = this.#theirs = null;
    this.#owner.release();
  }

  /** @returns {string} */
  toJSON() {
    return "***";
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #next(work) {
    const done = this.#turn.then(() => {
      if (!this.#keys.usable) throw locked();
      return work();
    });
    this.#turn = done.catch(() => {});
    return done;
  }

  /**
   * @param {string} code
   * @param {Uint8Array} data
   * @param {boolean} replace
   * @param {CallOptions} options
   */
  async #create(code, data, replace, options) {
    const create = async () => {
      const revision = this.#nextRevision();
      const blob = await this.#keys.seal(revision, data);
      const params = { code, encrypted_data: toBase64(blob), signature: this.#keys.sign(blobDigest(blob)), publickey: this.publicKey };
      const answer = await this.#server.createWallet(replace ? { ...params, replace } : params, options);
      this.#confirm(answer, this.#keys, blob);
      const { local_hash: hash, created, updated } = answer;
      await this.#setStored({ blob, hash, revision, plaintext: data.slice(), created, updated });
    };
    await this.#higherIfStale(create);
  }

  /**
   * @param {boolean} offline
   * @param {CallOptions} options
   */
  async #unlock(offline, options) {
    const remembered = await this.#cache.get(this.#server.name, this.publicKey);
    await this.#remember(remembered);
    this.#online = !offline;
    if (!offline) {
      try {
        await this.#pull(options);
      } catch (error) {
        const usable = this.#stored && LarimarError.is(error) && (error.isOffline || error === this.#problem || error.retryAfter !== undefined);
        if (!usable && !(error instanceof ConflictError)) throw error;
      }
    }
    if (!this.#stored) throw new LarimarError("WalletNotFound", "This device remembers no wallet for this combination. Connect to the server once.");
  }

  /** @param {Remembered | null} remembered */
  async #remember(remembered) {
    if (!remembered) return;
    this.#highest = remembered.highest;
    const { stored, drafts } = remembered;
    if (stored) this.#stored = await this.#state(stored.blob, stored);
    const live = await this.#owner.others();
    const draft = drafts.find(({ id }) => !live.has(id));
    if (!draft) return;
    const { plaintext, revision } = await this.#keys.open(draft.mine);
    this.#mine = { plaintext, blob: draft.mine, revision, sent: draft.sent };
    if (draft.base && stored) this.#stored = await this.#state(draft.base, stored);
    this.#owner.adopt(draft.id);
  }

  /**
   * @param {CallOptions} [options]
   * @returns {Promise<boolean>} whether the contents changed
   */
  async #pull(options) {
    const found = await this.#reach(() => this.#server.fetchWallet(this.publicKey, this.#stored?.hash, options));
    this.#statistics = found.statistics;
    if (!found.modified) {
      if (found.local_hash !== this.#stored?.hash) throw this.#distrust(this.#liar("it says that nothing changed, and names another hash"));
      await this.#setStored({ ...this.#stored, created: found.created, updated: found.updated });
      return false;
    }
    return this.#take(await this.#trusted(found));
  }

  /**
   * What the server has, if it can be trusted.
   * @param {import("./server.js").Fetched} found
   */
  async #trusted(found) {
    try {
      const opened = await this.#opened(found.encrypted_data, found.local_hash);
      if (opened.revision < this.#highest) {
        const message = `${this.#server.name} went back in time: it has revision ${opened.revision}, and had ${this.#highest}. Keep what you have, and ask its operator.`;
        throw new LarimarError("RolledBack", message, { server: this.#server.name, data: { revision: opened.revision, seen: this.#highest } });
      }
      return { ...opened, created: found.created, updated: found.updated };
    } catch (error) {
      throw this.#distrust(error);
    }
  }

  /**
   * Takes what the server has, unless something else is not stored yet: then it is a conflict.
   * @param {State} theirs
   */
  async #take(theirs) {
    const stored = this.#stored;
    // an honest server never has two blobs of one revision
    const forked = stored && stored.revision === theirs.revision && stored.hash !== theirs.hash && !this.#mine;
    if (forked) await this.#setMine({ plaintext: stored.plaintext.slice(), blob: null, revision: 0, sent: [] });
    if (this.#mine?.sent.includes(theirs.hash) || (this.#mine && same(this.#mine.plaintext, theirs.plaintext))) {
      // what was sent did arrive; edits since then go on from it
      if (same(this.#mine.plaintext, theirs.plaintext)) await this.#setMine(null);
      await this.#setStored(theirs);
      return false;
    }
    if (this.#mine) {
      this.#theirs = theirs;
      this.#learn(theirs.revision);
      this.#changed();
      return false;
    }
    await this.#setStored(theirs);
    this.dispatchEvent(new Event("change"));
    return true;
  }

  /** @param {CallOptions} [options] */
  async #push(options) {
    if (this.#theirs) throw new ConflictError(this);
    if (!this.#mine) return;
    if (this.#problem) throw this.#problem;
    this.#saving = true;
    this.#changed();
    try {
      for (let attempt = 0; this.#mine; attempt++) {
        try {
          await this.#send(this.#mine, options);
          return;
        } catch (error) {
          const other = LarimarError.is(error, "Conflict") || LarimarError.is(error, "Stale");
          if (!other || attempt > 2) throw error;
          await this.#pull(options);
          if (this.#theirs) throw new ConflictError(this);
        }
      }
    } finally {
      this.#saving = false;
      this.#changed();
    }
  }

  /**
   * @param {Mine} mine
   * @param {CallOptions} [options]
   */
  async #send(mine, options) {
    if (!mine.blob || mine.revision <= Math.max(this.#highest, this.#told)) await this.#setMine({ ...mine, blob: null });
    const sending = this.#mine;
    if (!sending?.blob) throw locked();
    await this.#setMine({ ...sending, sent: [...new Set([...sending.sent, toHex(blobDigest(sending.blob))])] });
    await this.#store(sending.blob, sending.plaintext, this.#stored?.hash, options);
    await this.#setMine(null);
  }

  /**
   * @param {Uint8Array} blob
   * @param {Uint8Array} plaintext
   * @param {string | undefined} original_local_hash
   * @param {CallOptions} [options]
   */
  async #store(blob, plaintext, original_local_hash, options) {
    const params = { encrypted_data: toBase64(blob), signature: this.#keys.sign(blobDigest(blob)) };
    const answer = await this.#reach(() =>
      this.#server.saveWallet(original_local_hash ? { ...params, original_local_hash } : params, options),
    );
    this.#confirm(answer, this.#keys, blob);
    const { revision } = await this.#keys.open(blob);
    const created = this.#stored?.created ?? answer.updated;
    await this.#setStored({ blob, hash: answer.local_hash, revision, plaintext: plaintext.slice(), created, updated: answer.updated });
  }

  /**
   * @param {Keys} keys
   * @param {CallOptions} options
   */
  async #changePassword(keys, options) {
    if (this.#move?.keys.publicKey !== keys.publicKey) {
      await this.#pull(options);
      if (this.#mine || this.#theirs) {
        throw new LarimarError("Unsaved", "There are changes that are not stored yet. Save them, then change the password.");
      }
    }
    await this.#higherIfStale(async () => {
      this.#move = this.#move?.keys.publicKey === keys.publicKey ? this.#move : await this.#moveTo(keys);
      const move = this.#move;
      let answer;
      try {
        answer = await this.#reach(() => this.#server.changePassword(move.params, options));
      } catch (error) {
        // only where nobody knows what became of it are the same bytes said again
        if (LarimarError.is(error) && !error.isOffline) this.#move = null;
        throw error;
      }
      this.#confirm(answer, keys, move.blob);
      await this.forget();
      const { created = answer.updated, plaintext = new Uint8Array() } = this.#stored ?? {};
      this.#keys.wipe();
      [this.#keys, this.#move] = [keys, null];
      await this.#setStored({ blob: move.blob, hash: answer.local_hash, revision: move.revision, plaintext, created, updated: answer.updated });
    });
  }

  /** @param {Keys} keys */
  async #moveTo(keys) {
    if (!this.#stored) throw locked();
    const revision = this.#nextRevision();
    const blob = await keys.seal(revision, this.#stored.plaintext);
    const params = {
      encrypted_data: toBase64(blob),
      old_signature: this.#keys.sign(changePasswordDigest(keys.publicKey, blob)),
      new_signature: keys.sign(blobDigest(blob)),
      original_local_hash: this.#stored.hash,
    };
    return { keys, params, blob, revision };
  }

  /**
   * Once more, with a higher revision, if this key held a wallet before.
   * @param {() => Promise<void>} work
   */
  async #higherIfStale(work) {
    try {
      await work();
    } catch (error) {
      const revision = LarimarError.is(error, "Stale") ? error.data["revision"] : undefined;
      if (!Number.isSafeInteger(revision)) throw error;
      this.#told = Math.max(this.#told, Number(revision));
      await work();
    }
  }

  #nextRevision() {
    return Math.max(this.#highest, this.#told) + 1;
  }

  /** @param {number} revision that opened */
  #learn(revision) {
    this.#highest = Math.max(this.#highest, revision);
  }

  /**
   * @param {string | undefined} encrypted_data
   * @param {string} local_hash
   * @returns {Promise<State>}
   */
  async #opened(encrypted_data, local_hash) {
    const blob = this.#decoded(encrypted_data);
    if (toHex(blobDigest(blob)) !== local_hash) throw this.#liar("its data is not what its hash says");
    return this.#state(blob, { created: "", updated: "" });
  }

  /** @param {string | undefined} encrypted_data */
  #decoded(encrypted_data) {
    if (encrypted_data === undefined) throw this.#liar("it answered without the data");
    try {
      return fromBase64(encrypted_data);
    } catch {
      throw this.#liar("its data is not base64");
    }
  }

  /**
   * @param {Uint8Array} blob
   * @param {{ created: string, updated: string }} times
   * @returns {Promise<State>}
   */
  async #state(blob, { created, updated }) {
    try {
      const { revision, plaintext } = await this.#keys.open(blob);
      return { blob, hash: toHex(blobDigest(blob)), revision, plaintext, created, updated };
    } catch (error) {
      if (!LarimarError.is(error)) throw error;
      throw new LarimarError(error.code, `${this.#server.name}: ${error.message}`, { server: this.#server.name, cause: error });
    }
  }

  /**
   * Whether an answer to a write is about that write.
   * @param {{ publickey: string, local_hash: string }} answer
   * @param {Keys} keys
   * @param {Uint8Array} blob
   */
  #confirm(answer, keys, blob) {
    if (answer.publickey !== keys.publicKey) throw this.#liar("it stored this under another key");
    if (answer.local_hash !== toHex(blobDigest(blob))) throw this.#liar("it stored something else");
  }

  /** @param {string} what */
  #liar(what) {
    const message = `${this.#server.name} cannot be trusted: ${what}. Nothing of this answer was used; ask its operator.`;
    return new LarimarError("WrongAnswer", message, { server: this.#server.name });
  }

  /** @param {unknown} error */
  #distrust(error) {
    if (LarimarError.is(error)) this.#problem = error;
    this.#changed();
    return error;
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #reach(work) {
    try {
      const answer = await work();
      this.#setOnline(true);
      return answer;
    } catch (error) {
      if (LarimarError.is(error)) {
        this.#setOnline(!error.isOffline);
        const revision = error.data["revision"];
        if (Number.isSafeInteger(revision)) this.#told = Math.max(this.#told, Number(revision));
      }
      throw error;
    }
  }

  /** @param {boolean} online */
  #setOnline(online) {
    if (this.#online === online) return;
    this.#online = online;
    this.#changed();
  }

  /** @param {State} state */
  async #setStored(state) {
    this.#stored = state;
    this.#problem = null;
    this.#learn(state.revision);
    const { blob, created, updated } = state;
    await this.#cache.update(this.#server.name, this.publicKey, (found) => ({
      ...found,
      highest: Math.max(found.highest, state.revision),
      stored: { blob, created, updated },
    }));
    this.#changed();
  }

  /**
   * Remembers, sealed, what is not stored yet.
   * @param {Mine | null} mine
   */
  async #setMine(mine) {
    let draft = null;
    if (mine) {
      const revision = mine.blob ? mine.revision : this.#nextRevision();
      const blob = mine.blob ?? (await this.#keys.seal(revision, mine.plaintext));
      mine = { ...mine, blob, revision };
      draft = { base: this.#stored?.blob ?? null, mine: blob, sent: mine.sent };
    }
    this.#mine = mine;
    const mineToo = this.#owner.ids();
    await this.#cache.update(this.#server.name, this.publicKey, (found) => {
      const drafts = found.drafts.filter(({ id }) => !mineToo.has(id));
      return { ...found, drafts: draft ? [...drafts, { ...draft, id: this.#owner.id }] : drafts };
    });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("state"));
  }
}

/**
 * @param {Credentials | Keys} who
 * @param {DeriveOptions} options
 */
const keysOf = (who, options) => (who instanceof Keys ? Promise.resolve(who) : deriveKeys(who, options));

function locked() {
  return new LarimarError("Locked", "The wallet is locked. Unlock it with its password.");
}
