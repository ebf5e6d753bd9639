/** Everything that can go wrong: one class, told apart by `name`-like codes, since `instanceof` breaks across bundles. */

// one line each: TypeScript copies a type that goes over several lines into the declarations with the comment's stars
/** @typedef {"InvalidParams" | "InvalidEmail" | "InvalidData" | "InvalidSignature" | "InvalidPublicKey" | "InvalidHash"} ParameterErrorCode */
/** @typedef {"InvalidCode" | "WalletNotFound" | "VersionNotFound" | "Conflict" | "WalletExists" | "EmailInUse" | "Stale"} StateErrorCode */
/** @typedef {"KeyUnchanged" | "BindingRequired" | "KeyRetired"} KeyErrorCode */
/** @typedef {"Internal" | "DataTooLarge" | "RateLimited" | "MailFailed" | "StoreUnavailable"} OperationErrorCode */
/** @typedef {ParameterErrorCode | StateErrorCode | KeyErrorCode | OperationErrorCode} ServerErrorCode What a server answers: PROTOCOL.md, section 8. */
/** @typedef {"Transport" | "Timeout" | "HttpStatus" | "Unreadable" | "InvalidUrl" | "InsecureUrl"} WayErrorCode */
/** @typedef {"WrongAnswer" | "Tampered" | "NotSealed" | "RolledBack" | "ServerNameNotListed"} TrustErrorCode */
/** @typedef {"NoQuorum" | "Unknown" | "NoAnswer" | "ChangeUnderWay" | "NoSuchServer" | "InvalidServers"} SeveralErrorCode */
/** @typedef {"InvalidText" | "RevisionsUsedUp" | "Locked" | "Unsaved" | "Unsupported" | "UnknownError"} OwnErrorCode */
/**
 * What this library finds by itself. `Transport`: not reachable. `Timeout`: no answer in time. `HttpStatus`: no Larimar
 * server, or an overloaded one. `Unreadable`: not this protocol. `WrongAnswer`: the answer does not fit the question.
 * `Tampered`: not authentic under the owner's keys. `NotSealed`: not written by a Larimar client. `RolledBack`: an older state than
 * this device has seen. `ServerNameNotListed`: the server is not called so. `InvalidText`: a password, an answer or an e-mail address
 * that cannot be used. `Locked`: the keys were wiped. `Unsaved`: there are changes that would be lost. `Unsupported`: the
 * browser lacks what is needed, mostly since the page is not from https. Of several servers: `NoQuorum`: too few have what the change is made
 * from, nothing was sent. `Unknown`: too few confirmed it, and it may have been done; it is said again. `NoAnswer`: none gave the wallet. `ChangeUnderWay`: the password is
 * being changed, and not every server has done it. `NoSuchServer`, `InvalidServers`: it is none of them, or there is no such group.
 * @typedef {WayErrorCode | TrustErrorCode | SeveralErrorCode | OwnErrorCode} ClientErrorCode
 */

/** @typedef {ServerErrorCode | ClientErrorCode} ErrorCode */

/** @type {ReadonlySet<unknown>} */
const SERVER_ERRORS = new Set([
  ...["InvalidParams", "InvalidEmail", "InvalidData", "InvalidSignature", "InvalidPublicKey", "InvalidHash", "DataTooLarge"],
  ...["InvalidCode", "WalletNotFound", "VersionNotFound", "Conflict", "WalletExists", "EmailInUse", "Stale"],
  ...["KeyUnchanged", "BindingRequired", "KeyRetired", "Internal", "RateLimited", "MailFailed", "StoreUnavailable"],
]);

/** @type {ReadonlySet<ErrorCode>} */
const OFFLINE = new Set(/** @type {ErrorCode[]} */ (["Transport", "Timeout", "NoQuorum", "Unknown", "NoAnswer"]));

/**
 * Whether a server may say this: it cannot pass for what this library found by itself.
 * @param {unknown} name
 * @returns {name is ServerErrorCode}
 */
export const isServerError = (name) => SERVER_ERRORS.has(name);

/** Why something did not work; the message says what to do next, and never contains a secret. */
export class LarimarError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {{ server?: string, data?: Record<string, unknown>, rpcCode?: number, status?: number, cause?: unknown }} [more]
   */
  constructor(code, message, more = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "LarimarError";
    /** Which error: the contract. */
    this.code = code;
    /** Host and port of the server that is to blame, if one is. */
    this.server = more.server;
    /** What else the server said: `retry_after`, `local_hash`, `revision`, `param`, `was` ... */
    this.data = more.data ?? {};
    /** The number of a JSON-RPC error. */
    this.rpcCode = more.rpcCode;
    /** The HTTP status of `HttpStatus`. */
    this.status = more.status;
  }

  /** Seconds to wait before it can work; `undefined` if waiting does not help. */
  get retryAfter() {
    const seconds = this.data["retry_after"];
    return typeof seconds === "number" && seconds >= 0 ? seconds : undefined;
  }

  /** Whether the server, or enough of several, was not reached, so that what this device holds is all there is. */
  get isOffline() {
    return OFFLINE.has(this.code) || (this.status !== undefined && this.status >= 500);
  }

  /**
   * Whether something that was caught is an error of this library, and of this code if one is given.
   * @param {unknown} error
   * @param {ErrorCode} [code]
   * @returns {error is LarimarError}
   */
  static is(error, code) {
    return error instanceof Error && error.name === "LarimarError" && "code" in error && (code === undefined || error.code === code);
  }
}

/** The keys were wiped, or are about to be. */
export const locked = () => new LarimarError("Locked", "The wallet is locked. Unlock it with its password.");
