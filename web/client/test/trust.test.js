/** A server that lies or goes back in time is named, and not believed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { toBase64, utf8 } from "../src/bytes.js";
import { Wallet, blobDigest, memoryCache } from "../src/index.js";
import { Larimard, liar } from "./larimard.js";
import { created, keys, larimard, text } from "./people.js";

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
