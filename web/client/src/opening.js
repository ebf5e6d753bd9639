/** How a wallet comes to be open: made with a code, or found on the server or on this device. */
import { same } from "./bytes.js";
import { LarimarError } from "./error.js";
import { creation } from "./requests.js";
import { confirm } from "./trust.js";

/** @typedef {import("./copies.js").Copies} Copies */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */

/**
 * Creates it.
 * @param {Copies} copies
 * @param {{ code: string, data: Uint8Array, replace: boolean }} what
 * @param {CallOptions} options
 */
export async function begin(copies, what, options) {
  const { server, keys } = copies;
  await copies.recallHighest();
  try {
    await higherIfStale(async () => {
      const { params, blob, revision } = await creation(keys, copies.nextRevision, what);
      const answer = await copies.reach(() => server.createWallet(params, options));
      confirm(server, answer, keys, blob);
      const { local_hash: hash, created, updated } = answer;
      await copies.setStored({ blob, hash, revision, plaintext: what.data.slice(), created, updated });
    });
  } catch (error) {
    if (!LarimarError.is(error, "WalletExists") && !LarimarError.is(error, "InvalidCode")) throw error;
    // perhaps the code was spent by a call whose answer got lost
    await copies.pull(options).catch(() => {});
    if (!copies.stored || !same(copies.stored.plaintext, what.data)) throw error;
  }
}

/**
 * Opens it; from what this device remembers, if the server cannot be reached or trusted.
 * @param {Copies} copies
 * @param {boolean} offline
 * @param {CallOptions} options
 */
export async function openFirst(copies, offline, options) {
  await copies.recall();
  copies.online = !offline;
  if (!offline) await copies.pull(options).catch((error) => distrust(copies, error));
  if (!copies.held) {
    throw new LarimarError("WalletNotFound", "This device remembers no wallet for this combination. Connect to the server once.");
  }
}

/**
 * @param {Copies} copies
 * @param {unknown} error
 */
function distrust(copies, error) {
  // a key that was moved or deleted is no mistake of the server's
  if (!copies.held || !LarimarError.is(error) || error.data["was"] !== undefined) throw error;
  if (copies.online) copies.problem ??= error;
}

/**
 * Once more, with a higher revision, if this key held a wallet before.
 * @param {() => Promise<void>} work
 */
export async function higherIfStale(work) {
  try {
    await work();
  } catch (error) {
    if (!LarimarError.is(error, "Stale") || error.data["revision"] === undefined) throw error;
    await work();
  }
}
