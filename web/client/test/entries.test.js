import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesToBytes, mergeEntries, newEntryId, noEntries, parseEntries } from "../src/index.js";

/** @param {string} id @param {string} secret */
const entry = (id, secret) => ({ id, name: id, secret });
/** @param {...{id: string, name: string, secret: string}} entries @returns {import("../src/entries.js").Entries} */
const all = (...entries) => ({ larimar: 1, entries });

test("entries survive, with members that nobody knows", () => {
  const entries = { ...all({ ...entry("a", "1"), colour: "red" }), theme: { dark: true } };
  assert.deepEqual(parseEntries(entriesToBytes(entries)), entries);
  assert.deepEqual(parseEntries(entriesToBytes(noEntries())), noEntries());
  assert.match(newEntryId(), /^[0-9a-f]{16}$/);
});

test("something else is something else", () => {
  for (const text of ["", "null", "{}", '{"larimar":2,"entries":[]}', '{"larimar":1}', '{"larimar":1,"entries":[{}]}', '{"larimar":1,"entries":[{"id":1,"name":"","secret":""}]}', "\ufeff{}"]) {
    assert.equal(parseEntries(new TextEncoder().encode(text)), null, text);
  }
  assert.equal(parseEntries(Uint8Array.of(0xff)), null);
});

test("what one side changed is taken", () => {
  const base = all(entry("a", "1"), entry("b", "1"), entry("c", "1"));
  const mine = all(entry("a", "2"), entry("b", "1"), entry("c", "1"), entry("d", "mine"));
  const theirs = all(entry("a", "1"), entry("b", "3"), entry("e", "theirs"));
  const { merged, clashes } = mergeEntries(base, mine, theirs);
  assert.deepEqual(clashes, []);
  assert.deepEqual(merged.entries, [entry("a", "2"), entry("b", "3"), entry("d", "mine"), entry("e", "theirs")]);
});

test("what both changed is a clash, and nothing is lost", () => {
  const base = all(entry("a", "1"), entry("b", "1"), entry("c", "1"));
  const mine = all(entry("a", "2"), entry("c", "2"));
  const theirs = all(entry("a", "3"), entry("b", "3"));
  const { merged, clashes } = mergeEntries(base, mine, theirs);
  assert.deepEqual(clashes.map(({ id }) => id), ["a", "c", "b"]);
  assert.deepEqual(merged.entries, [entry("a", "2"), entry("c", "2"), entry("b", "3")]);
});

test("the same change on both sides is none", () => {
  const changed = all(entry("a", "2"));
  assert.deepEqual(mergeEntries(all(entry("a", "1")), changed, structuredClone(changed)), { merged: changed, clashes: [] });
  // without a base, whatever differs clashes
  assert.equal(mergeEntries(null, all(entry("a", "1")), all(entry("a", "2"))).clashes.length, 1);
});

test("members that this version does not know are merged too", () => {
  const base = { ...all(), theme: "light", size: 1 };
  const { merged } = mergeEntries(base, { ...base, theme: "dark" }, { ...base, size: 2 });
  assert.deepEqual(merged, { ...all(), theme: "dark", size: 2 });
});
