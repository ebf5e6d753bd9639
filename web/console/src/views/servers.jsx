import { useState } from "preact/hooks";
import { advice, needsACode, normalEmail } from "larimar-client";
import { moment, number } from "../format.js";
import { T } from "../messages.js";
import { Check, Field } from "../parts/field.jsx";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { useOffered } from "../parts/server-choice.jsx";
import { View } from "../parts/view.jsx";
import { nameOf } from "../places.js";
import { addServer, codeFrom, keepOn as keep, originsOf } from "../several.js";

/** @typedef {import("larimar-client").Line} Line */
/** @typedef {import("../session.js").Session} Session */

/**
 * The servers of the wallet, at a glance, with what to do.
 * @param {import("./open.jsx").SessionProps} props
 */
export function Servers({ session }) {
  const task = useTask();
  const { report } = session.wallet;
  const origins = originsOf(session);
  const more = useOffered(origins).filter((origin) => !origins.includes(origin));
  const keepOn = (/** @type {string[]} */ next) => void task.run(() => keep(session, next));
  const leave = (/** @type {string} */ name) => keepOn(origins.filter((origin) => nameOf(origin) !== name));
  return (
    <View title="Servers" actions={<button type="button" disabled={task.busy} onClick={() => void task.run(() => session.refresh())}>Look again</button>}>
      <p class="lead">{report ? T.servers.lead(report.lines.length, report.quorum) : T.servers.alone}</p>
      <Failure text={task.message} />
      <div role="status">
        {report && <p>{T.servers.have(report.holders, report.lines.length)}</p>}
        {report?.rolledBack != null && <Notice kind="warning">{T.servers.rolledBack}</Notice>}
        {report && !report.certain && <Notice kind="warning">{T.servers.uncertain}</Notice>}
      </div>
      {session.conflict && <Notice kind="warning" title={T.conflict.title}><p><a class="button" href="#conflict">Compare and choose</a></p></Notice>}
      <ul class="plain servers">
        {report
          ? report.lines.map((line) => <Place key={line.server} session={session} line={line} onLeave={isElsewhere(report.lines, line) ? () => leave(line.server) : null} busy={task.busy} />)
          : origins.map((origin) => <li key={origin} class="card"><h2 class="break">{nameOf(origin)}</h2></li>)}
      </ul>
      {more.length > 0 && (
        <section class="card">
          <h2>More servers</h2>
          <p>{T.servers.more}</p>
          <ul class="plain">
            {more.map((origin) => (
              <li key={origin} class="head">
                <span class="break">{nameOf(origin)}</span>
                <button type="button" disabled={task.busy} aria-label={`Keep it there, too: ${nameOf(origin)}`} onClick={() => keepOn([...origins, origin])}>Keep it there, too</button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </View>
  );
}

/** Whether another server has it as well: only then is this one not needed. @param {Line[]} lines @param {Line} line */
const isElsewhere = (lines, line) => lines.some((other) => other !== line && other.verdict === "ok" && other.head);

/**
 * One server: how it is, what it has, what to do.
 * @param {{ session: Session, line: Line, busy: boolean, onLeave: (() => void) | null }} props
 */
function Place({ session, line, busy, onLeave }) {
  const { server, verdict, head, took, updated, error } = line;
  const what = advice(line);
  return (
    <li class="card">
      <div class="head">
        <h2 class="break">{server}</h2>
        <span class={`verdict ${verdict}`}><span class="dot" aria-hidden="true" />{verdict}</span>
      </div>
      {what && <p><strong>{what[0]?.toUpperCase()}{what.slice(1)}.</strong></p>}
      {error && verdict !== "behind" && <p class="hint">{error.message}</p>}
      <dl>
        <dt>Revision</dt><dd>{head ? number(head.revision) : "None"}</dd>
        {head && updated && <><dt>Stored</dt><dd>{moment(updated)}</dd></>}
        {took !== null && <><dt>Answered in</dt><dd>{number(took)} ms</dd></>}
      </dl>
      {needsACode(line) && <BringIn session={session} server={server} />}
      {onLeave && <p><button type="button" class="quiet" disabled={busy} aria-label={`Take it off this list: ${server}`} onClick={onLeave}>Take it off this list</button></p>}
    </li>
  );
}

/**
 * A code makes the wallet there.
 * @param {{ session: Session, server: string }} props
 */
function BringIn({ session, server }) {
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState("");
  const [replace, setReplace] = useState(false);
  const task = useTask();
  const sending = sent ? "Send another code" : "Have a code sent";
  const inUse = task.error && /** @type {any} */ (task.error).code === "EmailInUse";
  const send = () =>
    void task.run(async ({ signal }) => {
      await codeFrom(session, server, normalEmail(session.person.email), signal);
      setSent(true);
    });
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    void task.run(() => addServer(session, server, { code, replace }));
  };
  return (
    <form onSubmit={add}>
      <div class="buttons"><button type="button" disabled={task.busy} aria-label={`${sending}: ${server}`} onClick={send}>{sending}</button></div>
      <div role="status">{sent && <p class="hint">{T.create.codeLead(session.person.email)}</p>}</div>
      <Failure text={task.message} />
      {inUse && <Check label={T.create.replace} checked={replace} onChecked={setReplace} />}
      <Field label={`Code from ${server}`} class="code" autocomplete="one-time-code" autocapitalize="characters" spellcheck={false} required value={code} onValue={setCode} hint={T.create.codeForm} />
      <div class="buttons"><button class="main" disabled={task.busy} aria-label={`Keep it here, too: ${server}`}>Keep it here, too</button></div>
    </form>
  );
}
