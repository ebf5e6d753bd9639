/** How a wallet comes to be open: made with a code, or found on the server or on this device. */
import { same, toHex } from "./bytes.js";
import { LarimarError } from "./error.js";
import { One } from "./keeper.js";
import { blobDigest } from "./keys.js";

/** @typedef {import("./copies.js").Copies} Copies */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */

/**
 * Creates it.
 * @param {Copies} copies
 * @param {{ code: string | Record<string, string>, data: Uint8Array, replace: boolean }} what
 * @param {CallOptions} options
 */
export async function begin(copies, what, options) {
  const { keeper, keys } = copies;
  await copies.recallHighest();
  try {
    await higherIfStale(async () => {
      const revision = copies.nextRevision;
      const blob = await keys.seal(revision, what.data);
      const hash = toHex(blobDigest(blob));
      const { created, updated } = await copies.reach(() => keeper.create({ blob, hash, revision }, what, options));
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
 * Another server comes to have it.
 * @param {Copies} copies
 * @param {string} name
 * @param {{ code: string, replace?: boolean }} with_
 * @param {CallOptions} options
 */
export async function bringIn(copies, name, with_, options) {
  const { keeper } = copies;
  if (keeper instanceof One) throw new LarimarError("NoSuchServer", "This wallet is opened on one server only.");
  const add = () => copies.reach(() => keeper.add(name, with_, options));
  try {
    await add();
  } catch (error) {
    if (!LarimarError.is(error, "Stale")) throw error;
    // its key held more there once: the others go above that first
    await copies.lift(options);
    await add();
  }
  await copies.pull(options);
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
