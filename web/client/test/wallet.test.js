/** The whole life of a wallet, against a real server. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { utf8 } from "../src/bytes.js";
import { keysOfSeed } from "../src/derive.js";
import { ConflictError, Keys, Server, Wallet, blobDigest, indexedDbCache, memoryCache } from "../src/index.js";
import { toBase64 } from "../src/bytes.js";
import { Larimard, liar } from "./larimard.js";

/** @type {Larimard} */
let larimard;
let people = 0;

before(async () => void (larimard = await Larimard.start("limits.exempt=[\"127.0.0.0/8\"]")));
after(() => larimard.end());

/** Keys without scrypt, the same for the same number. @param {number} number */
function keys(number) {
  const { signing, encryption } = keysOfSeed(Uint8Array.from({ length: 32 }, (_, index) => (number >> (8 * (index % 4))) + index));
  return Keys.of(signing, encryption);
}

/** A new wallet that holds "one". */
async function created({ cache = memoryCache(), at = larimard.url, from = larimard } = {}) {
  const person = ++people;
  const server = new Server(at, { retries: 0 });
  await server.requestCode(`person${person}@example.com`);
  const code = await from.code();
  const wallet = await Wallet.create(server, await keys(person), { code, data: utf8("one"), cache });
  return { wallet, person, server, cache };
}

/** @param {Wallet} wallet */
const text = (wallet) => new TextDecoder().decode(wallet.data);

test("a wallet is created, saved, locked, and opened by another device", async () => {
  const { wallet, person, server } = await created();
  assert.deepEqual([text(wallet), wallet.state, wallet.stored?.revision], ["one", "saved", 1]);
  await wallet.save(utf8("two"));
  assert.deepEqual([wallet.state, wallet.stored?.revision], ["saved", 2]);
  await wallet.lock();
  assert.throws(() => wallet.data, { code: "Locked" });
  await assert.rejects(wallet.save(utf8("x")), { code: "Locked" });

  const other = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  assert.deepEqual([text(other), other.online, other.problem], ["two", true, null]);
  assert.equal(other.statistics?.recent[0]?.method, "fetchWallet");
  assert.equal(JSON.stringify({ other, keys: await keys(person) }), '{"other":"***","keys":"***"}');
});

test("no wallet for this combination", async () => {
  const server = new Server(larimard.url);
  await assert.rejects(Wallet.unlock(server, await keys(999_999)), { code: "WalletNotFound" });
});

test("with a real password, in the time of scrypt", async () => {
  const server = new Server(larimard.url);
  const who = { email: "real@example.com", password: "correct horse", answers: ["Fluffy"] };
  await server.requestCode(who.email);
  const wallet = await Wallet.create(server, who, { code: await larimard.code(), data: utf8("mine"), cache: memoryCache() });
  const again = await Wallet.unlock(server, { ...who, answers: ["  FLUFFY "] }, { cache: memoryCache() });
  assert.deepEqual([text(again), again.publicKey], ["mine", wallet.publicKey]);
});

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

test("keys that were given survive a code that is wrong", async () => {
  const person = ++people;
  const server = new Server(larimard.url);
  const own = await keys(person);
  await assert.rejects(Wallet.create(server, own, { code: "0000-0000-0000-0000", data: utf8("one"), cache: memoryCache() }), { code: "InvalidCode" });
  await server.requestCode(`person${person}@example.com`);
  const wallet = await Wallet.create(server, own, { code: await larimard.code(), data: utf8("one"), cache: memoryCache() });
  assert.equal(text(wallet), "one");
});

test("the password is changed, and the old one opens nothing", async () => {
  const { wallet, person, server, cache } = await created();
  const other = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  const next = 500_000 + person;
  await wallet.changePassword(await keys(next));
  assert.deepEqual([text(wallet), wallet.stored?.revision], ["one", 2]);
  await wallet.save(utf8("two"));
  await assert.rejects(other.sync(), (/** @type {any} */ error) => error.code === "WalletNotFound" && error.data.was === "moved");
  await assert.rejects(Wallet.unlock(server, await keys(person)), { code: "WalletNotFound" });
  const again = await Wallet.unlock(server, await keys(next), { cache });
  assert.equal(text(again), "two");
  assert.deepEqual((await cache.list()).map(({ publicKey }) => publicKey), [again.publicKey]);
  await assert.rejects(again.changePassword(await keys(next)), { code: "KeyUnchanged" });
  await again.edit(utf8("unsaved"));
  await assert.rejects(again.changePassword(await keys(person)), { code: "Unsaved" });
});

