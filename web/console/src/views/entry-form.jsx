import { useEffect, useId, useRef, useState } from "preact/hooks";
import { generatePassword } from "../generator.js";
import { Field } from "../parts/field.jsx";

/** @typedef {{ name: string, secret: string, note: string }} Fields */

/**
 * A new entry, or one that is changed.
 * @param {{ entry: import("larimar-client").Entry | null, onDone: (fields: Fields) => void, onCancel: () => void }} props
 */
export function EntryForm({ entry, onDone, onCancel }) {
  const [fields, setFields] = useState(/** @type {Fields} */ ({ name: entry?.name ?? "", secret: entry?.secret ?? "", note: entry?.note ?? "" }));
  const [filled, setFilled] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const note = useId();
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  /** @param {Partial<Fields>} more */
  const set = (more) => {
    setFields((before) => ({ ...before, ...more }));
    setFilled(true);
  };
  const done = (/** @type {Event} */ event) => {
    event.preventDefault();
    onDone({ ...fields, name: fields.name.trim() });
  };
  return (
    <form ref={form} class={entry ? "entry-form" : "entry-form card"} onSubmit={done} data-filled={filled ? "" : undefined}
      aria-label={entry ? `Edit ${entry.name}` : "New entry"} onKeyDown={(event) => event.key === "Escape" && onCancel()}>
      <Field label="Name" required pattern=".*\S.*" title="At least one character" autocomplete="off" value={fields.name} onValue={(name) => set({ name })} />
      <SecretField secret={fields.secret} onSecret={(secret) => set({ secret })} fresh={!entry} />
      <div class="field">
        <label for={note}>Note</label>
        <textarea id={note} rows={3} value={fields.note} onInput={(event) => set({ note: event.currentTarget.value })} />
      </div>
      <div class="buttons">
        <button class="main">{entry ? "Save the entry" : "Add the entry"}</button>
        <button type="button" onClick={onCancel}>Cancel</button>
      </div>
    </form>
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
