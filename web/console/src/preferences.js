/** What this browser remembers in plain text, and only what the user asked for. Nothing secret is ever among it. */

/** @typedef {{ email: string, answers: number }} Person */

const PERSON = "larimar person";
const LOCK = "larimar lock minutes";
const SERVERS = "larimar servers";

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
 * The servers on which the wallets of this device are kept, as origins.
 * @param {string} home
 * @returns {string[]}
 */
export function chosenServers(home) {
  try {
    const chosen = JSON.parse(localStorage.getItem(SERVERS) ?? "");
    const usable = Array.isArray(chosen) && chosen.length > 0 && chosen.every((one) => typeof one === "string" && URL.canParse(one) && new URL(one).origin === one);
    return usable ? [...new Set(chosen)] : [home];
  } catch {
    return [home];
  }
}

/** @param {string[]} servers @param {string} home */
export const setChosenServers = (servers, home) => write(SERVERS, servers.length === 1 && servers[0] === home ? null : JSON.stringify(servers));

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
