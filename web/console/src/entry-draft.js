/** An entry form that is open. It belongs to the session: what was typed outlives a look at another view, and ends with the lock. */

/** @typedef {import("larimar-client").Entry} Entry */
/** @typedef {{ name: string, secret: string, note: string }} Fields */
/** @typedef {keyof Fields} FieldName */
/**
 * `before` is the entry as it is stored, `null` for a new one; `overtaken` are the fields that another device changed while
 * something else was typed there; `dropped`: it was deleted elsewhere meanwhile, so that it is a new one now.
 * @typedef {{ before: Entry | null, fields: Fields, overtaken: FieldName[], dropped: boolean }} Draft
 */

/** @type {FieldName[]} */
const NAMES = ["name", "secret", "note"];

/** @param {Entry | null} entry @returns {Fields} */
export const fieldsOf = (entry) => ({ name: entry?.name ?? "", secret: entry?.secret ?? "", note: entry?.note ?? "" });

/** @param {Entry | null} entry @returns {Draft} */
export const begun = (entry) => ({ before: entry, fields: fieldsOf(entry), overtaken: [], dropped: false });

/** What was typed, and nothing else. @param {Draft} draft @returns {Partial<Fields>} */
export function typed({ before, fields }) {
  const was = fieldsOf(before);
  return Object.fromEntries(NAMES.filter((name) => fields[name] !== was[name]).map((name) => [name, fields[name]]));
}

/** Whether something would be lost with it. @param {Draft | null} draft */
export const isFilled = (draft) => draft !== null && (draft.dropped || Object.keys(typed(draft)).length > 0);

/**
 * The form over the entries as they are by now: untouched fields follow them, and what was typed stays.
 * @param {Draft} draft
 * @param {readonly Entry[]} entries
 * @returns {Draft | null} `null` if there is nothing left to ask
 */
export function followed(draft, entries) {
  const { before, fields } = draft;
  if (!before) return draft;
  const now = entries.find(({ id }) => id === before.id);
  if (!now) return isFilled(draft) ? { before: null, fields, overtaken: [], dropped: true } : null;
  const [was, is] = [fieldsOf(before), fieldsOf(now)];
  const isTyped = (/** @type {FieldName} */ name) => fields[name] !== was[name];
  const isOvertaken = (/** @type {FieldName} */ name) => isTyped(name) && fields[name] !== is[name] && (was[name] !== is[name] || draft.overtaken.includes(name));
  const next = Object.fromEntries(NAMES.map((name) => [name, isTyped(name) ? fields[name] : is[name]]));
  return { before: now, fields: /** @type {Fields} */ (next), overtaken: NAMES.filter(isOvertaken), dropped: false };
}
