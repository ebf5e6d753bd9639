import { useEffect, useState } from "preact/hooks";
import { copy } from "../clipboard.js";
import { T } from "../messages.js";

const SHOWN_FOR = 60_000;

/**
 * A secret, hidden at first: while it is hidden it is not in the page.
 * @param {{ name: string, secret: string, say?: (text: string) => void }} props
 */
export function Secret({ name, secret, say }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(false), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [shown]);
  const copied = () => copy(secret).then(() => say?.(T.entries.copied(name)), () => say?.(T.entries.copyFailed));
  if (secret === "") return <p class="secret none">No secret</p>;
  return (
    <div class="secret">
      {shown ? <code>{secret}</code> : <span class="dots"><span aria-hidden="true">••••••••</span><span class="unseen">Hidden secret</span></span>}
      <div class="buttons">
        <button type="button" class="quiet" aria-label={`${shown ? "Hide" : "Show"} the secret of ${name}`} onClick={() => setShown(!shown)}>
          {shown ? "Hide" : "Show"}
        </button>
        {say && <button type="button" class="quiet" aria-label={`Copy the secret of ${name}`} onClick={() => void copied()}>Copy</button>}
      </div>
    </div>
  );
}
