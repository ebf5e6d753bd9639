import { useState } from "preact/hooks";
import { LarimarError, Wallet, deriveKeys } from "larimar-client";
import { T, explain } from "../messages.js";
import { Answers } from "../parts/answers.jsx";
import { Check, Field, PasswordField } from "../parts/field.jsx";
import { DERIVED, useTask } from "../parts/hooks.js";
import { Notice } from "../parts/notice.jsx";
import { Progress } from "../parts/progress.jsx";
import { ServerChoice } from "../parts/server-choice.jsx";
import { View } from "../parts/view.jsx";
import { kdf } from "../policy.js";
import { rememberPerson, rememberedPerson } from "../preferences.js";
import { allLocked } from "../session.js";

/** @typedef {import("larimar-client").Place} Place */
/** @typedef {import("larimar-client").Keys} Keys */

/**
 * @param {{ server: Place, origins: string[], onOrigins: (origins: string[]) => void,
 *   onOpen: (wallet: Wallet, person: { email: string, answers: number }, first: string, gone: LarimarError | null) => void }} props
 */
export function Unlock({ server, origins, onOrigins, onOpen }) {
  const [person] = useState(rememberedPerson);
  const [email, setEmail] = useState(person?.email ?? "");
  const [password, setPassword] = useState("");
  const [answers, setAnswers] = useState(() => Array.from({ length: person?.answers ?? 0 }, () => ""));
  const [remember, setRemember] = useState(person !== null);
  const [canceled, setCanceled] = useState(/** @type {string | null} */ (null));
  const task = useTask();

  const unlock = (/** @type {Event} */ event) => {
    event.preventDefault();
    setCanceled(null);
    void task.run(async ({ signal, onProgress }) => {
      const keys = await deriveKeys({ email, password, answers }, { kdf, signal, onProgress: (part) => onProgress(part * DERIVED) });
      onProgress(DERIVED);
      const { wallet, gone } = await opened(server, keys, signal);
      if (signal.aborted) return wallet.lock();
      rememberPerson(remember ? { email, answers: answers.length } : null);
      onOpen(wallet, { email, answers: answers.length }, "entries", gone);
    });
  };
  const cancel = () => {
    setCanceled(task.fraction < DERIVED ? T.unlock.canceled : T.unlock.canceledLate);
    task.cancel();
  };

  return (
    <View title={T.unlock.title} narrow>
      <p class="lead">{T.unlock.lead}</p>
      <Refusal error={task.error} />
      <div role="status">{canceled && <Notice>{canceled}</Notice>}</div>
      {task.busy && <Progress label={task.fraction < DERIVED ? T.unlock.working : T.unlock.asking} fraction={task.fraction} onCancel={cancel} />}
      <form class="card" onSubmit={unlock} hidden={task.busy}>
        <Field label="E-mail address" type="email" autocomplete="username" name="username" required value={email} onValue={setEmail} spellcheck={false} />
        <PasswordField label="Password" autocomplete="current-password" name="password" required value={password} onValue={setPassword} />
        <Answers answers={answers} onAnswers={setAnswers} />
        <ServerChoice origins={origins} onOrigins={onOrigins} />
        <Check label={T.unlock.remember} hint={T.unlock.rememberHint} checked={remember} onChecked={setRemember} />
        <div class="buttons"><button class="main">Unlock</button></div>
      </form>
      {!task.busy && <p class="other">No wallet yet? <a href="#create">Create a wallet</a></p>}
    </View>
  );
}

/**
 * The wallet; or if the server no longer has it, what this device has that was never stored.
 * @param {Place} server
 * @param {Keys} keys
 * @param {AbortSignal} signal
 * @returns {Promise<{ wallet: Wallet, gone: LarimarError | null }>}
 */
async function opened(server, keys, signal) {
  // the last window may still be remembering its last change
  await allLocked();
  try {
    return { wallet: await Wallet.unlock(server, keys, { signal }), gone: null };
  } catch (error) {
    if (LarimarError.is(error, "WalletNotFound") && error.data["was"] !== undefined) {
      const wallet = await Wallet.unlock(server, keys, { offline: true, signal }).catch(() => null);
      if (wallet && wallet.state !== "saved") return { wallet, gone: error };
      await wallet?.lock();
    }
    keys.wipe();
    throw error;
  }
}

/**
 * Why it did not open, in all honesty.
 * @param {{ error: unknown }} props
 */
function Refusal({ error }) {
  return <div role="alert">{error ? <Reason error={error} /> : null}</div>;
}

/** @param {{ error: unknown }} props */
function Reason({ error }) {
  if (!LarimarError.is(error, "WalletNotFound")) {
    const named = LarimarError.is(error) ? T.problems.byCode[error.code]?.(error.server ?? location.host) : undefined;
    if (named) return <Notice kind="danger" title={named.title}>{explain(error)}</Notice>;
    return <Notice kind={LarimarError.is(error) && error.isOffline ? "warning" : "danger"}>{offlineText(error)}</Notice>;
  }
  const { was, since } = error.data;
  if (was === "moved" || was === "deleted") return <Notice kind="warning">{T.unlock[was](String(since))}</Notice>;
  return (
    <Notice kind="warning" title={T.unlock.none}>
      <p>{T.unlock.noneWhy}</p>
      <ul>{T.unlock.noneReasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
    </Notice>
  );
}

/** @param {unknown} error */
const offlineText = (error) => (LarimarError.is(error, "Transport") ? T.unlock.offlineNone : explain(error));
