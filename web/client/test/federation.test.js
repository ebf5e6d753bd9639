/** A wallet on several real servers: one may be away, slow, old or lying, and nothing is lost, nothing false is taken. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { toBase64, utf8 } from "../src/bytes.js";
import { ConflictError, LarimarError, Server, Servers, Wallet, blobDigest, memoryCache } from "../src/index.js";
import { Larimard, liar } from "./larimard.js";
import { keys, text } from "./people.js";

/** @type {Larimard[]} */
const larimards = [];
/** @type {Awaited<ReturnType<typeof liar>>[]} */
const wires = [];
let people = 500;
before(async () => {
  const three = [0, 1, 2];
  // the wires first: by their names the servers are called
  wires.push(...(await Promise.all(three.map((index) => liar(() => larimard(index).url, honest)))));
  const start = (/** @type {number} */ index) => Larimard.start('limits.exempt=["127.0.0.0/8"]', `server.names=["${new URL(wires[index]?.url ?? "").host}"]`);
  larimards.push(...(await Promise.all(three.map(start))));
});
after(() => Promise.all([...larimards, ...wires].map((one) => one.end())));
beforeEach(heal);

/** @param {number} index */
const larimard = (index) => /** @type {Larimard} */ (larimards[index]);
const hash = (/** @type {Uint8Array} */ blob) => Buffer.from(blobDigest(blob)).toString("hex");
/** @type {(method: string, answer: any) => any} */
function honest(_, answer) {
  return answer;
}
const all = () => true;

/** All wires are as if they were not there. */
function heal() {
  for (const wire of wires) wire.say(honest), wire.cut(() => false);
}

/** These servers are out of reach, for these methods. @param {number[]} which @param {(method: string) => boolean} [methods] */
function away(which, methods = all) {
  heal();
  for (const index of which) wires[index]?.cut(methods);
}

/** A wallet that holds "one", on the servers that have codes. @param {{ on?: number[], cache?: import("../src/cache.js").Cache }} [options] */
async function created({ on = [0, 1, 2], cache = memoryCache() } = {}) {
  const person = ++people;
  const servers = new Servers(wires.map(({ url }) => url), { retries: 0, deadline: 2000, deadlineOfDown: 500 });
  /** @type {Record<string, string>} */
  const code = {};
  for (const index of on) code[servers.names[index] ?? ""] = await codeOf(index, person);
  const wallet = await Wallet.create(servers, await keys(person), { code, data: utf8("one"), cache });
  return { wallet, servers, person, cache };
}

/** @param {number} index @param {number} person */
async function codeOf(index, person) {
  await new Server(larimard(index).url).requestCode(`person${person}@example.com`);
  return larimard(index).code();
}

/** Another device. @param {Servers} servers @param {number} person @param {import("../src/cache.js").Cache} [cache] */
const device = async (servers, person, cache = memoryCache()) => Wallet.unlock(servers, await keys(person), { cache });

/** What one server has. @param {Servers} servers @param {number} index @param {number} person */
const on = async (servers, index, person) => text(await Wallet.unlock(/** @type {Server} */ (servers.members[index]), await keys(person), { cache: memoryCache() }));

const verdicts = (/** @type {Wallet} */ wallet) => wallet.report?.lines.map(({ verdict }) => verdict);
/** A save waits for a quorum only. @param {Wallet} wallet */
async function settled(wallet) {
  while (wallet.report?.holders !== 3 && !wallet.report?.lines.some(({ verdict }) => verdict !== "ok")) await new Promise((resolve) => setTimeout(resolve, 10));
}
const offline = (/** @type {unknown} */ error) => LarimarError.is(error) && error.isOffline;

/** The bytes that a wallet stores now. @param {Wallet} wallet */
const sealed = (wallet) => wallet.sealedBlob ?? new Uint8Array();
/** Answers a fetch with this. @param {Uint8Array} blob */
const serves = (blob) => (/** @type {string} */ method, /** @type {any} */ answer) =>
  method === "fetchWallet" ? { ...answer, result: { ...answer.result, modified: true, encrypted_data: toBase64(blob), local_hash: hash(blob) } } : answer;

