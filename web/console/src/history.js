/** Changes of entries as functions, each with the function that takes it back. */
import { mergeEntries, newEntryId } from "larimar-client";
import { fieldsOf } from "./entry-draft.js";

/** @typedef {import("larimar-client").Entry} Entry */
/** @typedef {import("larimar-client").Entries} Entries */
/** @typedef {import("./entry-draft.js").Fields} Fields */
/** @typedef {(entries: Entries) => Entries} Change */
/** @typedef {{ what: string, change: Change, back: Change }} Step */

/**
 * @param {Entry[]} list
 * @param {string} id
 */
const without = (list, id) => list.filter((entry) => entry.id !== id);

/**
 * Puts the entry where it was, or at that place if it is not there.
 * @param {Entry} entry
 * @param {number} [place]
 * @returns {Change}
 */
const put = (entry, place = 0) => (all) => {
  const found = all.entries.findIndex(({ id }) => id === entry.id);
  const entries = found < 0 ? all.entries.toSpliced(place, 0, entry) : all.entries.with(found, entry);
  return { ...all, entries };
};

/**
 * Alters some members of the entry as it is by then: another device may have changed the others. If it is gone, it comes back.
 * @param {Entry} entry
 * @param {Partial<Entry>} members
 * @returns {Change}
 */
const alter = (entry, members) => (all) => put({ ...(all.entries.find(({ id }) => id === entry.id) ?? entry), ...members })(all);

/**
 * @param {string} id
 * @returns {Change}
 */
const drop = (id) => (all) => ({ ...all, entries: without(all.entries, id) });

/** @param {string} name */
const short = (name) => ([...name].length > 40 ? `${[...name].slice(0, 39).join("")}…` : name);

/** @param {Fields} fields */
export const newEntry = (fields) => ({ id: newEntryId(), ...fields, updated: new Date().toISOString() });

/**
 * @param {Entry} entry
 * @returns {Step}
 */
export const adding = (entry) => ({ what: `Added “${short(entry.name)}”`, change: put(entry), back: drop(entry.id) });

/**
 * @param {Entry} before
 * @param {Partial<Fields>} typed only the fields that were changed
 * @returns {Step}
 */
export function editing(before, typed) {
  const was = fieldsOf(before);
  const names = /** @type {(keyof Fields)[]} */ (Object.keys(typed));
  const old = Object.fromEntries(names.map((name) => [name, was[name]]));
  const times = before.updated === undefined ? {} : { updated: before.updated };
  return {
    what: `Changed “${short(typed.name ?? before.name)}”`,
    change: alter(before, { ...typed, updated: new Date().toISOString() }),
    back: alter(before, { ...old, ...times }),
  };
}

/**
 * @param {Entry} entry
 * @param {number} place
 * @returns {Step}
 */
export const deleting = (entry, place) => ({ what: `Deleted “${short(entry.name)}”`, change: drop(entry.id), back: put(entry, place) });

/**
 * Everything at once, for a restored version. What another device adds meanwhile stays.
 * @param {Entries} before
 * @param {Entries} after
 * @returns {Step}
 */
export const replacing = (before, after) => ({
  what: "Restored an older state",
  change: (all) => mergeEntries(before, after, all).merged,
  back: (all) => mergeEntries(after, before, all).merged,
});

/**
 * @typedef {{ id: string, kind: "added" | "removed" | "changed", before: Entry | null, after: Entry | null }} Difference
 */

/**
 * Entry by entry.
 * @param {Entries} before
 * @param {Entries} after
 * @returns {Difference[]}
 */
export function differences(before, after) {
  const [old, now] = [before, after].map(({ entries }) => new Map(entries.map((entry) => [entry.id, entry])));
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((id) => {
    const [was, is] = [old?.get(id) ?? null, now?.get(id) ?? null];
    if (was && is && sameFields(was, is)) return [];
    /** @type {Difference["kind"]} */
    const kind = !was ? "added" : !is ? "removed" : "changed";
    return [{ id, kind, before: was, after: is }];
  });
}

/**
 * @param {Entry} a
 * @param {Entry} b
 */
const sameFields = (a, b) => a.name === b.name && a.secret === b.secret && (a.note ?? "") === (b.note ?? "");
