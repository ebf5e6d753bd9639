import { useState } from "preact/hooks";
import { Servers, normalEmail } from "larimar-client";
import { T, explain } from "../messages.js";
import { Field } from "../parts/field.jsx";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { ServerChoice } from "../parts/server-choice.jsx";

// milliseconds; a mail server may be slow
const MAIL_TAKES = 40_000;

/** @typedef {import("./create.jsx").Draft} Draft */
/** When codes expire and others can be sent, as instants; and which servers sent none, and why. @typedef {{ expires: number, again: number, unsent: Record<string, string> }} Sent */
/** @typedef {{ draft: Draft, server: import("larimar-client").Place, go: (step: import("./create.jsx").Step, more: Partial<Draft>) => void }} StepProps */

/** @param {StepProps & { origins: string[], onOrigins: (origins: string[]) => void }} props */
export function CreateEmail({ draft, server, go, origins, onOrigins }) {
  const [email, setEmail] = useState(draft.email);
  const task = useTask();
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    // coming back to the same address needs no second message
    if (email === draft.email && draft.at === server.name && draft.sent && draft.sent.expires > Date.now()) return go("code", {});
    void task.run(async ({ signal }) => go("code", { email, sent: await sendCode(server, email, signal), at: server.name, code: "", codes: {}, replace: false }));
  };
  return (
    <>
      <p class="lead">{T.create.emailLead}</p>
      <Failure text={task.message} />
      <form class="card" onSubmit={send}>
        <Field label="E-mail address" type="email" autocomplete="username" name="username" required value={email} onValue={setEmail} spellcheck={false} />
        <ServerChoice origins={origins} onOrigins={onOrigins} />
        <div class="buttons"><button class="main" disabled={task.busy}>{task.busy ? "Sending" : "Send me a code"}</button></div>
      </form>
      <Notice>{T.create.backupHint}</Notice>
    </>
  );
}

/**
 * @param {import("larimar-client").Place} place
 * @param {string} email
 * @param {AbortSignal} signal
 * @returns {Promise<Sent>}
 * @throws {LarimarError} if no server sent one
 */
export async function sendCode(place, email, signal) {
  const servers = new Servers(place instanceof Servers ? [...place.members] : [place], { deadline: MAIL_TAKES });
  const report = await servers.each(() => true, (server, within) => server.requestCode(normalEmail(email), within), { signal });
  /** @type {Record<string, string>} */
  const unsent = {};
  const sent = report.flatMap((one) => (one.outcome === "answered" ? [one.answer] : []));
  for (const one of report) if (one.outcome === "failed") unsent[one.server] = explain(one.error);
  const [failed] = report.flatMap((one) => (one.outcome === "failed" ? [one.error] : []));
  if (sent.length === 0 && failed) throw failed;
  const now = Date.now();
  return {
    expires: now + Math.min(...sent.map(({ expires_in }) => expires_in)) * 1000,
    again: now + Math.max(...sent.map(({ retry_after }) => retry_after)) * 1000,
    unsent,
  };
}
