/** What this device remembers of one wallet, as far as it can: a full disk or a private window keep nobody from storing. */
import { revisionOf } from "./keys.js";
import { claim } from "./owner.js";

/** @typedef {import("./cache.js").Cache} Cache */
/** @typedef {import("./cache.js").Draft} Draft */
/** @typedef {import("./cache.js").Remembered} Remembered */

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
  }

  /** What is remembered. */
  recall() {
    return this.#cache.get(this.server, this.publicKey).catch(() => null);
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

  /** Nothing is remembered any more, not even what is still to come. */
  async forget() {
    await this.#update(() => null);
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
