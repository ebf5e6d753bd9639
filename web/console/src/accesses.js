/** What the server's notes of requests say about who has been here. */

/** @typedef {import("./session.js").Session} Session */
/** @typedef {{ time: string, ip: string, method: string, outcome: string }} Access */
/** @typedef {{ ip: string, requests: number, first: string, last: string }} Address */

const DAY = 24 * 60 * 60 * 1000;
export const DAYS = 30;
const NEWS_DAYS = 7;

/** This device's own address, by its newest request. @param {Session} session */
export const ownAddress = ({ wallet }) => wallet.statistics?.recent[0]?.ip;

/**
 * The newest request from another address than this one.
 * @param {Session} session
 * @returns {Access | undefined}
 */
export function lastElsewhere(session) {
  const own = ownAddress(session);
  return session.wallet.statistics?.recent.find(({ ip }) => ip !== own);
}

/**
 * Addresses that came up within the last week.
 * @param {Session} session
 * @returns {Set<string>}
 */
export function newAddresses({ wallet }, now = Date.now()) {
  const addresses = wallet.statistics?.addresses ?? [];
  // the first of all is that of whoever made the wallet
  const oldest = addresses.reduce((least, { first }) => (first < least ? first : least), "~");
  const isNew = (/** @type {Address} */ { first }) => first !== oldest && now - Date.parse(first) < NEWS_DAYS * DAY;
  return new Set(addresses.filter(isNew).map(({ ip }) => ip));
}

/**
 * How many requests on each of the last 30 days, by the local calendar, the oldest first.
 * @param {readonly Access[]} recent
 * @returns {{ day: Date, count: number }[]}
 */
export function byDay(recent, now = new Date()) {
  const days = Array.from({ length: DAYS }, (_, index) => ({
    day: new Date(now.getFullYear(), now.getMonth(), now.getDate() - (DAYS - 1 - index)),
    count: 0,
  }));
  for (const { time } of recent) {
    const at = new Date(time).toDateString();
    const found = days.find(({ day }) => day.toDateString() === at);
    if (found) found.count++;
  }
  return days;
}
