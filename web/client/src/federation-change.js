/** A new password on every server: begun once, finished everywhere, or turned round. */
import { same, toBase64, toHex } from "./bytes.js";
import { LarimarError } from "./error.js";
import { firstOf, heldInstead, noAnswer, noQuorum, underWay, unknown } from "./federation-error.js";
import { blobDigest, changePasswordDigest, revisionOf } from "./keys.js";
import { errorsOf, isRefusal } from "./report.js";
import { FARTHEST_OF_SEVERAL } from "./revisions.js";
import { got, refused, seatsOf } from "./seats.js";
import { confirm, decoded, openBlob } from "./trust.js";
import { leadsOver, onTheWay } from "./way.js";

/** @typedef {import("./federation.js").Federation} Federation */
/** @typedef {import("./report.js").Head} Head */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./seats.js").Seat} Seat */
/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./trust.js").State} State */
/** @typedef {import("./way.js").Change} Change */
/** @typedef {import("./way.js").Several} Several */

const TRIES = 3;
/** Where a server says one of these, the new key is looked at. */
const GONE = ["WalletNotFound", "Stale", "KeyUnchanged"];

/**
 * The wallet is reached by the new keys, on a quorum of the servers. Interrupted, it is finished by whoever opens it with the new keys, or said again, or turned
 * round: changed from the new keys to the old ones.
 * @param {Federation} old
 * @param {Federation} next
 * @param {number} seen the highest revision that this device saw
 * @param {CallOptions} [options]
 * @returns {Promise<State>} what it holds under the new keys
 * @throws {LarimarError} `NoQuorum` and `Conflict`, with nothing sent; `Unknown`: some servers have the one and some the other password then, and each opens with
 *   its own; `ChangeUnderWay`: another change is not finished; what all servers refused it with
 */
export async function changeKeys(old, next, seen, options) {
  await finishAnother(old, next, options);
  for (let told = 0, tries = 0; ; tries++) {
    try {
      return await changeAbove(old, next, seen, told, options);
    } catch (error) {
      const { revision } = LarimarError.is(error, "Stale") ? error.data : {};
      if (typeof revision !== "number" || revision <= told || revision > seen + FARTHEST_OF_SEVERAL || tries === TRIES) throw error;
      told = revision;
    }
  }
}

/**
 * A change to other keys is finished before the next one is begun: a server that missed it would keep the oldest password.
 * @param {Federation} old
 * @param {Federation} next
 * @param {CallOptions} [options]
 */
async function finishAnother(old, next, options) {
  await old.recall();
  await next.recall();
  const { change } = old.memory;
  if (!change || [change.from, change.to].includes(next.keys.publicKey)) return;
  await finishChange(old, await seatsOf(old.servers, old.keys, old.memory.heads, options), options);
  if (old.memory.change) throw underWay();
}

/**
 * @param {Federation} old
 * @param {Federation} next
 * @param {number} seen
 * @param {number} told
 * @param {CallOptions} [options]
 * @returns {Promise<State>}
 */
async function changeAbove(old, next, seen, told, options) {
  const left = await seatsOf(old.servers, old.keys, old.memory.heads, options);
  const arrived = await seatsOf(old.servers, next.keys, next.memory.heads, options);
  const { highest, isNew } = highestOf(left, arrived, old);
  const { revision, hash } = highest;
  const forked = (isNew ? arrived : left).some(({ content }) => content?.revision === revision && content.hash !== hash);
  if (forked || seen > revision) throw conflict();
  // what a quorum has of the one key, or has done of an interrupted change to or from the other
  const isTop = (/** @type {Seat | undefined} */ seat) => seat?.content?.revision === revision;
  const held = left.filter(({ content, ...seat }, index) => {
    const there = arrived[index];
    return isTop({ content, ...seat }) || isTop(there) || (there?.content && !content) || (content && isNew);
  }).length;
  if (held < old.quorum) throw noQuorum(held, old.quorum);

  const seenHeads = [...left, ...arrived].flatMap(({ line }) => line.head ?? []);
  const own = Math.max(told, ...seenHeads.map((one) => one.revision)) + 1;
  const blob = await next.keys.seal(own, highest.plaintext);
  const head = { revision: own, hash: toHex(blobDigest(blob)) };
  const signatures = { old_signature: old.keys.sign(changePasswordDigest(next.keys.publicKey, blob)), new_signature: next.keys.sign(blobDigest(blob)) };
  /** @type {Change} */
  const change = { from: old.keys.publicKey, to: next.keys.publicKey, head, params: { encrypted_data: toBase64(blob), ...signatures } };
  const begun = old.memory.change;
  await old.remember((several) => ({ ...onTheWay(several, ...seenHeads), change }));
  await next.remember((several) => ({ ...several, way: { ...several.way, ...old.memory.way }, change }));

  const heads = left.map(({ line }) => line.head);
  const report = await tell(old.servers, change, old.memory, heads, () => true, options);
  const done = report.filter(({ outcome }) => outcome === "answered").length;
  old.show(report, head);
  if (done === 0 && errorsOf(report).every(isRefusal)) {
    // one that was begun before is still under way
    await old.remember((several) => ({ ...several, change: begun }));
    await next.remember((several) => ({ ...several, change: begun }));
    throw firstOf(report, revision) ?? unknown(0, old.quorum);
  }
  if (done < old.quorum) throw unknown(done, old.quorum);
  const rest = done === report.length ? null : change;
  await next.remember((several) => ({ ...onTheWay(several, head), change: rest }));
  await old.remember((several) => ({ ...several, change: rest }));
  next.confirmed(report, head);
  const first = report.find(({ outcome }) => outcome === "answered");
  const updated = first?.outcome === "answered" ? first.answer.updated : "";
  return { blob, ...head, plaintext: highest.plaintext.slice(), created: highest.created || updated, updated };
}

