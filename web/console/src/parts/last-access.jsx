import { ownAddress } from "../accesses.js";
import { T, methodWords, outcomeWords } from "../messages.js";
import { Time } from "./time.jsx";

/**
 * Who was here last, before this window.
 * @param {{ session: import("../session.js").Session, link?: boolean }} props
 */
export function LastAccess({ session, link = false }) {
  if (!session.wallet.statistics) return link ? null : <p class="last-access">{T.accesses.offline}</p>;
  const last = session.lastBefore;
  if (!last) return link ? null : <p class="last-access">{T.accesses.none}</p>;
  const elsewhere = last.ip !== ownAddress(session);
  const refused = last.outcome !== "ok" && last.outcome !== "not_modified";
  return (
    <p class={elsewhere ? "last-access elsewhere" : "last-access"}>
      Last access before this one: <Time at={last.time} />, {methodWords(last.method).toLowerCase()}{refused && `, ${outcomeWords(last.outcome)}`},
      {" "}from <span class="break">{last.ip}</span>{elsewhere ? ", another address than yours now" : ", the address you have now"}.
      {link && <>{" "}<a href="#accesses">Look at all accesses</a></>}
    </p>
  );
}