test("a wallet is on all of them, and a new device finds it", async () => {
  const { wallet, servers, person } = await created();
  assert.deepEqual([wallet.state, verdicts(wallet), wallet.report?.holders], ["saved", ["ok", "ok", "ok"], 3]);
  await wallet.save(utf8("two"));
  const other = await device(servers, person);
  assert.deepEqual([text(other), other.report?.certain, verdicts(other)], ["two", true, ["ok", "ok", "ok"]]);
  for (const index of [0, 1, 2]) assert.equal(await on(servers, index, person), "two");
  assert.ok((other.statistics?.recent.length ?? 0) > 0);
  assert.equal((await other.versions()).length, 2);
  const [, first] = await other.versions();
  assert.deepEqual(Buffer.from((await other.version(first?.local_hash ?? "")).plaintext).toString(), "one");
});

for (const [name, trouble] of /** @type {[string, any][]} */ ([
  ["loses its answers", () => undefined],
  ["hangs", () => new Promise(() => {})],
  ["answers garbage", () => "garbage"],
  ["serves another blob", serves(utf8("LRM1 not sealed by anybody, but it looks as if it were so"))],
])) {
  test(`one that ${name} keeps nobody from reading or saving`, async () => {
    const { wallet, servers, person } = await created();
    wires[1]?.say(trouble);
    await wallet.save(utf8("two"));
    assert.equal(wallet.state, "saved");
    const other = await device(servers, person);
    assert.equal(text(other), "two");
    assert.notEqual(verdicts(other)?.[1], "ok");
    heal();
    await other.sync();
    assert.equal(await on(servers, 1, person), "two");
  });
}

test("any one of them may be lost for good", async () => {
  const { wallet, servers, person } = await created();
  for (const lost of [0, 1, 2]) {
    away([lost]);
    await wallet.save(utf8(`without ${lost}`));
    assert.equal(text(await device(servers, person)), `without ${lost}`);
  }
});

test("a server that went back in time is named and brought up", async () => {
  const { wallet, servers, person, cache } = await created();
  const old = sealed(wallet);
  await wallet.save(utf8("two"));
  await settled(wallet);
  wires[0]?.say(serves(old));
  const again = await device(servers, person, cache);
  assert.deepEqual([text(again), again.problem, verdicts(again)?.[0]], ["two", null, "lying"]);
  // who remembers nothing believes the owner's revision, not the server
  assert.equal(text(await device(servers, person)), "two");
});

test("when all went back in time, the device's copy goes back to them", async () => {
  const { wallet, servers, person, cache } = await created();
  const newer = await (await keys(person)).seal(7, utf8("newest"));
  await cache.update("several servers", wallet.publicKey, (found) => ({ ...found, highest: 7, stored: { blob: newer, created: "", updated: "" } }));
  await wallet.lock();
  const again = await device(servers, person, cache);
  assert.deepEqual([text(again), again.report?.rolledBack, again.report?.holders], ["newest", 1, 3]);
  assert.equal(text(await device(servers, person)), "newest");
});

test("without a quorum a save is not lost: it is said again", async () => {
  const { wallet, servers, person, cache } = await created();
  away([1, 2]);
  await assert.rejects(wallet.save(utf8("two")), (error) => LarimarError.is(error, "Unknown") && error.isOffline);
  assert.deepEqual([wallet.state, wallet.online], ["unsaved", false]);
  // it is on one of them, and that is not enough
  await assert.rejects(wallet.sync(), offline);
  assert.equal(wallet.state, "unsaved");
  await wallet.lock();
  const again = await device(servers, person, cache);
  assert.deepEqual([again.state, text(again)], ["unsaved", "two"]);
  await assert.rejects(again.save(), { code: "NoQuorum" });
  heal();
  await again.sync();
  assert.deepEqual([again.state, again.stored?.revision], ["saved", 2]);
  assert.equal(text(await device(servers, person)), "two");
});

