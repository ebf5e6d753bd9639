import { differences } from "../history.js";
import { number } from "../format.js";
import { Secret } from "./secret.jsx";

/** @typedef {import("larimar-client").Entry} Entry */
/** @typedef {import("larimar-client").Entries} Entries */

const WORDS = { added: "Would come back", removed: "Would go", changed: "Would change" };

/**
 * What restoring would do, entry by entry.
 * @param {{ now: Entries, then: Entries, nowName?: string, thenName: string }} props
 */
export function Comparison({ now, then, nowName = "Now", thenName }) {
  const found = differences(now, then);
  return (
    <div class="comparison">
      <p>{number(found.length)} {found.length === 1 ? "difference" : "differences"}.</p>
      <ul class="plain">
        {found.map(({ id, kind, before, after }) => (
          <li key={id} class={`difference ${kind}`}>
            <p class="difference-title break">{(after ?? before)?.name} <span class="tag">{WORDS[kind]}</span></p>
            <div class="sides">
              {before && <Side title={nowName} entry={before} />}
              {after && <Side title={thenName} entry={after} />}
            </div>
            {before && after && <p class="hint">Different: {changedFields(before, after)}.</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * One side of an entry.
 * @param {{ title: string, entry: Entry }} props
 */
export const Side = ({ title, entry }) => (
  <div class="side">
    <p class="side-title">{title}</p>
    <p class="break"><strong>{entry.name}</strong></p>
    <Secret name={`${entry.name} (${title})`} secret={entry.secret} />
    {entry.note && <p class="note">{entry.note}</p>}
  </div>
);

/**
 * @param {Entry} a
 * @param {Entry} b
 */
export function changedFields(a, b) {
  const names = /** @type {const} */ (["name", "secret", "note"]);
  return names.filter((name) => (a[name] ?? "") !== (b[name] ?? "")).join(", ");
}
