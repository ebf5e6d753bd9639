import { useEffect, useState } from "preact/hooks";
import { generatePassword } from "../generator.js";
import { T } from "../messages.js";
import { PasswordField } from "./field.jsx";

/** @typedef {{ guesses: number, seconds: number }} Strength */

const SHORTEST = 8;
// a thief needs an hour and a half for 10^8, six days for 10^10, a year and a half for 10^12, more than a lifetime for 10^14
const LEAST_GUESSES = 1e10;
const LEVELS = [1e8, 1e10, 1e12, 1e14];
const NAMES = ["Very weak", "Weak", "Fair", "Strong", "Very strong"];

/**
 * The state of a new password that is typed twice.
 * @param {string} email
 */
export function useNewPassword(email) {
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [shown, setShown] = useState(false);
  const [made, setMade] = useState(/** @type {string | null} */ (null));
  const strength = useStrength(password, email);
  const problem = problemOf(password, again, strength, made);
  const generate = () => {
    const fresh = generatePassword();
    setMade(fresh);
    setPassword(fresh);
    setAgain(fresh);
    setShown(true);
  };
  /** What is wrong with it, the strength of what was typed last included. */
  const check = async () => problemOf(password, again, await judged(password, email), made);
  return { password, setPassword, again, setAgain, shown, setShown, strength, problem, generate, check };
}

/**
 * @param {string} password
 * @param {string} again
 * @param {Strength | string | null} strength
 * @param {string | null} made what needs no judgement
 */
function problemOf(password, again, strength, made) {
  if ([...password].length < SHORTEST) return T.strength.short;
  if (strength !== null && typeof strength === "object" && strength.guesses < LEAST_GUESSES) return T.strength.weak;
  if (strength === "unavailable" && password !== made) return T.strength.unavailable;
  return password === again ? null : T.strength.differs;
}

/**
 * @param {string} password
 * @param {string} email
 * @returns {Promise<Strength | "unavailable">}
 */
async function judged(password, email) {
  try {
    const meter = await import("../strength.js");
    return meter.strength(password, [email]);
  } catch {
    return "unavailable";
  }
}

/**
 * @param {{ email: string, state: ReturnType<typeof useNewPassword>, tried: boolean }} props
 */
export function NewPassword({ email, state, tried }) {
  const { password, again, shown, setShown, problem } = state;
  const differs = problem === T.strength.differs;
  return (
    <>
      {/* password managers take the name of the account from here */}
      <input class="unseen" type="text" name="username" autocomplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
      <PasswordField label="New password" autocomplete="new-password" name="new-password" required value={password} onValue={state.setPassword}
        shown={shown} onShown={setShown} error={tried && !differs ? problem : null} />
      <Meter password={password} strength={state.strength} />
      <button type="button" onClick={state.generate}>Make a strong password</button>
      <PasswordField label="The same password again" autocomplete="new-password" name="new-password-again" required value={again} onValue={state.setAgain}
        shown={shown} onShown={setShown} error={(tried || again.length >= password.length) && again !== "" && differs ? problem : tried && differs ? problem : null} />
    </>
  );
}

/**
 * @param {{ password: string, strength: Strength | "loading" | "unavailable" | null }} props
 */
function Meter({ password, strength }) {
  if (password === "" || strength === null) return <div class="meter" role="status" />;
  if (typeof strength === "string") return <div class="meter" role="status"><p class="hint">{T.strength[strength]}</p></div>;
  const level = LEVELS.filter((guesses) => strength.guesses >= guesses).length;
  return (
    <div class="meter" role="status">
      <svg class={`bars level${level}`} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        {NAMES.map((name, index) => <rect key={name} x={index * 20.4} y="0" width="18.4" height="4" rx="1" class={index <= level ? "on" : "off"} />)}
      </svg>
      <p><strong>{NAMES[level]}.</strong> {T.strength.time(strength.seconds)}, {T.strength.why}.</p>
    </div>
  );
}

/**
 * @param {string} password
 * @param {string} email
 * @returns {Strength | "loading" | "unavailable" | null}
 */
function useStrength(password, email) {
  const [strength, setStrength] = useState(/** @type {ReturnType<typeof useStrength>} */ (null));
  useEffect(() => {
    if (password === "") return setStrength(null);
    let current = true;
    setStrength((before) => before ?? "loading");
    // each key would cost some milliseconds, and be read out
    const timer = setTimeout(async () => {
      const judgement = await judged(password, email);
      if (current) setStrength(judgement);
    }, 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [password, email]);
  return strength;
}
