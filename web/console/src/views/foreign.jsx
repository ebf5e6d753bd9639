import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { entriesToBytes, noEntries } from "larimar-client";
import { download } from "../files.js";
import { size, today } from "../format.js";
import { T } from "../messages.js";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { View } from "../parts/view.jsx";

/**
 * A plaintext of another program: never shown as if it were empty, never overwritten by accident.
 * @param {import("./open.jsx").SessionProps} props
 */
export function Foreign({ session }) {
  const task = useTask();
  const [asks, setAsks] = useState(false);
  const { foreign } = session;
  if (!foreign) return null;
  return (
    <View title={T.foreign.title} narrow>
      <p class="lead">{T.foreign.text}</p>
      <div class="card">
        <p>It has {size(foreign.length)}.</p>
        <div class="buttons">
          <button type="button" class="main" onClick={() => download(`larimar-content-${today()}.bin`, foreign)}>Download it, unencrypted</button>
          {!asks && <button type="button" onClick={() => setAsks(true)}>Begin a list of entries instead</button>}
        </div>
        {asks && <Asking busy={task.busy} onKeep={() => setAsks(false)} onBegin={() => void task.run(() => session.restore(entriesToBytes(noEntries())))} />}
        <Failure text={task.message} />
      </div>
    </View>
  );
}

/**
 * The second step.
 * @param {{ busy: boolean, onKeep: () => void, onBegin: () => void }} props
 */
function Asking({ busy, onKeep, onBegin }) {
  const keep = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(() => keep.current?.focus(), []);
  return (
    <Notice kind="warning" alert>
      <p>{T.foreign.start}</p>
      <div class="buttons">
        <button type="button" ref={keep} disabled={busy} onClick={onKeep}>Leave it as it is</button>
        <button type="button" disabled={busy} onClick={onBegin}>Put an empty list in its place</button>
      </div>
    </Notice>
  );
}
