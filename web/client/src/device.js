/** What this device remembers of one wallet, as far as it can: a full disk or a private window keep nobody from storing. */
import { revisionOf } from "./keys.js";
import { claim } from "./owner.js";
import { nothingYet } from "./way.js";

/** @typedef {import("./cache.js").Cache} Cache */
/** @typedef {import("./cache.js").Draft} Draft */
/** @typedef {import("./cache.js").Remembered} Remembered */

/** Under which name a wallet on several servers is remembered: which they are may change. */
export const SEVERAL = "several servers";

export class Device {
  #cache;
  #owner = claim();
  #forgotten = false;

  /**
   * @param {Cache} cache
   * @param {string} server its name
   * @param {string} publicKey
   */
  constructor(cache, server, publicKey) {
    this.#cache = cache;
    this.server = server;
    this.publicKey = publicKey;
    /** Whether the last thing that was to be remembered is. */
    this.remembers = !cache.fleeting;
    /** Whether what is remembered could be looked up the last time. */
    this.readable = true;
  }

  /** What is remembered. */
  async recall() {
    try {
      const found = await this.#cache.get(this.server, this.publicKey);
      this.readable = true;
      return found;
    } catch {
      this.readable = false;
      return null;
    }
  }

  /**
   * Takes over what was remembered of the wallet on one server alone, when it comes to be on several.
   * @param {readonly string[]} names
   */
  async inherit(names) {
    for (const name of names) {
      const one = await this.#cache.get(name, this.publicKey).catch(() => null);
      if (!one) continue;
      await this.#update(({ drafts, ...found }) => {
        const newer = one.highest > found.highest ? { highest: one.highest, stored: one.stored } : {};
        return { ...found, ...newer, drafts: [...drafts.filter(({ id }) => !one.drafts.some((draft) => draft.id === id)), ...one.drafts] };
      });
      if (this.remembers || this.#cache.fleeting) await this.#cache.update(name, this.publicKey, (left) => ({ ...left, drafts: [] })).catch(() => {});
    }
  }

  /**
   * Beside the copies, of several servers.
   * @param {(several: import("./way.js").Several) => import("./way.js").Several} change
   */
  noteSeveral(change) {
    return this.#update((found) => ({ ...found, several: change(found.several ?? nothingYet()) }));
  }

  /** The change from this key has come to its end on every server. @param {string} publicKey */
  async settle(publicKey) {
    const settled = (/** @type {Remembered} */ found) => (found.stored || found.drafts.length > 0 ? { ...found, several: nothingYet() } : null);
    await this.#cache.update(this.server, publicKey, settled).catch(() => {});
  }

  /** A draft that no other window owns; from now on it is this one's. */
  async adopt() {
    const live = await this.#owner.others();
    const own = this.#owner.ids;
    const drafts = (await this.recall())?.drafts ?? [];
    const draft = drafts.find(({ id }) => !live.has(id) && !own.has(id));
    if (!draft) return undefined;
    this.#owner.adopt(draft.id);
    await this.noteDraft(draft);
    return draft;
  }

  /** Whether other windows have changes that are not stored. */
  async othersHaveDrafts() {
    const drafts = (await this.recall())?.drafts ?? [];
    return drafts.some(({ id }) => !this.#owner.ids.has(id));
  }

  /**
   * An answer that comes late does not take the place of a newer one.
   * @param {import("./trust.js").State} state
   */
  noteStored({ blob, created, updated, revision }) {
    return this.#update((found) => {
      const newer = found.stored && (revisionOf(found.stored.blob) ?? 0) > revision;
      return { ...found, highest: Math.max(found.highest, revision), stored: newer ? found.stored : { blob, created, updated } };
    });
  }

  /**
   * In place of those that this window had.
   * @param {Omit<Draft, "id"> | null} draft
   */
  noteDraft(draft) {
    const { id, ids } = this.#owner;
    return this.#update((found) => {
      const others = found.drafts.filter((other) => !ids.has(other.id));
      return { ...found, drafts: draft ? [...others, { ...draft, id }] : others };
    });
  }

  /** Nothing is remembered any more, not even what is still to come; but what some server has still to be told. */
  async forget() {
    const unfinished = (/** @type {Remembered} */ { several, ...found }) =>
      several && (several.deleted !== null || several.change) ? { ...found, stored: null, drafts: [], several } : null;
    await this.#update(unfinished);
    this.#forgotten = true;
  }

  /** Leaves its drafts to the next window. */
  release() {
    this.#owner.release();
  }

  /** @param {(found: Remembered) => Remembered | null} change */
  async #update(change) {
    if (this.#forgotten) return;
    try {
      await this.#cache.update(this.server, this.publicKey, change);
      this.remembers = !this.#cache.fleeting;
    } catch {
      this.remembers = false;
    }
  }
}
