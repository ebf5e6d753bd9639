/**
 * What people type, brought into one form on every device (PROTOCOL.md, section 4): first checked, then NFKC, then lower
 * case, then white space.
 */
import { LarimarError } from "./error.js";

// exactly the protocol's list: `trim` and `\s` have others
const SPACE = "\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const RUNS = new RegExp(`[${SPACE}]+`, "gu");
const ANY = new RegExp(`[${SPACE}]`, "u");
const REFUSED = /[\p{Cs}\p{Cn}]/u;

/**
 * The password as it goes into the derivation: NFKC, otherwise as typed.
 * @param {string} typed
 * @throws {LarimarError} `InvalidText`
 */
export function normalPassword(typed) {
  return notEmpty(compose(typed, "password"), "password");
}

/**
 * An answer to a security question: NFKC, lower case, white space at both ends removed, inner runs turned into one space.
 * @param {string} typed
 * @throws {LarimarError} `InvalidText`
 */
export function normalAnswer(typed) {
  const lower = compose(typed, "answer").toLowerCase();
  return notEmpty(lower.replace(ENDS, "").replace(RUNS, " "), "answer");
}

/**
 * The e-mail address as salt: NFKC, lower case, white space at both ends removed.
 * @param {string} typed
 * @throws {LarimarError} `InvalidText`
 */
export function normalEmail(typed) {
  const email = compose(typed, "e-mail address").toLowerCase().replace(ENDS, "");
  const [local, domain, ...more] = email.split("@");
  if (!local || !domain || more.length > 0 || ANY.test(email)) {
    throw invalid("email", "An e-mail address has exactly one @, text on both sides of it, and no spaces.");
  }
  return email;
}

/**
 * @param {string} typed
 * @param {string} what
 */
function compose(typed, what) {
  const refused = REFUSED.exec(typed)?.[0]?.codePointAt(0);
  if (refused !== undefined) {
    const hex = refused.toString(16).toUpperCase().padStart(4, "0");
    throw invalid(what, `The ${what} has a character that other devices may not know: U+${hex}. Leave it out.`);
  }
  return typed.normalize("NFKC");
}

/**
 * @param {string} text
 * @param {string} what
 */
function notEmpty(text, what) {
  if (text === "") throw invalid(what, `The ${what} is empty.`);
  return text;
}

/**
 * @param {string} param
 * @param {string} message
 */
function invalid(param, message) {
  return new LarimarError("InvalidText", message, { data: { param } });
}
