/**
 * Larimar in the browser and in Node: keys from what a person remembers, blobs that the server cannot read, every method of the
 * server. `Wallet` is what most programs need; `Server` and `Keys` are what it is made of.
 */
export { Address } from "./address.js";
export { defaultCache, indexedDbCache, memoryCache } from "./cache.js";
export { ConflictError } from "./conflict.js";
export { deriveKeys } from "./derive.js";
export { entriesToBytes, mergeEntries, newEntryId, noEntries, parseEntries } from "./entries.js";
export { LarimarError } from "./error.js";
export { inlineKdf, workerKdf } from "./kdf.js";
export { Keys, MAX_REVISION, blobDigest, changePasswordDigest, deleteWalletDigest, revisionOf } from "./keys.js";
export { advice, needsACode } from "./report.js";
export { Server } from "./server.js";
export { Servers } from "./servers.js";
export { normalAnswer, normalEmail, normalPassword } from "./text.js";
export { Wallet } from "./wallet.js";

/** @typedef {import("./cache.js").Cache} Cache */
/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./copies.js").Conflict} Conflict */
/** @typedef {import("./derive.js").Credentials} Credentials */
/** @typedef {import("./derive.js").DeriveOptions} DeriveOptions */
/** @typedef {import("./entries.js").Clash} Clash */
/** @typedef {import("./entries.js").Entries} Entries */
/** @typedef {import("./entries.js").Entry} Entry */
/** @typedef {import("./error.js").ErrorCode} ErrorCode */
/** @typedef {import("./kdf.js").Kdf} Kdf */
/** @typedef {import("./report.js").Line} Line */
/** @typedef {import("./wallet.js").Place} Place */
/** @typedef {import("./server.js").Access} Access */
/** @typedef {import("./server.js").ServerOptions} ServerOptions */
/** @typedef {import("./server.js").Statistics} Statistics */
/** @typedef {import("./server.js").Version} Version */
/** @typedef {import("./copies.js").SaveState} SaveState */
