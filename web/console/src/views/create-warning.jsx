import { useState } from "preact/hooks";
import { T } from "../messages.js";
import { Check } from "../parts/field.jsx";
import { Notice } from "../parts/notice.jsx";

/**
 * @param {{ draft: import("./create.jsx").Draft, inUse: boolean, onCreate: (more: { replace: boolean }) => void }} props
 */
export function CreateWarning({ draft, inUse, onCreate }) {
  const [understood, setUnderstood] = useState(false);
  const [replace, setReplace] = useState(false);
  const create = (/** @type {Event} */ event) => {
    event.preventDefault();
    onCreate({ replace });
  };
  const { length } = draft.answers;
  return (
    <>
      <form class="card" onSubmit={create}>
        <ul class="points">{T.create.warning.map((text) => <li key={text}>{text}</li>)}</ul>
        <p>You need, each time: the address <strong class="break">{draft.email}</strong>, the password
          {length === 0 ? "." : length === 1 ? ", and one answer." : `, and ${length} answers in their order.`}</p>
        <div role="alert">
          {inUse && <Notice kind="warning">
            <p>{T.create.inUse}</p>
            <Check label={T.create.replace} checked={replace} onChecked={setReplace} />
          </Notice>}
        </div>
        <Check label={T.create.understood} required checked={understood} onChecked={setUnderstood} />
        <div class="buttons"><button class="main">Create the wallet</button></div>
      </form>
    </>
  );
}
