/** A real `larimard` with a store and a mail folder of its own, and servers that lie, for tests. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = process.env.LARIMARD ?? fileURLToPath(new URL("../../../target/debug/larimard", import.meta.url));

/** A server of its own: `end` ends it and removes its folder. */
export class Larimard {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #process;

  /** @param {string} home @param {string[]} settings */
  constructor(home, settings) {
    this.home = home;
    this.settings = settings;
    this.url = "";
    this.port = 0;
  }

  /** @param {...string} settings `section.key=value` */
  static async start(...settings) {
    const server = new Larimard(await mkdtemp(join(tmpdir(), "larimar-")), settings);
    await server.start();
    return server;
  }

  /** Starts it, again at the same address, unless it runs. */
  async start() {
    if (this.#process && this.#process.exitCode === null && this.#process.signalCode === null) return;
    const all = [`server.listen=127.0.0.1:${this.port}`, "mail.transport=file", "store.min_free_bytes=0", "limits.codes_per_email_per_hour=1000", "limits.codes_per_hour=1000", ...this.settings];
    const child = spawn(PROGRAM, all.flatMap((setting) => ["--set", setting]), { cwd: this.home, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", (line) => lines.push(line));
    this.url = await new Promise((resolve, reject) => {
      child.on("exit", (code) => reject(new Error(`larimard ended with ${code}:\n${lines.join("\n")}`)));
      const timer = setInterval(() => {
        const url = lines.join("\n").match(/listening\s+(http:\/\/\S+)/)?.[1];
        if (url) resolve(url), clearInterval(timer);
      }, 10);
      child.on("exit", () => clearInterval(timer));
    });
    this.port = Number(new URL(this.url).port);
  }

  async stop() {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }

  /** The code in the newest mail. */
  async code() {
    const folder = join(this.home, "mail");
    const mails = (await readdir(folder)).filter((name) => name.endsWith(".eml"));
    const newest = (await Promise.all(mails.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })))).sort((a, b) => (a.name < b.name ? -1 : 1));
    const text = newest.at(-1)?.text ?? "";
    await Promise.all(mails.map((name) => rm(join(folder, name))));
    return text.match(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\s*$/m)?.[0].trim() ?? "";
  }

  async end() {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}

/**
 * Stands between a client and a server, and changes what either says: `lie(method, answer, params)` returns another answer, or
 * `undefined` to break the connection after the server did its work. Pages and WebSockets pass; `touch(path, text)` may change a page. What is `cut` does not
 * reach the server.
 * @param {string | (() => string)} where its URL, or what tells it then
 * @param {(method: string, answer: any, params: any) => any} lie
 * @param {(path: string, text: string) => string} [touch]
 */
export async function liar(where, lie, touch = (_, text) => text) {
  /** @type {string[]} */
  const calls = [];
  /** @type {(method: string) => boolean} */
  let isCut = () => false;
  const place = () => (typeof where === "string" ? where : where());
  const server = createServer(async (request, response) => {
    const url = place();
    if (request.method !== "POST") return void pass(url, request, response, touch);
    let body = "";
    for await (const piece of request) body += piece;
    response.setHeader("access-control-allow-origin", "*");
    const { method, params } = JSON.parse(body);
    calls.push(method);
    if (isCut(method)) return void request.socket.destroy();
    const answer = await (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body })).json();
    const told = await lie(method, answer, params);
    if (told === undefined) return void request.socket.destroy();
    response.setHeader("content-type", "application/json").end(JSON.stringify(told));
  });
  /** @type {Set<import("node:stream").Duplex>} */
  const upgraded = new Set();
  server.on("upgrade", ({ url: path, rawHeaders }, socket, head) => {
    if (isCut("subscribeWallet")) return void socket.destroy();
    const { hostname, port } = new URL(place());
    const onward = connect(Number(port), hostname, () => {
      const headers = rawHeaders.map((text, index) => (index % 2 ? `${text}\r\n` : `${text}: `)).join("");
      onward.write(`GET ${path} HTTP/1.1\r\n${headers}\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    upgraded.add(socket);
    for (const [one, other] of [[socket, onward], [onward, socket]]) one.on("error", () => other.destroy()).on("close", () => other.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    /** @param {typeof lie} next */
    say: (next) => void (lie = next),
    /** @param {typeof isCut} which methods */
    cut: (which) => {
      isCut = which;
      if (which("subscribeWallet")) for (const socket of upgraded) socket.destroy();
    },
    end: async () => {
      for (const socket of upgraded) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * @param {string} url
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {(path: string, text: string) => string} touch
 */
async function pass(url, { method = "GET", url: path = "/", headers }, response, touch) {
  const { accept = "*/*", origin, "access-control-request-method": asked } = headers;
  const sent = { accept, ...(origin && { origin }), ...(asked && { "access-control-request-method": String(asked) }) };
  const answer = await fetch(url + path, { method, headers: sent });
  for (const [name, value] of answer.headers) if (!["content-length", "connection", "date", "etag"].includes(name)) response.setHeader(name, value);
  response.writeHead(answer.status).end(touch(path, await answer.text()));
}