test("two devices that save at once on different servers: both changes are seen, none is overwritten", async () => {
  const { wallet, servers, person } = await created();
  const other = await device(servers, person);
  // each reaches only one
  away([1, 2]);
  await assert.rejects(wallet.save(utf8("mine")), { code: "Unknown" });
  away([0, 2]);
  await assert.rejects(other.save(utf8("theirs")), { code: "Unknown" });
  heal();
  await assert.rejects(wallet.sync(), ConflictError);
  const { conflict } = wallet;
  assert.ok(conflict);
  assert.deepEqual([conflict.mine, conflict.theirs], [utf8("mine"), utf8("theirs")]);
  await wallet.resolve(conflict, utf8("both"));
  assert.deepEqual([wallet.state, wallet.stored?.revision], ["saved", 3]);
  for (const index of [0, 1, 2]) assert.equal(await on(servers, index, person), "both");
});

test("a fork is shown to a device that made neither side, and its choice holds everywhere", async () => {
  const { wallet, servers, person } = await created();
  const other = await device(servers, person);
  away([1, 2]);
  await assert.rejects(wallet.save(utf8("mine")), { code: "Unknown" });
  away([0, 2]);
  await assert.rejects(other.save(utf8("theirs")), { code: "Unknown" });
  heal();
  const third = await device(servers, person);
  assert.equal(third.state, "conflict");
  assert.ok(third.conflict);
  const { mine, theirs, base } = third.conflict;
  assert.deepEqual([[mine, theirs].map((one) => Buffer.from(one).toString()).sort(), base], [["mine", "theirs"], null]);
  assert.deepEqual(verdicts(third), ["conflict", "conflict", "behind"]);
  assert.equal(await on(servers, 2, person), "one", "nothing is chosen yet");
  await third.resolve(third.conflict, utf8("chosen"));
  for (const index of [0, 1, 2]) assert.equal(await on(servers, index, person), "chosen");
});

test("a change that reached one server only is shown to a device that went on without it, and is not replaced", async () => {
  const { wallet, servers, person } = await created();
  const other = await device(servers, person);
  away([1, 2]);
  await assert.rejects(wallet.save(utf8("left behind")), { code: "Unknown" });
  away([0]);
  await other.save(utf8("two"));
  await other.save(utf8("three"));
  heal();
  await assert.rejects(other.sync(), ConflictError);
  assert.deepEqual([text(other), other.conflict?.theirs, verdicts(other)?.[0]], ["three", utf8("left behind"), "conflict"]);
  assert.equal(await on(servers, 0, person), "left behind");
  assert.ok(other.conflict);
  await other.resolve(other.conflict, utf8("three, and what was left behind"));
  for (const index of [0, 1, 2]) assert.equal(await on(servers, index, person), "three, and what was left behind");
  // the device that made it has not seen that it was brought in
  await assert.rejects(wallet.sync(), ConflictError);
});

test("a branch that never got a quorum does not grow past one that did", async () => {
  const { wallet, servers, person } = await created();
  const other = await device(servers, person);
  away([1, 2]);
  for (const change of ["a", "b", "c"]) await assert.rejects(wallet.save(utf8(change)), offline);
  away([0]);
  await other.save(utf8("confirmed"));
  heal();
  const fresh = await device(servers, person);
  assert.ok([text(fresh), Buffer.from(fresh.conflict?.theirs ?? "").toString()].includes("confirmed"));
});

test("a server whose code came late, or a new one, is brought to what the others have", async () => {
  const { wallet, servers, person } = await created({ on: [0, 1] });
  assert.deepEqual(verdicts(wallet), ["ok", "ok", "behind"]);
  await wallet.save(utf8("two"));
  await assert.rejects(wallet.addServer(servers.names[2] ?? "", { code: "7K3M-Q2WX-9FHT-B4ZC" }), { code: "InvalidCode" });
  await wallet.addServer(servers.names[2] ?? "", { code: await codeOf(2, person) });
  assert.deepEqual([verdicts(wallet)?.[2], wallet.report?.holders], ["ok", 3]);
  assert.equal(await on(servers, 2, person), "two");
  await assert.rejects(wallet.addServer("elsewhere", { code: "" }), { code: "NoSuchServer" });
});