test("a password change whose answer got lost is said again with the same bytes", async (t) => {
  let drop = false;
  const between = await liar(larimard.url, (method, answer) => (drop && method === "changePassword" ? undefined : answer));
  t.after(() => between.end());
  const { wallet, person } = await created({ at: between.url });
  const next = 500_000 + person;
  drop = true;
  await assert.rejects(wallet.changePassword(await keys(next)), { code: "Transport" });
  drop = false;
  await wallet.changePassword(await keys(next));
  assert.deepEqual([text(wallet), wallet.publicKey], ["one", (await keys(next)).publicKey]);
});

test("versions are listed, opened and restored", async () => {
  const { wallet } = await created();
  const first = wallet.stored?.hash ?? "";
  await wallet.save(utf8("two"));
  assert.deepEqual((await wallet.versions()).map(({ local_hash }) => local_hash), [wallet.stored?.hash, first]);
  const version = await wallet.version(first);
  assert.deepEqual(version.plaintext, utf8("one"));
  await wallet.save(version.plaintext);
  assert.deepEqual([text(wallet), wallet.stored?.revision], ["one", 3]);
  await assert.rejects(wallet.version("00".repeat(32)), { code: "VersionNotFound" });
});

test("a wallet is deleted, and its key may have one again", async () => {
  const { wallet, person, server, cache } = await created();
  await wallet.save(utf8("two"));
  await wallet.remove();
  assert.deepEqual(await cache.list(), []);
  assert.throws(() => wallet.data, { code: "Locked" });
  await server.requestCode(`person${person}@example.com`);
  const again = await Wallet.create(server, await keys(person), { code: await larimard.code(), data: utf8("new"), cache });
  assert.equal(again.stored?.revision, 3);
});

