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
  const guesses = Math.min(meter.check(password, words).guesses, ofWords(password));
  // on average, half of them are needed
  return { guesses, seconds: guesses / 2 / GUESSES_PER_SECOND };
}

// as many as in the lists that passphrases are drawn from; a person chooses from fewer
const WORDS = 7776;

/**
 * Of several words (and numbers) each is guessed as a whole: the meter knows no words, and would take them for random letters.
 * @param {string} password
 */
function ofWords(password) {
  const parts = password.split(/[\s\p{P}\p{S}]+/u).filter((part) => part !== "");
  if (parts.length < 2 || !parts.every((part) => /^(\p{L}+|\p{N}+)$/u.test(part))) return Infinity;
  return parts.reduce((guesses, part) => guesses * (/^\p{L}/u.test(part) ? WORDS : 10 ** part.length), 1);
}
