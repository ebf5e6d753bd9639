import { useEffect, useId, useState } from "preact/hooks";
import { moment, number, size } from "../format.js";
import { Check } from "../parts/field.jsx";
import { View } from "../parts/view.jsx";
import { T } from "../messages.js";
import { peers } from "../places.js";
import { LOCK_CHOICES, lockMinutes, rememberPerson, rememberedPerson, setLockMinutes } from "../preferences.js";

/** @param {import("./open.jsx").SessionProps} props */
export function Settings({ session }) {
  const { wallet, person } = session;
  const [remember, setRemember] = useState(rememberedPerson() !== null);
  const remembering = (/** @type {boolean} */ wanted) => {
    rememberPerson(wanted ? person : null);
    setRemember(wanted);
  };
  return (
    <View title="Settings">
      <section class="card">
        <h2>Locking</h2>
        <LockChoice />
      </section>
      <section class="card">
        <h2>This device</h2>
        <Check label={T.unlock.remember} hint={T.unlock.rememberHint} checked={remember} onChecked={remembering} />
        <Persistence />
      </section>
      <section class="card">
        <h2>Password</h2>
        <p>The wallet of <strong class="break">{person.email}</strong> opens with a password{person.answers > 0 && ` and ${number(person.answers)} ${person.answers === 1 ? "answer" : "answers"}`}.</p>
        <p><a class="button" href="#password">Change the password</a></p>
      </section>
      <section class="card">
        <h2>Wallet</h2>
        <dl>
          <dt>{wallet.report ? "Servers" : "Server"}</dt><dd class="break">{wallet.server.name}</dd>
          <dt>Created</dt><dd>{moment(wallet.stored?.created)}</dd>
          <dt>Last stored</dt><dd>{moment(wallet.stored?.updated)}</dd>
          <dt>Size</dt><dd>{size(wallet.stored?.bytes ?? 0)}, encrypted</dd>
          <dt>Name of the wallet</dt><dd class="break mono">{wallet.publicKey}</dd>
        </dl>
        <Where several={wallet.report !== null} />
        <p class="hint">The name is how the server tells wallets apart. It is no secret, but keep it to yourself: it lets others see when the wallet is used.</p>
      </section>
      <section class="card danger-zone">
        <h2>Delete</h2>
        <p>{T.remove.lead}</p>
        <p><a class="button danger" href="#delete">Delete the wallet</a></p>
      </section>
      <p class="hint"><a href="NOTICES.txt">Licences of this page</a></p>
    </View>
  );
}

/** The way to the servers, where there is more than one. @param {{ several: boolean }} props */
function Where({ several }) {
  const [found, setFound] = useState(/** @type {string[]} */ ([]));
  useEffect(() => void peers().then(setFound), []);
  return several || found.length > 0 ? <p><a class="button" href="#servers">{several ? "Look at the servers" : "Keep it on several servers"}</a></p> : null;
}

function LockChoice() {
  const id = useId();
  const [minutes, setMinutes] = useState(lockMinutes);
  return (
    <div class="field">
      <label for={id}>Lock when not used for</label>
      <select id={id} value={minutes} onChange={({ currentTarget: { value } }) => (setLockMinutes(Number(value)), setMinutes(Number(value)))}>
        {LOCK_CHOICES.map((choice) => <option key={choice} value={choice}>{choice === 0 ? "Never" : choice === 1 ? "1 minute" : `${number(choice)} minutes`}</option>)}
      </select>
      <p class="hint">The time counts while the window is hidden, too. {minutes === 0 && "Without this, anybody who comes to this device can read the wallet."}</p>
    </div>
  );
}

/** Whether the browser promised to keep what this device remembers. */
function Persistence() {
  const [kept, setKept] = useState(/** @type {boolean | null} */ (null));
  useEffect(() => void navigator.storage?.persisted?.().then(setKept, () => {}), []);
  const ask = () => void navigator.storage.persist().then(setKept);
  if (kept === null) return null;
  if (kept) return <p class="hint">The browser keeps the encrypted copy on this device until you clear it.</p>;
  return (
    <>
      <p class="hint">The browser may drop the encrypted copy on this device when space is short.</p>
      <p><button type="button" onClick={ask}>Ask it to keep the copy</button></p>
    </>
  );
}
