/** What this browser remembers in plain text, and only what the user asked for. Nothing secret is ever among it. */

/** @typedef {{ email: string, answers: number }} Person */

const PERSON = "larimar person";
const LOCK = "larimar lock minutes";

/** Minutes without a touch until the wallet locks itself; 0 is never. */
export const LOCK_CHOICES = [1, 5, 15, 60, 0];
const LOCK_USUALLY = 5;

/** @returns {Person | null} */
export function rememberedPerson() {
  try {
    const { email, answers } = JSON.parse(localStorage.getItem(PERSON) ?? "");
    return typeof email === "string" && Number.isInteger(answers) ? { email, answers: Math.min(Math.max(answers, 0), 20) } : null;
  } catch {
    return null;
  }
}

/** @param {Person | null} person */
export function rememberPerson(person) {
  write(PERSON, person && JSON.stringify(person));
}

export function lockMinutes() {
  try {
    const minutes = Number(localStorage.getItem(LOCK) ?? LOCK_USUALLY);
    return LOCK_CHOICES.includes(minutes) ? minutes : LOCK_USUALLY;
  } catch {
    return LOCK_USUALLY;
  }
}

/** @param {number} minutes */
export const setLockMinutes = (minutes) => write(LOCK, minutes === LOCK_USUALLY ? null : String(minutes));

/**
 * @param {string} key
 * @param {string | null} value
 */
function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // a browser that keeps nothing: the page works without
  }
}
