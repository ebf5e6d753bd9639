/** One call and what can become of it; every method, against a real server. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { toBase64, utf8 } from "../src/bytes.js";
import { keysOfSeed } from "../src/derive.js";
import { Address, Keys, LarimarError, Server, blobDigest } from "../src/index.js";
import { Larimard } from "./larimard.js";

/**
 * A server that answers with what it is told, one answer after the other, the last for ever.
 * @param {import("node:test").TestContext} t
 * @param {...((response: import("node:http").ServerResponse, call: any) => void)} answers
 */
async function stub(t, ...answers) {
  /** @type {any[]} */
  const calls = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const call = JSON.parse(body);
    calls.push(call);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response, call);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => (server.closeAllConnections(), server.close()));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, name: `127.0.0.1:${port}`, calls };
}

/** @param {unknown} answer */
const says = (answer) => (/** @type {import("node:http").ServerResponse} */ response, /** @type {any} */ call) =>
  void response.end(typeof answer === "string" ? answer : JSON.stringify({ jsonrpc: "2.0", id: call.id, .../** @type {any} */ (answer) }));
/** @param {number} status */
const status = (status) => (/** @type {import("node:http").ServerResponse} */ response) => void response.writeHead(status).end("no");
const hangsUp = (/** @type {import("node:http").ServerResponse} */ response) => void response.destroy();
const result = says({ result: { deleted: true } });
const limited = (/** @type {number} */ retry_after) =>
  says({ error: { code: 4290, message: "Too many requests: wait.", data: { name: "RateLimited", retry_after } } });
const call = (/** @type {Server} */ server, /** @type {any} */ options = {}) => server.deleteWallet({ local_hash: "00", signature: "00" }, options);

test("a server is called by https, or on this computer", () => {
  for (const [url, name] of [
    ["https://Wallet.Example.org", "wallet.example.org"],
    ["https://wallet.example.org:443/", "wallet.example.org"],
    ["https://wallet.example.org:8443", "wallet.example.org:8443"],
    ["http://localhost:8330", "localhost:8330"],
    ["http://127.0.0.1", "127.0.0.1"],
    ["http://[::1]:8330", "[::1]:8330"],
  ]) assert.equal(new Address(url ?? "").name, name);
  for (const url of ["http://wallet.example.org", "http://192.168.1.2:8330", "http://127.0.0.1.example.org"]) {
    assert.throws(() => new Server(url), { code: "InsecureUrl" }, url);
  }
  for (const url of ["", "wallet.example.org", "ftp://localhost", "https://me:secret@example.org", "https://example.org/?a", "https://example.org/#a"]) {
    assert.throws(() => new Server(url), (error) => LarimarError.is(error, "InvalidUrl") && !error.message.includes("secret"), url);
  }
});

test("a call is one JSON-RPC request with named parameters", async (t) => {
  const { url, calls } = await stub(t, result);
  assert.deepEqual(await call(new Server(url)), { deleted: true });
  const [{ id, ...rest }] = calls;
  assert.equal(typeof id, "number");
  assert.deepEqual(rest, { jsonrpc: "2.0", method: "deleteWallet", params: { local_hash: "00", signature: "00" } });
});

test("what is safe to repeat is said again, the same bytes", async (t) => {
  const { url, calls } = await stub(t, hangsUp, status(503), result);
  assert.deepEqual(await call(new Server(url)), { deleted: true });
  assert.equal(calls.length, 3);
  assert.deepEqual(calls[1], calls[0]);
  const once = await stub(t, hangsUp);
  await assert.rejects(new Server(once.url).requestCode("a@example.com"), { code: "Transport" });
  assert.equal(once.calls.length, 1, "each request for a code would be another mail");
});

test("retry_after is respected, as far as patience goes", async (t) => {
  const { url, calls } = await stub(t, limited(1), result);
  const begun = performance.now();
  await call(new Server(url));
  assert.ok(performance.now() - begun > 990);
  assert.equal(calls.length, 2);
  const long = await stub(t, limited(3600));
  await assert.rejects(call(new Server(long.url)), (error) => LarimarError.is(error, "RateLimited") && error.retryAfter === 3600 && error.rpcCode === 4290);
  assert.equal(long.calls.length, 1);
});

