/** How long guessing a password would take. A file of its own, since it brings the most common passwords along. */
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { graphs, passwords } from "virtual:common-passwords";

// Each guess costs 128 MiB of memory written and read (scrypt with N = 2^17), so memory is the limit: a large graphics card makes
// some 2,000 guesses a second, a processor core 2 or 3. 10,000 a second is what somebody has who rents five such cards. The
// thousandfold figures for fast hashes are of other people's databases.
const GUESSES_PER_SECOND = 10_000;

/** @type {ZxcvbnFactory | undefined} */
let meter;

/**
 * @param {string} password
 * @param {string[]} [known] What an attacker knows of this person: the e-mail address.
 * @returns {{ guesses: number, seconds: number }}
 */
export function strength(password, known = []) {
  meter ??= new ZxcvbnFactory({
    graphs,
    dictionary: { passwords },
  });
  const words = known.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2);
  const { guesses } = meter.check(password, words);
  // on average, half of them are needed
  return { guesses, seconds: guesses / 2 / GUESSES_PER_SECOND };
}
