import { useEffect, useRef, useState } from "preact/hooks";
import { LarimarError, Server, Servers, Wallet, deriveKeys, entriesToBytes, noEntries } from "larimar-client";
import { T } from "../messages.js";
import { DERIVED, useTask } from "../parts/hooks.js";
import { Notice } from "../parts/notice.jsx";
import { Progress } from "../parts/progress.jsx";
import { View } from "../parts/view.jsx";
import { kdf } from "../policy.js";
import { keepVersion } from "../update.js";
import { CreateAnswers } from "./create-answers.jsx";
import { CreateCode } from "./create-code.jsx";
import { CreateCodes } from "./create-codes.jsx";
import { CreateEmail } from "./create-email.jsx";
import { CreatePassword } from "./create-password.jsx";
import { CreateWarning } from "./create-warning.jsx";

/**
 * What was chosen so far. `sent`: when the code was sent, and how long it is valid and until another can be sent, as instants; of several servers, by which
 * one. `codes`: of several servers, by their names.
 * @typedef {object} Draft
 * @property {string} email
 * @property {import("./create-email.jsx").Sent | null} sent
 * @property {string} at by which servers
 * @property {string} code
 * @property {Record<string, string>} codes
 * @property {string} password
 * @property {string[]} answers
 * @property {boolean} replace
 */

/** @typedef {"email" | "code" | "password" | "answers" | "warning"} Step */

/** @type {Step[]} */
const STEPS = ["email", "code", "password", "answers", "warning"];
/** @type {Record<Step, string>} */
const TITLES = {
  email: T.create.title,
  code: "Enter the code",
  password: "Choose a password",
  answers: "Security answers",
  warning: T.create.warnTitle,
};

/**
 * @param {{ server: import("larimar-client").Place, origins: string[], onOrigins: (origins: string[]) => void,
 *   onOpen: (wallet: Wallet, person: { email: string, answers: number }, first: string) => void }} props
 */
export function Create({ server, origins, onOrigins, onOpen }) {
  const [step, setStep] = useState(/** @type {Step} */ ("email"));
  const [draft, setDraft] = useState(/** @type {Draft} */ ({ email: "", sent: null, at: "", code: "", codes: {}, password: "", answers: [], replace: false }));
  const keys = useKeptKeys();
  const task = useTask();
  const [refused, setRefused] = useState(/** @type {"InvalidCode" | "EmailInUse" | null} */ (null));

  /** Cancelled when the server had been asked already. */
  const [late, setLate] = useState(false);

  // a new version of the page would begin with the e-mail address again
  useEffect(() => {
    const shown = new AbortController();
    keepVersion(shown.signal);
    return () => shown.abort();
  }, []);
  const forgive = () => {
    setRefused(null);
    setLate(false);
    task.clear();
  };
  /** @type {(next: Step, more: Partial<Draft>) => void} */
  const go = (next, more) => {
    setDraft((before) => ({ ...before, ...more }));
    setStep(next);
    forgive();
  };
  /** @param {Partial<Draft>} more */
  const create = (more) => {
    const all = { ...draft, ...more };
    setDraft(all);
    setRefused(null);
    setLate(false);
    void task.run(async ({ signal, onProgress }) => {
      const { email, password, answers, replace } = all;
      const code = server instanceof Servers ? all.codes : all.code;
      const who = await keys.of({ email, password, answers }, { kdf, signal, onProgress: (part) => onProgress(part * DERIVED) });
      onProgress(DERIVED);
      try {
        const wallet = await Wallet.create(server, who, { code, replace, data: entriesToBytes(noEntries()), signal });
        keys.given();
        if (signal.aborted) return wallet.lock();
        void navigator.storage?.persist?.().catch(() => {});
        onOpen(wallet, { email, answers: answers.length }, "welcome");
      } catch (error) {
        if (LarimarError.is(error, "InvalidCode")) setStep("code");
        if (LarimarError.is(error, "InvalidCode") || LarimarError.is(error, "EmailInUse")) setRefused(/** @type {any} */ (error.code));
        else if (LarimarError.is(error, "KeyRetired") || LarimarError.is(error, "InvalidText")) setStep("password");
        throw error;
      }
    });
  };
  const cancel = () => {
    setLate(task.fraction >= DERIVED);
    task.cancel();
  };

  const common = { draft, server, go };
  const at = STEPS.indexOf(step);
  return (
    <View title={TITLES[step]} narrow>
      <p class="steps">{`Step ${at + 1} of ${STEPS.length}`}</p>
      <div role="alert">{task.message && !refused && <Notice kind="danger">{task.message}</Notice>}</div>
      <div role="status">{late && <Notice kind="warning">{T.create.canceledLate}</Notice>}</div>
      {task.busy && <Progress label={task.fraction < DERIVED ? T.unlock.working : T.unlock.asking} fraction={task.fraction} onCancel={cancel} />}
      <div hidden={task.busy}>
        {step === "email" && <CreateEmail {...common} origins={origins} onOrigins={onOrigins} />}
        {step === "code" && server instanceof Servers && <CreateCodes {...common} server={server} wrong={refused === "InvalidCode"} onTyped={forgive} />}
        {step === "code" && server instanceof Server && <CreateCode {...common} wrong={refused === "InvalidCode"} onTyped={forgive} />}
        {step === "password" && <CreatePassword {...common} />}
        {step === "answers" && <CreateAnswers {...common} />}
        {step === "warning" && <CreateWarning draft={draft} inUse={refused === "EmailInUse"} onCreate={create} />}
        <div class="other">
          {at > 0 && <button type="button" class="quiet" onClick={() => setStep(/** @type {Step} */ (STEPS[at - 1]))}>Back</button>}
          <p>Already have a wallet? <a href="#unlock">Unlock it</a></p>
        </div>
      </div>
    </View>
  );
}

/** Keys that were worked out already, for a second attempt with another code; wiped with the view unless a wallet has them. */
function useKeptKeys() {
  const kept = useRef(/** @type {{ name: string, keys: import("larimar-client").Keys } | null} */ (null));
  useEffect(() => () => kept.current?.keys.wipe(), []);
  return {
    /** @type {(who: import("larimar-client").Credentials, options: import("larimar-client").DeriveOptions) => Promise<import("larimar-client").Keys>} */
    async of(who, options) {
      const name = JSON.stringify(who);
      if (kept.current?.name === name) return kept.current.keys;
      kept.current?.keys.wipe();
      kept.current = null;
      const keys = await deriveKeys(who, options);
      kept.current = { name, keys };
      return keys;
    },
    given: () => void (kept.current = null),
  };
}
