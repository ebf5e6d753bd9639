/** An open wallet on this page: its entries, its saving in the background, what others did to it. Gone when it is locked. */
import { LarimarError, deriveKeys, entriesToBytes, mergeEntries, parseEntries } from "larimar-client";
import { autolock } from "./autolock.js";
import { emptyClipboard } from "./clipboard.js";
import { differences, replacing } from "./history.js";
import { T, explain } from "./messages.js";
import { kdf } from "./policy.js";
import { lockMinutes } from "./preferences.js";
import { keepVersion } from "./update.js";

/** @typedef {import("larimar-client").Wallet} Wallet */
/** @typedef {import("larimar-client").Entries} Entries */
/** @typedef {import("./history.js").Step} Step */
/** @typedef {{ event: "moved" | "deleted", since: string }} Gone */
/** @typedef {"saved" | "saving" | "unsaved" | "offline" | "conflict" | "problem"} ShownState */

const AGAIN = 30_000;
const STEPS_BACK = 20;

/** Fires `change` when there is something else to show, and `locked` at its end. */
export class Session extends EventTarget {
  /** @type {Entries | null} */
  entries = null;
  /** What it holds if it is no entries. @type {Uint8Array | null} */
  foreign = null;
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
  #following = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  #pending = 0;

  /**
   * @param {Wallet} wallet
   * @param {{ email: string, answers: number }} person
   */
  constructor(wallet, person) {
    super();
    this.wallet = wallet;
    this.person = person;
    const { signal } = this.#closed;
    wallet.addEventListener("state", () => this.#stateChanged(), { signal });
    wallet.addEventListener("change", () => this.#read(), { signal });
    wallet.addEventListener("gone", (event) => this.#setGone(/** @type {CustomEvent} */ (event).detail.event, /** @type {CustomEvent} */ (event).detail.updated), { signal });
    addEventListener("online", () => void this.#recover(), { signal });
    addEventListener("beforeunload", (event) => this.hasLoose && event.preventDefault(), { signal });
    autolock({ minutes: lockMinutes, lock: () => this.lock(T.lock.byTimer), warn: (soon) => this.#warn(soon), signal });
    keepVersion(signal);
    // a wallet that was just created has had no call that brings statistics
    if (wallet.online && !wallet.statistics) this.lastBefore = null;
    this.#noteLastBefore();
    this.#read();
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
    if (state === "conflict") return "conflict";
    if (problem) return "problem";
    if (state === "saving") return "saving";
    if (!online) return "offline";
    return state;
  }

  /** Changes that only this device has. */
  get unsaved() {
    return this.wallet.state !== "saved" || this.#pending > 0;
  }

  /** Changes that a reload would lose, since they are not even remembered. */
  get hasLoose() {
    const forgotten = this.wallet.state !== "saved" && !this.wallet.remembers;
    return this.#pending > 0 || forgotten || document.querySelector("form[data-filled]") !== null;
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
   * Puts an older state in the place of what it holds.
   * @param {Uint8Array} plaintext
   */
  async restore(plaintext) {
    const after = parseEntries(plaintext);
    if (after && this.entries) return this.apply(replacing(this.entries, after));
    await this.wallet.edit(plaintext);
    this.#read();
    await this.save();
  }

  /** Sends what is not stored; what goes wrong is shown, and tried again. */
  async save() {
    clearTimeout(this.#retry);
    try {
      await this.wallet.save(undefined, { signal: this.signal });
      this.failure = null;
    } catch (error) {
      this.#failed(error);
    }
    this.#tell();
  }

  /** Asks the server what is new. @throws {LarimarError} */
  async refresh() {
    try {
      await this.wallet.sync({ signal: this.signal });
      this.failure = null;
    } catch (error) {
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
      if (!LarimarError.is(error, "Conflict")) throw error;
      await this.#mergeIfClear();
    } finally {
      this.#tell();
    }
  }

  /** What both sides of a conflict hold, entry by entry; `null` if one of them is no entries. */
  get sides() {
    const { conflict } = this.wallet;
    if (!conflict) return null;
    const [mine, theirs] = [parseEntries(conflict.mine), parseEntries(conflict.theirs)];
    const base = conflict.base && parseEntries(conflict.base);
    return mine && theirs ? { mine, theirs, ...mergeEntries(base, mine, theirs) } : null;
  }

  /** @param {Uint8Array} plaintext */
  async resolve(plaintext) {
    await this.wallet.resolve(plaintext, { signal: this.signal });
    this.steps = [];
    this.failure = null;
    this.#read();
  }

  async repair() {
    await this.wallet.repair({ signal: this.signal });
    this.failure = null;
    this.#read();
  }

  /**
   * @param {{ password: string, answers: string[] }} next
   * @param {{ signal?: AbortSignal, onProgress: (fraction: number) => void }} options
   */
  async changePassword({ password, answers }, options) {
    if (this.unsaved) await this.wallet.save(undefined, options);
    const keys = await deriveKeys({ email: this.person.email, password, answers }, { kdf, ...options });
    // the notice of this change would be taken for somebody else's
    this.#following.abort();
    try {
      await this.wallet.changePassword(keys, options);
      this.person = { ...this.person, answers: answers.length };
    } finally {
      this.#follow();
    }
  }

  async remove() {
    this.#following.abort();
    try {
      await this.wallet.sync({ signal: this.signal }).catch(() => {});
      await this.wallet.remove();
    } catch (error) {
      this.#follow();
      throw error;
    }
    this.lock(T.remove.done(this.wallet.server.name));
  }

  /** @param {string} [why] */
  lock(why) {
    if (this.signal.aborted) return;
    this.#closed.abort();
    this.#following.abort();
    clearTimeout(this.#retry);
    void emptyClipboard();
    this.wallet.lock();
    this.entries = this.foreign = this.said = null;
    this.steps = [];
    this.dispatchEvent(new CustomEvent("locked", { detail: why }));
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

  /** @param {import("./history.js").Change} change */
  async #change(change) {
    if (!this.entries) return;
    this.entries = change(this.entries);
    this.#pending++;
    this.#tell();
    try {
      await this.wallet.edit((held) => entriesToBytes(change(parseEntries(held) ?? /** @type {Entries} */ (this.entries))));
    } catch (error) {
      this.failure = LarimarError.is(error) ? error : new LarimarError("UnknownError", T.errors.notRemembered, { cause: error });
      return this.#tell();
    } finally {
      this.#pending--;
    }
    if (this.#pending === 0) await this.save();
  }

  #read() {
    if (this.signal.aborted) return;
    const { data } = this.wallet;
    const read = parseEntries(data);
    this.foreign = read || data.length === 0 ? null : data;
    const before = this.entries;
    this.entries = read ?? (data.length === 0 ? { larimar: 1, entries: [] } : null);
    if (before && this.entries && differences(before, this.entries).length > 0) this.steps = [];
    this.#tell();
  }

  #noteLastBefore() {
    const { statistics } = this.wallet;
    // the newest is the call that opened this window
    if (statistics && this.lastBefore === undefined) this.lastBefore = statistics.recent[1] ?? null;
  }

  #stateChanged() {
    this.#noteLastBefore();
    this.#tell();
  }

  #follow() {
    this.#following = new AbortController();
    const signal = AbortSignal.any([this.#following.signal, this.signal]);
    if (signal.aborted) return;
    this.wallet.watch({ signal }).catch((error) => {
      if (LarimarError.is(error, "WalletNotFound")) this.#setGoneBy(error);
    });
  }

  /** @param {unknown} error */
  #failed(error) {
    if (!LarimarError.is(error) || this.signal.aborted) return;
    if (error.code === "WalletNotFound") return this.#setGoneBy(error);
    if (error.code === "Conflict") return void this.#mergeIfClear();
    this.failure = error;
    // a server that is not believed is asked again when the user says so
    if (this.wallet.problem) return;
    const wait = Math.max(AGAIN, (error.retryAfter ?? 0) * 1000);
    this.#retry = setTimeout(() => void this.save(), wait);
  }

  async #recover() {
    if (this.wallet.state === "unsaved") await this.save();
    else await this.refresh().catch(() => {});
  }

  /** Changes of different entries need no question: both are taken. */
  async #mergeIfClear() {
    const { sides } = this;
    if (!sides || sides.clashes.length > 0) return this.#tell();
    try {
      await this.resolve(entriesToBytes(sides.merged));
      this.say(T.conflict.merged);
    } catch (error) {
      this.failure = LarimarError.is(error) ? error : null;
    }
    this.#tell();
  }

  /** @param {LarimarError} error */
  #setGoneBy({ data }) {
    const { was, since } = /** @type {{ was?: Gone["event"], since?: string }} */ (data);
    this.#setGone(was ?? "deleted", since ?? "");
  }

  /**
   * @param {Gone["event"]} event
   * @param {string} since
   */
  #setGone(event, since) {
    this.gone = { event, since };
    clearTimeout(this.#retry);
    this.#tell();
  }

  /** @param {boolean} soon */
  #warn(soon) {
    this.locksSoon = soon;
    this.#tell();
  }

  #tell() {
    if (!this.signal.aborted) this.dispatchEvent(new Event("change"));
  }
}

/** What went wrong, in words. @param {Session} session */
export const failureOf = (session) => session.failure && explain(session.failure);
