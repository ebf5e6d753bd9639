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

// the server notes times in whole seconds
const SECOND = 1000;

/**
 * The newest access before this window.
 * @param {readonly Access[]} recent
 * @param {number} [opened] When the window opened without the server, by the clock of this device. Otherwise the newest is the
 *   call that opened it.
 * @returns {Access | null}
 */
export function accessBefore(recent, opened, now = Date.now()) {
  const [newest, second] = recent;
  if (opened === undefined || !newest) return second ?? null;
  // what this window has asked since is younger than its opening, also by the server's clock
  const before = Date.parse(newest.time) - (now - opened) - SECOND;
  return recent.find(({ time }) => Date.parse(time) < before) ?? null;
}

/**
 * How many requests are known of each of the last 30 days, by the local calendar, the oldest first: those that the server still
 * lists, and of each address the first and the last.
 * @param {{ recent: readonly Access[], addresses: readonly Address[] }} statistics
 * @returns {{ day: Date, count: number }[]}
 */
export function byDay({ recent, addresses }, now = new Date()) {
  const days = Array.from({ length: DAYS }, (_, index) => ({
    day: new Date(now.getFullYear(), now.getMonth(), now.getDate() - (DAYS - 1 - index)),
    count: 0,
  }));
  const listed = new Set(recent.map(({ time }) => time));
  const ends = addresses.flatMap(({ first, last }) => [...new Set([first, last])]).filter((time) => !listed.has(time));
  for (const time of [...recent.map((access) => access.time), ...ends]) {
    const at = new Date(time).toDateString();
    const found = days.find(({ day }) => day.toDateString() === at);
    if (found) found.count++;
  }
  return days;
}
