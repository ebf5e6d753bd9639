/** The three ways of asking several servers, whatever they are asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LarimarError, Server, Servers, advice } from "../src/index.js";
import { together } from "../src/statistics.js";

/** @typedef {import("../src/servers.js").Ask} Ask */

const NAMES = ["one.example", "two.example", "three.example"];
const URLS = NAMES.map((name) => `https://${name}`);
const error = (/** @type {import("../src/error.js").ErrorCode} */ code, /** @type {string} */ server) => new LarimarError(code, code, { server });
const never = () => new Promise(() => {});

/** Asks by name. @param {Record<string, (ask: Ask) => any>} answers */
const says = (answers) => async (/** @type {Server} */ { name }, /** @type {Ask} */ ask) => (answers[name] ?? (() => name))(ask);

test("a group of servers has no server twice, and a quorum that it can reach", () => {
  assert.throws(() => new Servers([]), { code: "InvalidServers" });
  assert.throws(() => new Servers([...URLS, "https://two.example/"]), /two\.example is given more than once/);
  for (const quorum of [0, 4, 1.5, NaN]) assert.throws(() => new Servers(URLS, { quorum }), { code: "InvalidServers" });
  assert.throws(() => new Servers(["http://two.example"]), { code: "InsecureUrl" });
  const servers = new Servers(URLS);
  assert.deepEqual([servers.quorum, servers.names, servers.name], [2, NAMES, NAMES.join(", ")]);
  assert.deepEqual(new Servers([...URLS, new Server("https://four.example")]).quorum, 3);
  assert.equal(servers.indexOf("three.example"), 2);
  assert.throws(() => servers.indexOf("elsewhere"), { code: "NoSuchServer" });
});

test("failover asks one after the other, and not those that were just down first", async () => {
  const servers = new Servers(URLS);
  const asked = /** @type {string[]} */ ([]);
  const call = says({ "one.example": () => (asked.push("one"), Promise.reject(error("Transport", "one.example"))) });
  for (let times = 0; times < 20; times++) {
    const { answer, server, report } = await servers.failover(call);
    assert.ok(answer === server.name && answer !== "one.example");
    assert.equal(report.filter(({ outcome }) => outcome === "answered").length, 1);
  }
  assert.ok(asked.length <= 1, `${asked.length} times`);
  assert.equal(servers.isDown(0), asked.length === 1);
});

test("failover: a refusal is an answer, and when nobody answers the last failure is told", async () => {
  const servers = new Servers(URLS);
  let asked = 0;
  await assert.rejects(servers.failover(async (server) => (asked++, Promise.reject(error("RateLimited", server.name)))), { code: "RateLimited" });
  assert.equal(asked, 1);
  await assert.rejects(servers.failover((server) => Promise.reject(error("Internal", server.name))), { code: "Internal" });
  await assert.rejects(servers.failover(() => Promise.reject(new TypeError("a mistake of the caller's"))), TypeError);
});

test("the order is another each time", async () => {
  const servers = new Servers(URLS);
  const first = new Set();
  for (let times = 0; times < 60; times++) first.add((await servers.failover(says({}))).answer);
  assert.deepEqual([...first].sort(), [...NAMES].sort());
});

test("consensus comes back as soon as a quorum says the same, and the rest is finished", async () => {
  const servers = new Servers(URLS, { deadline: 60_000 });
  let finish = (/** @type {unknown} */ _) => {};
  const late = new Promise((resolve) => (finish = resolve));
  const asked = await servers.consensus(says({ "one.example": () => "a", "two.example": () => "a", "three.example": () => late }), (answer) => answer);
  assert.deepEqual(asked.agreed.toSorted(), [0, 1]);
  assert.equal(asked.report[2]?.outcome, "pending");
  finish("b");
  assert.deepEqual((await asked.whole).map((one) => one.outcome === "answered" && one.answer), ["a", "a", "b"]);
});

test("consensus comes back as soon as there can be no quorum; one survivor is none", async () => {
  const servers = new Servers(URLS, { deadline: 60_000 });
  const down = () => Promise.reject(error("Transport", ""));
  const ends = new AbortController();
  const asked = await servers.consensus(says({ "one.example": down, "two.example": down, "three.example": never }), (answer) => answer, { signal: ends.signal });
  assert.deepEqual(asked.agreed, []);
  ends.abort();
  const split = await servers.consensus(says({ "one.example": () => "a", "two.example": () => "b", "three.example": () => "c" }), (answer) => answer);
  assert.deepEqual(split.agreed, []);
  const survivor = await servers.consensus(says({ "one.example": () => "a", "two.example": down, "three.example": down }), (answer) => answer);
  assert.deepEqual(survivor.agreed, []);
});

