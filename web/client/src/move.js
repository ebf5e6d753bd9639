/** A change of the password: the wallet moves from one key to another, in one step. */
import { toBase64 } from "./bytes.js";
import { LarimarError, locked } from "./error.js";
import { changeKeys } from "./federation-change.js";
import { One } from "./keeper.js";
import { blobDigest, changePasswordDigest } from "./keys.js";
import { higherIfStale } from "./opening.js";
import { confirm } from "./trust.js";

/** @typedef {import("./copies.js").Copies} Copies */
/** @typedef {import("./keys.js").Keys} Keys */
/**
 * @typedef {{ params: Parameters<import("./server.js").Server["changePassword"]>[0], blob: Uint8Array, revision: number, plaintext: Uint8Array }} Request
 */
/**
 * To which keys it goes, and what was said to the server; several servers are told what the device remembers.
 * @typedef {{ keys: Keys, request?: Request }} Move
 */

/**
 * Moves what is stored. The new copies know it when this comes back.
 * @param {Copies} old
 * @param {Copies} next
 * @param {import("./rpc.js").CallOptions} options
 * @param {Move | null} again what was said before, of which nobody knows whether it happened
 * @param {(begun: Move) => void} begin told before it is said
 * @throws {LarimarError} `Unsaved`, and those of `changePassword`
 */
export async function move(old, next, options, again, begin) {
  const { keeper } = old;
  if (!again) {
    await old.adopt();
    // several servers may be on the way already, here or there
    if (keeper instanceof One) await old.pull(options);
    if (old.mine || (await old.device.othersHaveDrafts())) {
      throw new LarimarError("Unsaved", "There are changes that are not stored yet, here or in another window. Save them, then change the password.");
    }
  }
  await next.recallHighest();
  if (!(keeper instanceof One)) {
    const to = /** @type {import("./federation.js").Federation} */ (next.keeper);
    begin({ keys: next.keys });
    const moved = await old.reach(() => changeKeys(keeper, to, old.stored?.revision ?? 0, options));
    next.statistics = old.statistics;
    return next.setStored(moved);
  }
  await higherIfStale(async () => {
    const request = again?.request ?? (await signed(old, next));
    again = null;
    begin({ keys: next.keys, request });
    const answer = await old.reach(() => keeper.server.changePassword(request.params, options));
    const { blob, revision, plaintext } = request;
    confirm(keeper, answer, next.keys, blob);
    const { local_hash: hash, updated } = answer;
    next.statistics = old.statistics;
    await next.setStored({ blob, hash, revision, plaintext, created: old.stored?.created ?? updated, updated });
  });
}

/**
 * What was changed while it was on its way comes along; then the old copies are forgotten.
 * @param {Copies} old
 * @param {Copies} next
 */
export async function carryOver(old, next) {
  await old.locally(async () => {
    const { mine } = old;
    if (mine) await next.edit(mine.plaintext.slice());
    await old.device.forget();
  });
  await old.wipe();
}


/**
 * @param {Copies} old
 * @param {Copies} next
 * @returns {Promise<Request>}
 */
async function signed({ keys: before, stored, nextRevision }, { keys, nextRevision: above }) {
  if (!stored) throw locked();
  const revision = Math.max(nextRevision, above);
  const plaintext = stored.plaintext.slice();
  const blob = await keys.seal(revision, plaintext);
  const params = {
    encrypted_data: toBase64(blob),
    old_signature: before.sign(changePasswordDigest(keys.publicKey, blob)),
    new_signature: keys.sign(blobDigest(blob)),
    original_local_hash: stored.hash,
  };
  return { params, blob, revision, plaintext };
}
