import { backupText, download } from "../files.js";
import { today } from "../format.js";

/**
 * Hands out the wallet as the server has it: encrypted.
 * @param {{ session: import("../session.js").Session }} props
 */
export function BackupButton({ session }) {
  const { wallet } = session;
  const blob = wallet.sealedBlob;
  const save = () => {
    if (!blob) return;
    const file = { server: wallet.server.name, publickey: wallet.publicKey, date: new Date().toISOString(), blob };
    download(`larimar-backup-${today()}.larimar.json`, backupText(file), "application/json");
    session.say("The backup file is in your downloads. Keep it where you find it again.");
  };
  return <button type="button" disabled={!blob} onClick={save}>Download a backup file</button>;
}