/**
 * What is to be moved, and whether it is under the new key already.
 * @param {Seat[]} left
 * @param {Seat[]} arrived
 * @param {Federation} old
 * @returns {{ highest: State, isNew: boolean }}
 */
function highestOf(left, arrived, { memory, quorum }) {
  const [ofOld, ofNew] = [newest(left), newest(arrived)];
  if (ofOld && ofNew && !same(ofOld.plaintext, ofNew.plaintext)) {
    const holds = (/** @type {Seat[]} */ seats, /** @type {State} */ one) => seats.filter(({ content }) => content?.hash === one.hash).length >= quorum;
    // what a quorum has is the wallet, however often the change was said and its revision rose
    const [old, there] = [holds(left, ofOld), holds(arrived, ofNew)];
    if (old !== there) return { highest: old ? ofOld : ofNew, isNew: there };
    const isKnown = memory.way[ofOld.revision]?.includes(ofOld.hash);
    // saved with the old password since this device began the change: that is what moves now
    if (!isKnown && memory.change?.head.hash === ofNew.hash) return { highest: ofOld, isNew: false };
    if (ofOld.revision === ofNew.revision) throw conflict();
  }
  if (ofNew && !(ofOld && ofOld.revision > ofNew.revision)) return { highest: ofNew, isNew: true };
  if (ofOld) return { highest: ofOld, isNew: false };
  const none = left.find(({ line }) => line.was !== null) ?? left.find(({ has }) => has === "nothing");
  throw none?.line.error ?? noAnswer();
}

/** @param {Seat[]} seats */
const newest = (seats) => seats.flatMap(({ content }) => content ?? []).sort((a, b) => b.revision - a.revision)[0];

/**
 * Servers that have not done their part of a change to these keys are told again.
 * @param {Federation} federation
 * @param {Seat[]} seats
 * @param {CallOptions} [options]
 */
export async function finishChange(federation, seats, options) {
  const { change } = federation.memory;
  const { keys, servers } = federation;
  if (!change || change.to !== keys.publicKey) return;
  const missing = seats.map(({ has }) => has === "nothing");
  const report = await tell(servers, change, federation.memory, federation.heads, (index) => missing[index] === true, options);
  const state = await openBlob({ name: "this device" }, keys, decoded({ name: "this device" }, change.params.encrypted_data), { created: "", updated: "" });
  for (const [index, seat] of seats.entries()) {
    const answer = report[index];
    if (answer?.outcome === "answered") got(seat, { ...state, updated: answer.answer.updated });
    if (answer?.outcome === "failed") refused(seat, answer.error);
  }
  if (!seats.every(({ has }) => has === "content")) return;
  await federation.remember((several) => ({ ...several, change: null }));
  await federation.device.settle(change.from);
}

/**
 * Tells these servers to do their part of the change, and waits for all of them.
 * @param {import("./servers.js").Servers} servers
 * @param {Change} change
 * @param {Several} several
 * @param {(Head | null)[]} heads what they have under the old key
 * @param {(index: number) => boolean} whom
 * @param {CallOptions} [options]
 */
function tell(servers, change, several, heads, whom, options) {
  const most = heads.flatMap((head) => head ?? []).sort((a, b) => b.revision - a.revision)[0];
  return servers.each(whom, (server, within) => moveOn(server, change, heads[servers.indexOf(server.name)] ?? most, several, within), options);
}

/**
 * The server has the wallet under the new key, with the new bytes or newer ones. Where the old key has nothing, what the new key has is looked at: the very
 * bytes, and it was done before; older ones, as if a change is turned round, and they are replaced.
 * @param {Server} server
 * @param {Change} change
 * @param {Head | undefined} original
 * @param {Several} several
 * @param {CallOptions} within
 * @returns {Promise<{ updated: string }>}
 */
async function moveOn(server, change, original, several, within) {
  const { params, head, to } = change;
  const below = head.revision - 1;
  const blob = decoded(server, params.encrypted_data);
  /** @type {unknown} */
  let failure;
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      // where nobody knows what it has, it says so
      const answer = await server.changePassword({ ...params, original_local_hash: (original ?? head).hash }, within);
      confirm(server, answer, { publicKey: to }, blob);
      return answer;
    } catch (error) {
      failure = error;
      const instead = heldInstead(error);
      if (!instead || !leadsOver(several, instead, below)) break;
      original = instead;
    }
  }
  if (!LarimarError.is(failure) || !GONE.includes(failure.code)) throw failure;
  const found = await server.fetchWallet(to, undefined, within).catch(() => null);
  if (!found) throw failure;
  const kept = decoded(server, found.encrypted_data);
  const hash = toHex(blobDigest(kept));
  if (hash === head.hash) return found;
  // what nobody looked at is not replaced
  const revision = revisionOf(kept);
  if (revision === null || !leadsOver(several, { revision, hash }, below)) throw failure;
  const answer = await server.saveWallet({ encrypted_data: params.encrypted_data, signature: params.new_signature, original_local_hash: hash }, within);
  confirm(server, answer, { publicKey: to }, blob);
  return answer;
}

const conflict = () => new LarimarError("Conflict", "The wallet was changed meanwhile. Look at it again, then change the password.");
