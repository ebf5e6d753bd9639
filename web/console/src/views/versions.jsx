import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { parseEntries } from "larimar-client";
import { download } from "../files.js";
import { moment, size, today } from "../format.js";
import { differences } from "../history.js";
import { T } from "../messages.js";
import { Comparison } from "../parts/comparison.jsx";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { Time } from "../parts/time.jsx";
import { View } from "../parts/view.jsx";

/** @typedef {import("larimar-client").Wallet} Wallet */
/** @typedef {Awaited<ReturnType<Wallet["versions"]>>[number]} Version */

/** @param {import("./open.jsx").SessionProps} props */
export function Versions({ session }) {
  const [versions, setVersions] = useState(/** @type {Version[] | null} */ (null));
  const [chosen, setChosen] = useState(/** @type {{ hash: string, saved: string, plaintext: Uint8Array } | null} */ (null));
  const [restored, setRestored] = useState(0);
  const task = useTask();
  // the button that had the focus is gone; who went on meanwhile keeps it
  useLayoutEffect(() => {
    if (restored && document.activeElement === document.body) document.querySelector("h1")?.focus();
  }, [restored]);
  const load = () => void task.run(async (options) => setVersions(await session.wallet.versions(options)));
  // each save makes another
  useEffect(load, [session.wallet.stored?.hash]);
  /** @param {Version} version */
  const compare = ({ local_hash: hash }) =>
    void task.run(async (options) => setChosen({ hash, ...(await session.wallet.version(hash, options)) }));
  const restore = () =>
    void task.run(async () => {
      const stored = chosen && (await session.restore(chosen.plaintext));
      setChosen(null);
      session.say(stored ? T.versions.restored : T.versions.kept, true);
      setRestored((times) => times + 1);
    });
  const older = versions?.filter(({ current }) => !current) ?? [];
  return (
    <View title="Older versions">
      <p class="lead">{T.versions.lead}</p>
      <Failure text={task.message} />
      <div role="status">
        {versions && older.length === 0 && <Notice>{T.versions.none}</Notice>}
        {!versions && task.busy && <p class="hint">Loading.</p>}
      </div>
      <ul class="plain versions">
        {older.map((version) => (
          <li key={version.local_hash} class="card">
            <div class="head">
              <p>Saved <Time at={version.saved} /><br /><span class="hint">{size(version.bytes)}</span></p>
              <div class="buttons">
                <button type="button" disabled={task.busy} aria-label={`${chosen?.hash === version.local_hash ? "Close" : "Compare"} the version of ${moment(version.saved)}`} aria-expanded={chosen?.hash === version.local_hash}
                  onClick={() => (chosen?.hash === version.local_hash ? setChosen(null) : compare(version))}>
                  {chosen?.hash === version.local_hash ? "Close" : "Compare"}
                </button>
              </div>
            </div>
            {chosen?.hash === version.local_hash && <Chosen session={session} chosen={chosen} busy={task.busy} onRestore={restore} />}
          </li>
        ))}
      </ul>
    </View>
  );
}

/**
 * @param {import("./open.jsx").SessionProps & { chosen: { saved: string, plaintext: Uint8Array }, busy: boolean, onRestore: () => void }} props
 */
function Chosen({ session, chosen, busy, onRestore }) {
  const then = parseEntries(chosen.plaintext);
  const now = session.entries;
  const same = then && now && differences(now, then).length === 0;
  return (
    <>
      {!then && <p>This version is no list of entries. It has {size(chosen.plaintext.length)}.</p>}
      {then && now && !same && <Comparison now={now} then={then} thenName="In this version" />}
      {same && <p>{T.versions.same}</p>}
      <div class="buttons">
        {!same && <button type="button" class="main" disabled={busy} onClick={onRestore}>Restore this version</button>}
        {!then && <button type="button" onClick={() => download(`larimar-version-${today()}.bin`, chosen.plaintext)}>Download it, unencrypted</button>}
      </div>
    </>
  );
}
