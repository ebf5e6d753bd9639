/** What each server did, and what to do about it. */
/** @typedef {import("./error.js").LarimarError} LarimarError */
/** @typedef {{ revision: number, hash: string }} Head of a content: the revision that is sealed into it, and the hash of the blob */
/**
 * What is to be thought of a server: `ok`: it has the newest, or did what it was asked; `behind`: it had less than the newest, or nothing; `conflict`: it has another
 * content than the rest, which opens as well; `lying`: it gave what the owner never sealed or what does not fit the question, or it went back behind what it had
 * confirmed; `down`: it did not do it: out of reach, too slow, out of order, or it refused.
 * @typedef {"ok" | "behind" | "conflict" | "lying" | "down"} Verdict
 */
/**
 * A server in a report.
 * @typedef {object} Line
 * @property {string} server Its name.
 * @property {Verdict} verdict
 * @property {number | null} took Milliseconds, if it answered or failed.
 * @property {Head | null} head What it has of the wallet at the end.
 * @property {string | null} updated When it says that it stored that; believed by nobody.
 * @property {LarimarError | null} error
 * @property {"moved" | "deleted" | null} was What became of the wallet there, in its own words.
 * @property {boolean} repaired Whether it was brought up to the newest just now.
 */

/** @type {Record<string, Verdict>} */
const VERDICTS = { WrongAnswer: "lying", Tampered: "lying", NotSealed: "lying", Conflict: "conflict", Stale: "conflict", WalletNotFound: "behind", InvalidCode: "behind" };

/** @param {string} server @param {number | null} took @returns {Line} */
export const lineOf = (server, took) => ({ server, verdict: "ok", took, head: null, updated: null, error: null, was: null, repaired: false });

/** @param {Line} line @param {LarimarError} error @returns {Line} */
export function failed(line, error) {
  const { was } = error.data;
  return { ...line, verdict: VERDICTS[error.code] ?? "down", error, was: was === "moved" || was === "deleted" ? was : null };
}

/**
 * What each server did with a write.
 * @param {import("./servers.js").Answer<unknown>[]} report
 * @param {Head | null} head what it has if it did it
 * @param {Line[]} [before] who has not answered yet, or was not asked, is as it was
 * @returns {Line[]}
 */
export const writeLines = (report, head, before = []) =>
  report.map((answer, index) => {
    const line = lineOf(answer.server, answer.took);
    if (answer.outcome === "answered") return { ...line, head };
    return answer.outcome === "failed" ? failed(line, answer.error) : (before[index] ?? line);
  });

/** Whether it can be brought up only with a code of its own. @param {Line} line */
export const needsACode = ({ verdict, head }) => verdict === "behind" && head === null;

/** The errors of the servers. @param {import("./servers.js").Answer<unknown>[]} report */
export const errorsOf = (report) => report.flatMap((one) => (one.outcome === "failed" ? [one.error] : []));

/** Whether a server said this, so that it is certain that it did nothing. @param {LarimarError} error */
export const isRefusal = (error) => error.rpcCode !== undefined && error.code !== "Internal";

/**
 * What to do about it; `null` if there is nothing to be done.
 * @param {Line} line
 */
export function advice({ verdict, head, repaired, was }) {
  switch (verdict) {
    case "ok":
      return null;
    case "behind":
      if (repaired) return "was behind, and is brought up to date";
      if (was === "moved") return "the password was changed there: use the new one, or finish the change";
      if (was === "deleted") return "the wallet was deleted there: a code brings it back";
      return head ? "it is brought up to date the next time it answers and there is nothing to choose" : "it has no such wallet: a code makes it there";
    case "conflict":
      return "it has a change that the others do not have: compare, then choose";
    case "lying":
      if (repaired) return "it went back in time, and is brought up to date: ask its operator what happened, and leave it if it happens again";
      return "do not believe it: ask its operator, or take another server in its place";
    case "down":
      return "try again later; if it stays, take another server in its place";
  }
}
