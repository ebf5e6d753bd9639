/** Dates and numbers as the user's locale has them; what is made of words is English, as the rest of the page. */
const LOCALE = navigator.languages?.length ? [...navigator.languages] : undefined;
const WORDS = navigator.languages?.find((language) => /^en\b/i.test(language)) ?? "en";
const MOMENT = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const AGO = new Intl.RelativeTimeFormat(WORDS, { numeric: "always" });
const NUMBER = new Intl.NumberFormat(LOCALE);
const ONE_PLACE = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

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
  return seconds > 0 ? "in less than a minute" : "just now";
}

/** @param {number} value */
export const number = (value) => NUMBER.format(value);

/** @param {number} bytes */
export const size = (bytes) => (bytes < 1000 ? `${number(bytes)} ${bytes === 1 ? "byte" : "bytes"}` : `${ONE_PLACE.format(bytes / 1000)} kB`);

/**
 * `4:05`, as a clock shows what is left.
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {number} seconds */
const unitOf = (seconds) => UNITS.find(([, length]) => seconds >= length) ?? /** @type {(typeof UNITS)[number]} */ (["second", 1]);

/**
 * @param {number} value
 * @param {string} unit
 * @param {Intl.NumberFormatOptions} [options]
 */
const inWords = (value, unit, options) => new Intl.NumberFormat(WORDS, { ...options, style: "unit", unit, unitDisplay: "long" }).format(value);

/**
 * A length of time in one unit: "about 3 weeks".
 * @param {number} seconds
 */
export function lasting(seconds) {
  const [unit, length] = unitOf(seconds);
  const value = seconds / length;
  if (unit === "year" && value > 1e6) return "more than a million years";
  return `about ${inWords(Math.round(value), unit, value >= 10 ? { maximumSignificantDigits: 1 } : {})}`;
}

/**
 * How long to wait, never less: "3 minutes".
 * @param {number} seconds
 */
export function waiting(seconds) {
  const [unit, length] = unitOf(seconds);
  return inWords(Math.max(1, Math.ceil(seconds / length)), unit);
}

/** For the name of a file: the day, by the local clock. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
