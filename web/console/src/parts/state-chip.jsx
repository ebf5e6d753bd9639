import { T } from "../messages.js";

/**
 * Whether the changes are stored, in a word.
 * @param {{ session: import("../session.js").Session }} props
 */
export function StateChip({ session }) {
  const { state } = session;
  const { label, text: usual } = state === "offline" && session.wallet.report ? T.states.few : T.states[state];
  // while it is on its way, too
  const text = session.fleeting ? T.states.fleeting : usual;
  const unsaved = state === "offline" && session.unsaved;
  return (
    <span class={`chip ${state}`} role="status" title={text} data-state={state}>
      <span class="dot" aria-hidden="true" />{label}{unsaved && ", not saved"}<span class="unseen">. {text}</span>
    </span>
  );
}
