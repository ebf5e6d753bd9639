/** Dates, numbers and lengths of time as the user's locale has them. */
const LOCALE = navigator.languages?.length ? [...navigator.languages] : undefined;
const MOMENT = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const AGO = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
const NUMBER = new Intl.NumberFormat(LOCALE);
const ROUGH = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 1 });
const LIST = new Intl.ListFormat(LOCALE, { type: "conjunction" });

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];

/** @param {string | Date | undefined} time */
const dateOf = (time) => (time instanceof Date ? time : new Date(time ?? NaN));

/** @param {string | Date | undefined} time */
export function moment(time) {
  const date = dateOf(time);
  return Number.isNaN(date.getTime()) ? "unknown" : MOMENT.format(date);
}

/** @param {Date} date */
export const day = (date) => DAY.format(date);

/** @param {string | Date | undefined} time */
export function ago(time, now = Date.now()) {
  const seconds = (dateOf(time).getTime() - now) / 1000;
  if (Number.isNaN(seconds)) return "";
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return AGO.format(Math.round(seconds / length), unit);
  }
  return AGO.format(0, "second");
}

/** @param {number} value */
export const number = (value) => NUMBER.format(value);

/** @param {string[]} items */
export const list = (items) => LIST.format(items);

/** @param {number} bytes */
export function size(bytes) {
  const [value, unit] = bytes < 1000 ? [bytes, "byte"] : [bytes / 1000, "kilobyte"];
  return new Intl.NumberFormat(LOCALE, { style: "unit", unit: String(unit), unitDisplay: "short", maximumFractionDigits: 1 }).format(Number(value));
}

/**
 * `4:05`, as a clock shows what is left.
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * A length of time in one unit: "about 3 weeks".
 * @param {number} seconds
 */
export function lasting(seconds) {
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? ["second", 1];
  const value = seconds / length;
  if (unit === "year" && value > 1e6) return "more than a million years";
  const format = value >= 10 ? ROUGH : NUMBER;
  const text = new Intl.NumberFormat(LOCALE, { ...format.resolvedOptions(), style: "unit", unit, unitDisplay: "long" }).format(Math.round(value));
  return `about ${text}`;
}

/** For the name of a file: the day, by the local clock. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
