import { LarimarError } from "larimar-client";
import { useTask } from "./hooks.js";
import { Failure, Notice } from "./notice.jsx";
import { T, explain } from "../messages.js";
import { needsLook } from "../several.js";

/** @typedef {{ session: import("../session.js").Session }} Props */

/**
 * What needs attention, over every view.
 * @param {Props & { route: string }} props
 */
export function Banners({ session, route }) {
  const { wallet } = session;
  const conflict = session.conflict && route !== "conflict";
  const looked = route !== "servers" && wallet.online && needsLook(session);
  const shown = wallet.problem || conflict || session.unsaved || session.failure || !wallet.online || looked;
  return (
    <section aria-label="Notices" class={shown ? "banners" : "banners empty"}>
      <div role="alert">
        {wallet.problem && <Problem session={session} />}
        {conflict && (
          <Notice kind="warning" title={T.conflict.title}>
            <p>{T.states.conflict.text}</p>
            <p><a class="button" href="#conflict">Compare and choose</a></p>
          </Notice>
        )}
      </div>
      {!wallet.problem && !session.conflict && <Unsaved session={session} />}
      {looked && <Notice kind="warning"><p>{T.servers.attention} <a href="#servers">Look at the servers</a></p></Notice>}
    </section>
  );
}

/** @param {Props} props */
function Problem({ session }) {
  const task = useTask();
  const { problem, server } = session.wallet;
  if (!problem) return null;
  // the notice says it already
  const again = LarimarError.is(task.error, problem.code);
  const known = T.problems.byCode[problem.code]?.(problem.server ?? server.name);
  return (
    <Notice kind="danger" title={known?.title ?? "The server has a problem"}>
      <p>{known?.text ?? `${explain(problem)} ${T.problems.remembered}`}</p>
      <div class="buttons">
        {known?.repair && <button type="button" disabled={task.busy} onClick={() => void task.run(() => session.repair())}>{known.repair}</button>}
        <button type="button" disabled={task.busy} onClick={() => void task.run(() => session.refresh())}>Ask the server again</button>
      </div>
      <Failure text={again ? null : task.message} />
    </Notice>
  );
}

/** @param {Props} props */
function Unsaved({ session }) {
  const { state, failure, fleeting } = session;
  const offline = session.wallet.report ? T.states.few : T.states.offline;
  // what is about to be saved by itself is no news, unless closing the page would lose it
  if (!session.unsaved || (!fleeting && (state === "saving" || (!failure && session.wallet.online)))) {
    return state === "offline" ? <Notice kind="warning">{session.wallet.remembers ? offline.text : T.states.forgetful}</Notice> : null;
  }
  const why = state === "offline" ? offline.why : failure && explain(failure);
  return (
    <Notice kind="warning" title="Not saved yet">
      <p>{[why, fleeting ? T.states.fleeting : T.states.unsaved.text].filter(Boolean).join(" ")}</p>
      <p><button type="button" disabled={state === "saving"} onClick={() => void session.save()}>Save now</button></p>
    </Notice>
  );
}
