/** Two devices stored something new at once, and nothing was overwritten. */
import { LarimarError } from "./error.js";

/** The three sides are in `conflict`; `wallet.resolve(...)` ends it. */
export class ConflictError extends LarimarError {
  /** @param {import("./wallet.js").Wallet} wallet */
  constructor(wallet) {
    super("Conflict", "Another device stored something else meanwhile. Look at both, and choose.", { server: wallet.server.name });
    /** What was there before, what this device has, what the server has; plaintexts. */
    this.conflict = wallet.conflict;
  }
}
