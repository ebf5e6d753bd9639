/** What a device keeps of a wallet on several servers, beside the content: hashes, signatures and ciphertext, never a secret. */

/** @typedef {import("./report.js").Head} Head */
/**
 * A change of the password as it is said to servers, and said again with the same bytes.
 * @typedef {{ from: string, to: string, head: Head, params: { encrypted_data: string, old_signature: string, new_signature: string } }} Change
 */
/**
 * @typedef {object} Several
 * @property {Record<number, string[]>} way Which contents were the wallet, or were brought into it, revision by revision: what may be replaced.
 * @property {Record<string, Head>} heads The highest that each server had or confirmed.
 * @property {Record<string, number>} failed When a server that does not work failed, as an instant.
 * @property {Change | null} change A password change that not every server has done.
 * @property {boolean} begun Whether this device made it, and no quorum has had it yet.
 * @property {number | null} deleted A deletion of everything up to this revision that not every server has done.
 */

/** How many revisions back a device knows the way. */
const KEPT = 256;

/** @type {() => Several} */
export const nothingYet = () => ({ way: {}, heads: {}, failed: {}, change: null, begun: false, deleted: null });

/**
 * With these contents on the way.
 * @param {Several} several
 * @param {...Head} heads
 * @returns {Several}
 */
export function onTheWay(several, ...heads) {
  const way = { ...several.way };
  for (const { revision, hash } of heads) way[revision] = [...new Set([...(way[revision] ?? []), hash])];
  const kept = Object.entries(way).sort(([a], [b]) => Number(b) - Number(a)).slice(0, KEPT);
  return { ...several, way: Object.fromEntries(kept) };
}

/**
 * These servers have this, or had it; a lower one takes the place of none.
 * @param {Several} several
 * @param {[server: string, head: Head | null][]} found
 * @returns {Several}
 */
export function withHeads(several, found) {
  const heads = { ...several.heads };
  for (const [server, head] of found) if (head && (heads[server]?.revision ?? 0) <= head.revision) heads[server] = head;
  return { ...several, heads };
}

/**
 * Whether this content may be replaced by the next one after `base`: it is on the way, or older than all that is known of the way. A content of a known
 * revision that is not on the way is a change of another device that was never brought in: it is shown, not replaced.
 * @param {Several} several
 * @param {Head} head
 * @param {number} base
 */
export function leadsOver({ way }, { revision, hash }, base) {
  const known = way[revision];
  return known ? known.includes(hash) : revision < base;
}
