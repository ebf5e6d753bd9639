import assert from "node:assert/strict";
import { test } from "node:test";
import { LarimarError, normalAnswer, normalEmail, normalPassword } from "../src/index.js";

test("a password is composed and otherwise as typed", () => {
  for (const [typed, normal] of [
    [" Pa\u0308ss  ①", " P\u00e4ss  1"],
    ["ﬁ Ⅷ", "fi VIII"],
    ["\ufeff\u200b\0", "\ufeff\u200b\0"],
    [" ", " "],
  ]) assert.equal(normalPassword(typed), normal);
  assert.throws(() => normalPassword(""), { code: "InvalidText" });
});

test("lower case is Unicode's full mapping of the whole string", () => {
  for (const [typed, normal] of [["ΟΔΟΣ ΟΔΟΣ", "οδος οδος"], ["Σ", "σ"], ["İ", "i\u0307"], ["STRASSE ẞ", "strasse ß"], ["J\u030c", "j\u030c"], ["j\u030c", "\u01f0"]]) {
    assert.equal(normalAnswer(typed), normal);
  }
});

test("white space is exactly the protocol's", () => {
  const listed = "\t\n\u000b\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
  assert.throws(() => normalAnswer(listed), { code: "InvalidText" });
  assert.equal(normalAnswer(`${listed}a${listed}b${listed}`), "a b");
  for (const other of ["\u001c", "\u180e", "\u200b", "\u2060", "\ufeff"]) assert.equal(normalAnswer(`${other}a`), `${other}a`);
});

test("an e-mail address has one @ and text around it", () => {
  assert.equal(normalEmail("\u3000A@B\r\n"), "a@b");
  assert.equal(normalEmail("Ａ＠Ｂ．org"), "a@b.org");
  for (const typed of ["", "a", "@", "a@", "@b", " @b", "a@@b", "a@b@c", "a @b", "a@b\u00a0c"]) {
    assert.throws(() => normalEmail(typed), { code: "InvalidText" }, typed);
  }
});

test("what other devices may not know is refused by name", () => {
  for (const refused of ["\ud800", "a\udc00", "\u0378", "\ufdd0", "\ufffe", "\u{10ffff}"]) {
    for (const normal of [normalPassword, normalAnswer, normalEmail]) {
      assert.throws(() => normal(`${refused}`), (error) => LarimarError.is(error, "InvalidText") && /U\+/.test(error.message));
    }
  }
  for (const known of ["\ue000", "\u{10fffd}", "\0"]) assert.equal(normalAnswer(known), known);
});
