import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { isFilled } from "../entry-draft.js";
import { useSession } from "../parts/hooks.js";
import { Icon, Logo } from "../parts/icon.jsx";
import { Banners } from "../parts/banners.jsx";
import { Notice } from "../parts/notice.jsx";
import { Said } from "../parts/said.jsx";
import { StateChip } from "../parts/state-chip.jsx";
import { T } from "../messages.js";
import { Accesses } from "./accesses.jsx";
import { Backup } from "./backup.jsx";
import { Conflict } from "./conflict.jsx";
import { Entries } from "./entries.jsx";
import { Foreign } from "./foreign.jsx";
import { GoneView } from "./gone.jsx";
import { Password } from "./password.jsx";
import { Remove } from "./remove.jsx";
import { Servers } from "./servers.jsx";
import { Settings } from "./settings.jsx";
import { Versions } from "./versions.jsx";
import { Welcome } from "./welcome.jsx";

/** @typedef {import("../session.js").Session} Session */
/** @typedef {{ session: Session }} SessionProps */

/** @type {Record<string, (props: SessionProps) => import("preact").VNode | null>} */
const VIEWS = { accesses: Accesses, versions: Versions, backup: Backup, settings: Settings, password: Password, delete: Remove, servers: Servers, welcome: Welcome };
const NAVIGATION = [
  ["entries", "Entries"],
  ["accesses", "Accesses"],
  ["versions", "Versions"],
  ["backup", "Backup"],
  ["settings", "Settings"],
];
/** Which tab a view belongs to. @type {Record<string, string>} */
const TAB = { password: "settings", delete: "settings", servers: "settings", welcome: "entries", conflict: "entries" };

/**
 * An open wallet.
 * @param {SessionProps & { route: string }} props
 */
export function Open({ session, route }) {
  useSession(session);
  const [asks, setAsks] = useState(false);
  const known = route in VIEWS || (route === "conflict" && session.conflict) ? route : "entries";
  const lock = () => ((session.fleeting || isFilled(session.draft)) && !session.gone ? setAsks(true) : void session.lock(T.lock.byHand));
  return (
    <div class="open">
      <a class="skip" href="#main" onClick={skip}>Skip to the content</a>
      <header class="top">
        <span class="brand"><Logo />Larimar</span>
        <span class="server">{serverWords(session)}</span>
        {!session.gone && <StateChip session={session} />}
        <button type="button" class="lock" onClick={lock}><Icon name="lock" />Lock</button>
      </header>
      {session.gone ? <GoneView session={session} /> : (
        <>
          <nav aria-label="Views">
            {NAVIGATION.map(([name = "", label]) => (
              <a key={name} href={`#${name}`} aria-current={(TAB[known] ?? known) === name ? "page" : undefined}><Icon name={name} /><span>{label}</span></a>
            ))}
          </nav>
          {asks && <Asking session={session} onStay={() => setAsks(false)} />}
          <Banners session={session} route={known} />
          <Shown session={session} route={known} />
        </>
      )}
      <Said session={session} />
    </div>
  );
}

/**
 * Before something is lost by locking.
 * @param {SessionProps & { onStay: () => void }} props
 */
function Asking({ session, onStay }) {
  const stay = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(() => stay.current?.focus(), []);
  const loose = session.fleeting || isFilled(session.draft);
  // it may be saved by now
  useEffect(() => {
    if (!loose) onStay();
  }, [loose]);
  return (
    <section class="banners" aria-label="Locking">
      <Notice kind="warning" title={T.lock.asks} alert>
        <p>{session.fleeting ? T.lock.fleeting : T.lock.typed}</p>
        <div class="buttons">
          <button type="button" ref={stay} onClick={onStay}>Stay open</button>
          <button type="button" class="danger" onClick={() => void session.lock(T.lock.byHand)}>Lock, and lose this</button>
        </div>
      </Notice>
    </section>
  );
}

/** Which server it is, or how many. @param {Session} session */
const serverWords = ({ wallet: { server, report } }) => (report ? `${report.lines.length} servers` : server.name);

/** @param {SessionProps & { route: string }} props */
function Shown({ session, route }) {
  const View = VIEWS[route];
  if (View) return <View session={session} />;
  if (route === "conflict") return <Conflict session={session} />;
  return session.foreign ? <Foreign session={session} /> : <Entries session={session} />;
}

/** The address keeps naming the view. @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.querySelector("h1")?.focus();
}
