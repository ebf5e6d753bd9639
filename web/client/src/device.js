/** What this device remembers of one wallet, as far as it can: a full disk or a private window keep nobody from storing. */
import { claim } from "./owner.js";

/** @typedef {import("./cache.js").Cache} Cache */
/** @typedef {import("./cache.js").Draft} Draft */
/** @typedef {import("./cache.js").Remembered} Remembered */

export class Device {
  #cache;
  #owner = claim();

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
    this.remembers = true;
  }

  /**
   * What is remembered, and a draft that no other window owns, which is this one's from now on.
   * @returns {Promise<{ remembered: Remembered | null, draft: Draft | undefined }>}
   */
  async recall() {
    const remembered = await this.#cache.get(this.server, this.publicKey).catch(() => null);
    const live = await this.#owner.others();
    const draft = remembered?.drafts.find(({ id }) => !live.has(id));
    if (draft) this.#owner.adopt(draft.id);
    return { remembered, draft };
  }

  /** @param {import("./trust.js").State} state */
  noteStored({ blob, created, updated, revision }) {
    return this.#update((found) => ({ ...found, highest: Math.max(found.highest, revision), stored: { blob, created, updated } }));
  }

  /**
   * In place of those that this window had.
   * @param {Omit<Draft, "id"> | null} draft
   */
  noteDraft(draft) {
    const own = this.#owner.ids;
    return this.#update((found) => {
      const others = found.drafts.filter(({ id }) => !own.has(id));
      return { ...found, drafts: draft ? [...others, { ...draft, id: this.#owner.id }] : others };
    });
  }

  forget() {
    return this.#update(() => null);
  }

  /** Leaves its drafts to the next window. */
  release() {
    this.#owner.release();
  }

  /** @param {(found: Remembered) => Remembered | null} change */
  async #update(change) {
    try {
      await this.#cache.update(this.server, this.publicKey, change);
      this.remembers = true;
    } catch {
      this.remembers = false;
    }
  }
}
