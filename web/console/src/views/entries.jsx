import { useRef, useState } from "preact/hooks";
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

// from where on a search is of more help than in the way
const SEARCHED = 4;

/** @param {import("./open.jsx").SessionProps} props */
export function Entries({ session }) {
  const entries = session.entries?.entries ?? [];
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const add = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const wanted = search.trim().toLocaleLowerCase();
  const found = entries.filter(({ name, note }) => `${name}\n${note ?? ""}`.toLocaleLowerCase().includes(wanted));

  const close = () => {
    setOpen(null);
    // the form that had the focus is gone
    queueMicrotask(() => add.current?.focus());
  };
  /** @param {Entry} entry */
  const remove = (entry) => {
    void session.apply(deleting(entry, entries.findIndex(({ id }) => id === entry.id)));
    queueMicrotask(() => document.querySelector("h1")?.focus());
  };

  return (
    <View title="Entries" actions={
      <div class="buttons">
        {session.steps.length > 0 && <button type="button" onClick={() => void session.undo()} title={session.steps.at(-1)?.what}>Undo</button>}
        <button type="button" class="main" ref={add} onClick={() => setOpen("new")} disabled={open === "new"}>Add an entry</button>
      </div>
    }>
      <LastAccess session={session} link />
      {open === "new" && (
        <EntryForm entry={null} onCancel={close} onDone={(fields) => (void session.apply(adding(newEntry(fields))), close())} />
      )}
      {entries.length >= SEARCHED && (
        <div class="search" role="search">
          <Field label="Search names and notes" type="search" autocomplete="off" value={search} onValue={setSearch} />
          <p class="unseen" role="status">{wanted && `${number(found.length)} of ${number(entries.length)} entries`}</p>
        </div>
      )}
      {entries.length === 0 && open !== "new" && <div class="empty"><h2>{T.entries.emptyTitle}</h2><p>{T.entries.empty}</p></div>}
      {entries.length > 0 && found.length === 0 && <Notice>{T.entries.noMatch}</Notice>}
      <ul class="entries">
        {found.map((entry) => (
          <li key={entry.id} class="card entry">
            {open === entry.id
              ? <EntryForm entry={entry} onCancel={close} onDone={(fields) => (void session.apply(editing(entry, fields)), close())} />
              : <Shown entry={entry} say={(text) => session.say(text)} onEdit={() => setOpen(entry.id)} onDelete={() => remove(entry)} />}
          </li>
        ))}
      </ul>
    </View>
  );
}

/**
 * @param {{ entry: Entry, say: (text: string) => void, onEdit: () => void, onDelete: () => void }} props
 */
function Shown({ entry, say, onEdit, onDelete }) {
  return (
    <>
      <h2>{entry.name}</h2>
      <Secret name={entry.name} secret={entry.secret} say={say} />
      {entry.note && <p class="note">{entry.note}</p>}
      <div class="foot">
        {entry.updated && <p class="hint">Changed <Time at={entry.updated} /></p>}
        <div class="buttons">
          <button type="button" class="quiet" aria-label={`Edit ${entry.name}`} onClick={onEdit}>Edit</button>
          <button type="button" class="quiet" aria-label={`Delete ${entry.name}`} onClick={onDelete}>Delete</button>
        </div>
      </div>
    </>
  );
}
