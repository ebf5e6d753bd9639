/** Passwords that nobody has to think of. */

// without those that are taken for one another
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const LETTERS_IN_GROUP = 5;

/** Twenty random letters and digits in four groups: 99 bits. */
export function generatePassword() {
  const group = () => Array.from({ length: LETTERS_IN_GROUP }, () => LETTERS[random(LETTERS.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

/**
 * A random number below the limit, each as likely.
 * @param {number} limit at most 256
 * @returns {number}
 */
function random(limit) {
  const [byte] = /** @type {Uint8Array & { 0: number }} */ (crypto.getRandomValues(new Uint8Array(1)));
  const fair = 256 - (256 % limit);
  return byte < fair ? byte % limit : random(limit);
}
