import { useId, useState } from "preact/hooks";
import { LarimarError, entriesToBytes, newEntryId } from "larimar-client";
import { download } from "../files.js";
import { moment, today } from "../format.js";
import { T } from "../messages.js";
import { Side, changedFields } from "../parts/comparison.jsx";
import { useTask } from "../parts/hooks.js";
import { Failure, Notice } from "../parts/notice.jsx";
import { View } from "../parts/view.jsx";
import { sidesOf } from "../sides.js";

/** @typedef {import("larimar-client").Entry} Entry */
/** @typedef {import("larimar-client").Entries} Entries */
/** @typedef {{ id: string, base: Entry | null, mine: Entry | null, theirs: Entry | null }} Clash */
/** @typedef {"mine" | "theirs" | "both"} Choice */

/** @param {import("./open.jsx").SessionProps} props */
export function Conflict({ session }) {
  const { conflict } = session;
  const sides = conflict && sidesOf(conflict);
  const [changed, setChanged] = useState(false);
  const [choices, setChoices] = useState(/** @type {Record<string, Choice>} */ ({}));
  const task = useTask();
  /** @param {Uint8Array} plaintext */
  const resolve = (plaintext) =>
    void task.run(async ({ signal }) => {
      try {
        if (conflict) await session.resolve(conflict, plaintext);
      } catch (error) {
        if (!LarimarError.is(error, "Conflict")) throw error;
        // what was chosen was chosen from other sides
        setChoices({});
        setChanged(true);
        if (signal.aborted) session.say(T.conflict.changed);
        return;
      }
      session.say(session.wallet.state === "saved" ? T.conflict.done : T.conflict.kept);
      location.hash = "entries";
    });
  if (!conflict) return null;
  return (
    <View title={T.conflict.title}>
      <p class="lead">{T.conflict.lead}</p>
      <p>The other device stored its state on {moment(conflict.updated)}.</p>
      <Exports conflict={conflict} />
      <div role="alert">{changed && <Notice kind="warning">{T.conflict.changed}</Notice>}</div>
      <Failure text={task.message} />
      {sides ? (
        <form onSubmit={(event) => (event.preventDefault(), resolve(entriesToBytes(chosen(sides.merged, sides.clashes, choices))))}>
          {sides.clashes.map((clash) => (
            <Clashing key={clash.id} clash={clash} choice={choices[clash.id] ?? usual(clash)} onChoice={(choice) => setChoices({ ...choices, [clash.id]: choice })} />
          ))}
          <div class="buttons"><button class="main" disabled={task.busy}>Save my choices</button></div>
        </form>
      ) : (
        <div class="card">
          <p>{T.conflict.whole}</p>
          <div class="buttons">
            <button type="button" disabled={task.busy} onClick={() => resolve(conflict.mine)}>Keep what this device has</button>
            <button type="button" disabled={task.busy} onClick={() => resolve(conflict.theirs)}>Keep what the server has</button>
          </div>
        </div>
      )}
    </View>
  );
}

/** @param {{ conflict: import("larimar-client").Conflict }} props */
const Exports = ({ conflict }) => (
  <div class="buttons">
    <button type="button" onClick={() => download(`larimar-this-device-${today()}.json`, conflict.mine, "application/json")}>Download this device’s side, unencrypted</button>
    <button type="button" onClick={() => download(`larimar-other-device-${today()}.json`, conflict.theirs, "application/json")}>Download the other side, unencrypted</button>
  </div>
);

/**
 * One entry that both changed.
 * @param {{ clash: Clash, choice: Choice, onChoice: (choice: Choice) => void }} props
 */
function Clashing({ clash: { mine, theirs, base }, choice, onChoice }) {
  const id = useId();
  const name = (mine ?? theirs ?? base)?.name ?? "";
  /** @type {[Choice, string][]} */
  const options = mine && theirs
    ? [["both", "Keep both"], ["mine", "Keep this device’s"], ["theirs", "Keep the other device’s"]]
    : mine
      ? [["mine", "Keep the entry as this device has it"], ["theirs", "Delete it, as the other device did"]]
      : [["theirs", "Keep the entry as the other device has it"], ["mine", "Delete it, as this device did"]];
  return (
    <fieldset class="card clash">
      <legend>{name}</legend>
      <div class="sides">
        {mine ? <Side title="This device" entry={mine} /> : <Deleted title="This device" />}
        {theirs ? <Side title="Other device" entry={theirs} /> : <Deleted title="Other device" />}
      </div>
      {mine && theirs && <p class="hint">Different: {changedFields(mine, theirs)}.</p>}
      <div class="choices">
        {options.map(([value, label]) => (
          <div key={value} class="check">
            <input type="radio" id={`${id}${value}`} name={id} value={value} checked={choice === value} onChange={() => onChoice(value)} />
            <label for={`${id}${value}`}>{label}</label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** @param {{ title: string }} props */
const Deleted = ({ title }) => <div class="side"><p class="side-title">{title}</p><p>Deleted here.</p></div>;

/** What loses nothing. @param {Clash} clash @returns {Choice} */
const usual = ({ mine, theirs }) => (mine && theirs ? "both" : mine ? "mine" : "theirs");

/**
 * @param {Entries} merged
 * @param {Clash[]} clashes
 * @param {Record<string, Choice>} choices
 * @returns {Entries}
 */
function chosen(merged, clashes, choices) {
  const byId = new Map(clashes.map((clash) => [clash.id, clash]));
  const entries = merged.entries.flatMap((entry) => {
    const clash = byId.get(entry.id);
    if (!clash) return [entry];
    const { mine, theirs } = clash;
    const choice = choices[clash.id] ?? usual(clash);
    const kept = choice === "theirs" ? theirs : mine;
    const other = choice === "both" && theirs ? [{ ...theirs, id: newEntryId(), name: `${theirs.name} (other device)` }] : [];
    return kept ? [kept, ...other] : other;
  });
  return { ...merged, entries };
}
