/** An open wallet on this page: its entries, its saving in the background, what others did to it. Gone when it is locked. */
import { LarimarError, entriesToBytes, parseEntries } from "larimar-client";
import { accessBefore } from "./accesses.js";
import { autolock } from "./autolock.js";
import { emptyClipboard } from "./clipboard.js";
import { Departure } from "./departure.js";
import { followed, isFilled } from "./entry-draft.js";
import { differences, replacing } from "./history.js";
import { T } from "./messages.js";
import { lockMinutes } from "./preferences.js";
import { Retry } from "./retry.js";
import { isClear, mergeWhileClear } from "./sides.js";
import { keepVersion } from "./update.js";

/** @typedef {import("larimar-client").Wallet} Wallet */
/** @typedef {import("larimar-client").Entries} Entries */
/** @typedef {import("larimar-client").Conflict} Conflict */
/** @typedef {import("./entry-draft.js").Draft} Draft */
/** @typedef {import("./history.js").Step} Step */
/** `lost`: the server does not say what became of it. @typedef {{ event: "moved" | "deleted" | "lost", since: string }} Gone */
/** @typedef {"saved" | "saving" | "unsaved" | "offline" | "conflict" | "problem"} ShownState */

const STEPS_BACK = 20;

/** @type {Promise<unknown>} */
let closing = Promise.resolve();

/** When every session that was locked has its last changes remembered. */
export const allLocked = () => closing;

/** Fires `change` when there is something else to show, and `locked` at its end. */
export class Session extends EventTarget {
  /** @type {Entries | null} */
  entries = null;
  /** What it holds if it is no entries. @type {Uint8Array | null} */
  foreign = null;
  /** The entry form that is open. @type {Draft | null} */
  draft = null;
  /** @type {Step[]} */
  steps = [];
  /** Why the last save failed. @type {LarimarError | null} */
  failure = null;
  /** @type {Gone | null} */
  gone = null;
  /** Says something once; the view shows it. @type {{ text: string, undo?: boolean } | null} */
  said = null;
  locksSoon = false;
  /**
   * The newest access before this one, found once: later requests of this window push it out of the server's list. Not known
   * (`undefined`) until the server was reached.
   * @type {import("./accesses.js").Access | null | undefined}
   */
  lastBefore;
  #closed = new AbortController();
  /** Nothing of it is left: what was being remembered is. */
  #wiped = new AbortController();
  #retry = new Retry(() => this.#recover());
  #departure = new Departure(this);
  /** When it was opened without the server, which noted nothing of it. @type {number | undefined} */
  #openedAlone;
  #follows = false;
  #merges = false;
  #pending = 0;

