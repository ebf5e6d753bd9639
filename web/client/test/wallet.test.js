/** The life of a wallet, against a real server: from its creation to its deletion, with answers that get lost on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../src/bytes.js";
import { Server, Wallet, memoryCache } from "../src/index.js";
import { Larimard, liar } from "./larimard.js";
import { created, keys, larimard, nextPerson, text } from "./people.js";

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

test("keys that were given survive a code that is wrong", async () => {
  const person = nextPerson();
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

test("a creation whose answer got lost is found when it is said again", async (t) => {
  let drop = true;
  const between = await liar(larimard.url, (method, answer) => (drop && method === "createWallet" ? undefined : answer));
  t.after(() => between.end());
  const person = nextPerson();
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
