import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { Server } from "larimar-client";
import { useRoute } from "./parts/hooks.js";
import { Logo } from "./parts/icon.jsx";
import { Notice } from "./parts/notice.jsx";
import { View } from "./parts/view.jsx";
import { Session } from "./session.js";
import { T } from "./messages.js";
import { Create } from "./views/create.jsx";
import { Open } from "./views/open.jsx";
import { Unlock } from "./views/unlock.jsx";

/** Locked or open: all secrets are in the session, which is dropped when it is locked. */
export function App() {
  if (!isSecureContext) return <Insecure />;
  return <Secure />;
}

function Secure() {
  const route = useRoute();
  const server = useMemo(() => new Server(location.origin), []);
  const [session, setSession] = useState(/** @type {Session | null} */ (null));
  const [said, setSaid] = useState(/** @type {string | null} */ (null));

  /** @type {(wallet: import("larimar-client").Wallet, person: { email: string, answers: number }, first?: string, gone?: import("larimar-client").LarimarError | null) => void} */
  const opened = useCallback((wallet, person, first = "entries", gone = null) => {
    setSaid(null);
    setSession(new Session(wallet, person, gone));
    location.hash = first;
  }, []);
  useEffect(() => {
    if (!session) return;
    const locked = (/** @type {Event} */ event) => {
      setSession(null);
      setSaid(/** @type {CustomEvent} */ (event).detail ?? null);
      location.hash = "unlock";
    };
    session.addEventListener("locked", locked);
    return () => session.removeEventListener("locked", locked);
  }, [session]);

  if (session) return <Open session={session} route={route} />;
  return (
    <>
      <header class="top"><span class="brand"><Logo />Larimar</span><span class="server">{server.name}</span></header>
      <div role="status">{said && route !== "create" && <div class="narrow"><Notice>{said}</Notice></div>}</div>
      {route === "create" ? <Create server={server} onOpen={opened} /> : <Unlock server={server} onOpen={opened} />}
    </>
  );
}

const Insecure = () => (
  <>
    <header class="top"><span class="brand"><Logo />Larimar</span></header>
    <View title={T.insecure.title} narrow><Notice kind="danger" alert>{T.insecure.text}</Notice></View>
  </>
);
