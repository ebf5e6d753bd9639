/** Devices, windows, drafts and conflicts, against a real server: nobody's changes are lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { utf8 } from "../src/bytes.js";
import { ConflictError, Wallet, indexedDbCache, memoryCache } from "../src/index.js";
import { Larimard, liar } from "./larimard.js";
import { created, keys, larimard, text } from "./people.js";

test("of two devices that save at once the second is told, and nothing is lost", async () => {
  const { wallet, person, server } = await created();
  const other = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  await wallet.save(utf8("mine"));
  await assert.rejects(other.save(utf8("theirs")), (error) => {
    assert.ok(error instanceof ConflictError);
    const sides = error.conflict && [error.conflict.base, error.conflict.mine, error.conflict.theirs];
    assert.deepEqual(sides, [utf8("one"), utf8("theirs"), utf8("mine")]);
    return true;
  });
  assert.equal(other.state, "conflict");
  await assert.rejects(other.save(), { code: "Conflict" });
  assert.ok(other.conflict);
  await other.resolve(other.conflict, utf8("both"));
  assert.deepEqual([other.state, text(other), other.stored?.revision], ["saved", "both", 3]);
  assert.equal(await wallet.sync(), true);
  assert.equal(text(wallet), "both");
  const [newest, ...older] = await wallet.versions();
  assert.equal(newest?.current, true);
  assert.deepEqual(older.length, 2);
});

test("the same change on both devices is no conflict", async () => {
  const { wallet, person, server } = await created();
  const other = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  await wallet.save(utf8("same"));
  await other.save(utf8("same"));
  assert.deepEqual([other.state, other.stored?.revision], ["saved", 2]);
});

test("without the server the device opens what it remembers, and sends its changes later", async (t) => {
  const own = await Larimard.start("limits.exempt=[\"127.0.0.0/8\"]");
  t.after(() => own.end());
  const cache = indexedDbCache({ indexedDB: new IDBFactory() });
  const { wallet, person, server } = await created({ cache, at: own.url, from: own });
  await own.stop();
  await assert.rejects(wallet.save(utf8("offline")), { code: "Transport" });
  assert.deepEqual([wallet.state, wallet.online, text(wallet)], ["unsaved", false, "offline"]);
  await wallet.lock();

  const again = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([again.state, again.online, text(again)], ["unsaved", false, "offline"]);
  await own.start();
  await again.sync();
  assert.deepEqual([again.state, again.online, again.stored?.revision], ["saved", true, 2]);
  const device = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  assert.equal(text(device), "offline");
  const [remembered] = await cache.list();
  assert.deepEqual(remembered?.drafts, []);
});

test("what was changed offline meets what another device stored", async (t) => {
  const own = await Larimard.start("limits.exempt=[\"127.0.0.0/8\"]");
  t.after(() => own.end());
  const cache = memoryCache();
  const { wallet, person, server } = await created({ cache, at: own.url, from: own });
  await wallet.edit(utf8("offline"));
  await wallet.lock();
  const device = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  await device.save(utf8("elsewhere"));
  const again = await Wallet.unlock(server, await keys(person), { cache });
  assert.equal(again.state, "conflict");
  assert.deepEqual(again.conflict?.base, utf8("one"));
  assert.ok(again.conflict);
  await again.resolve(again.conflict, again.conflict.theirs);
  assert.deepEqual([again.state, text(again)], ["saved", "elsewhere"]);
});

test("two windows do not take each other's unsaved changes", async () => {
  const { wallet, person, server, cache } = await created();
  const window = await Wallet.unlock(server, await keys(person), { cache });
  await wallet.edit(utf8("of the first"));
  await window.edit(utf8("of the second"));
  const third = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([third.state, text(third)], ["saved", "one"]);
  assert.deepEqual((await cache.get(server.name, wallet.publicKey))?.drafts.length, 2);
  await wallet.save();
  assert.deepEqual((await cache.get(server.name, wallet.publicKey))?.drafts.length, 1);
  await window.lock();
  const fourth = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([fourth.state, text(fourth)], ["conflict", "of the second"]);
});

test("only ciphertext is remembered", async () => {
  const cache = memoryCache();
  const { wallet } = await created({ cache });
  await wallet.edit(utf8("a very secret secret"));
  for (const { stored, drafts } of await cache.list()) {
    for (const blob of [stored?.blob, ...drafts.flatMap(({ base, mine }) => [base, mine])]) {
      assert.equal(new TextDecoder().decode(blob?.subarray(0, 4)), "LRM1");
      assert.ok(!Buffer.from(blob ?? []).includes("secret"));
    }
  }
});

test("a save whose answer got lost is not a conflict with itself", async (t) => {
  let drop = false;
  const between = await liar(larimard.url, (method, answer) => (drop && method === "saveWallet" ? undefined : answer));
  t.after(() => between.end());
  const { wallet } = await created({ at: between.url });
  drop = true;
  await assert.rejects(wallet.save(utf8("two")), { code: "Transport" });
  assert.equal(wallet.state, "unsaved");
  await wallet.edit(utf8("three"));
  drop = false;
  await wallet.save();
  assert.deepEqual([wallet.state, text(wallet), wallet.stored?.revision], ["saved", "three", 3]);
});

test("an edit that is taken back after its save got lost is taken back", async (t) => {
  let drop = false;
  const between = await liar(larimard.url, (method, answer) => (drop && method === "saveWallet" ? undefined : answer));
  t.after(() => between.end());
  const { wallet } = await created({ at: between.url });
  drop = true;
  await assert.rejects(wallet.save(utf8("two")), { code: "Transport" });
  await wallet.edit(utf8("one"));
  drop = false;
  await wallet.sync();
  assert.deepEqual([wallet.state, text(wallet), wallet.stored?.revision], ["saved", "one", 3]);
});

test("a device that cannot remember still stores, and says so", async () => {
  const cache = { ...memoryCache(), update: () => Promise.reject(new DOMException("full", "QuotaExceededError")), get: () => Promise.reject(new Error()) };
  const { wallet, person, server } = await created({ cache });
  await wallet.save(utf8("two"));
  assert.deepEqual([wallet.state, wallet.remembers], ["saved", false]);
  const again = await Wallet.unlock(server, await keys(person), { cache });
  assert.equal(text(again), "two");
});

test("a conflict is ended only by who has seen both of its sides", async () => {
  const { wallet, person, server } = await created();
  const other = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  await wallet.save(utf8("two"));
  await assert.rejects(other.save(utf8("mine")), { code: "Conflict" });
  const seen = other.conflict;
  assert.ok(seen);
  await wallet.save(utf8("three"));
  await assert.rejects(other.sync(), { code: "Conflict" });
  await assert.rejects(other.resolve(seen, utf8("mine and two")), (/** @type {any} */ error) => error.code === "Conflict" && Buffer.from(error.conflict.theirs).equals(utf8("three")));
  const now = other.conflict;
  assert.ok(now);
  await other.edit(utf8("mine, edited"));
  await assert.rejects(other.resolve(now, utf8("mine and three")), { code: "Conflict" });
  assert.ok(other.conflict);
  await other.resolve(other.conflict, utf8("all"));
  assert.deepEqual([other.state, text(other)], ["saved", "all"]);
});

