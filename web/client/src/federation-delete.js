/** The end of a wallet on every server, also on those that come back later. */
import { LarimarError } from "./error.js";
import { noAnswer, underWay, unknown } from "./federation-error.js";
import { finishChange } from "./federation-change.js";
import { deletion } from "./keeper.js";
import { failed } from "./report.js";
import { refused, seatsOf } from "./seats.js";
import { liar } from "./trust.js";

/** @typedef {import("./federation.js").Federation} Federation */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./seats.js").Seat} Seat */

/**
 * The wallet is gone from a quorum of the servers; the rest are told whenever this device looks. A copy of a higher revision is a new wallet, and stays.
 * @param {Federation} federation
 * @param {{ hash: string, revision: number }} looked what was looked at
 * @param {CallOptions} [options]
 * @throws {LarimarError} `Conflict` if something newer is stored; `ChangeUnderWay`; `WalletNotFound`, `NoAnswer`, `Unknown`
 */
export async function deleteAll(federation, looked, options) {
  const { servers, keys, quorum } = federation;
  await federation.recall();
  if (federation.memory.change?.from === keys.publicKey) throw underWay();
  const seats = await seatsOf(servers, keys, federation.memory.heads, options);
  // else a server would keep the wallet under the old password
  await finishChange(federation, seats, options);
  if (federation.memory.change) throw underWay();
  const contents = seats.flatMap(({ content }) => content ?? []);
  const highest = Math.max(0, ...contents.map(({ revision }) => revision));
  if (highest > looked.revision) throw new LarimarError("Conflict", "Something else was stored meanwhile. Look at it, then delete the wallet.");
  if (contents.length === 0) throw seats.find(({ has }) => has === "nothing")?.line.error ?? noAnswer();
  await federation.remember((several) => ({ ...several, deleted: Math.max(highest, looked.revision), way: {}, heads: {} }));
  await finishDelete(federation, seats, options);
  federation.note(seats);
  const gone = seats.filter(({ has, line }) => has === "nothing" && line.was !== "moved").length;
  if (gone < quorum) throw unknown(gone, quorum);
}

/**
 * What this device deleted, and a server still has, is deleted there too.
 * @param {Federation} federation
 * @param {Seat[]} seats
 * @param {CallOptions} [options]
 */
export async function finishDelete(federation, seats, options) {
  const { deleted } = federation.memory;
  const { servers, keys } = federation;
  if (deleted === null) return;
  if (seats.some(({ content }) => content && content.revision > deleted)) {
    return federation.remember((several) => ({ ...several, deleted: null }));
  }
  const report = await servers.each(
    (index) => seats[index]?.content != null,
    async (server, within) => {
      const hash = seats[servers.indexOf(server.name)]?.content?.hash ?? "";
      const answer = await server.deleteWallet(await deletion(server, keys, hash, within), within);
      if (!answer.deleted) throw liar(server, "it says that it did not delete, and gives no reason");
    },
    options,
  );
  for (const [index, seat] of seats.entries()) {
    const answer = report[index];
    const gone = answer?.outcome === "answered" || (answer?.outcome === "failed" && answer.error.code === "WalletNotFound");
    if (gone || seat.has === "nothing") {
      seat.line = { ...seat.line, verdict: "ok", head: null, error: null, was: gone ? "deleted" : seat.line.was };
      seat.has = "nothing";
      seat.content = null;
    } else if (answer?.outcome === "failed") {
      seat.line = failed(seat.line, answer.error);
      refused(seat, answer.error);
    }
  }
  if (seats.every(({ has }) => has === "nothing")) await federation.remember((several) => ({ ...several, deleted: null }));
}
