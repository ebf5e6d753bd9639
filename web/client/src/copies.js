/**
 * The copies of one wallet: what the server stores, what this device has that is not stored yet, and what another device stored
 * meanwhile; and how they come together. What only this device does (`edit`) never waits for the network.
 */
import { same, toHex } from "./bytes.js";
import { LarimarError } from "./error.js";
import { One } from "./keeper.js";
import { blobDigest, revisionOf } from "./keys.js";
import { FARTHEST, FARTHEST_OF_SEVERAL, Revisions } from "./revisions.js";
import { headOf } from "./seats.js";
import { decoded, openAnswer, openBlob } from "./trust.js";

/** @typedef {import("./keys.js").Keys} Keys */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./trust.js").State} State */
/**
 * Changes that are not stored: as they will be sent, and with which hashes they were sent before.
 * @typedef {{ plaintext: Uint8Array, blob: Uint8Array, revision: number, sent: string[] }} Mine
 */
/**
 * The three sides, as plaintexts, and when and under which hash theirs was stored. `base` is `null` where no common one is known.
 * @typedef {{ base: Uint8Array | null, mine: Uint8Array, theirs: Uint8Array, updated: string, hash: string }} Conflict
 */

/** @typedef {"saved" | "unsaved" | "saving" | "conflict"} SaveState */

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
  /** How often something of another device was taken. */
  taken = 0;
  #revisions;
  /** Contents that the owner has looked at, beside what is stored: what the next save may replace. @type {Map<string, import("./report.js").Head>} */
  #looked = new Map();
  /** One change of the copies after the other; none of them waits for the network.
   * @type {Promise<unknown>} */
  #local = Promise.resolve();

  /**
   * @param {import("./keeper.js").Keeper} keeper
   * @param {Keys} keys
   * @param {import("./device.js").Device} device
   * @param {(what: "state" | "change") => void} tell
   */
  constructor(keeper, keys, device, tell) {
    this.keeper = keeper;
    this.#revisions = new Revisions(keeper instanceof One ? FARTHEST : FARTHEST_OF_SEVERAL);
    this.keys = keys;
    this.device = device;
    this.tell = tell;
  }

  /** What is shown: unsaved changes first. */
  get held() {
    return this.mine ?? this.stored;
  }

  /** @returns {SaveState} */
  get state() {
    if (this.theirs) return "conflict";
    if (this.saving) return "saving";
    return this.mine ? "unsaved" : "saved";
  }

  get nextRevision() {
    return this.#revisions.next;
  }

  /** @returns {Conflict | null} */
  get conflict() {
    const { stored, mine, theirs } = this;
    if (!theirs || !mine) return null;
    // of two blobs of one revision neither was made from the other
    const base = stored && stored.revision < theirs.revision ? stored.plaintext.slice() : null;
    return { base, mine: mine.plaintext.slice(), theirs: theirs.plaintext.slice(), updated: theirs.updated, hash: theirs.hash };
  }

  /** Takes what this device remembers. */
  recall() {
    return this.locally(async () => {
      await this.keeper.inherit(this.device);
      const remembered = await this.device.recall();
      this.#revisions.saw(remembered?.highest ?? 0);
      const stored = remembered?.stored;
      // what does not open is as good as not remembered
      if (stored) this.stored = await openBlob(this.keeper, this.keys, stored.blob, stored).catch(() => null);
      await this.#adopt();
    });
  }

  /** The revisions that a wallet under this key had before, as far as this device remembers. */
  async recallHighest() {
    await this.keeper.inherit(this.device);
    this.#revisions.saw((await this.device.recall())?.highest ?? 0);
  }

  /** Takes over the changes of a window that is gone, if there are any and none of its own. */
  adopt() {
    return this.locally(() => this.#adopt());
  }

  /**
   * Takes a change; it is remembered, sealed, when this comes back.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change
   */
  edit(change) {
    const { taken, stored: base } = this;
    return this.locally(async () => {
      const plaintext = typeof change === "function" ? change(this.held?.plaintext.slice() ?? new Uint8Array()) : change.slice();
      const { stored, theirs, mine } = this;
      const sent = mine?.sent ?? [];
      // what was sent may have arrived: then taking it back is a change too
      if (!theirs && sent.length === 0 && stored && same(plaintext, stored.plaintext)) return this.#setMine(null);
      if (typeof change !== "function" && taken !== this.taken && base && stored && !theirs) {
        // it was made from what is no longer stored
        this.stored = base;
        this.theirs = stored;
      }
      await this.#setMine({ plaintext, sent });
    });
  }

  /**
   * Fetches what the server stores; true if what is held was changed by that.
   * @param {CallOptions} [options]
   */
  async pull(options) {
    const known = this.theirs ?? this.stored;
    const looked = await this.reach(() => this.keeper.look(known, options));
    this.statistics = looked.statistics;
    try {
      const { opened, others, held } = await looked.open();
      this.#revisions.notOlder(opened, this.keeper.name);
      return await this.locally(async () => {
        const changed = await this.#take(opened, held);
        for (const other of others) await this.#face(other);
        return changed;
      });
    } catch (error) {
      if (LarimarError.is(error)) this.problem = error;
      this.tell("state");
      throw error;
    }
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
      for (let refused = 0; this.mine && !this.theirs; ) {
        try {
          await this.#send(options);
        } catch (error) {
          const other = LarimarError.is(error, "Conflict") || LarimarError.is(error, "Stale");
          if (!other || ++refused > 3) throw error;
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
   * Stores what is held over what the server has, unless that can be trusted: then it is taken.
   * @param {CallOptions} [options]
   */
  async repair(options) {
    const { keeper } = this;
    // several servers are repaired whenever they are looked at
    if (!(keeper instanceof One)) return void (await this.pull(options));
    const found = await this.reach(() => keeper.ask(options));
    try {
      const opened = this.#revisions.notOlder(await openAnswer(keeper, this.keys, found), keeper.name);
      return void (await this.locally(() => this.#take(opened)));
    } catch (error) {
      const repairable = ["RolledBack", "Tampered", "NotSealed"];
      if (!LarimarError.is(error) || !repairable.includes(error.code)) throw error;
    }
    this.#revisions.hear(revisionOf(decoded(keeper, found.encrypted_data)));
    await this.locally(() => this.#setMine({ plaintext: this.held?.plaintext ?? new Uint8Array(), sent: [] }));
    await this.#send(options, { hash: found.local_hash, revision: 0 });
  }

  /**
   * Ends this conflict; false if one of its sides is another by now.
   * @param {Conflict} conflict
   * @param {Uint8Array} plaintext
   */
  resolve(conflict, plaintext) {
    return this.locally(async () => {
      const { mine, theirs, stored } = this;
      if (!mine || theirs?.hash !== conflict.hash || !same(mine.plaintext, conflict.mine)) return false;
      for (const seen of [stored, theirs]) if (seen) this.#looked.set(seen.hash, headOf(seen));
      // what came to some servers before is a side too
      for (const head of this.keeper.having(mine.sent)) {
        this.#looked.set(head.hash, head);
        this.#revisions.saw(head.revision);
      }
      // on several servers it may be older, and was never brought in
      if (!stored || theirs.revision >= stored.revision) this.stored = theirs;
      this.theirs = null;
      await this.#setMine({ plaintext: plaintext.slice(), sent: [] });
      return true;
    });
  }

  /** @param {State} state */
  setStored(state) {
    return this.locally(() => this.#setStored(state));
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
        if (error.code === "Conflict" || error.code === "Stale") this.#revisions.hear(error.data["revision"]);
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

  /**
   * One after the other.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  locally(work) {
    const done = this.#local.then(work);
    this.#local = done.catch(() => {});
    return done;
  }

  /** Wipes what was opened, when all that was begun is remembered. */
  wipe() {
    return this.locally(async () => {
      for (const copy of [this.mine, this.stored, this.theirs]) copy?.plaintext.fill(0);
      this.mine = this.stored = this.theirs = null;
    });
  }

  async #adopt() {
    const draft = this.mine ? undefined : await this.device.adopt();
    if (!draft) return;
    try {
      const { plaintext, revision } = await this.keys.open(draft.mine);
      const newest = this.stored;
      // what the draft was made from may be older than what was stored last
      if (draft.base && draft.base.length > 0) this.stored = await openBlob(this.keeper, this.keys, draft.base, newest ?? timesOf({}));
      this.mine = { plaintext, blob: draft.mine, revision, sent: draft.sent };
      if (newest && newest.hash !== this.stored?.hash) await this.#take(newest);
    } catch (error) {
      if (!LarimarError.is(error)) throw error;
    }
    this.tell("state");
  }

  /** Stores anew what is held, above what the server spoke of. @param {CallOptions} [options] */
  async lift(options) {
    await this.locally(() => this.#setMine({ plaintext: this.held?.plaintext ?? new Uint8Array(), sent: [] }));
    await this.push(options);
  }

  /**
   * Another content that was never brought into the wallet: nobody but the owner can say what becomes of it.
   * @param {State} other
   */
  async #face(other) {
    if (this.theirs || this.#looked.has(other.hash) || !this.held) return;
    if (this.mine?.sent.includes(other.hash) || same(other.plaintext, this.held.plaintext)) return void this.#looked.set(other.hash, headOf(other));
    if (!this.mine) await this.#setMine({ plaintext: this.held.plaintext.slice(), sent: [] });
    this.theirs = other;
    this.tell("state");
  }

  /**
   * Takes what the server has, unless something else is not stored yet: then it is a conflict.
   * @param {State} theirs
   * @param {boolean} [held] by as many servers as are needed
   */
  async #take(theirs, held = true) {
    const { stored } = this;
    this.problem = null;
    if (stored?.hash === theirs.hash) {
      this.theirs = null;
      await this.#setStored({ ...stored, ...timesOf(theirs) });
      return false;
    }
    // an honest server never has two blobs of one revision
    const forked = stored?.revision === theirs.revision;
    if (forked && !this.mine) await this.#setMine({ plaintext: stored.plaintext.slice(), sent: [] });
    if (!this.mine) {
      this.taken++;
      await this.#setStored(theirs);
      this.tell("change");
      return true;
    }
    const alike = same(this.mine.plaintext, theirs.plaintext);
    // it is said again until enough servers have it
    if (!held && this.mine.sent.includes(theirs.hash)) return false;
    if (alike || this.mine.sent.includes(theirs.hash)) {
      // what was sent did arrive; what was changed since goes on from there
      this.theirs = null;
      await this.#setStored(theirs);
      await this.#setMine(alike ? null : { plaintext: this.mine.plaintext, sent: this.mine.sent });
      return false;
    }
    this.theirs = theirs;
    this.#revisions.saw(theirs.revision);
    await this.device.noteStored(theirs);
    this.tell("state");
    return false;
  }

  /**
   * @param {CallOptions} [options]
   * @param {import("./report.js").Head} [instead] of what is stored
   */
  async #send(options, instead) {
    /** @type {string[]} */
    let before = [];
    const sending = await this.locally(async () => {
      if (!this.mine) return null;
      const { plaintext, blob, revision, sent } = this.mine;
      before = sent;
      // sealed once, the same bytes are said again, unless their revision was used up meanwhile
      const sealed = revision === this.nextRevision ? { blob, revision } : await this.#sealed(plaintext);
      await this.#setMine({ plaintext, ...sealed, sent: [...new Set([...sent, toHex(blobDigest(sealed.blob))])] });
      return this.mine;
    });
    if (!sending) return;
    const { blob, revision, plaintext } = sending;
    const hash = toHex(blobDigest(blob));
    const base = instead ?? (this.stored && headOf(this.stored));
    const save = () => this.keeper.save({ blob, hash, revision }, base ? [base, ...this.#looked.values()] : [], options);
    const { updated } = await this.reach(save).catch(async (error) => {
      if (LarimarError.is(error, "NoQuorum")) await this.#unsent(sending, before);
      throw error;
    });
    await this.locally(async () => {
      this.theirs = null;
      this.#looked.clear();
      await this.#setStored({ blob, hash, revision, plaintext: plaintext.slice(), created: this.stored?.created ?? updated, updated });
      const since = this.mine === sending ? null : this.mine;
      await this.#setMine(since && { plaintext: since.plaintext, sent: [] });
    });
  }

  /**
   * Nothing was sent but what was sent before.
   * @param {Mine} sending
   * @param {string[]} sent
   */
  #unsent(sending, sent) {
    return this.locally(async () => {
      if (this.mine === sending) await this.#setMine({ ...sending, sent });
    });
  }

  /** @param {State} state */
  async #setStored(state) {
    this.stored = state;
    this.problem = null;
    this.#revisions.saw(state.revision);
    await this.device.noteStored(state);
    this.tell("state");
  }

  /** @param {{ plaintext: Uint8Array, sent: string[], blob?: Uint8Array, revision?: number } | null} mine sealed anew if it is not */
  async #setMine(mine) {
    if (mine) {
      const { plaintext, sent, blob, revision } = mine;
      const sealed = blob && revision ? { blob, revision } : await this.#sealed(plaintext);
      this.mine = { plaintext, sent, ...sealed };
      await this.device.noteDraft({ base: this.stored?.blob ?? null, mine: sealed.blob, sent });
    } else if (this.mine) {
      this.mine = null;
      await this.device.noteDraft(null);
    }
    this.tell("state");
  }

  /** @param {Uint8Array} plaintext */
  async #sealed(plaintext) {
    const revision = this.nextRevision;
    return { revision, blob: await this.keys.seal(revision, plaintext) };
  }
}

/** @param {{ created?: string, updated?: string }} state */
const timesOf = ({ created = "", updated = "" }) => ({ created, updated });
