/** What is done with an open wallet that is on several servers, or comes to be. */
import { Servers } from "larimar-client";
import { HOME, placeOf } from "./places.js";
import { setChosenServers } from "./preferences.js";

/** @typedef {import("./session.js").Session} Session */

/** On which servers it is opened. @param {Session} session */
export const originsOf = ({ wallet: { server } }) => (server instanceof Servers ? server.members : [server]).map(({ url }) => new URL(url).origin);

/**
 * From now on it is opened on these.
 * @param {Session} session
 * @param {string[]} origins
 */
export async function keepOn(session, origins) {
  const { wallet, signal } = session;
  const place = placeOf(origins);
  try {
    await wallet.keepOn(place, { signal });
  } finally {
    if (wallet.server === place) setChosenServers(origins, HOME);
  }
  await session.refresh();
}

/** Which of them have not done what was asked of all, by their names. @param {Session} session */
export const awayOf = ({ wallet: { report } }) => (report?.lines ?? []).filter(({ verdict }) => verdict !== "ok").map(({ server }) => server).join(", ");

/**
 * Has a code sent by one of them.
 * @param {Session} session
 * @param {string} name
 * @param {string} email
 * @param {AbortSignal} signal
 */
export async function codeFrom({ wallet: { server } }, name, email, signal) {
  if (server instanceof Servers) await server.members[server.indexOf(name)]?.requestCode(email, { signal });
}

/**
 * Brings one of them to what the others have.
 * @param {Session} session
 * @param {string} name
 * @param {{ code: string, replace: boolean }} with_
 */
export async function addServer(session, name, with_) {
  await session.wallet.addServer(name, with_, { signal: session.signal });
  await session.refresh();
}

/** Whether one of them needs somebody to look at it. @param {Session} session */
export function needsLook({ wallet: { report } }) {
  return report !== null && (report.rolledBack !== null || report.lines.some(({ verdict, repaired }) => verdict !== "ok" && !(verdict === "behind" && repaired)));
}
