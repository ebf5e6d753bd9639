import { useId, useRef, useState } from "preact/hooks";
import { LarimarError, parseEntries } from "larimar-client";
import { readBackup } from "../files.js";
import { moment, size } from "../format.js";
import { differences } from "../history.js";
import { T, explain } from "../messages.js";
import { BackupButton } from "../parts/backup-button.jsx";
import { Comparison } from "../parts/comparison.jsx";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { View } from "../parts/view.jsx";

// more than any server takes, with the base64 around it
const MOST_BYTES = 8 * 1024 * 1024;

/** @typedef {{ date: string, server: string, plaintext: Uint8Array }} Opened */

/** @param {import("./open.jsx").SessionProps} props */
export function Backup({ session }) {
  return (
    <View title="Backup">
      <section class="card">
        <h2>Make a backup file</h2>
        <p>{T.backup.lead}</p>
        {session.unsaved && <Notice kind="warning">{T.backup.unsaved}</Notice>}
        <div class="buttons"><BackupButton session={session} /></div>
      </section>
      <Import session={session} />
    </View>
  );
}

/** @param {import("./open.jsx").SessionProps} props */
function Import({ session }) {
  const id = useId();
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [opened, setOpened] = useState(/** @type {Opened | null} */ (null));
  const [refusal, setRefusal] = useState(/** @type {string | null} */ (null));
  const task = useTask();

  const read = async () => {
    const file = input.current?.files?.[0];
    setOpened(null);
    setRefusal(null);
    if (!file) return;
    const backup = file.size <= MOST_BYTES ? readBackup(await file.text()) : null;
    if (!backup) return setRefusal(T.backup.notBackup);
    if (backup.publickey !== session.wallet.publicKey) return setRefusal(T.backup.otherKeys);
    try {
      const { plaintext } = await session.wallet.openSealed(backup.blob);
      setOpened({ date: backup.date, server: backup.server, plaintext });
    } catch (error) {
      setRefusal(LarimarError.is(error, "Tampered") ? T.backup.damaged : explain(error));
    }
  };
  const restore = () =>
    void task.run(async () => {
      const stored = opened && (await session.restore(opened.plaintext));
      setOpened(null);
      if (input.current) input.current.value = "";
      session.say(stored ? T.backup.done : T.backup.kept, true);
    });

  return (
    <section class="card">
      <h2>Import a backup file</h2>
      <p>{T.backup.importLead}</p>
      <div class="field">
        <label for={id}>Backup file</label>
        <input id={id} ref={input} type="file" accept=".json,application/json" onChange={() => void read()} />
      </div>
      <Failure text={refusal ?? task.message} />
      {opened && <Found session={session} opened={opened} busy={task.busy} onRestore={restore} />}
    </section>
  );
}

/** @param {import("./open.jsx").SessionProps & { opened: Opened, busy: boolean, onRestore: () => void }} props */
function Found({ session, opened, busy, onRestore }) {
  const then = parseEntries(opened.plaintext);
  const now = session.entries;
  const same = then && now && differences(now, then).length === 0;
  return (
    <div role="group" aria-label="The backup compared with now">
      <p role="status">The file opened. It was made on {moment(opened.date)} from <span class="break">{opened.server}</span>.</p>
      {then && now && !same && <Comparison now={now} then={then} thenName="In the backup" />}
      {!then && <p>It is no list of entries. It has {size(opened.plaintext.length)}.</p>}
      {same ? <p>{T.backup.tooNew}</p> : <div class="buttons"><button type="button" class="main" disabled={busy} onClick={onRestore}>Restore the backup</button></div>}
    </div>
  );
}
