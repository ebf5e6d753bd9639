/** What each server has of a wallet, as far as the owner's keys can tell. */
import { LarimarError } from "./error.js";
import { failed, lineOf } from "./report.js";
import { formed } from "./statistics.js";
import { openAnswer } from "./trust.js";

/** @typedef {import("./trust.js").State} State */
/**
 * One server's place in a round of questions. `has`: what the owner sealed; what the owner did not seal, or nobody; no wallet; or it is not known.
 * @typedef {object} Seat
 * @property {import("./report.js").Line} line
 * @property {"content" | "other" | "nothing" | "silent"} has
 * @property {State | null} content
 * @property {import("./server.js").Statistics | null} statistics
 */

/**
 * Asks every server what it has under these keys. A server that has less than it confirmed before is found out here.
 * @param {import("./servers.js").Servers} servers
 * @param {import("./keys.js").Keys} keys
 * @param {Record<string, import("./report.js").Head>} heads what each confirmed before
 * @param {import("./rpc.js").CallOptions} [options]
 * @returns {Promise<Seat[]>} in the servers' order
 */
export async function seatsOf(servers, keys, heads, options) {
  const ask = async (/** @type {import("./server.js").Server} */ server, /** @type {import("./rpc.js").CallOptions} */ within) => {
    const found = await server.fetchWallet(keys.publicKey, undefined, within);
    return { content: await openAnswer(server, keys, found), statistics: formed(found.statistics) };
  };
  const report = await servers.each(() => true, ask, options);
  return report.map((answer) => {
    const line = lineOf(answer.server, answer.took);
    if (answer.outcome === "failed") return unopened(failed(line, answer.error));
    if (answer.outcome !== "answered") return { line, has: "silent", content: null, statistics: null };
    const { content, statistics } = answer.answer;
    const head = headOf(content);
    const known = heads[answer.server];
    // a revision takes one content for ever, so another one of the same is as false as a lower one
    const back = known && (head.revision < known.revision || (head.revision === known.revision && head.hash !== known.hash));
    return { line: { ...line, verdict: back ? "lying" : "ok", head, updated: content.updated }, has: "content", content, statistics };
  });
}

/** @param {import("./report.js").Line} line @returns {Seat} */
function unopened(line) {
  const code = line.error?.code;
  const has = code === "WalletNotFound" ? "nothing" : code === "Tampered" || code === "NotSealed" || code === "WrongAnswer" ? "other" : "silent";
  return { line, has, content: null, statistics: null };
}

/** It has this now. @param {Seat} seat @param {State} content */
export function got(seat, content) {
  seat.line = { ...seat.line, head: headOf(content), error: null, was: null, repaired: true };
  seat.has = "content";
  seat.content = content;
}

/** It did not do it. @param {Seat} seat @param {LarimarError} error */
export function refused(seat, error) {
  seat.line = { ...seat.line, error };
}

/** @param {import("./report.js").Head} content @returns {import("./report.js").Head} */
export const headOf = ({ revision, hash }) => ({ revision, hash });
