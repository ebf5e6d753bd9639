/** Why something over several servers did not come about; each says what to do next. */
import { LarimarError } from "./error.js";
import { errorsOf, isRefusal } from "./report.js";
import { FARTHEST_OF_SEVERAL } from "./revisions.js";

/** @typedef {import("./servers.js").Answer<unknown>[]} Report */

/** What a `Conflict` says that the server has. @param {unknown} error @returns {import("./report.js").Head | null} */
export function heldInstead(error) {
  if (!LarimarError.is(error, "Conflict")) return null;
  const { local_hash: hash, revision } = error.data;
  return typeof hash === "string" && typeof revision === "number" ? { hash, revision } : null;
}

/**
 * What the first said, if all refused: of a key that held more once, the highest is what counts, unless it is made up.
 * @param {Report} report
 * @param {number} [known] the highest revision that was seen
 */
export function firstOf(report, known = 0) {
  const errors = errorsOf(report);
  const told = (/** @type {LarimarError} */ { data }) => Number(data["revision"]);
  const [stale] = errors.filter((error) => error.code === "Stale" && told(error) <= known + FARTHEST_OF_SEVERAL).sort((a, b) => told(b) - told(a));
  return errors.every(isRefusal) ? stale ?? errors[0] : undefined;
}

export const underWay = () =>
  new LarimarError("ChangeUnderWay", "The password of this wallet is being changed, and not every server has done it. Use the new password, which finishes the change; or change it back, from the new one to this one.");

export const noAnswer = () => new LarimarError("NoAnswer", "No server gave the wallet. Try again later, or look at what each of them says.");

/** @param {number} held @param {number} quorum */
export const noQuorum = (held, quorum) =>
  new LarimarError("NoQuorum", `Only ${held} of the servers have what the change is made from, and ${quorum} are needed. The change was not sent: try again when more of them work.`, { data: { held, quorum } });

/** @param {number} confirmed @param {number} quorum */
export const unknown = (confirmed, quorum) =>
  new LarimarError("Unknown", `Only ${confirmed} of the servers confirmed it, and ${quorum} are needed. It may come about: this device remembers it, and says it again the next time.`, { data: { confirmed, quorum } });

/**
 * What is to be said of a write that no quorum confirmed.
 * @param {Report} report
 * @param {number} quorum
 */
export function withoutQuorum(report, quorum) {
  const errors = errorsOf(report);
  const confirmed = report.filter(({ outcome }) => outcome === "answered").length;
  const others = errors.filter(({ code }) => code === "Conflict" || code === "Stale");
  if (others.length > report.length - quorum) return others[0];
  return confirmed === 0 && errors.length === report.length && errors.every(isRefusal) ? errors[0] : unknown(confirmed, quorum);
}
