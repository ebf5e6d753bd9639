/** What of all that servers and this device have is the newest, and what never came into it. */
import { headOf } from "./seats.js";
import { leadsOver } from "./way.js";

/** @typedef {import("./seats.js").Seat} Seat */
/** @typedef {import("./trust.js").State} State */

/**
 * The contents of the highest revision, of servers and of what this device saw.
 * @param {Seat[]} seats
 * @param {State[]} remembered
 * @param {number} quorum
 * @returns {State[]}
 */
export function topOf(seats, remembered, quorum) {
  const gone = seats.filter(({ has, line }) => has === "nothing" && line.was !== null).length;
  const found = seats.flatMap(({ content }) => content ?? []);
  // what was moved away or deleted elsewhere is not brought back from memory; so many have to say so that no quorum can have it
  const all = found.length > 0 || gone <= seats.length - quorum ? [...found, ...remembered] : found;
  const highest = Math.max(0, ...all.map(({ revision }) => revision));
  return [...new Map(all.filter(({ revision }) => revision === highest).map((one) => [one.hash, one])).values()];
}

/**
 * Gives each server its verdict, and finds the contents that the newest did not come from.
 * @param {import("./way.js").Several} several
 * @param {Seat[]} seats
 * @param {State[]} top
 */
export function judge(several, seats, top) {
  const revision = top[0]?.revision ?? 0;
  /** @type {Map<string, State>} */
  const strays = new Map();
  for (const seat of seats) {
    if (!seat.content) continue;
    const head = headOf(seat.content);
    const isStray = head.revision < revision && !leadsOver(several, head, revision);
    if (isStray) strays.set(head.hash, seat.content);
    if (isStray || (head.revision === revision && top.length > 1)) seat.line = { ...seat.line, verdict: "conflict" };
    else if (seat.line.verdict === "ok" && head.revision < revision) seat.line = { ...seat.line, verdict: "behind" };
  }
  return [...strays.values()];
}
