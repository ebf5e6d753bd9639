/** One person's wallet on one server, unlocked. */
import { same } from "./bytes.js";
import { defaultCache } from "./cache.js";
import { ConflictError } from "./conflict.js";
import { Copies } from "./copies.js";
import { deriveKeys } from "./derive.js";
import { Device } from "./device.js";
import { LarimarError } from "./error.js";
import { Keys } from "./keys.js";
import { creation, deletion, move } from "./requests.js";
import { confirm, liar, openAnswer } from "./trust.js";

/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./derive.js").Credentials} Credentials */
/** @typedef {import("./derive.js").DeriveOptions} DeriveOptions */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {{ cache?: import("./cache.js").Cache }} CacheOptions */
/**
 * `saved`: the server has it. `unsaved`: only this device has it. `conflict`: both have something new.
 * @typedef {"saved" | "unsaved" | "saving" | "conflict"} SaveState
 */

/**
 * What it holds, what is not yet stored, and what others stored meanwhile. Fires `change` when what it holds was changed by
 * somebody else, `state` when `state`, `online` or `problem` may have, and `gone` when the password was changed, or the wallet deleted, elsewhere.
 */
export class Wallet extends EventTarget {
  #server;
  #cache;
  #keys;
  #device;
  #copies;
  /** @type {Awaited<ReturnType<typeof move>> | null} */
  #move = null;
  /** One thing after the other.
   * @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #closed = new AbortController();

  /**
   * Nothing is asked yet: see `create` and `unlock`.
   * @param {Server} server
   * @param {Keys} keys
   * @param {import("./cache.js").Cache} cache
   */
  constructor(server, keys, cache) {
    super();
    this.#server = server;
    this.#cache = cache;
    [this.#keys, this.#device, this.#copies] = this.#under(keys);
  }

  /**
   * Creates a wallet with a code that came by e-mail.
   * @param {Server} server
   * @param {Credentials | Keys} who
   * @param {{ code: string, data: Uint8Array, replace?: boolean } & CacheOptions & DeriveOptions} options `replace` takes the
   *   e-mail address away from an older wallet
   * @throws {LarimarError} `InvalidCode`, `EmailInUse`, `WalletExists`, and those of the way
   */
  static async create(server, who, { code, data, replace = false, cache = defaultCache(), ...options }) {
    return Wallet.#begun(server, who, cache, options, (wallet) => wallet.#create(code, data, replace, options));
  }

  /**
   * Opens the wallet. If the server cannot be reached, or has something that cannot be trusted, it opens what this device
   * remembers, if it does: then `online` is false, or `problem` says what is wrong.
   * @param {Server} server
   * @param {Credentials | Keys} who
   * @param {{ offline?: boolean } & CacheOptions & DeriveOptions} [options] `offline`: the server is not asked
   * @throws {LarimarError} `WalletNotFound`: no wallet for this combination of e-mail address, password and answers; `Tampered`,
   *   `RolledBack`, `NotSealed`, `WrongAnswer`, and those of the way
   */
  static async unlock(server, who, { offline = false, cache = defaultCache(), ...options } = {}) {
    return Wallet.#begun(server, who, cache, options, (wallet) => wallet.#unlock(offline, options));
  }

  /**
   * @param {Server} server
   * @param {Credentials | Keys} who
   * @param {import("./cache.js").Cache} cache
   * @param {DeriveOptions} options
   * @param {(wallet: Wallet) => Promise<void>} work
   */
  static async #begun(server, who, cache, options, work) {
    const wallet = new Wallet(server, await keysOf(who, options), cache);
    try {
      await wallet.#next(() => work(wallet));
    } catch (error) {
      wallet.#drop();
      // keys that were given stay usable, for another attempt without scrypt
      if (!(who instanceof Keys)) wallet.#keys.wipe();
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
    const { held } = this.#copies;
    if (!held || !this.#keys.usable) throw locked();
    return held.plaintext.slice();
  }

  /** @returns {SaveState} */
  get state() {
    const { theirs, saving, mine } = this.#copies;
    if (theirs) return "conflict";
    if (saving) return "saving";
    return mine ? "unsaved" : "saved";
  }

  /** Whether the server did what it was asked the last time. */
  get online() {
    return this.#copies.online;
  }

  /** Whether this device can remember: if not, changes that are not stored are lost with the page. */
  get remembers() {
    return this.#device.remembers;
  }

  /** Why the server's word is not taken: `Tampered`, `RolledBack`, `NotSealed`, `WrongAnswer`. What is shown is what this device remembers. */
  get problem() {
    return this.#copies.problem;
  }

  /** Who has been asking, as of the last time the server was asked; `null` if it was not reached. */
  get statistics() {
    return this.#copies.statistics;
  }

  /** What the server stores, as far as is known; no secret in it. */
  get stored() {
    if (!this.#copies.stored) return null;
    const { hash, revision, created, updated, blob } = this.#copies.stored;
    return { hash, revision, created, updated, bytes: blob.length };
  }

  /** The sealed blob that the server stores: a backup that is as safe as the password. */
  get sealedBlob() {
    return this.#copies.stored?.blob.slice() ?? null;
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

  /** The three sides of a conflict. */
  get conflict() {
    return this.#copies.conflict;
  }

  /**
   * Takes a change without sending it: this device remembers it, sealed, until it is stored.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change what it is to hold; or how that is made of what it holds by then
   */
  edit(change) {
    return this.#next(async () => {
      const { mine, theirs, stored } = this.#copies;
      const plaintext = typeof change === "function" ? change(this.data) : change;
      const sent = mine?.sent ?? [];
      // what was sent may have arrived: then taking it back is a change too
      const taken = !theirs && sent.length === 0 && stored && same(plaintext, stored.plaintext);
      await this.#copies.setMine(taken ? null : { plaintext: plaintext.slice(), blob: null, revision: 0, sent });
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
      const changed = await this.#copies.pull(options);
      await this.#push(options);
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
      const { theirs } = this.#copies;
      if (!theirs) throw new LarimarError("Unsaved", "There is no conflict any more. Look at what the wallet holds now.");
      this.#copies.stored = theirs;
      this.#copies.theirs = null;
      await this.#copies.setMine({ plaintext: plaintext.slice(), blob: null, revision: 0, sent: [] });
      await this.#push(options);
    });
  }

  /**
   * Stores what this device holds over what a server has that went back in time, or has something that does not open.
   * @param {CallOptions} [options]
   */
  repair(options) {
    return this.#next(() => this.#copies.repair(options));
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
    if (found.local_hash !== hash) throw liar(this.#server, "it sent another version than the one it was asked for");
    const { plaintext, revision } = await openAnswer(this.#server, this.#keys, found);
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
      const { stored } = this.#copies;
      if (!stored) throw locked();
      const params = await deletion(this.#server, this.#keys, stored.hash, options);
      await this.#server.deleteWallet(params, options);
      await this.#device.forget();
    });
    this.lock();
  }

  /** Makes this device forget the wallet, unsaved changes too. The server keeps what it has. */
  forget() {
    return this.#device.forget();
  }

  /**
   * Follows the changes that others make, until the signal ends it or the wallet is locked.
   * @param {import("./changes.js").ChangesOptions} [options]
   */
  async watch({ signal, ...options } = {}) {
    const ends = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    for await (const change of this.#server.changes(this.publicKey, { ...options, signal: ends })) {
      if (change.event === "disconnected") this.#copies.setOnline(false);
      else if (change.event === "moved" || change.event === "deleted") {
        const publicKey = this.publicKey;
        await this.#turn;
        // whoever did it itself has another key now, or is locked
        if (!ends.aborted && publicKey === this.publicKey) this.dispatchEvent(new CustomEvent("gone", { detail: change }));
        return;
      } else if (change.event !== "saved" || change.local_hash !== this.#copies.stored?.hash) {
        await this.sync({ signal: ends }).catch(() => {});
      }
    }
  }

  /** Wipes keys and contents from memory. Unsaved changes stay remembered, sealed. */
  lock() {
    this.#keys.wipe();
    this.#drop();
  }

  /** @returns {string} */
  toJSON() {
    return "***";
  }

  #drop() {
    this.#closed.abort();
    this.#move?.keys.wipe();
    this.#copies.wipe();
    this.#device.release();
  }

  /**
   * @param {Keys} keys
   * @returns {[Keys, Device, Copies]}
   */
  #under(keys) {
    const device = new Device(this.#cache, this.#server.name, keys.publicKey);
    return [keys, device, new Copies(this.#server, keys, device, (what) => this.dispatchEvent(new Event(what)))];
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

  /** @param {CallOptions} [options] */
  async #push(options) {
    if (this.#copies.mine && !(await this.#copies.push(options))) throw new ConflictError(this);
  }

  /**
   * @param {string} code
   * @param {Uint8Array} data
   * @param {boolean} replace
   * @param {CallOptions} options
   */
  async #create(code, data, replace, options) {
    await this.#higherIfStale(async () => {
      const { params, blob, revision } = await creation(this.#keys, this.#copies.nextRevision, { code, data, replace });
      const answer = await this.#copies.reach(() => this.#server.createWallet(params, options));
      confirm(this.#server, answer, this.#keys, blob);
      const { local_hash: hash, created, updated } = answer;
      await this.#copies.setStored({ blob, hash, revision, plaintext: data.slice(), created, updated });
    });
  }

  /**
   * @param {boolean} offline
   * @param {CallOptions} options
   */
  async #unlock(offline, options) {
    await this.#copies.recall();
    this.#copies.online = !offline;
    if (!offline) {
      try {
        await this.#copies.pull(options);
      } catch (error) {
        const known = this.#copies.stored && LarimarError.is(error);
        if (!known || !(error === this.problem || !this.#copies.online)) throw error;
      }
    }
    if (!this.#copies.stored) {
      throw new LarimarError("WalletNotFound", "This device remembers no wallet for this combination. Connect to the server once.");
    }
  }

  /**
   * @param {Keys} keys
   * @param {CallOptions} options
   */
  async #changePassword(keys, options) {
    if (this.#move?.keys.publicKey !== keys.publicKey) {
      await this.#copies.pull(options);
      if (this.#copies.mine) {
        throw new LarimarError("Unsaved", "There are changes that are not stored yet. Save them, then change the password.");
      }
    }
    await this.#higherIfStale(async () => {
      const { stored, nextRevision } = this.#copies;
      if (!stored) throw locked();
      const begun = this.#move?.keys.publicKey === keys.publicKey ? this.#move : null;
      const request = begun ?? (await move(this.#keys, keys, nextRevision, stored));
      this.#move = request;
      const answer = await this.#copies
        .reach(() => this.#server.changePassword(request.params, options))
        .catch((error) => {
          // only where nobody knows what became of it are the same bytes said again
          if (LarimarError.is(error) && !error.isOffline) this.#move = null;
          throw error;
        });
      confirm(this.#server, answer, keys, request.blob);
      await this.#device.forget();
      const old = { keys: this.#keys, device: this.#device, copies: this.#copies };
      const { local_hash: hash, updated } = answer;
      [this.#keys, this.#device, this.#copies] = this.#under(keys);
      this.#copies.statistics = old.copies.statistics;
      const { blob, revision } = request;
      await this.#copies.setStored({ blob, hash, revision, plaintext: stored.plaintext.slice(), created: stored.created, updated });
      this.#move = null;
      old.keys.wipe();
      old.copies.wipe();
      old.device.release();
    });
  }

  /**
   * Once more, with a higher revision, if this key held a wallet before.
   * @param {() => Promise<void>} work
   */
  async #higherIfStale(work) {
    try {
      await work();
    } catch (error) {
      if (!LarimarError.is(error, "Stale") || error.data["revision"] === undefined) throw error;
      await work();
    }
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
