import { entriesToBytes, noEntries } from "larimar-client";
import { download } from "../files.js";
import { size, today } from "../format.js";
import { T } from "../messages.js";
import { useTask } from "../parts/hooks.js";
import { Failure } from "../parts/notice.jsx";
import { View } from "../parts/view.jsx";

/**
 * A plaintext of another program: never shown as if it were empty, never overwritten by accident.
 * @param {import("./open.jsx").SessionProps} props
 */
export function Foreign({ session }) {
  const task = useTask();
  const { foreign } = session;
  if (!foreign) return null;
  const begin = () => {
    if (confirm(T.foreign.start)) void task.run(() => session.restore(entriesToBytes(noEntries())));
  };
  return (
    <View title={T.foreign.title} narrow>
      <p class="lead">{T.foreign.text}</p>
      <div class="card">
        <p>It has {size(foreign.length)}.</p>
        <div class="buttons">
          <button type="button" class="main" onClick={() => download(`larimar-content-${today()}.bin`, foreign)}>Download it, unencrypted</button>
          <button type="button" disabled={task.busy} onClick={begin}>Begin a list of entries instead</button>
        </div>
        <p class="hint">{T.foreign.start}</p>
        <Failure text={task.message} />
      </div>
    </View>
  );
}
