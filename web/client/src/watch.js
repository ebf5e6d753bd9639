/** A wallet that follows what others do to it. */
import { untilReached } from "./changes.js";
import { LarimarError } from "./error.js";

/** @typedef {import("./changes.js").Change} Change */

/**
 * What following needs of a wallet. `publicKey` may become another while it is followed.
 * @typedef {object} Followed
 * @property {() => string} publicKey
 * @property {(options: import("./changes.js").ChangesOptions) => AsyncGenerator<Change, void, void>} changes
 * @property {() => string | undefined} stored the hash of what is stored
 * @property {() => Promise<unknown>} turn when what this window does itself is known
 * @property {() => Promise<unknown>} sync
 * @property {() => void} offline
 * @property {(change: Extract<Change, { updated: string }>) => Promise<void>} left
 */

/**
 * Until the signal ends it, or the wallet is gone.
 * @param {Followed} wallet
 * @param {AbortSignal} ends
 * @param {import("./changes.js").ChangesOptions} options
 */
export async function follow(wallet, ends, options) {
  for (let watched = ""; watched !== wallet.publicKey() && !ends.aborted; ) {
    watched = wallet.publicKey();
    for await (const change of wallet.changes({ ...options, signal: ends })) {
      if (change.event === "disconnected") wallet.offline();
      else await wallet.turn();
      if (ends.aborted || watched !== wallet.publicKey()) break;
      if (change.event === "moved" || change.event === "deleted") await wallet.left(change);
      else if (change.event !== "disconnected" && (change.event !== "saved" || change.local_hash !== wallet.stored())) {
        await untilReached(() => wallet.sync().catch((error) => lost(wallet, error)), ends);
      }
    }
  }
}

/**
 * Of several servers, enough say that it is gone; what one says is not believed.
 * @param {Followed} wallet
 * @param {unknown} error
 */
async function lost(wallet, error) {
  const { was, since } = LarimarError.is(error, "WalletNotFound") ? error.data : {};
  if (was !== "moved" && was !== "deleted") throw error;
  await wallet.left({ event: was, updated: String(since ?? "") });
}
