/** Which revisions of a wallet there were, and which one is next. */
import { LarimarError } from "./error.js";

// no honest server knows of a revision so far above (PROTOCOL.md, section 4)
const FARTHEST = 2 ** 40;

export class Revisions {
  /** The highest that opened here. */
  highest = 0;
  /** The highest that a server spoke of. */
  #told = 0;

  get next() {
    return Math.max(this.highest, this.#told) + 1;
  }

  /** @param {number} revision that opened here */
  saw(revision) {
    this.highest = Math.max(this.highest, revision);
  }

  /** @param {unknown} revision that the server spoke of */
  hear(revision) {
    if (typeof revision !== "number" || !Number.isSafeInteger(revision) || revision > this.highest + FARTHEST) return;
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