test("with fewer than a quorum of codes it can be read, and changed when more are there", async () => {
  const { wallet, servers, person } = await created({ on: [0] });
  await assert.rejects(wallet.save(utf8("two")), { code: "NoQuorum" });
  await wallet.addServer(servers.names[1] ?? "", { code: await codeOf(1, person) });
  await wallet.save();
  assert.equal(await on(servers, 1, person), "two");
  const again = Wallet.create(servers, await keys(person), { code: { [servers.names[2] ?? ""]: await codeOf(2, person) }, data: utf8("another"), cache: memoryCache() });
  await assert.rejects(again, { code: "WalletExists" });
});

test("a password change that reached one server is finished by the new password on the same device", async () => {
  const { wallet, servers, person, cache } = await created();
  const next = ++people;
  away([0, 1], (method) => method === "changePassword");
  await assert.rejects(wallet.changePassword(await keys(next)), offline);
  await wallet.lock();
  heal();
  await assert.rejects(device(servers, person, cache).then((one) => one.save(utf8("x"))), { code: "ChangeUnderWay" });
  // a device that knows nothing of it still reads with the old one
  assert.equal(text(await device(servers, person)), "one");
  const moved = await device(servers, next, cache);
  assert.deepEqual([text(moved), moved.report?.lines.map(({ repaired }) => repaired)], ["one", [true, true, false]]);
  for (const index of [0, 1, 2]) await assert.rejects(on(servers, index, person), { code: "WalletNotFound" });
  await assert.rejects(device(servers, person, cache), { code: "WalletNotFound" });
});

test("a password change that reached nobody can be said again, or finished", async () => {
  const { wallet, servers, person, cache } = await created();
  const next = ++people;
  away([0, 1, 2], (method) => method === "changePassword");
  await assert.rejects(wallet.changePassword(await keys(next)), offline);
  heal();
  await wallet.changePassword(await keys(next));
  assert.equal(wallet.publicKey, (await keys(next)).publicKey);
  await wallet.save(utf8("two"));
  assert.equal(text(await device(servers, next)), "two");
  await assert.rejects(device(servers, person), { code: "WalletNotFound" });
  void cache;
});

test("a password change is turned round, from the new one to the old one", async () => {
  const { wallet, servers, person, cache } = await created();
  const next = ++people;
  await wallet.changePassword(await keys(next));
  assert.deepEqual([text(wallet), wallet.publicKey], ["one", (await keys(next)).publicKey]);
  await wallet.save(utf8("two"));
  await wallet.changePassword(await keys(person));
  assert.equal(wallet.publicKey, (await keys(person)).publicKey);
  await wallet.lock();
  assert.equal(text(await device(servers, person, cache)), "two");
  assert.equal(text(await device(servers, person)), "two");
});

test("a password change reaches a server that was away when it comes back, and one whose answer got lost", async () => {
  for (const trouble of [() => away([2]), () => (heal(), wires[2]?.say(() => undefined))]) {
    heal();
    const { wallet, servers, person } = await created();
    const next = ++people;
    trouble();
    await wallet.changePassword(await keys(next));
    heal();
    // until it was told, it still knows the old password
    await wallet.sync();
    await wallet.sync();
    assert.deepEqual(verdicts(wallet), ["ok", "ok", "ok"]);
    for (const index of [0, 1, 2]) assert.equal(await on(servers, index, next), "one");
    await assert.rejects(device(servers, person), { code: "WalletNotFound" });
  }
});

