import { useTask } from "./hooks.js";
import { Failure, Notice } from "./notice.jsx";
import { failureOf } from "../session.js";
import { T, explain } from "../messages.js";

/** @typedef {{ session: import("../session.js").Session }} Props */

/**
 * What needs attention, over every view.
 * @param {Props & { route: string }} props
 */
export function Banners({ session, route }) {
  const { wallet } = session;
  const conflict = wallet.state === "conflict" && route !== "conflict";
  const shown = wallet.problem || conflict || session.unsaved || session.failure || !wallet.online;
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
      {!wallet.problem && wallet.state !== "conflict" && <Unsaved session={session} />}
    </section>
  );
}

/** @param {Props} props */
function Problem({ session }) {
  const task = useTask();
  const { problem, server } = session.wallet;
  if (!problem) return null;
  const known = T.problems.byCode[problem.code]?.(problem.server ?? server.name);
  return (
    <Notice kind="danger" title={known?.title ?? "The server gave a wrong answer"}>
      <p>{known?.text ?? explain(problem)}</p>
      <div class="buttons">
        {known?.repair && <button type="button" disabled={task.busy} onClick={() => void task.run(() => session.repair())}>{known.repair}</button>}
        <button type="button" disabled={task.busy} onClick={() => void task.run(() => session.refresh())}>Ask the server again</button>
      </div>
      <Failure text={task.message} />
    </Notice>
  );
}

/** @param {Props} props */
function Unsaved({ session }) {
  const { state, failure } = session;
  // what is about to be saved by itself is no news
  if (!session.unsaved || state === "saving" || (!failure && session.wallet.online)) {
    return state === "offline" ? <Notice kind="warning">{T.states.offline.text}</Notice> : null;
  }
  const text = state === "offline" || !failure ? T.states.offline.text : `${T.states.unsaved.text} ${failureOf(session)}`;
  return (
    <Notice kind="warning" title="Not saved yet">
      <p>{text}</p>
      <p><button type="button" onClick={() => void session.save()}>Save now</button></p>
    </Notice>
  );
}
