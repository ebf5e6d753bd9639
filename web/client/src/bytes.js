/** Bytes: how they are put together, and their text forms of PROTOCOL.md, section 2. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { base64 } from "@scure/base";

const encoder = new TextEncoder();

/**
 * The UTF-8 of a text.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export const utf8 = (text) => encoder.encode(text);

/**
 * One after the other.
 * @param {...Uint8Array} parts
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * A number in four bytes, big endian.
 * @param {number} number
 */
export function u32be(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/**
 * `lp(x)` of PROTOCOL.md, section 3: the length in four bytes, then the bytes.
 * @param {Uint8Array} bytes
 */
export const lp = (bytes) => concat(u32be(bytes.length), bytes);

/**
 * Whether two byte strings are the same. For what is public; secrets are not compared in this library.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export const same = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);

/**
 * Lower-case hex.
 * @type {(bytes: Uint8Array) => string}
 */
export const toHex = bytesToHex;

/**
 * The bytes of hex digits in either case; throws if it is something else.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export const fromHex = (text) => new Uint8Array(hexToBytes(text));

/**
 * Padded base64 of RFC 4648, section 4.
 * @param {Uint8Array} bytes
 */
export const toBase64 = (bytes) => base64.encode(bytes);

/**
 * The bytes of padded, canonical base64; throws if it is something else.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export const fromBase64 = (text) => new Uint8Array(base64.decode(text));
