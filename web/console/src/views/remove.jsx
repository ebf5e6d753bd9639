import { useState } from "preact/hooks";
import { T } from "../messages.js";
import { BackupButton } from "../parts/backup-button.jsx";
import { Field } from "../parts/field.jsx";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { View } from "../parts/view.jsx";

/** @param {import("./open.jsx").SessionProps} props */
export function Remove({ session }) {
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const task = useTask();
  const plain = (/** @type {string} */ text) => text.trim().toLowerCase();
  const right = plain(typed) === plain(session.person.email);
  const remove = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (right) void task.run(() => session.remove());
  };
  return (
    <View title="Delete the wallet" narrow>
      <Notice kind="danger">{T.remove.lead}</Notice>
      <p><BackupButton session={session} /></p>
      <Failure text={task.message} />
      <form class="card" onSubmit={remove}>
        <Field label={T.remove.confirm} type="email" autocomplete="off" required value={typed} onValue={(text) => (setTyped(text), setTried(false))}
          error={tried && !right ? T.remove.mismatch : null} />
        <div class="buttons"><button class="danger" disabled={task.busy}>Delete for ever</button><a class="button" href="#settings">Cancel</a></div>
      </form>
    </View>
  );
}