test("a deletion reaches a server that was away; a newer wallet of the same password stays", async () => {
  const { wallet, servers, person, cache } = await created();
  away([2]);
  await wallet.remove();
  heal();
  assert.equal(await on(servers, 2, person), "one");
  await assert.rejects(device(servers, person, cache), (error) => LarimarError.is(error, "WalletNotFound") && error.data["was"] === "deleted");
  await assert.rejects(on(servers, 2, person), { code: "WalletNotFound" });
  const code = Object.fromEntries(await Promise.all([0, 1, 2].map(async (index) => [servers.names[index], await codeOf(index, person)])));
  const anew = await Wallet.create(servers, await keys(person), { code, data: utf8("anew"), cache });
  assert.deepEqual([text(anew), verdicts(anew)], ["anew", ["ok", "ok", "ok"]]);
  assert.deepEqual([text(await device(servers, person)), text(await device(servers, person, cache))], ["anew", "anew"]);
});

test("a deletion by a quorum is unknown until enough servers did it", async () => {
  const { wallet, servers, person, cache } = await created();
  away([1, 2], (method) => method === "deleteWallet");
  await assert.rejects(wallet.remove(), { code: "Unknown" });
  heal();
  await wallet.remove().catch(() => {});
  await assert.rejects(device(servers, person, cache), { code: "WalletNotFound" });
  await assert.rejects(device(servers, person), { code: "WalletNotFound" });
});

test("a liar alone makes nobody believe that the wallet is gone", async () => {
  const { wallet, servers, person, cache } = await created();
  await wallet.lock();
  wires[0]?.say((_, { id }) => ({ jsonrpc: "2.0", id, error: { code: 4040, message: "no wallet", data: { name: "WalletNotFound", was: "deleted", since: "2026-01-01T00:00:00.000Z" } } }));
  const other = await device(servers, person, cache);
  assert.deepEqual([text(other), verdicts(other)?.[0]], ["one", "behind"]);
  for (const index of [1, 2]) wires[index]?.cut(all);
  await other.sync();
  assert.equal(text(other), "one");
});

test("a wallet that was on one server comes to be on three, with what the device knows of it", async () => {
  const { servers, person } = await created({ on: [0] });
  const cache = memoryCache();
  const [one] = servers.members;
  const single = await Wallet.unlock(/** @type {Server} */ (one), await keys(person), { cache });
  await single.save(utf8("two"));
  const many = await device(servers, person, cache);
  for (const index of [1, 2]) await many.addServer(servers.names[index] ?? "", { code: await codeOf(index, person) });
  await many.save(utf8("three"));
  for (const index of [0, 1, 2]) assert.equal(await on(servers, index, person), "three");
});

test("an open wallet comes to be kept on more servers, and on others", async () => {
  const { servers, person } = await created({ on: [0] });
  const [one] = servers.members;
  const wallet = await Wallet.unlock(/** @type {Server} */ (one), await keys(person), { cache: memoryCache() });
  await wallet.save(utf8("two"));
  const watched = wallet.watch();
  await wallet.keepOn(servers);
  await watched;
  assert.deepEqual([text(wallet), verdicts(wallet)], ["two", ["ok", "behind", "behind"]]);
  for (const index of [1, 2]) await wallet.addServer(servers.names[index] ?? "", { code: await codeOf(index, person) });
  await wallet.save(utf8("three"));
  const others = new Servers(servers.members.slice(1), { retries: 0 });
  await wallet.keepOn(others);
  await wallet.save(utf8("four"));
  assert.deepEqual([await on(servers, 0, person), await on(servers, 1, person)], ["three", "four"]);
  // the one that was left out is brought up when it is taken in again
  await wallet.keepOn(servers);
  assert.equal(await on(servers, 0, person), "four");
});

test("an older state on one server alone is not taken for the wallet by a device that knows more", async () => {
  const { wallet, servers, person, cache } = await created();
  const old = sealed(wallet);
  await wallet.save(utf8("two"));
  await wallet.lock();
  away([1, 2]);
  wires[0]?.say(serves(old));
  assert.equal(text(await device(servers, person, cache)), "two");
  const stranger = await device(servers, person);
  assert.deepEqual([text(stranger), stranger.report?.certain], ["one", false]);
  await assert.rejects(stranger.save(utf8("on the old one")), { code: "NoQuorum" });
});

