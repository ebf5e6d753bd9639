/** Who has been asking, as several servers tell it: a client that asks all of them is noted by each. */

/** @typedef {import("./server.js").Statistics} Statistics */
/** @typedef {import("./server.js").Access} Access */

const SAME_WITHIN = 10_000;
// clocks differ
const AHEAD = 3_600_000;

/**
 * What a server says of accesses, if it has the form; what it says of the future is left out.
 * @param {unknown} said
 * @returns {Statistics | null}
 */
export function formed(said) {
  const { updated, fetches, addresses, recent } = /** @type {any} */ (said ?? {});
  if (typeof updated !== "string" || typeof fetches !== "number" || !Array.isArray(addresses) || !Array.isArray(recent)) return null;
  const texts = (/** @type {any} */ one, /** @type {string[]} */ names) => typeof one === "object" && one !== null && names.every((name) => typeof one[name] === "string");
  const isPast = (/** @type {string} */ time) => Date.parse(time) <= Date.now() + AHEAD;
  return {
    updated,
    fetches,
    addresses: addresses.filter((one) => texts(one, ["ip", "first", "last"]) && typeof one.requests === "number" && isPast(one.last)),
    recent: recent.filter((one) => texts(one, ["time", "ip", "method", "outcome"]) && isPast(one.time)),
  };
}

/**
 * Brought together: what one client asked of several servers at a time counts once, what was asked of one of them only is there too.
 * @param {Statistics[]} all
 * @returns {Statistics}
 */
export function together(all) {
  /** @type {Map<string, import("./server.js").AddressSeen>} */
  const addresses = new Map();
  for (const seen of all.flatMap((one) => one.addresses)) {
    const known = addresses.get(seen.ip);
    const { requests, first, last } = seen;
    addresses.set(seen.ip, known
      ? { ip: seen.ip, requests: Math.max(requests, known.requests), first: first < known.first ? first : known.first, last: last > known.last ? last : known.last }
      : seen);
  }
  return {
    updated: all.map(({ updated }) => updated).sort().at(-1) ?? "",
    fetches: Math.max(0, ...all.map(({ fetches }) => fetches)),
    addresses: [...addresses.values()].sort((a, b) => (a.last < b.last ? 1 : -1)),
    recent: recentOf(all.map(({ recent }) => recent)),
  };
}

/** @param {Access[][]} lists */
function recentOf(lists) {
  /** @type {Access[]} */
  let merged = [];
  for (const list of lists) {
    // each entry stands for one of this list at most
    const taken = new Set();
    const fresh = list.filter((access) => {
      const same = merged.find((one) => !taken.has(one) && isSame(one, access));
      if (same) taken.add(same);
      return !same;
    });
    merged = [...merged, ...fresh];
  }
  return merged.sort((a, b) => (a.time < b.time ? 1 : -1));
}

/** @param {Access} a @param {Access} b */
const isSame = (a, b) =>
  a.ip === b.ip && a.method === b.method && a.outcome === b.outcome && Math.abs(Date.parse(a.time) - Date.parse(b.time)) <= SAME_WITHIN;
