import { useLayoutEffect, useRef } from "preact/hooks";
import { isFilled } from "../entry-draft.js";
import { download } from "../files.js";
import { moment, today } from "../format.js";
import { T } from "../messages.js";
import { BackupButton } from "../parts/backup-button.jsx";
import { Side } from "../parts/comparison.jsx";
import { View } from "../parts/view.jsx";

/**
 * Another device changed the password, or deleted the wallet, or the server no longer has it and does not say why. What this one
 * still holds can be saved before it is locked.
 * @param {import("./open.jsx").SessionProps} props
 */
export function GoneView({ session }) {
  const { gone } = session;
  // only what the server never had would be lost with this window
  const unsaved = useRef(session.unsaved).current;
  const { draft } = session;
  const { title, text, password } = T.gone[gone?.event ?? "moved"];
  useLayoutEffect(() => document.querySelector("h1")?.focus(), []);
  return (
    <View title={title} narrow>
      <p class="lead" role="alert">{text}</p>
      {gone?.since && <p>It happened on {moment(gone.since)}.</p>}
      <div class="card">
        {unsaved && <p><strong>This device has changes that were never stored.</strong> Download them, and add them again after unlocking.</p>}
        {draft && isFilled(draft) && <Side title="What you were typing" entry={{ id: "", ...draft.fields }} />}
        <div class="buttons">
          <button type="button" class="main" onClick={() => void session.lock()}>Lock, and unlock again</button>
          <button type="button" onClick={() => download(`larimar-content-${today()}.json`, session.wallet.data, "application/json")}>Download what is here, unencrypted</button>
          <BackupButton session={session} />
        </div>
        <p class="hint">Whoever has the unencrypted file can read it. The backup file opens with {password} only.</p>
      </div>
    </View>
  );
}
