import { useState } from "preact/hooks";
import { clock } from "../format.js";
import { T } from "../messages.js";
import { Field } from "../parts/field.jsx";
import { useNow, useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { isWhole, shaped } from "./create-code.jsx";
import { sendCode } from "./create-email.jsx";

/**
 * The codes of several servers: one is enough to begin.
 * @param {import("./create-email.jsx").StepProps & { server: import("larimar-client").Servers, wrong: boolean, onTyped: () => void }} props
 */
export function CreateCodes({ draft, server, go, wrong, onTyped }) {
  const [codes, setCodes] = useState(draft.codes);
  const [tried, setTried] = useState(false);
  const task = useTask();
  const now = useNow(true);
  const { expires, again, unsent } = draft.sent ?? { expires: 0, again: 0, unsent: {} };
  const [left, wait] = [(expires - now) / 1000, (again - now) / 1000];
  const given = Object.fromEntries(Object.entries(codes).filter(([, code]) => code.trim() !== ""));
  const whole = Object.keys(given).length > 0 && Object.values(given).every(isWhole);

  const next = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (whole) go(draft.password === "" ? "password" : "warning", { codes: given });
  };
  const resend = () =>
    void task.run(async ({ signal }) => {
      go("code", { sent: await sendCode(server, draft.email, signal) });
      setCodes({});
    });
  const names = server.names.filter((name) => !(name in unsent));
  const errorOf = (/** @type {string} */ name) => {
    const code = codes[name] ?? "";
    const missing = name === names[0] && Object.keys(given).length === 0;
    return tried && (missing || (code.trim() !== "" && !isWhole(code))) ? T.create.codeForm : null;
  };

  return (
    <>
      <p class="lead">{T.servers.codesLead(draft.email)}</p>
      <Failure text={task.message ?? (wrong ? T.create.wrongCode : null)} />
      {Object.keys(unsent).length > 0 && (
        <Notice kind="warning">
          <p>{T.servers.unsent(Object.keys(unsent).join(", "))}</p>
          <ul>{Object.entries(unsent).map(([name, why]) => <li key={name}>{name}: {why}</li>)}</ul>
        </Notice>
      )}
      <form class="card" onSubmit={next}>
        {names.map((name) => (
          <Field key={name} label={`Code from ${name}`} class="code" autocomplete="one-time-code" autocapitalize="characters" spellcheck={false} value={codes[name] ?? ""} error={errorOf(name)}
            onValue={(text) => (setCodes({ ...codes, [name]: shaped(text) }), setTried(false), onTyped())} />
        ))}
        <p class="countdown">{left > 0 ? <>Valid for another <span class="figures">{clock(left)}</span> minutes.</> : T.create.codeOver}</p>
        <div class="buttons">
          <button class="main">Continue</button>
          <button type="button" disabled={wait > 0 || task.busy} onClick={resend}>
            {wait > 0 ? <>Send others in <span class="figures">{clock(wait)}</span></> : "Send others"}
          </button>
        </div>
      </form>
    </>
  );
}
