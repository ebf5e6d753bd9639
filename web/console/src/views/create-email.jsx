import { useState } from "preact/hooks";
import { normalEmail } from "larimar-client";
import { T } from "../messages.js";
import { Field } from "../parts/field.jsx";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";

/** @typedef {import("./create.jsx").Draft} Draft */
/** @typedef {{ draft: Draft, server: import("larimar-client").Server, go: (step: import("./create.jsx").Step, more: Partial<Draft>) => void }} StepProps */

/** @param {StepProps} props */
export function CreateEmail({ draft, server, go }) {
  const [email, setEmail] = useState(draft.email);
  const task = useTask();
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    // coming back to the same address needs no second message
    if (email === draft.email && draft.sent && draft.sent.expires > Date.now()) return go("code", {});
    void task.run(async ({ signal }) => go("code", { email, sent: await sendCode(server, email, signal), code: "", replace: false }));
  };
  return (
    <>
      <p class="lead">{T.create.emailLead}</p>
      <Failure text={task.message} />
      <form class="card" onSubmit={send}>
        <Field label="E-mail address" type="email" autocomplete="username" name="username" required value={email} onValue={setEmail} spellcheck={false} />
        <div class="buttons"><button class="main" disabled={task.busy}>{task.busy ? "Sending" : "Send me a code"}</button></div>
      </form>
      <Notice>{T.create.backupHint}</Notice>
    </>
  );
}

/**
 * @param {import("larimar-client").Server} server
 * @param {string} email
 * @param {AbortSignal} signal
 */
export async function sendCode(server, email, signal) {
  const { expires_in, retry_after } = await server.requestCode(normalEmail(email), { signal });
  return { expires: Date.now() + expires_in * 1000, again: Date.now() + retry_after * 1000 };
}