  /**
   * @param {Wallet} wallet
   * @param {{ email: string, answers: number }} person
   * @param {LarimarError | null} [gone] The server no longer has it, but this device has changes that were never stored.
   */
  constructor(wallet, person, gone = null) {
    super();
    this.wallet = wallet;
    this.person = person;
    if (!wallet.statistics) this.#openedAlone = Date.now();
    const { signal } = this;
    wallet.addEventListener("state", () => this.#stateChanged(), { signal });
    wallet.addEventListener("change", () => this.#read(), { signal });
    wallet.addEventListener("gone", (event) => this.setGone(/** @type {CustomEvent} */ (event).detail.event, /** @type {CustomEvent} */ (event).detail.updated), { signal });
    addEventListener("online", () => this.#retry.now(), { signal });
    addEventListener("beforeunload", (event) => this.hasLoose && event.preventDefault(), { signal });
    autolock({ minutes: lockMinutes, lock: () => void this.lock(T.lock.byTimer), warn: (soon) => (this.locksSoon = soon, this.#tell()), signal });
    keepVersion(this.#wiped.signal);
    // a wallet that was just created has had no call that brings statistics
    if (wallet.online && !wallet.problem && !wallet.statistics) this.lastBefore = null;
    this.#noteLastBefore();
    this.#read();
    if (gone) {
      this.#setGoneBy(gone);
      return;
    }
    this.#follow();
    if (wallet.state === "unsaved") void this.save();
    if (wallet.state === "conflict") void this.#mergeIfClear();
  }

  get signal() {
    return this.#closed.signal;
  }

  /** @returns {ShownState} */
  get state() {
    const { state, online, problem } = this.wallet;
    if (this.conflict) return "conflict";
    if (problem) return "problem";
    if (state === "saving" || state === "conflict") return "saving";
    if (!online) return "offline";
    return state;
  }

  /** The conflict that only the person can end. @returns {Conflict | null} */
  get conflict() {
    return this.#merges ? null : this.wallet.conflict;
  }

  /** Changes that only this device has. */
  get unsaved() {
    return this.wallet.state !== "saved" || this.#pending > 0;
  }

  /** Changes that only this window has: the device could not remember them. */
  get fleeting() {
    return this.wallet.state !== "saved" && !this.wallet.remembers;
  }

  /** Something that is lost when the page is closed. */
  get hasLoose() {
    return this.#pending > 0 || this.fleeting || isFilled(this.draft);
  }

  /** @param {Draft | null} draft */
  setDraft(draft) {
    this.draft = draft;
    this.#tell();
  }

  /** @param {Step} step */
  async apply(step) {
    this.steps = [...this.steps, step].slice(-STEPS_BACK);
    this.say(step.what, true);
    await this.#change(step.change);
  }

  async undo() {
    const step = this.steps.at(-1);
    if (!step) return;
    this.steps = this.steps.slice(0, -1);
    this.say(T.entries.undone(step.what));
    await this.#change(step.back);
  }

  /**
   * Puts an older state in the place of what it holds; true if that is stored already.
   * @param {Uint8Array} plaintext
   */
  async restore(plaintext) {
    const after = parseEntries(plaintext);
    if (after && this.entries) {
      await this.apply(replacing(this.entries, after));
    } else {
      await this.wallet.edit(plaintext);
      this.#read();
      await this.save();
    }
    return this.wallet.state === "saved";
  }

  /** Sends what is not stored; what goes wrong is shown, and tried again. */
  async save() {
    this.#retry.stop();
    try {
      await this.wallet.save(undefined, { signal: this.signal });
      this.#reached();
    } catch (error) {
      this.#failed(error);
    }
    this.#tell();
  }

  /** Asks the server what is new. @throws {LarimarError} */
  async refresh() {
    try {
      await this.wallet.sync({ signal: this.signal });
      this.#reached();
    } catch (error) {
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
      if (!LarimarError.is(error, "Conflict")) throw error;
      await this.#mergeIfClear();
    } finally {
      this.#tell();
    }
  }

  /**
   * Ends the conflict that was looked at.
   * @param {Conflict} conflict
   * @param {Uint8Array} plaintext
   * @throws {LarimarError} `Conflict` if one of its sides is another by now: nothing was done
   */
  async resolve(conflict, plaintext) {
    try {
      await this.wallet.resolve(conflict, plaintext, { signal: this.signal });
      this.#reached();
    } catch (error) {
      if (LarimarError.is(error, "Conflict") || this.signal.aborted) throw error;
      // the choice is taken, and stored when the server can
      this.#failed(error);
    } finally {
      this.steps = [];
      this.#read();
    }
  }

  async repair() {
    await this.wallet.repair({ signal: this.signal });
    this.#reached();
    this.#read();
  }

  /**
   * @param {{ password: string, answers: string[] }} next
   * @param {{ signal: AbortSignal, onProgress: (fraction: number) => void }} options of working out the key: what the server was
   *   asked is not taken back by leaving the view
   */
  async changePassword(next, options) {
    if (this.unsaved) await this.wallet.save(undefined, { signal: this.signal });
    try {
      await this.#departure.change(next, options);
    } catch (error) {
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
      throw error;
    }
    this.#read();
    if (options.signal.aborted) this.say(T.password.done);
  }

  /** Whether the server was asked for a new password, and nobody knows yet what became of it. */
  get changes() {
    return this.#departure.changes;
  }

  /** Deletes the wallet; ends with the lock. */
  remove() {
    return this.#departure.remove();
  }

  /** Off the screen at once; comes back when the last changes are remembered. @param {string} [why] */
  async lock(why) {
    if (this.signal.aborted) return;
    this.#closed.abort();
    this.#retry.stop();
    void emptyClipboard();
    const wiped = this.wallet.lock();
    closing = Promise.allSettled([closing, wiped]);
    this.entries = this.foreign = this.draft = this.said = null;
    this.steps = [];
    this.#departure.end();
    this.dispatchEvent(new CustomEvent("locked", { detail: why }));
    await closing;
    this.#wiped.abort();
  }

  /**
   * @param {string} text
   * @param {boolean} [undo]
   */
  say(text, undo = false) {
    this.said = { text, undo };
    this.#tell();
  }

  hush() {
    this.said = null;
    this.#tell();
  }

  /**
   * @param {Gone["event"]} event
   * @param {string} since
   */
  setGone(event, since) {
    if (this.signal.aborted || this.#departure.explains(event)) return;
    this.gone = { event, since };
    this.#retry.stop();
    this.#tell();
  }

  /** @param {import("./history.js").Change} change */
  async #change(change) {
    const before = this.entries;
    if (!before) return;
    this.entries = change(before);
    this.#pending++;
    this.#tell();
    try {
      await this.wallet.edit((held) => entriesToBytes(change(parseEntries(held) ?? before)));
    } catch {
      this.say(T.errors.notTaken);
    } finally {
      this.#pending--;
    }
    if (this.#pending > 0 || this.signal.aborted) return;
    // another device's changes may have come in between
    this.#read();
    await this.save();
  }

  #read() {
    // what is on its way would go from the screen for a moment
    if (this.signal.aborted || this.#pending > 0) return;
    const data = this.#held();
    // while it moves to another key
    if (!data) return;
    const read = parseEntries(data);
    this.foreign = read || data.length === 0 ? null : data;
    const before = this.entries;
    this.entries = read ?? (data.length === 0 ? { larimar: 1, entries: [] } : null);
    if (before && this.entries && differences(before, this.entries).length > 0) this.steps = [];
    if (this.draft && this.entries) this.draft = followed(this.draft, this.entries.entries);
    this.#tell();
  }

  #held() {
    try {
      return this.wallet.data;
    } catch {
      return null;
    }
  }

  #noteLastBefore() {
    const recent = this.wallet.statistics?.recent;
    if (!recent || this.lastBefore !== undefined) return;
    this.lastBefore = accessBefore(recent, this.#openedAlone);
  }

  #stateChanged() {
    this.#noteLastBefore();
    this.#departure.look();
    if (this.wallet.state === "conflict") void this.#mergeIfClear();
    // it may have taken over what a window that is gone had not stored
    this.#read();
    this.#tell();
  }

  #follow() {
    this.#follows = true;
    const ended = (/** @type {unknown} */ error) => {
      this.#follows = false;
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
    };
    this.wallet.watch({ signal: this.signal }).then(() => ended(null), ended);
  }

  /** The server did what it was asked. */
  #reached() {
    this.failure = null;
    this.#retry.reset();
    if (!this.#follows && !this.gone && !this.signal.aborted) this.#follow();
  }

  /** @param {unknown} error */
  #failed(error) {
    if (!LarimarError.is(error) || this.signal.aborted) return;
    if (error.code === "WalletNotFound") return this.#setGoneBy(error);
    if (error.code === "Conflict") return void this.#mergeIfClear();
    this.failure = error;
    // a server that is not believed is asked again when the user says so
    if (!this.wallet.problem) this.#retry.after(error);
    this.#tell();
  }

  async #recover() {
    if (this.wallet.state === "unsaved") await this.save();
    else await this.refresh().catch((error) => this.#failed(error));
  }

  /** Changes of different entries need no question: both are taken. */
  async #mergeIfClear() {
    if (this.#merges || !isClear(this.wallet.conflict)) return;
    this.#merges = true;
    const merged = await mergeWhileClear(this.wallet, (conflict, plaintext) => this.resolve(conflict, plaintext));
    this.#merges = false;
    if (merged) this.say(T.conflict.merged);
    this.#tell();
  }

  /** @param {LarimarError} error */
  #setGoneBy({ data }) {
    const { was, since = "" } = /** @type {{ was?: "moved" | "deleted", since?: string }} */ (data);
    // what this device remembers is shown, with a notice
    if (!was && this.wallet.problem?.code === "WalletNotFound") return this.#tell();
    this.setGone(was ?? "lost", since);
  }

  #tell() {
    if (!this.signal.aborted) this.dispatchEvent(new Event("change"));
  }
}
