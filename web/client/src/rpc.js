/** One JSON-RPC call over HTTP: its time, its repetitions, and what comes back (PROTOCOL.md, sections 1 and 8). */
import { LarimarError, isServerError } from "./error.js";

/**
 * @typedef {object} CallOptions
 * @property {AbortSignal} [signal] Ends the call; what the server has begun, it finishes.
 */

/**
 * What an answer must have.
 * @typedef {Record<string, "string" | "number" | "boolean" | "object" | "array">} Shape
 */

/**
 * @typedef {object} Way
 * @property {number} timeout milliseconds
 * @property {number} retries
 * @property {number} patience seconds
 * @property {typeof globalThis.fetch} fetch
 */

// a wallet of a server that allows sixteen times the default, in base64
const MOST_BYTES = 8 * 1024 * 1024;
let lastId = 0;

/**
 * Calls until there is an answer, or waiting is of no use. Every method but `requestCode` may be said again with the same
 * bytes: the protocol makes repetitions harmless.
 * @param {import("./address.js").Address} address
 * @param {string} method
 * @param {Record<string, unknown>} params
 * @param {Shape} shape
 * @param {Way & CallOptions} options
 * @returns {Promise<Record<string, unknown>>}
 */
export async function call(address, method, params, shape, options) {
  const id = ++lastId;
  const body = JSON.stringify({ jsonrpc: "2.0", id, method, params });
  for (let attempt = 0; ; attempt++) {
    options.signal?.throwIfAborted();
    try {
      return read(address, id, await post(address, body, options), shape);
    } catch (error) {
      const pause = waitBefore(error, attempt, options);
      if (pause === undefined) throw error;
      await sleep(pause, options.signal);
    }
  }
}

/**
 * Milliseconds until another attempt; `undefined` if there is to be none.
 * @param {unknown} error
 * @param {number} attempt
 * @param {Way} options
 */
function waitBefore(error, attempt, { retries, patience }) {
  if (!LarimarError.is(error) || attempt >= retries) return undefined;
  const { retryAfter } = error;
  if (retryAfter !== undefined) return retryAfter <= patience ? retryAfter * 1000 : undefined;
  return error.isOffline ? 250 * 4 ** attempt * (1 + Math.random()) : undefined;
}

/**
 * @param {import("./address.js").Address} address
 * @param {string} body
 * @param {Way & CallOptions} options
 * @returns {Promise<string>}
 */
async function post(address, body, { timeout, signal, fetch }) {
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(address.http, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: signal ? AbortSignal.any([signal, late]) : late,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    const text = await bounded(address, response);
    // a body that is no call is 400 with a JSON-RPC error in it
    if (response.ok || (response.status === 400 && text.startsWith("{"))) return text;
    throw new LarimarError("HttpStatus", `${address.name} answered with HTTP status ${response.status}. ${advice(response.status)}`, {
      server: address.name,
      status: response.status,
    });
  } catch (cause) {
    if (LarimarError.is(cause)) throw cause;
    signal?.throwIfAborted();
    if (late.aborted) {
      const message = `${address.name} did not answer in time. It may have done what it was asked for; asking again is safe.`;
      throw new LarimarError("Timeout", message, { server: address.name, cause });
    }
    const message = `${address.name} cannot be reached. Check the network, then try again.`;
    throw new LarimarError("Transport", message, { server: address.name, cause });
  }
}

/**
 * The text of an answer, unless there is more of it than any wallet has.
 * @param {import("./address.js").Address} address
 * @param {Response} response
 */
async function bounded(address, response) {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    bytes += piece.value.length;
    if (bytes > MOST_BYTES) {
      await reader?.cancel();
      throw unreadable(address, "more than 8 MiB");
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * @param {import("./address.js").Address} address
 * @param {number} id
 * @param {string} text
 * @param {Shape} shape
 */
function read(address, id, text, shape) {
  const answer = object(address, parsed(address, text), "no object");
  if ("error" in answer) throw refused(address, object(address, answer["error"], "an error without a form"));
  if (answer["id"] !== id) throw unreadable(address, "an answer to another call");
  const result = object(address, answer["result"], "no result");
  for (const [name, kind] of Object.entries(shape)) {
    const value = result[name];
    const fits = kind === "array" ? Array.isArray(value) : value !== null && typeof value === kind;
    if (!fits) throw unreadable(address, `no ${name}`);
  }
  return result;
}

/**
 * An error that a server answered with.
 * @param {import("./address.js").Address} address
 * @param {Record<string, unknown>} error
 */
export function refused(address, error) {
  const data = typeof error["data"] === "object" && error["data"] !== null ? /** @type {Record<string, unknown>} */ (error["data"]) : {};
  const code = isServerError(data["name"]) ? data["name"] : "UnknownError";
  const message = typeof error["message"] === "string" ? error["message"] : "The server refused without a reason.";
  const more = { server: address.name, data };
  return new LarimarError(code, message, typeof error["code"] === "number" ? { ...more, rpcCode: error["code"] } : more);
}

/**
 * @param {import("./address.js").Address} address
 * @param {string} text
 * @returns {unknown}
 */
function parsed(address, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(address, "no JSON");
  }
}

/**
 * @param {import("./address.js").Address} address
 * @param {unknown} value
 * @param {string} otherwise
 * @returns {Record<string, unknown>}
 */
function object(address, value, otherwise) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable(address, otherwise);
  return /** @type {Record<string, unknown>} */ (value);
}

/**
 * @param {import("./address.js").Address} address
 * @param {string} cause
 */
export function unreadable(address, cause) {
  const message = `${address.name} gave an answer that is not of this protocol (${cause}). Check its address.`;
  return new LarimarError("Unreadable", message, { server: address.name });
}

/** @param {number} status */
function advice(status) {
  if (status === 503) return "It has too many callers now. Try again in a minute.";
  if (status === 413) return "It takes less data at once. Remove something and try again.";
  if (status >= 500) return "Try again later, or ask its operator.";
  return "Check its address: this may be no Larimar server.";
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
export function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }, milliseconds);
    const aborted = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", aborted, { once: true });
  });
}
