/** What both sides of a conflict hold, entry by entry, and how they come together without a question. */
import { LarimarError, entriesToBytes, mergeEntries, parseEntries } from "larimar-client";

/** @typedef {import("larimar-client").Conflict} Conflict */

const MERGES = 5;

/**
 * `null` if one of them is no list of entries.
 * @param {Conflict} conflict
 */
export function sidesOf({ base, mine, theirs }) {
  const [ours, others] = [parseEntries(mine), parseEntries(theirs)];
  return ours && others ? { mine: ours, theirs: others, ...mergeEntries(base && parseEntries(base), ours, others) } : null;
}

/** Whether nothing in it needs a question. @param {Conflict | null} conflict */
export const isClear = (conflict) => conflict !== null && sidesOf(conflict)?.clashes.length === 0;

/**
 * Takes both sides; true if that was done.
 * @param {import("larimar-client").Wallet} wallet
 * @param {(conflict: Conflict, plaintext: Uint8Array) => Promise<void>} resolve
 */
export async function mergeWhileClear(wallet, resolve) {
  for (let merge = 0; merge < MERGES; merge++) {
    const { conflict } = wallet;
    const sides = conflict && sidesOf(conflict);
    if (!conflict || !sides || sides.clashes.length > 0) return false;
    try {
      await resolve(conflict, entriesToBytes(sides.merged));
      return true;
    } catch (error) {
      // one side is another by now: once more with that
      if (!LarimarError.is(error, "Conflict")) return false;
    }
  }
  return false;
}
