import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { fieldsOf, isFilled } from "../entry-draft.js";
import { generatePassword } from "../generator.js";
import { T } from "../messages.js";
import { Field } from "../parts/field.jsx";
import { Notice } from "../parts/notice.jsx";
import { Secret } from "../parts/secret.jsx";

/** @typedef {import("../entry-draft.js").Draft} Draft */
/** @typedef {import("../entry-draft.js").Fields} Fields */

/**
 * A new entry, or one that is changed.
 * @param {{ draft: Draft, onDraft: (draft: Draft) => void, onDone: (draft: Draft) => void, onCancel: () => void }} props
 */
export function EntryForm({ draft, onDraft, onDone, onCancel }) {
  const { before, fields } = draft;
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const note = useId();
  const filled = isFilled(draft);
  // what was there already is looked at first; later than at once, the focus would be taken from the field where somebody types by then
  useLayoutEffect(() => void ((filled && !draft.dropped) || form.current?.querySelector("input")?.focus()), []);
  const set = (/** @type {Partial<Fields>} */ more) => onDraft({ ...draft, fields: { ...fields, ...more } });
  const done = (/** @type {Event} */ event) => {
    event.preventDefault();
    onDone(draft);
  };
  // what was typed is given up by the button only
  const escape = (/** @type {KeyboardEvent} */ { key }) => key === "Escape" && !filled && onCancel();
  return (
    <form ref={form} class={before ? "entry-form" : "entry-form card"} onSubmit={done} aria-label={before ? `Edit ${before.name}` : "New entry"} onKeyDown={escape}>
      <div role="alert"><Overtaken draft={draft} /></div>
      <Field label="Name" required pattern=".*\S.*" title="At least one character" autocomplete="off" value={fields.name} onValue={(name) => set({ name })} />
      <SecretField secret={fields.secret} onSecret={(secret) => set({ secret })} fresh={!before} />
      <div class="field">
        <label for={note}>Note</label>
        <textarea id={note} rows={3} value={fields.note} onInput={(event) => set({ note: event.currentTarget.value })} />
      </div>
      <div class="buttons">
        <button class="main">{before ? "Save the entry" : "Add the entry"}</button>
        <button type="button" onClick={onCancel}>Cancel</button>
      </div>
    </form>
  );
}

/**
 * What another device did to the same entry since the form was opened.
 * @param {{ draft: Draft }} props
 */
function Overtaken({ draft: { before, overtaken, dropped } }) {
  if (dropped) return <Notice kind="warning">{T.entries.dropped}</Notice>;
  if (overtaken.length === 0) return null;
  const now = fieldsOf(before);
  return (
    <Notice kind="warning">
      <p>{T.entries.overtaken(overtaken.join(" and the "))}</p>
      {overtaken.map((name) => (
        <div key={name}>
          <p class="hint">The {name} there:</p>
          {name === "secret" ? <Secret name={`${now.name} on the other device`} secret={now.secret} /> : <p class="note">{now[name] || "Empty."}</p>}
        </div>
      ))}
    </Notice>
  );
}

/**
 * One line while it is hidden, any number while it is shown.
 * @param {{ secret: string, onSecret: (secret: string) => void, fresh: boolean }} props
 */
function SecretField({ secret, onSecret, fresh }) {
  const [shown, setShown] = useState(false);
  const id = useId();
  // an input would join the lines
  const lines = secret.split("\n").length;
  return (
    <div class="field">
      <label for={id}>Secret</label>
      <div class="control">
        {shown
          ? <textarea id={id} class="mono" rows={Math.min(Math.max(lines, 1), 8)} value={secret} spellcheck={false} autocomplete="off" onInput={(event) => onSecret(event.currentTarget.value)} />
          : lines > 1
            ? <input id={id} type="password" value="••••••••" autocomplete="off" readOnly aria-describedby={`${id}lines`} />
            : <input id={id} type="password" value={secret} autocomplete="off" spellcheck={false} onInput={(event) => onSecret(event.currentTarget.value)} />}
        <button type="button" class="quiet" aria-label={shown ? "Hide secret" : "Show secret"} onClick={() => setShown(!shown)}>{shown ? "Hide" : "Show"}</button>
      </div>
      {!shown && lines > 1 && <p class="hint" id={`${id}lines`}>{lines} lines. Show the secret to change it.</p>}
      {(fresh || shown) && <button type="button" onClick={() => (onSecret(generatePassword()), setShown(true))}>Make a password</button>}
    </div>
  );
}