test("bytes that were made before another device's came are no reason to overwrite those", async () => {
  const { wallet, person, server } = await created();
  const other = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  await wallet.save(utf8("theirs"));
  const syncing = other.sync();
  const saving = other.save(utf8("mine"));
  await syncing.catch(() => {});
  await assert.rejects(saving, { code: "Conflict" });
  assert.deepEqual([other.conflict?.mine, other.conflict?.theirs], [utf8("mine"), utf8("theirs")]);
});

test("an edit waits for no server, and a lock takes along what was begun", async (t) => {
  /** @type {(value: unknown) => void} */
  let go = () => {};
  const between = await liar(larimard.url, (_, answer) => answer);
  t.after(() => (go(0), between.end()));
  const cache = memoryCache();
  const { wallet, person, server } = await created({ at: between.url, cache });
  between.say((method, answer) => (method === "saveWallet" ? new Promise((resolve) => (go = resolve)).then(() => answer) : answer));
  const saving = assert.rejects(wallet.save(utf8("two")), { code: "Locked" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(wallet.state, "saving");
  await wallet.edit((held) => utf8(`${new TextDecoder().decode(held)}, three`));
  void wallet.edit((held) => utf8(`${new TextDecoder().decode(held)}, four`));
  const locking = wallet.lock();
  assert.throws(() => wallet.data, { code: "Locked" });
  await locking;
  await saving;
  go(0);
  between.say((_, answer) => answer);
  const again = await Wallet.unlock(server, await keys(person), { cache });
  assert.equal(text(again), "two, three, four");
  await again.sync();
  assert.equal(again.state, "saved");
});

test("what is edited while a save is on its way is saved after it", async (t) => {
  const between = await liar(larimard.url, async (_, answer) => answer);
  t.after(() => between.end());
  const { wallet } = await created({ at: between.url });
  between.say((_, answer) => new Promise((resolve) => setTimeout(resolve, 100, answer)));
  const saving = wallet.save(utf8("two"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await wallet.edit(utf8("three"));
  await saving;
  assert.deepEqual([wallet.state, text(wallet), wallet.stored?.revision], ["saved", "three", 3]);
});

test("what a window left behind is found by the one that stays", async () => {
  const { wallet, person, server, cache } = await created();
  const window = await Wallet.unlock(server, await keys(person), { cache });
  await window.edit(utf8("left behind"));
  await window.lock();
  await wallet.sync();
  assert.deepEqual([wallet.state, text(wallet)], ["saved", "left behind"]);
});

test("one database serves on after another window had it closed", async () => {
  const factory = new IDBFactory();
  const cache = indexedDbCache({ indexedDB: factory });
  const { wallet } = await created({ cache });
  await new Promise((resolve) => (factory.deleteDatabase("larimar").onsuccess = resolve));
  await wallet.save(utf8("two"));
  assert.equal(wallet.remembers, true);
  assert.equal((await cache.list()).length, 1);
});
