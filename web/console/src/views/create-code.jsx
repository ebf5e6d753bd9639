import { useState } from "preact/hooks";
import { clock } from "../format.js";
import { T } from "../messages.js";
import { Field } from "../parts/field.jsx";
import { useNow, useTask } from "../parts/hooks.js";
import { Failure } from "../parts/notice.jsx";
import { sendCode } from "./create-email.jsx";

// the codes' own alphabet, and what is taken for its letters
const LENGTH = 16;

/** Whether a code is whole. @param {string} code */
export const isWhole = (code) => plain(code).length === LENGTH;

/** @param {import("./create-email.jsx").StepProps & { wrong: boolean, onTyped: () => void }} props */
export function CreateCode({ draft, server, go, wrong, onTyped }) {
  const [code, setCode] = useState(draft.code);
  const [tried, setTried] = useState(false);
  const task = useTask();
  const now = useNow(true);
  const { expires, again } = draft.sent ?? { expires: 0, again: 0 };
  const [left, wait] = [(expires - now) / 1000, (again - now) / 1000];
  const whole = isWhole(code);

  const next = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (!whole) return;
    // who comes back from a refused code has chosen the rest already
    go(draft.password === "" ? "password" : "warning", { code });
  };
  const resend = () =>
    void task.run(async ({ signal }) => {
      go("code", { sent: await sendCode(server, draft.email, signal) });
      setCode("");
    });

  return (
    <>
      <p class="lead">{T.create.codeLead(draft.email)}</p>
      <Failure text={task.message ?? (wrong ? T.create.wrongCode : null)} />
      <form class="card" onSubmit={next}>
        <Field label="Code" class="code" autocomplete="one-time-code" name="code" required value={code} spellcheck={false} autocapitalize="characters"
          hint={T.create.codeForm} error={tried && !whole ? T.create.codeForm : null}
          onValue={(text) => (setCode(shaped(text)), setTried(false), onTyped())} />
        <p class="countdown">{left > 0 ? <>Valid for another <span class="figures">{clock(left)}</span> minutes.</> : T.create.codeOver}</p>
        <p class="unseen" role="status">{left > 0 ? `Valid for ${Math.ceil(left / 300) * 5} minutes at most.` : T.create.codeOver}</p>
        <div class="buttons">
          <button class="main">Continue</button>
          <button type="button" disabled={wait > 0 || task.busy} onClick={resend}>
            {wait > 0 ? <>Send another code in <span class="figures">{clock(wait)}</span></> : "Send another code"}
          </button>
        </div>
      </form>
    </>
  );
}

/** @param {string} text */
const plain = (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");

/**
 * In groups of four, as soon as it is whole: while typing, nothing moves under the cursor. A pasted line is cut to its code.
 * @param {string} text
 */
export function shaped(text) {
  const found = text.toUpperCase().match(/\b[0-9A-Z]{4}(?:[\s\u2010-\u2015\u2212-]?[0-9A-Z]{4}){3}\b/)?.[0];
  return found ? (plain(found).match(/.{4}/g) ?? []).join("-") : text;
}