test("what others do is followed on all of them", async () => {
  const { wallet, servers, person } = await created();
  const other = await device(servers, person);
  const ends = new AbortController();
  const watched = other.watch({ signal: ends.signal, pause: 50 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  wires[0]?.cut(all);
  const changed = new Promise((resolve) => other.addEventListener("change", resolve, { once: true }));
  await wallet.save(utf8("two"));
  await changed;
  assert.equal(text(other), "two");
  const gone = new Promise((resolve) => other.addEventListener("gone", (event) => resolve(/** @type {CustomEvent} */ (event).detail.event)));
  heal();
  await wallet.changePassword(await keys(++people));
  assert.equal(await gone, "moved");
  ends.abort();
  await watched;
});

test("a password change that was said again and again does not hide what another device saved meanwhile", async () => {
  for (const times of [1, 3]) {
    const { wallet, servers, person } = await created();
    const [other, next] = [await device(servers, person), ++people];
    await settled(wallet);
    away([1, 2], (method) => method === "changePassword");
    for (let time = 0; time < times; time++) await assert.rejects(wallet.changePassword(await keys(next)), offline);
    await other.save(utf8("of the other device"));
    await settled(other);
    heal();
    await wallet.changePassword(await keys(next));
    await wallet.sync();
    assert.equal(text(wallet), "of the other device");
    assert.equal(text(await device(servers, next)), "of the other device");
  }
});

test("finishing a password change replaces nothing that another device saved meanwhile; turning it round takes it along", async () => {
  const { wallet, servers, person, cache } = await created();
  const [other, next] = [await device(servers, person), ++people];
  await settled(wallet);
  away([1, 2], (method) => method === "changePassword");
  await assert.rejects(wallet.changePassword(await keys(next)), offline);
  await other.save(utf8("of the other device"));
  await settled(other);
  await wallet.lock();
  heal();
  const finished = await device(servers, next, cache);
  assert.equal(text(await device(servers, person)), "of the other device");
  await finished.changePassword(await keys(person));
  for (const one of [finished, await device(servers, person), await device(servers, person, cache)]) assert.equal(text(one), "of the other device");
});

test("no wallet is changed to a password that has another one", async () => {
  const { wallet, servers, person } = await created();
  const { wallet: older, person: forgotten } = await created();
  for (const change of ["two", "three"]) await older.save(utf8(change));
  await settled(older);
  await assert.rejects(wallet.changePassword(await keys(forgotten)), { code: "WalletExists" });
  await assert.rejects(older.changePassword(await keys(person)), { code: "WalletExists" });
  assert.deepEqual([text(await device(servers, person)), text(await device(servers, forgotten))], ["one", "three"]);
});

test("what a server says of accesses has the form, or is left out", async () => {
  const { wallet, servers, person, cache } = await created();
  await wallet.lock();
  const future = { time: "9999-01-01T00:00:00.000Z", ip: "6.6.6.6", method: "fetchWallet", outcome: "ok" };
  for (const statistics of [{}, { updated: "", fetches: 1, addresses: [null], recent: [null, future] }]) {
    wires[0]?.say((_, answer) => ({ ...answer, result: { ...answer.result, statistics, versions: [null] } }));
    const opened = await device(servers, person, cache);
    assert.equal(opened.statistics?.recent.some(({ ip }) => ip === "6.6.6.6"), false);
    assert.equal((await opened.versions()).length, 1);
    await opened.lock();
  }
});

test("a second content beside the wallet is shown too, after the first was brought in", async () => {
  const { wallet, servers, person } = await created();
  const [stray, other] = [await device(servers, person), await device(servers, person)];
  away([0, 1]);
  await assert.rejects(stray.save(utf8("stray")), offline);
  away([2]);
  await other.save(utf8("two"));
  await wallet.sync();
  await other.save(utf8("three"));
  heal();
  await wallet.edit(utf8("two, and mine"));
  await assert.rejects(wallet.sync(), ConflictError);
  assert.deepEqual(wallet.conflict?.theirs, utf8("three"));
  assert.ok(wallet.conflict);
  await wallet.resolve(wallet.conflict, utf8("three, and mine")).catch(() => {});
  await assert.rejects(wallet.sync(), ConflictError);
  assert.deepEqual(wallet.conflict?.theirs, utf8("stray"));
  assert.equal(await on(servers, 2, person), "stray");
});

test("a window does not replace what another window of the same browser saved", async () => {
  const { wallet, servers, person, cache } = await created();
  const window = await device(servers, person, cache);
  wires[2]?.say((method, answer) => (method === "saveWallet" ? { ...answer, result: undefined, error: { code: 4010, message: "no", data: { name: "Conflict", local_hash: "00".repeat(32), revision: 500 } } } : answer));
  await window.edit(utf8("of the second window"));
  await wallet.save(utf8("of the first window"));
  await assert.rejects(window.save(), ConflictError);
  assert.equal(text(await device(servers, person)), "of the first window");
});

test("unsaved changes come along to other servers, and what one server's wallet left on this device to several", async () => {
  const { servers, person } = await created({ on: [0] });
  const [one] = servers.members;
  const cache = memoryCache();
  const single = await Wallet.unlock(/** @type {Server} */ (one), await keys(person), { cache });
  await single.edit(utf8("never stored"));
  await single.keepOn(servers);
  assert.deepEqual([text(single), single.state], ["never stored", "unsaved"]);
  await assert.rejects(single.save(), { code: "NoQuorum" });
  await single.keepOn(/** @type {Server} */ (one));
  await single.save();
  await single.edit(utf8("stored"));
  await single.edit(utf8("never stored"));
  assert.equal(single.state, "saved");
  await single.edit(utf8("left on the device"));
  await single.lock();
  const many = await device(servers, person, cache);
  assert.deepEqual([text(many), many.state], ["left on the device", "unsaved"]);
  away([0]);
  const fresh = memoryCache();
  const before = await Wallet.unlock(/** @type {Server} */ (one), await keys(person), { cache: fresh }).catch(() => null);
  assert.equal(before, null);
  await assert.rejects(device(servers, ++people, fresh), { code: "WalletNotFound" });
  assert.deepEqual(await fresh.list(), []);
});

test("a wallet that began on too few servers is brought to one whose key had more", async () => {
  const { wallet: past, servers, person } = await created({ on: [1] });
  await past.lock();
  const lone = await Wallet.unlock(/** @type {Server} */ (servers.members[1]), await keys(person), { cache: memoryCache() });
  for (const change of ["a", "b", "c"]) await lone.save(utf8(change));
  await lone.remove();
  const code = { [servers.names[0] ?? ""]: await codeOf(0, person) };
  const wallet = await Wallet.create(servers, await keys(person), { code, data: utf8("anew"), cache: memoryCache() });
  await wallet.addServer(servers.names[1] ?? "", { code: await codeOf(1, person) });
  assert.deepEqual([wallet.report?.holders, wallet.stored?.revision, wallet.state], [2, 5, "saved"]);
  await wallet.save(utf8("anew, and more"));
  assert.equal(await on(servers, 1, person), "anew, and more");
});

test("a window that waited for a password change to be done by another is told that it is", async () => {
  const { wallet, servers, person, cache } = await created();
  const [window, next] = [await device(servers, person, cache), ++people];
  away([2], (method) => method === "changePassword");
  await wallet.changePassword(await keys(next));
  await assert.rejects(window.sync(), { code: "ChangeUnderWay" });
  heal();
  await wallet.sync();
  await assert.rejects(window.sync(), { code: "WalletNotFound" });
});

test("a deletion is of what was looked at in this window", async () => {
  const { wallet, servers, person, cache } = await created();
  const window = await device(servers, person, cache);
  await wallet.save(utf8("two"));
  await window.sync();
  await wallet.save(utf8("three"));
  await settled(wallet);
  await assert.rejects(window.remove(), { code: "Conflict" });
  assert.equal(text(await device(servers, person)), "three");
});
