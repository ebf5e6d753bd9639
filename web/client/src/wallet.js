/** One person's wallet on one server or on several, unlocked: what programs use. */
import { defaultCache } from "./cache.js";
import { ConflictError } from "./conflict.js";
import { Copies } from "./copies.js";
import { keysOf } from "./derive.js";
import { Device, SEVERAL } from "./device.js";
import { LarimarError, locked } from "./error.js";
import { Federation } from "./federation.js";
import { One } from "./keeper.js";
import { Keys } from "./keys.js";
import { begin, bringIn, openFirst } from "./opening.js";
import { carryOver, move } from "./move.js";
import { isRefusal } from "./report.js";
import { Servers } from "./servers.js";
import { follow } from "./watch.js";

/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./derive.js").Credentials} Credentials */
/** @typedef {import("./derive.js").DeriveOptions} DeriveOptions */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./copies.js").Conflict} Conflict */
/** @typedef {{ cache?: import("./cache.js").Cache }} CacheOptions */
/** @typedef {Extract<import("./changes.js").Change, { updated: string }>} Left */
/** Where it is kept. @typedef {Server | Servers} Place */

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
  /** A change of the password of which nobody knows whether it happened.
   * @type {import("./move.js").Move | null} */
  #move = null;
  /** One call to the server after the other.
   * @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #closed = new AbortController();
  /** Ends what belongs to where it is kept. */
  #elsewhere = new AbortController();

  /**
   * Nothing is asked yet: see `create` and `unlock`.
   * @param {Place} server
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
   * Creates a wallet with a code that came by e-mail; on several servers, with a code of each, by their names: who has none yet is brought in by `addServer`.
   * @param {Place} server
   * @param {Credentials | Keys} who
   * @param {{ code: string | Record<string, string>, data: Uint8Array, replace?: boolean } & CacheOptions & DeriveOptions} options `replace` takes the
   *   e-mail address away from an older wallet
   * @throws {LarimarError} `InvalidCode`, `EmailInUse`, `WalletExists`, and those of the way
   */
  static async create(server, who, { code, data, replace = false, cache = defaultCache(), ...options }) {
    return Wallet.#begun(server, who, cache, options, (copies) => begin(copies, { code, data, replace }, options));
  }

  /**
   * Opens the wallet. If the server cannot be reached, or what it says cannot be trusted, it opens what this device remembers, if
   * it does: then `online` is false, or `problem` says what is wrong.
   * @param {Place} server
   * @param {Credentials | Keys} who
   * @param {{ offline?: boolean } & CacheOptions & DeriveOptions} [options] `offline`: the server is not asked
   * @throws {LarimarError} `WalletNotFound`: no wallet for this combination of e-mail address, password and answers; `Tampered`,
   *   `RolledBack`, `NotSealed`, `WrongAnswer`, and those of the way
   */
  static async unlock(server, who, { offline = false, cache = defaultCache(), ...options } = {}) {
    return Wallet.#begun(server, who, cache, options, (copies) => openFirst(copies, offline, options));
  }

  /** @type {(server: Place, who: Credentials | Keys, cache: import("./cache.js").Cache, options: DeriveOptions, work: (copies: Copies) => Promise<void>) => Promise<Wallet>} */
  static async #begun(server, who, cache, options, work) {
    const wallet = new Wallet(server, await keysOf(who, options), cache);
    try {
      await wallet.#next(() => work(wallet.#copies));
    } catch (error) {
      await wallet.#drop();
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
    if (!held || this.#isLocked) throw locked();
    return held.plaintext.slice();
  }

  /** `saved`: the server has it. `unsaved`: only this device has it. `conflict`: both have something new. */
  get state() {
    return this.#copies.state;
  }

  /** Whether the server did what it was asked the last time. */
  get online() {
    return this.#copies.online;
  }

  /** Whether this device can remember: if not, changes that are not stored are lost with the page. */
  get remembers() {
    return this.#device.remembers;
  }

  /**
   * Why the server's word is not taken: `Tampered`, `RolledBack`, `NotSealed`, `WrongAnswer`, or `WalletNotFound` for a wallet that this device
   * remembers. What is shown is what this device remembers.
   */
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

  /** The sides of a conflict. */
  get conflict() {
    return this.#copies.conflict;
  }

  /**
   * Takes a change without sending it. When this comes back, the device remembers it, sealed, until it is stored; it waits for no
   * server.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change what it is to hold; or how that is made of what it holds by then
   */
  async edit(change) {
    if (this.#isLocked) throw locked();
    await this.#copies.edit(change);
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
   * Fetches what others stored and sends what is not stored yet, also what a window that is gone left; true if what it
   * holds was changed by that.
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   * @throws {LarimarError}
   */
  sync(options) {
    return this.#next(async () => {
      await this.#copies.adopt();
      const changed = await this.#copies.pull(this.#with(options));
      await this.#push(options);
      return changed;
    });
  }

  /**
   * Ends a conflict: this is stored instead of both sides.
   * @param {Conflict} conflict the one that was looked at
   * @param {Uint8Array} plaintext
   * @param {CallOptions} [options]
   * @throws {ConflictError} if one of the sides has changed since: nothing is overwritten
   */
  async resolve(conflict, plaintext, options) {
    if (!(await this.#copies.resolve(conflict, plaintext))) throw new ConflictError(this);
    await this.#next(() => this.#push(options));
  }

  /**
   * Stores what this device holds over what a server has that went back in time, or that does not open. What can be trusted by now
   * is taken instead.
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   */
  repair(options) {
    return this.#next(async () => {
      if (this.#copies.theirs) throw new ConflictError(this);
      await this.#copies.repair(this.#with(options));
    });
  }

  /**
   * What is stored now and what was before, newest first.
   * @param {CallOptions} [options]
   */
  versions(options) {
    return this.#copies.keeper.versions(options);
  }

  /**
   * What an older version holds.
   * @param {string} hash
   * @param {CallOptions} [options]
   * @throws {LarimarError} `VersionNotFound`, `Tampered`, `NotSealed`, `WrongAnswer`
   */
  version(hash, options) {
    return this.#copies.keeper.version(hash, options);
  }

  /** Of several servers: what each did the last time it was asked, and how that is to be taken. */
  get report() {
    return this.#copies.keeper.report;
  }

  /**
   * Brings a server, new or with a code that came late, to what the others have. The code is spent.
   * @param {string} name of one of the servers
   * @param {{ code: string, replace?: boolean }} with_ `replace` takes the e-mail address away from an older wallet there
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   * @throws {LarimarError} `NoSuchServer`, `InvalidCode`, `EmailInUse`, `NoQuorum`, and those of the way
   */
  addServer(name, with_, options) {
    return this.#next(() => bringIn(this.#copies, name, with_, this.#with(options)));
  }

  /**
   * From now on it is opened on these servers: those that have none of it are brought in by `addServer`, those that are left out keep what they have. Whoever
   * follows it has to `watch` anew.
   * @param {Place} place
   * @param {CallOptions} [options]
   * @throws {LarimarError} those of the way, when it is on these servers already; what is not stored comes along
   */
  keepOn(place, options) {
    return this.#next(async () => {
      const [before, old] = [this.#device, this.#copies];
      if (!old.stored) throw locked();
      this.#server = place;
      const [, device, copies] = this.#under(this.#keys);
      before.release();
      // it may find what this window has not stored
      await copies.recall();
      if ((copies.stored?.revision ?? 0) < old.stored.revision) await copies.setStored({ ...old.stored, plaintext: old.stored.plaintext.slice() });
      if (old.mine && !copies.mine) await copies.edit(old.mine.plaintext.slice());
      await before.noteDraft(null);
      [this.#device, this.#copies] = [device, copies];
      await old.wipe();
      this.#elsewhere.abort();
      this.#elsewhere = new AbortController();
      await this.#copies.pull(this.#with(options));
    });
  }

  /**
   * Moves the wallet to new credentials; the old ones open nothing on the server any more. If it fails on the way (`Transport`, `Timeout`), say
   * it again with the same credentials: it then says the very same bytes.
   * @param {Credentials | Keys} next
   * @param {DeriveOptions} [options]
   * @throws {LarimarError} `Unsaved` if there are changes that are not stored, here or in another window; `KeyUnchanged`, `KeyRetired`, `WalletExists`
   */
  async changePassword(next, options = {}) {
    const keys = await keysOf(next, options);
    try {
      await this.#next(() => this.#moveTo(keys, options));
    } finally {
      const needed = [this.#keys, this.#move?.keys].includes(keys);
      if (!needed && !(next instanceof Keys)) keys.wipe();
    }
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
      await this.#copies.keeper.remove(stored, this.#with(options));
      await this.#device.forget();
    });
    await this.lock();
  }

  /** Makes this device forget the wallet, unsaved changes too. The server keeps what it has. */
  forget() {
    return this.#next(() => this.#device.forget());
  }

  /**
   * Follows the changes that others make, until the signal ends it, or the wallet is locked or gone.
   * @param {import("./changes.js").ChangesOptions} [options]
   */
  watch({ signal, ...options } = {}) {
    const ends = AbortSignal.any([...(signal ? [signal] : []), this.#closed.signal, this.#elsewhere.signal]);
    const followed = {
      publicKey: () => this.publicKey,
      changes: (/** @type {import("./changes.js").ChangesOptions} */ within) => this.#copies.keeper.changes(within),
      stored: () => this.#copies.stored?.hash,
      turn: () => this.#turn,
      sync: () => this.sync({ signal: ends }),
      offline: () => this.#copies.setOnline(false),
      left: (/** @type {Left} */ change) => this.#left(change),
    };
    return follow(followed, ends, options);
  }

  /**
   * Ends calls that are under way, and wipes keys and contents from memory. Changes that were begun are still remembered, sealed.
   */
  async lock() {
    await this.#drop();
    this.#keys.wipe();
  }

  /** @returns {string} */
  toJSON() {
    return "***";
  }

  get #isLocked() {
    return this.#closed.signal.aborted || !this.#keys.usable;
  }

  async #drop() {
    this.#closed.abort(locked());
    await this.#copies.wipe();
    this.#move?.keys.wipe();
    this.#device.release();
  }

  /**
   * @param {Keys} keys
   * @returns {[Keys, Device, Copies]}
   */
  #under(keys) {
    const device = new Device(this.#cache, this.#server instanceof Servers ? SEVERAL : this.#server.name, keys.publicKey);
    const tell = (/** @type {"state" | "change"} */ what) => void this.dispatchEvent(new Event(what));
    const keeper = this.#server instanceof Servers ? new Federation(this.#server, keys, device, () => tell("state")) : new One(this.#server, keys);
    return [keys, device, new Copies(keeper, keys, device, tell)];
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #next(work) {
    const done = this.#turn.then(() => {
      if (this.#isLocked) throw locked();
      return work();
    });
    this.#turn = done.catch(() => {});
    return done;
  }

  /** @param {CallOptions} [options] */
  #with({ signal } = {}) {
    return { signal: signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal };
  }

  /** @param {CallOptions} [options] */
  async #push(options) {
    if (this.#copies.mine && !(await this.#copies.push(this.#with(options)))) throw new ConflictError(this);
  }

  /**
   * @param {Keys} keys
   * @param {CallOptions} options
   */
  async #moveTo(keys, options) {
    const again = this.#move?.keys.publicKey === keys.publicKey ? this.#move : null;
    const next = this.#under(keys);
    try {
      this.#move = again;
      await move(this.#copies, next[2], this.#with(options), again, (begun) => (this.#move = begun));
    } catch (error) {
      // only where nobody knows what became of it are the same bytes said again
      if (LarimarError.is(error) && isRefusal(error)) this.#move = null;
      next[1].release();
      throw error;
    }
    const [keysBefore, device, copies] = [this.#keys, this.#device, this.#copies];
    [this.#keys, this.#device, this.#copies] = next;
    await carryOver(copies, this.#copies);
    this.#move = null;
    keysBefore.wipe();
    device.release();
  }

  /** @param {Left} change */
  async #left(change) {
    if (change.event === "moved" && this.#move) {
      // perhaps by the change whose answer got lost: the same bytes get the same answer
      const done = await this.changePassword(this.#move.keys).then(() => true, () => false);
      if (done) return;
    }
    this.dispatchEvent(new CustomEvent("gone", { detail: change }));
  }
}
