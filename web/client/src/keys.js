/** The owner's keys, and what they do: sign, seal, open (PROTOCOL.md, sections 2 to 4). */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, fromHex, lp, toHex, utf8 } from "./bytes.js";
import { LarimarError, locked } from "./error.js";

/** The highest revision there is. */
export const MAX_REVISION = 2 ** 53 - 1;

const MAGIC = utf8("LRM1");
const HEADER = MAGIC.length + 8;
const NONCE = 12;
const TAG = 16;

/** The keys of one wallet. They cannot be read from outside, and print as `***`. */
export class Keys {
  /** @type {Uint8Array | undefined} */
  #signing;
  /** @type {CryptoKey | undefined} */
  #encryption;

  /**
   * @param {string} publicKey
   * @param {Uint8Array} signing
   * @param {CryptoKey} encryption
   */
  constructor(publicKey, signing, encryption) {
    /** The name of the wallet: 66 hex digits. */
    this.publicKey = publicKey;
    this.#signing = signing;
    this.#encryption = encryption;
  }

  /**
   * @param {Uint8Array} signing 32 bytes, which are this object's from now on
   * @param {Uint8Array} encryption 32 bytes, which are wiped
   */
  static async of(signing, encryption) {
    const raw = new Uint8Array(encryption);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    raw.fill(0);
    encryption.fill(0);
    return new Keys(toHex(secp256k1.getPublicKey(signing)), signing, key);
  }

  /**
   * The signature of a digest of section 3: 130 hex digits.
   * @param {Uint8Array} digest 32 bytes
   */
  sign(digest) {
    if (!this.#signing) throw locked();
    const signature = secp256k1.sign(digest, this.#signing, { format: "recovered", prehash: false });
    // the compact form: 31 and the recovery id
    signature[0] = 31 + (signature[0] ?? 0);
    return toHex(signature);
  }

  /**
   * Seals a plaintext as the blob that a server keeps.
   * @param {number} revision from 1 to 2^53 - 1
   * @param {Uint8Array} plaintext
   * @param {Uint8Array} [nonce] 12 bytes, for the vectors only: random if left out, as it must be
   */
  async seal(revision, plaintext, nonce = crypto.getRandomValues(new Uint8Array(NONCE))) {
    if (!this.#encryption) throw locked();
    if (!Number.isSafeInteger(revision) || revision < 1) {
      throw new LarimarError("RevisionsUsedUp", "The wallet has used up all its revisions. Change the password to a new one.");
    }
    const head = header(revision);
    const sealed = await crypto.subtle.encrypt(this.#cipher(head, nonce), this.#encryption, new Uint8Array(plaintext));
    return concat(head, nonce, new Uint8Array(sealed));
  }

  /**
   * What a blob holds.
   * @param {Uint8Array} blob
   * @returns {Promise<{ revision: number, plaintext: Uint8Array<ArrayBuffer> }>}
   * @throws {LarimarError} `NotSealed`, `Tampered`
   */
  async open(blob) {
    if (!this.#encryption) throw locked();
    const revision = revisionOf(blob);
    if (revision === null) {
      throw new LarimarError("NotSealed", "This data was not written by a Larimar client. Use the program that wrote it.");
    }
    const head = blob.slice(0, HEADER);
    const nonce = blob.slice(HEADER, HEADER + NONCE);
    try {
      const sealed = new Uint8Array(blob.subarray(HEADER + NONCE));
      const opened = await crypto.subtle.decrypt(this.#cipher(head, nonce), this.#encryption, sealed);
      return { revision, plaintext: new Uint8Array(opened) };
    } catch (cause) {
      throw new LarimarError("Tampered", "This data was changed, or belongs to another key. Do not use it.", { cause });
    }
  }

  /** From now on nothing can be signed, sealed or opened. */
  wipe() {
    this.#signing?.fill(0);
    this.#signing = undefined;
    this.#encryption = undefined;
  }

  /** Whether they can still be used. */
  get usable() {
    return this.#signing !== undefined;
  }

  toJSON() {
    return "***";
  }

  /**
   * @param {Uint8Array} head
   * @param {Uint8Array} nonce
   */
  #cipher(head, nonce) {
    const additionalData = concat(utf8("larimar/v1/blob"), fromHex(this.publicKey), head);
    return { name: "AES-GCM", iv: new Uint8Array(nonce), additionalData };
  }
}

/**
 * The revision of a sealed blob; `null` if it is not sealed, which says nothing of whether it is authentic.
 * @param {Uint8Array} blob
 * @returns {number | null}
 */
export function revisionOf(blob) {
  if (blob.length < HEADER + NONCE + TAG || !MAGIC.every((byte, index) => blob[index] === byte)) return null;
  const view = new DataView(blob.buffer, blob.byteOffset);
  const revision = view.getBigUint64(MAGIC.length);
  return revision >= 1n && revision <= BigInt(MAX_REVISION) ? Number(revision) : null;
}

/**
 * `local_hash`: the name of a blob, and the digest that is signed with it; 32 bytes.
 * @param {Uint8Array} blob
 */
export const blobDigest = (blob) => sha256(blob);

/**
 * The bound form of `old_signature`: 32 bytes.
 * @param {string} newPublicKey
 * @param {Uint8Array} blob
 */
export const changePasswordDigest = (newPublicKey, blob) =>
  sha256(concat(utf8("larimar/v1/changePassword"), fromHex(newPublicKey), sha256(blob)));

/**
 * The digest of `deleteWallet`: 32 bytes.
 * @param {string} server host, and port unless it is the scheme's
 * @param {string} localHash of what is stored
 */
export const deleteWalletDigest = (server, localHash) =>
  sha256(concat(utf8("larimar/v1/deleteWallet"), lp(utf8(server)), fromHex(localHash)));

/** @param {number} revision */
function header(revision) {
  const head = new Uint8Array(HEADER);
  head.set(MAGIC);
  new DataView(head.buffer).setBigUint64(MAGIC.length, BigInt(revision));
  return head;
}