test("newest is what ranks highest of what is believed", async () => {
  const servers = new Servers(URLS);
  const call = says({ "one.example": () => 7, "two.example": () => 9, "three.example": () => 1000 });
  const found = await servers.newest(call, (answer) => (answer === 1000 ? null : answer));
  assert.deepEqual([found.newest, found.answer], [[1], 9]);
  const none = await servers.newest(call, () => null);
  assert.deepEqual([none.newest, none.answer], [[], undefined]);
});

test("nobody is waited for longer than the deadline, and who was down for much less", async () => {
  const servers = new Servers(URLS, { deadline: 20 });
  /** @type {AbortSignal | undefined} */
  let told;
  const call = says({ "two.example": ({ signal }) => ((told = signal), never()) });
  const { report } = await servers.newest(call, () => 1);
  const [, late] = report;
  assert.ok(late?.outcome === "failed" && late.error.code === "Timeout" && late.error.server === "two.example");
  assert.deepEqual([told?.aborted, servers.isDown(1), servers.isDown(0)], [true, true, false]);
  const well = await servers.newest(says({}), () => 1);
  assert.deepEqual([well.newest.length, servers.isDown(1)], [3, false]);
  // or this would take ten minutes
  const patient = new Servers(URLS, { deadline: 600_000, deadlineOfDown: 5 });
  patient.noteDown(1);
  assert.equal((await patient.newest(call, () => 1)).newest.length, 2);
});

test("who asks can stop it", async () => {
  const servers = new Servers(URLS);
  const stops = new AbortController();
  for (const asked of [
    servers.newest(never, () => 1, { signal: stops.signal }),
    servers.consensus(says({ "one.example": never, "two.example": never, "three.example": never }), () => 1, { signal: stops.signal }),
    servers.failover(never, { signal: stops.signal }),
  ]) {
    setTimeout(() => stops.abort(new Error("enough")), 5);
    // what is asked does not listen
    await assert.rejects(Promise.race([asked, new Promise((_, reject) => setTimeout(() => reject(new Error("it goes on")), 2000))]), /enough/);
  }
});

test("each verdict has words for what to do", () => {
  const line = { server: "one.example", took: 1, head: null, updated: null, error: null, was: null, repaired: false };
  assert.equal(advice({ ...line, verdict: "ok" }), null);
  for (const verdict of /** @type {const} */ (["behind", "conflict", "lying", "down"])) {
    const words = [true, false].map((repaired) => advice({ ...line, verdict, repaired }));
    assert.ok(words.every((one) => one && one.length > 20));
  }
});

test("what a client asked of all servers counts once, what was asked of one of them is there too", () => {
  const access = (/** @type {string} */ ip, /** @type {string} */ second) => ({ time: `2026-01-01T00:00:${second}.000Z`, ip, method: "fetchWallet", outcome: "ok" });
  const seen = { ip: "1.2.3.4", requests: 2, first: "2026-01-01", last: "2026-01-03" };
  const merged = together([
    { updated: "2026-01-01", fetches: 2, addresses: [seen], recent: [access("1.2.3.4", "31"), access("1.2.3.4", "01")] },
    { updated: "2026-01-02", fetches: 3, addresses: [{ ...seen, requests: 1, last: "2026-01-04" }, { ...seen, ip: "6.6.6.6" }], recent: [access("6.6.6.6", "40"), access("1.2.3.4", "32"), access("1.2.3.4", "02")] },
  ]);
  assert.deepEqual(merged.recent.map(({ ip, time }) => `${ip} ${time.slice(17, 19)}`), ["6.6.6.6 40", "1.2.3.4 31", "1.2.3.4 01"]);
  assert.deepEqual([merged.fetches, merged.updated, merged.addresses.map(({ ip, requests, last }) => [ip, requests, last])], [3, "2026-01-02", [["1.2.3.4", 2, "2026-01-04"], ["6.6.6.6", 2, "2026-01-03"]]]);
});
