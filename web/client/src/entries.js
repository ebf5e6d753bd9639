/** The plaintext that Larimar's own clients write (PROTOCOL.md, section 4): named secrets in JSON. Unknown members are kept. */
import { toHex, utf8 } from "./bytes.js";

/**
 * @typedef {object} Entry
 * @property {string} id Names the entry for as long as it lives.
 * @property {string} name
 * @property {string} secret
 * @property {string} [note]
 * @property {string} [updated] RFC 3339, by the clock of the device that changed it.
 */

/** @typedef {{ larimar: 1, entries: Entry[] } & Record<string, unknown>} Entries */

/** @returns {Entries} */
export const noEntries = () => ({ larimar: 1, entries: [] });

/**
 * Reads a plaintext; `null` if it is something else, which does not mean that it is damaged.
 * @param {Uint8Array} plaintext
 * @returns {Entries | null}
 */
export function parseEntries(plaintext) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plaintext));
    return value?.larimar === 1 && Array.isArray(value.entries) && value.entries.every(isEntry) ? value : null;
  } catch {
    return null;
  }
}

/**
 * The UTF-8 JSON that is sealed.
 * @param {Entries} entries
 */
export const entriesToBytes = (entries) => utf8(JSON.stringify(entries));

/** An id for a new entry: 16 random hex digits. */
export const newEntryId = () => toHex(crypto.getRandomValues(new Uint8Array(8)));

/**
 * An entry that both sides changed, each in another way; `null` where it is not there.
 * @typedef {{ id: string, base: Entry | null, mine: Entry | null, theirs: Entry | null }} Clash
 */

/**
 * Brings two sets of changes together: what only one side changed is taken, and nothing is dropped that the other side
 * did not drop. Where both changed the same entry, mine is in the merged entries (theirs, if mine dropped it), and the clash is listed.
 * @param {Entries | null} base
 * @param {Entries} mine
 * @param {Entries} theirs
 * @returns {{ merged: Entries, clashes: Clash[] }}
 */
export function mergeEntries(base, mine, theirs) {
  const [before, ours, others] = [base ?? noEntries(), mine, theirs].map(
    ({ entries }) => new Map(entries.map((entry) => [entry.id, entry])),
  );
  /** @type {Clash[]} */
  const clashes = [];
  /** @type {Entry[]} */
  const merged = [];
  for (const id of new Set([...mine.entries, ...theirs.entries].map((entry) => entry.id))) {
    const [was, my, their] = [before?.get(id) ?? null, ours?.get(id) ?? null, others?.get(id) ?? null];
    const chosen = equal(my, was) ? their : my;
    if (equal(my, was) || equal(their, was) || equal(my, their)) {
      if (chosen) merged.push(chosen);
    } else {
      clashes.push({ id, base: was, mine: my, theirs: their });
      const kept = my ?? their;
      if (kept) merged.push(kept);
    }
  }
  // members of the whole that this version does not know: theirs, unless only mine changed
  const rest = { ...mine, ...theirs };
  for (const name of Object.keys(mine)) {
    if (equal(theirs[name], base?.[name])) rest[name] = mine[name];
  }
  return { merged: { ...rest, larimar: 1, entries: merged }, clashes };
}

/** @param {any} value */
function isEntry(value) {
  return (
    typeof value === "object" && value !== null && typeof value.id === "string" && typeof value.name === "string" && typeof value.secret === "string" &&
    (value.note === undefined || typeof value.note === "string") && (value.updated === undefined || typeof value.updated === "string")
  );
}

/**
 * Whether two JSON values are the same, in whatever order their members stand.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean}
 */
function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.keys(b)];
  return left.length === right.length && left.every(([name, value]) => name in b && equal(value, /** @type {any} */ (b)[name]));
}
