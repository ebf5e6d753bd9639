import { T } from "../messages.js";
import { Notice } from "../parts/notice.jsx";
import { BackupButton } from "../parts/backup-button.jsx";
import { View } from "../parts/view.jsx";

/**
 * After creating: the backup file is offered.
 * @param {import("./open.jsx").SessionProps} props
 */
export function Welcome({ session }) {
  return (
    <View title={T.create.backupTitle} narrow>
      <p class="lead">{T.create.backupLead}</p>
      <div class="card">
        <div class="buttons">
          <BackupButton session={session} />
          <a class="button main" href="#entries">Go to the entries</a>
        </div>
      </div>
      {session.entries?.entries.length === 0 && <Notice>{T.create.backupEmpty}</Notice>}
    </View>
  );
}