test("an abort ends a call, and a pause between calls", async (t) => {
  const silent = await stub(t, () => {});
  await assert.rejects(call(new Server(silent.url), { signal: AbortSignal.timeout(50) }), { name: "TimeoutError" });
  const waiting = await stub(t, limited(5));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  await assert.rejects(call(new Server(waiting.url), { signal: stop.signal }), { name: "AbortError" });
  assert.equal(waiting.calls.length, 1);
  await assert.rejects(call(new Server(waiting.url), { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("what goes wrong on the way has a name, and the server's", async (t) => {
  const later = { timeout: 100, retries: 0 };
  for (const [answer, code] of /** @type {[any, string][]} */ ([
    [() => {}, "Timeout"],
    [hangsUp, "Transport"],
    [status(404), "HttpStatus"],
    [status(502), "HttpStatus"],
    [status(413), "HttpStatus"],
    [says("<html>"), "Unreadable"],
    [says("null"), "Unreadable"],
    [says('{"jsonrpc":"2.0","id":-1,"result":{"deleted":true}}'), "Unreadable"],
    [says({}), "Unreadable"],
    [says({ result: {} }), "Unreadable"],
    [says({ result: { deleted: "yes" } }), "Unreadable"],
    [says({ error: null }), "Unreadable"],
    [says({ error: {} }), "UnknownError"],
    [says({ error: { code: -32603, message: "m", data: { name: "Internal" } } }), "Internal"],
    [(/** @type {any} */ response) => void response.end(" ".repeat(9 * 1024 * 1024)), "Unreadable"],
  ])) {
    const { url, name } = await stub(t, answer);
    await assert.rejects(call(new Server(url, code === "Timeout" ? later : { retries: 0 })), (error) => {
      assert.ok(LarimarError.is(error), String(error));
      assert.deepEqual([error.code, error.server], [code, name], error.message);
      return true;
    });
  }
  await assert.rejects(call(new Server("http://127.0.0.1:1", { retries: 0 })), { code: "Transport" });
});

test("every method, on a real server", async (t) => {
  const larimard = await Larimard.start();
  t.after(() => larimard.end());
  const server = new Server(larimard.url);
  const { signing, encryption } = keysOfSeed(new Uint8Array(32).fill(7));
  const keys = await Keys.of(signing, encryption);
  const info = await server.serverInfo();
  assert.equal(info.protocol, 1);
  assert.ok(info.names.includes(server.name));
  assert.ok(info.limits.wallet_requests_per_hour);
  const document = await server.discover();
  assert.ok(Array.isArray(document.methods));
  assert.ok((await server.requestCode("methods@example.com")).expires_in > 0);
  const blob = await keys.seal(1, utf8("one"));
  const signed = { encrypted_data: toBase64(blob), signature: keys.sign(blobDigest(blob)) };
  const created = await server.createWallet({ code: await larimard.code(), ...signed, publickey: keys.publicKey });
  assert.equal(created.publickey, keys.publicKey);
  const fetched = await server.fetchWallet(keys.publicKey);
  assert.equal(fetched.encrypted_data, signed.encrypted_data);
  assert.equal((await server.fetchWallet(keys.publicKey, created.local_hash)).modified, false);
  const { versions } = await server.listVersions(keys.publicKey);
  assert.equal(versions[0]?.local_hash, created.local_hash);
  assert.equal((await server.fetchVersion(keys.publicKey, created.local_hash)).encrypted_data, signed.encrypted_data);
  assert.equal((await server.saveWallet(signed)).updated, created.updated, "the same bytes again");
  await assert.rejects(server.createWallet({ code: "0000-0000-0000-0000", ...signed }), { code: "InvalidCode", rpcCode: 4010 });
  await assert.rejects(server.saveWallet({ encrypted_data: "?", signature: "00" }), (error) => LarimarError.is(error, "InvalidData") && error.data.param === "encrypted_data");
  const changes = server.changes("00");
  await assert.rejects(changes.next(), { code: "InvalidPublicKey" });
});
