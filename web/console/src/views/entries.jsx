import { useRef, useState } from "preact/hooks";
import { begun, isFilled, typed } from "../entry-draft.js";
import { adding, deleting, editing, newEntry } from "../history.js";
import { number } from "../format.js";
import { T } from "../messages.js";
import { Field } from "../parts/field.jsx";
import { LastAccess } from "../parts/last-access.jsx";
import { Notice } from "../parts/notice.jsx";
import { Secret } from "../parts/secret.jsx";
import { Time } from "../parts/time.jsx";
import { View } from "../parts/view.jsx";
import { EntryForm } from "./entry-form.jsx";

/** @typedef {import("larimar-client").Entry} Entry */
/** @typedef {import("../entry-draft.js").Draft} Draft */

// from where on a search is of more help than in the way
const SEARCHED = 4;

/** @param {import("./open.jsx").SessionProps} props */
export function Entries({ session }) {
  const { draft } = session;
  const entries = session.entries?.entries ?? [];
  const [search, setSearch] = useState("");
  const add = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const wanted = search.trim().toLocaleLowerCase();
  const edited = draft?.before?.id;
  const matches = (/** @type {Entry} */ { name, note }) => `${name}\n${note ?? ""}`.toLocaleLowerCase().includes(wanted);
  // what is being changed stays in sight
  const found = entries.filter((entry) => entry.id === edited || matches(entry));
  const busy = isFilled(draft);

  const close = () => {
    session.setDraft(null);
    // the form that had the focus is gone
    queueMicrotask(() => add.current?.focus());
  };
  /** @param {Draft} done */
  const finish = ({ before, fields, ...rest }) => {
    const trimmed = { ...fields, name: fields.name.trim() };
    const changes = typed({ before, fields: trimmed, ...rest });
    close();
    if (!before) void session.apply(adding(newEntry(trimmed)));
    else if (Object.keys(changes).length > 0) void session.apply(editing(before, changes));
  };
  /** @param {Entry} entry */
  const remove = (entry) => {
    void session.apply(deleting(entry, entries.findIndex(({ id }) => id === entry.id)));
    queueMicrotask(() => document.querySelector("h1")?.focus());
  };
  const form = draft && <EntryForm draft={draft} onDraft={(next) => session.setDraft(next)} onCancel={close} onDone={finish} />;

  return (
    <View title="Entries" actions={
      <div class="buttons">
        {session.steps.length > 0 && <button type="button" onClick={() => void session.undo()} title={session.steps.at(-1)?.what}>Undo</button>}
        <button type="button" class="main" ref={add} onClick={() => session.setDraft(begun(null))} disabled={busy || (draft !== null && !draft.before)}>Add an entry</button>
      </div>
    }>
      <LastAccess session={session} link />
      {draft && !draft.before && form}
      {entries.length >= SEARCHED && (
        <div class="search" role="search">
          <Field label="Search names and notes" type="search" autocomplete="off" value={search} onValue={setSearch} />
          <p class="unseen" role="status">{wanted && `${number(entries.filter(matches).length)} of ${number(entries.length)} entries`}</p>
        </div>
      )}
      {entries.length === 0 && !draft && <div class="empty"><h2>{T.entries.emptyTitle}</h2><p>{T.entries.empty}</p></div>}
      {entries.length > 0 && found.length === 0 && <Notice>{T.entries.noMatch}</Notice>}
      <ul class="entries">
        {found.map((entry) => (
          <li key={entry.id} class="card entry">
            {edited === entry.id ? form : <Shown entry={entry} busy={busy} say={(text) => session.say(text)} onEdit={() => session.setDraft(begun(entry))} onDelete={() => remove(entry)} />}
          </li>
        ))}
      </ul>
    </View>
  );
}

/**
 * @param {{ entry: Entry, busy: boolean, say: (text: string) => void, onEdit: () => void, onDelete: () => void }} props `busy`: another form is filled
 */
function Shown({ entry, busy, say, onEdit, onDelete }) {
  return (
    <>
      <h2>{entry.name}</h2>
      <Secret name={entry.name} secret={entry.secret} say={say} />
      {entry.note && <p class="note">{entry.note}</p>}
      <div class="foot">
        {entry.updated && <p class="hint">Changed <Time at={entry.updated} /></p>}
        <div class="buttons">
          <button type="button" class="quiet" aria-label={`Edit ${entry.name}`} disabled={busy} onClick={onEdit}>Edit</button>
          <button type="button" class="quiet" aria-label={`Delete ${entry.name}`} onClick={onDelete}>Delete</button>
        </div>
      </div>
    </>
  );
}
