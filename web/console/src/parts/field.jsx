import { useId, useState } from "preact/hooks";

/** @typedef {import("preact").ComponentChildren} Children */
/**
 * @typedef {object} Attributes
 * @property {any} [type]
 * @property {string} [name]
 * @property {any} [autocomplete]
 * @property {any} [autocapitalize]
 * @property {any} [autocorrect]
 * @property {boolean} [required]
 * @property {boolean} [spellcheck]
 * @property {string} [pattern]
 * @property {string} [title]
 * @property {string} [class]
 */

/**
 * A labelled input.
 * @param {{ label: string, hint?: Children, error?: string | null | undefined, value: string, onValue: (value: string) => void, children?: Children }
 *   & Attributes} props
 */
export function Field({ label, hint, error, value, onValue, children, ...more }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}hint`}>{hint}</p>}
      <div class="control">
        <input {...more} id={id} value={value} onInput={(event) => onValue(event.currentTarget.value)}
          aria-invalid={error ? true : undefined} aria-describedby={described(id, hint, error)} />
        {children}
      </div>
      {error && <p class="error" id={`${id}error`}>{error}</p>}
    </div>
  );
}

/**
 * A password, hidden unless shown.
 * @param {Parameters<typeof Field>[0] & { shown?: boolean, onShown?: (shown: boolean) => void }} props
 */
export function PasswordField({ shown: shownOutside, onShown, ...more }) {
  const [shownInside, setShownInside] = useState(false);
  const shown = shownOutside ?? shownInside;
  return (
    <Field {...more} type={shown ? "text" : "password"} spellcheck={false} autocapitalize="off" autocorrect="off">
      <button type="button" class="quiet" aria-label={`${shown ? "Hide" : "Show"} ${more.label.toLowerCase()}`} onClick={() => (onShown ?? setShownInside)(!shown)}>
        {shown ? "Hide" : "Show"}
      </button>
    </Field>
  );
}

/**
 * A labelled box to tick.
 * @param {{ label: Children, hint?: string, checked: boolean, onChecked: (checked: boolean) => void, required?: boolean }} props
 */
export function Check({ label, hint, checked, onChecked, required = false }) {
  const id = useId();
  return (
    <div class="check">
      <input type="checkbox" id={id} checked={checked} required={required} aria-describedby={hint ? `${id}hint` : undefined}
        onChange={(event) => onChecked(event.currentTarget.checked)} />
      <div>
        <label for={id}>{label}</label>
        {hint && <p class="hint" id={`${id}hint`}>{hint}</p>}
      </div>
    </div>
  );
}

/**
 * @param {string} id
 * @param {Children} hint
 * @param {string | null | undefined} error
 */
export const described = (id, hint, error) => [hint && `${id}hint`, error && `${id}error`].filter(Boolean).join(" ") || undefined;
