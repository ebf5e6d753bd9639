import { useEffect } from "preact/hooks";
import { T } from "../messages.js";

const SHOWN_FOR = 10_000;

/**
 * What was just done, with the way to take it back; and that the wallet is about to lock.
 * @param {{ session: import("../session.js").Session }} props
 */
export function Said({ session }) {
  const { said, locksSoon } = session;
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => session.hush(), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div class="said">
      <div role="alert">{locksSoon && <p class="toast">{T.lock.soon}</p>}</div>
      <div role="status">
        {said && (
          <div class="toast">
            <p>{said.text}</p>
            {said.undo && session.steps.length > 0 && <button type="button" onClick={() => void session.undo()}>Undo</button>}
            <button type="button" aria-label="Close this message" onClick={() => session.hush()}>✕</button>
          </div>
        )}
      </div>
    </div>
  );
}
