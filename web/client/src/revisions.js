/** Which revisions of a wallet there were, and which one is next. */
import { LarimarError } from "./error.js";

/** No honest server knows of a revision so far above (PROTOCOL.md, section 4). */
export const FARTHEST = 2 ** 40;
/** Of several servers, one that lies leads all the others up, who then have to take it: not far, and it can be left behind. */
export const FARTHEST_OF_SEVERAL = 2 ** 20;

export class Revisions {
  /** The highest that opened here. */
  highest = 0;
  /** The highest that a server spoke of. */
  #told = 0;
  #farthest;

  /** @param {number} farthest how far above it a server is believed */
  constructor(farthest) {
    this.#farthest = farthest;
  }

  get next() {
    return Math.max(this.highest, this.#told) + 1;
  }

  /** @param {number} revision that opened here */
  saw(revision) {
    this.highest = Math.max(this.highest, revision);
  }

  /** @param {unknown} revision that the server spoke of */
  hear(revision) {
    if (typeof revision !== "number" || !Number.isSafeInteger(revision) || revision > this.highest + this.#farthest) return;
    this.#told = Math.max(this.#told, revision);
  }

  /**
   * @template {{ revision: number }} T
   * @param {T} found
   * @param {string} server its name
   * @throws {LarimarError} `RolledBack`
   */
  notOlder(found, server) {
    const { revision } = found;
    if (revision >= this.highest) return found;
    const message = `${server} went back in time: it has revision ${revision}, and had ${this.highest}. Keep what you have, and ask its operator.`;
    throw new LarimarError("RolledBack", message, { server, data: { revision, seen: this.highest } });
  }
}
