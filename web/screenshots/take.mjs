/**
 * Takes the three pictures of the README: `node --experimental-websocket screenshots/take.mjs`, with `faketime` (a package of Debian) and a
 * debug build of larimard. What they show is what the server says: it lives through some weeks in a few seconds.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { fileURLToPath } from "node:url";
import { Server, Wallet, deriveKeys, entriesToBytes, memoryCache, newEntryId } from "larimar-client";
import { launch } from "../client/test/chromium.js";
import * as tour from "../console/test/tour.js";

const PROGRAM = process.env.LARIMARD ?? fileURLToPath(new URL("../../target/debug/larimard", import.meta.url));
const LIBRARY = `/usr/lib/${{ x64: "x86_64", arm64: "aarch64" }[process.arch]}-linux-gnu/faketime/libfaketime.so.1`;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const [HOME, TRAIN, STRANGER] = ["198.51.100.24", "203.0.113.7", "192.0.2.146"];
const person = { email: "alice@example.com", password: "granite otter violin sunday" };

/** The days ago, the hour, from where, and what. */
const LIFE = [
  [24, "08:10", HOME, "create"], [24, "19:40", HOME, "fetch"], [23, "07:30", TRAIN, "fetch"], [21, "20:05", HOME, "save"], [19, "07:55", TRAIN, "fetch"],
  [16, "21:15", HOME, "fetch"], [13, "07:40", TRAIN, "save"], [12, "18:20", HOME, "fetch"], [9, "20:50", HOME, "save"], [7, "07:35", TRAIN, "fetch"],
  [6, "21:30", HOME, "fetch"], [4, "07:50", TRAIN, "fetch"], [3, "20:15", HOME, "save"], [2, "03:52", STRANGER, "fetch"], [1, "19:05", HOME, "fetch"],
];
const ENTRIES = [
  ["Bank", "correct battery staple", "Savings and current account. The card is in the blue folder."],
  ["Bitcoin, cold wallet", "abandon ability able about above absent", "Twelve words, in this order"],
  ["E-mail", "a long one", ""],
  ["Notes for my sister", "where the keys are", "Where the keys are, and whom to call"],
];

/** A server at that moment, for callers from that address. */
async function at(home, moment, address) {
  const settings = ["server.listen=127.0.0.1:0", 'server.trusted_proxies=["127.0.0.0/8"]', "mail.transport=file", "store.min_free_bytes=0"].flatMap((setting) => ["--set", setting]);
  // faketime itself does not pass SIGTERM on
  const env = moment ? { ...process.env, LD_PRELOAD: LIBRARY, FAKETIME: `@${moment}`, FAKETIME_DONT_FAKE_MONOTONIC: "1" } : process.env;
  const child = spawn(PROGRAM, settings, { cwd: home, stdio: ["ignore", "ignore", "pipe"], env });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      const found = line.match(/listening\s+(http:\/\/\S+)/);
      if (found) resolve(found[1]);
    });
    void ended.then((code) => reject(new Error(`larimard ended with ${code}`)));
  });
  return { url, server: callers(url, address), end: () => (child.kill("SIGTERM"), ended) };
}

const callers = (url, address) => new Server(url, { fetch: (to, init) => fetch(to, { ...init, headers: { ...init.headers, "x-forwarded-for": address } }) });

/** A proxy that says where a browser's calls come from: a WebSocket takes no header from the page. */
async function proxy(url, address) {
  const { port } = new URL(url);
  const asked = ({ method, url: path, headers }) => request({ host: "127.0.0.1", port, method, path, headers: { ...headers, "x-forwarded-for": address } });
  const server = createServer((from, to) => from.pipe(asked(from).on("response", (answer) => (to.writeHead(answer.statusCode, answer.headers), answer.pipe(to)))));
  server.on("upgrade", (from, socket) => {
    const onward = asked(from).on("upgrade", ({ rawHeaders }, far) => {
      const lines = rawHeaders.flatMap((name, index) => (index % 2 ? [] : [`${name}: ${rawHeaders[index + 1]}`]));
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
      // either may go first
      pipeline(socket, far, socket, () => {});
    });
    onward.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, end: () => (server.closeAllConnections(), server.close()) };
}

const home = await mkdtemp(join(tmpdir(), "larimar-"));
const browser = await launch();
try {
  const keys = () => deriveKeys(person);
  for (const [days, hour, address, what] of LIFE) {
    const day = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const { server, end } = await at(home, `${day} ${hour}:00`, address);
    if (what === "create") {
      await server.requestCode(person.email);
      const [mail] = await readdir(join(home, "mail"));
      const code = (await readFile(join(home, "mail", mail), "utf8")).match(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/m)[0];
      const entries = ENTRIES.map(([name, secret, note]) => ({ id: newEntryId(), name, secret, note, updated: `${day}T${hour}:00Z` }));
      await Wallet.create(server, await keys(), { code, data: entriesToBytes({ larimar: 1, entries }), cache: memoryCache() });
    } else if (what === "save") {
      const wallet = await Wallet.unlock(server, await keys(), { cache: memoryCache() });
      await wallet.edit((held) => new Uint8Array([...held, 0x20]));
      await wallet.save();
    } else {
      await Wallet.unlock(server, await keys(), { cache: memoryCache() });
    }
    await end();
  }

  const { url, end } = await at(home, null, HOME);
  const front = await proxy(url, HOME);
  const look = async (scheme, height) => {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height }, colorScheme: scheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    await tour.visit(page, front.url);
    return page;
  };
  const page = await look("light", 800);
  await tour.unlock(page, person);
  await tour.state(page, "saved");
  await tour.secretOf(page, "Bank");
  await page.screenshot({ path: here("entries.png") });
  await page.setViewportSize({ width: 1280, height: 1000 });
  await tour.go(page, "Accesses");
  await page.getByRole("heading", { name: "Listed requests of the last 30 days" }).waitFor();
  await page.screenshot({ path: here("accesses.png") });
  const dark = await look("dark", 800);
  await tour.askCode(dark, "bob@example.com");
  await dark.getByLabel("Code", { exact: true }).fill("7K3M-P2QX-9WTR-4HNB");
  await dark.getByRole("button", { name: "Continue" }).click();
  await tour.newPassword(dark, person.password);
  await dark.screenshot({ path: here("create-dark.png") });
  front.end();
  await end();
} finally {
  await browser.close();
  await rm(home, { recursive: true, force: true });
}