test("changes of others arrive by themselves, also after the server was away", { timeout: 60_000 }, async (t) => {
  const own = await Larimard.start("limits.exempt=[\"127.0.0.0/8\"]");
  t.after(() => own.end());
  const { wallet, person } = await created({ at: own.url, from: own });
  const server = new Server(own.url);
  const watching = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  const changed = () => new Promise((resolve) => watching.addEventListener("change", () => resolve(text(watching)), { once: true }));
  const watched = watching.watch({ pause: 50 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  let next = changed();
  await wallet.save(utf8("two"));
  assert.equal(await next, "two");
  await own.stop();
  await own.start();
  next = changed();
  await wallet.save(utf8("three"));
  assert.equal(await next, "three");
  const gone = new Promise((resolve) => watching.addEventListener("gone", (event) => resolve(/** @type {any} */ (event).detail.event)));
  await wallet.changePassword(await keys(600_000 + person));
  assert.equal(await gone, "moved");
  await watched;
});

test("a server that lies is named, and the device shows what it remembers", async (t) => {
  /** @type {(method: string, answer: any, params: any) => any} */
  const honest = (_, answer) => answer;
  const between = await liar(larimard.url, honest);
  t.after(() => between.end());
  const cache = memoryCache();
  const { wallet, person, server } = await created({ cache, at: between.url });
  const older = wallet.sealedBlob ?? new Uint8Array();
  await wallet.save(utf8("two"));
  const current = wallet.sealedBlob ?? new Uint8Array();
  await wallet.lock();
  const changed = current.slice();
  changed[30] = (changed[30] ?? 0) ^ 1;
  const foreign = await (await keys(777_777)).seal(9, utf8("of somebody else"));
  /** @param {Uint8Array} blob */
  const tells = (blob) => (/** @type {string} */ method, /** @type {any} */ answer) => {
    if (method !== "fetchWallet") return answer;
    const local_hash = Buffer.from(blobDigest(blob)).toString("hex");
    return { ...answer, result: { ...answer.result, modified: true, encrypted_data: toBase64(blob), local_hash } };
  };
  for (const [blob, code] of /** @type {[Uint8Array, string][]} */ ([[changed, "Tampered"], [foreign, "Tampered"], [older, "RolledBack"], [utf8("opaque"), "NotSealed"]])) {
    between.say(tells(blob));
    // a device that knows nothing is told; but of an older state it cannot know
    const fresh = Wallet.unlock(server, await keys(person), { cache: memoryCache() });
    if (code !== "RolledBack") {
      await assert.rejects(fresh, (/** @type {any} */ error) => error.code === code && error.server === server.name && error.message.includes(server.name));
    } else await fresh;
    // a device that knows the wallet goes on with what it knows, and saves nothing over it
    const opened = await Wallet.unlock(server, await keys(person), { cache });
    assert.deepEqual([opened.problem?.code, text(opened)], [code, "two"]);
    await assert.rejects(opened.save(utf8("three")), { code });
    await opened.lock();
    await cache.update(server.name, opened.publicKey, (found) => ({ ...found, drafts: [] }));
  }
  between.say(honest);
  const opened = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([opened.problem, text(opened)], [null, "two"]);
  for (const field of ["local_hash", "publickey"]) {
    between.say((_, answer) => ({ ...answer, result: { ...answer.result, [field]: "00" } }));
    await assert.rejects(opened.save(utf8(`a save with another ${field}`)), { code: "WrongAnswer" });
  }
});

test("a server that went back in time gets back what the device remembers", async () => {
  const { wallet, person, server, cache } = await created();
  await wallet.save(utf8("two"));
  await cache.update(server.name, wallet.publicKey, (found) => ({ ...found, highest: 7 }));
  await wallet.lock();
  const opened = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([opened.problem?.code, text(opened)], ["RolledBack", "two"], "this device once had something newer than both");
  await opened.repair();
  assert.deepEqual([opened.problem, opened.stored?.revision], [null, 8]);
});

test("a device remembers what the server has forgotten, and repairs it", async (t) => {
  const own = await Larimard.start("limits.exempt=[\"127.0.0.0/8\"]");
  t.after(() => own.end());
  const cache = memoryCache();
  const { wallet, person, server } = await created({ cache, at: own.url, from: own });
  // what a backup of yesterday would bring: the wallet lives on elsewhere with a higher revision
  const newer = await (await keys(person)).seal(5, utf8("newest"));
  await cache.update(server.name, wallet.publicKey, (found) => ({ ...found, highest: 5, stored: { blob: newer, created: "", updated: "" } }));
  await wallet.lock();
  const opened = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([opened.problem?.code, text(opened)], ["RolledBack", "newest"]);
  await opened.repair();
  assert.deepEqual([opened.problem, opened.stored?.revision], [null, 6]);
  const device = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  assert.equal(text(device), "newest");
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

test("what is edited during a change of the password comes along", async (t) => {
  let drop = false;
  const between = await liar(larimard.url, (method, answer) => (drop && method === "changePassword" ? undefined : answer));
  t.after(() => between.end());
  const { wallet, person } = await created({ at: between.url });
  const next = await keys(500_000 + person);
  drop = true;
  await assert.rejects(wallet.changePassword(next), { code: "Transport" });
  await wallet.edit(utf8("two"));
  drop = false;
  await wallet.changePassword(next);
  assert.deepEqual([wallet.state, text(wallet)], ["unsaved", "two"]);
  await wallet.save();
  assert.deepEqual([wallet.state, wallet.stored?.revision], ["saved", 3]);
});

test("a change of the password does not forget what another window has not stored", async () => {
  const { wallet, person, server, cache } = await created();
  const window = await Wallet.unlock(server, await keys(person), { cache });
  await window.edit(utf8("of the other window"));
  await assert.rejects(wallet.changePassword(await keys(500_000 + person)), { code: "Unsaved" });
  await window.save();
  await wallet.changePassword(await keys(500_000 + person));
  assert.equal(text(wallet), "of the other window");
});

test("what a window left behind is found by the one that stays", async () => {
  const { wallet, person, server, cache } = await created();
  const window = await Wallet.unlock(server, await keys(person), { cache });
  await window.edit(utf8("left behind"));
  await window.lock();
  await wallet.sync();
  assert.deepEqual([wallet.state, text(wallet)], ["saved", "left behind"]);
});

test("of a fork both sides are shown, and nothing is chosen", async () => {
  const { wallet, person, server, cache } = await created();
  await wallet.save(utf8("two"));
  // another blob of that very revision, as a device has it whose server was restored from a backup meanwhile
  const fork = await (await keys(person)).seal(2, utf8("two, otherwise"));
  await cache.update(server.name, wallet.publicKey, (found) => ({ ...found, stored: { blob: fork, created: "", updated: "" } }));
  await wallet.lock();
  const opened = await Wallet.unlock(server, await keys(person), { cache });
  assert.equal(opened.state, "conflict");
  const { base, mine, theirs } = opened.conflict ?? {};
  assert.deepEqual([base, mine, theirs], [null, utf8("two, otherwise"), utf8("two")]);
});

test("a server that went back to what a draft was made from is found out", async () => {
  const { wallet, person, server, cache } = await created();
  await wallet.edit(utf8("a draft"));
  const newer = await (await keys(person)).seal(5, utf8("of another window"));
  await cache.update(server.name, wallet.publicKey, (found) => ({ ...found, highest: 5, stored: { blob: newer, created: "", updated: "" } }));
  await wallet.lock();
  const opened = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([opened.state, opened.problem?.code], ["conflict", "RolledBack"]);
  assert.deepEqual([opened.conflict?.mine, opened.conflict?.theirs], [utf8("a draft"), utf8("of another window")]);
});

test("a server that has lost the wallet is not believed by who remembers it", async (t) => {
  const between = await liar(larimard.url, (_, answer) => answer);
  t.after(() => between.end());
  const { wallet, person, server, cache } = await created({ at: between.url });
  await wallet.lock();
  between.say((_, { id }) => ({ jsonrpc: "2.0", id, error: { code: 4040, message: "no wallet", data: { name: "WalletNotFound" } } }));
  const opened = await Wallet.unlock(server, await keys(person), { cache });
  assert.deepEqual([opened.problem?.code, text(opened)], ["WalletNotFound", "one"]);
  between.say((_, answer) => answer);
  await opened.sync();
  assert.equal(opened.problem, null);
});

test("a creation whose answer got lost is found when it is said again", async (t) => {
  let drop = true;
  const between = await liar(larimard.url, (method, answer) => (drop && method === "createWallet" ? undefined : answer));
  t.after(() => between.end());
  const person = ++people;
  const server = new Server(between.url, { retries: 0 });
  await server.requestCode(`person${person}@example.com`);
  const what = { code: await larimard.code(), data: utf8("one"), cache: memoryCache() };
  const own = await keys(person);
  await assert.rejects(Wallet.create(server, own, what), { code: "Transport" });
  drop = false;
  const wallet = await Wallet.create(server, own, what);
  assert.deepEqual([wallet.state, text(wallet)], ["saved", "one"]);
});

test("one's own change of the password is nobody else's, also if its answer got lost", { timeout: 60_000 }, async (t) => {
  let drop = false;
  const between = await liar(larimard.url, (method, answer) => (drop && method === "changePassword" ? undefined : answer));
  t.after(() => between.end());
  const { wallet, person } = await created({ at: between.url });
  let gone = 0;
  wallet.addEventListener("gone", () => gone++);
  const stop = new AbortController();
  const watched = wallet.watch({ signal: stop.signal, pause: 50 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  drop = true;
  const next = await keys(500_000 + person);
  const changing = wallet.changePassword(next);
  await assert.rejects(changing, { code: "Transport" });
  drop = false;
  for (let waited = 0; wallet.publicKey !== next.publicKey && waited < 100; waited++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(wallet.publicKey, next.publicKey, "the notice of the move said that it happened");
  await wallet.save(utf8("two"));
  stop.abort();
  await watched;
  assert.equal(gone, 0);
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

test("a change that could not be fetched at once is fetched later", { timeout: 60_000 }, async (t) => {
  let broken = 0;
  const between = await liar(larimard.url, (method, answer) => (method === "fetchWallet" && broken-- > 0 ? undefined : answer));
  t.after(() => between.end());
  const { wallet, person } = await created();
  const server = new Server(between.url, { retries: 0 });
  const watching = await Wallet.unlock(server, await keys(person), { cache: memoryCache() });
  const stop = new AbortController();
  const watched = watching.watch({ signal: stop.signal, pause: 50 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  broken = 2;
  const changed = new Promise((resolve) => watching.addEventListener("change", resolve, { once: true }));
  await wallet.save(utf8("two"));
  await changed;
  assert.equal(text(watching), "two");
  stop.abort();
  await watched;
});
