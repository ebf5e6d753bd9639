import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useRoute } from "./parts/hooks.js";
import { Logo } from "./parts/icon.jsx";
import { Notice } from "./parts/notice.jsx";
import { View } from "./parts/view.jsx";
import { HOME, nameOf, placeOf } from "./places.js";
import { chosenServers, setChosenServers } from "./preferences.js";
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
  const [origins, setOrigins] = useState(() => chosenServers(HOME));
  const server = useMemo(() => placeOf(origins), [origins]);
  const choose = useCallback((/** @type {string[]} */ chosen) => {
    setChosenServers(chosen, HOME);
    setOrigins(chosen);
  }, []);
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
      // which they are may have been changed while it was open
      setOrigins(chosenServers(HOME));
      setSaid(/** @type {CustomEvent} */ (event).detail ?? null);
      location.hash = "unlock";
    };
    session.addEventListener("locked", locked);
    return () => session.removeEventListener("locked", locked);
  }, [session]);

  if (session) return <Open session={session} route={route} />;
  return (
    <>
      <header class="top"><span class="brand"><Logo />Larimar</span><span class="server">{nameOf(HOME)}</span></header>
      <div role="status">{said && route !== "create" && <div class="narrow"><Notice>{said}</Notice></div>}</div>
      {route === "create"
        ? <Create server={server} origins={origins} onOrigins={choose} onOpen={opened} />
        : <Unlock server={server} origins={origins} onOrigins={choose} onOpen={opened} />}
    </>
  );
}

const Insecure = () => (
  <>
    <header class="top"><span class="brand"><Logo />Larimar</span></header>
    <View title={T.insecure.title} narrow><Notice kind="danger" alert>{T.insecure.text}</Notice></View>
  </>
);
