/** How the views follow what is outside of them. */
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { explain } from "../messages.js";

/**
 * Shows again whenever the session has changed.
 * @param {import("../session.js").Session | null} session
 */
export function useSession(session) {
  const [, again] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    session?.addEventListener("change", again);
    return () => session?.removeEventListener("change", again);
  }, [session]);
}

/** The name of the view, from behind the # of the address: never more than a name. */
export function useRoute() {
  const read = () => location.hash.slice(1);
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = () => setRoute(read());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}

/** How far a task is when the key is worked out: the rest is the server's answer. */
export const DERIVED = 0.95;

/**
 * Something that takes a while: whether it runs, how far it is, what went wrong. Ends with the view.
 */
export function useTask() {
  const [state, setState] = useState({ busy: false, fraction: 0, error: /** @type {unknown} */ (null) });
  const running = useRef(/** @type {AbortController | null} */ (null));
  useEffect(() => () => running.current?.abort(), []);
  /** @param {(options: { signal: AbortSignal, onProgress: (fraction: number) => void }) => Promise<unknown>} work */
  const run = async (work) => {
    running.current?.abort();
    const own = (running.current = new AbortController());
    const { signal } = own;
    setState({ busy: true, fraction: 0, error: null });
    try {
      await work({ signal, onProgress: (fraction) => signal.aborted || setState({ busy: true, fraction, error: null }) });
      if (!signal.aborted) setState({ busy: false, fraction: 1, error: null });
    } catch (error) {
      if (!signal.aborted) setState({ busy: false, fraction: 0, error });
    }
  };
  const cancel = () => {
    running.current?.abort();
    setState({ busy: false, fraction: 0, error: null });
  };
  const clear = () => setState((before) => ({ ...before, error: null }));
  return { ...state, message: state.error ? explain(state.error) : null, run, cancel, clear };
}

/**
 * The time, each second, while it is wanted.
 * @param {boolean} wanted
 */
export function useNow(wanted) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [wanted]);
  return now;
}
