/** Changes of a wallet as they happen, over a WebSocket that is opened again when it breaks. */
import { LarimarError } from "./error.js";
import { refused, sleep, unreadable } from "./rpc.js";

/**
 * What happened: `saved`, `moved` (the password was changed) and `deleted` are the server's; `connected` and `reconnected`
 * tell that the way stands: after a `reconnected`, something may have been missed; `disconnected`, that it broke.
 * @typedef {{ event: "saved" | "moved" | "deleted", local_hash?: string, updated: string } |
 *   { event: "connected" | "reconnected" | "disconnected" }} Change
 */

/**
 * @typedef {object} ChangesOptions
 * @property {AbortSignal} [signal] Ends it.
 * @property {number} [pause] Milliseconds before the first attempt to connect again; doubled each time, up to two minutes. 1,000 if left out.
 */

// each subscription counts against the caller's limit of requests
const LONGEST_PAUSE = 120_000;
// a page is not told of a connection that is gone without a word: it has to ask, with what no limit counts
const HEARTBEAT = 60_000;
const HEARTBEAT_ID = 2;

/**
 * @param {import("./address.js").Address} address
 * @param {typeof globalThis.WebSocket} WebSocket
 * @param {string} publickey
 * @param {ChangesOptions} [options]
 * @returns {AsyncGenerator<Change, void, void>}
 */
export async function* watchChanges(address, WebSocket, publickey, { signal, pause = 1000 } = {}) {
  let connectedBefore = false;
  let failures = 0;
  while (!signal?.aborted) {
    const socket = new Line(new WebSocket(address.webSocket), address);
    const stop = () => socket.close();
    signal?.addEventListener("abort", stop);
    // a network that came back may have left the old connection dead without a word, and is no reason to wait
    const back = new AbortController();
    const reconnect = () => {
      failures = 0;
      socket.close();
      back.abort();
    };
    globalThis.addEventListener?.("online", reconnect);
    let connected = false;
    let atLeast = 0;
    try {
      await socket.subscribe(publickey);
      connected = true;
      failures = 0;
      yield { event: connectedBefore ? "reconnected" : "connected" };
      connectedBefore = true;
      for (let change = await socket.next(); change; change = await socket.next()) {
        yield change;
        if (change.event === "moved" || change.event === "deleted") return;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const waits = LarimarError.is(error, "RateLimited") || LarimarError.is(error, "StoreUnavailable");
      if (!LarimarError.is(error) || !(error.isOffline || waits)) throw error;
      atLeast = (error.retryAfter ?? 0) * 1000;
    } finally {
      signal?.removeEventListener("abort", stop);
      socket.close();
    }
    if (signal?.aborted) return globalThis.removeEventListener?.("online", reconnect);
    if (connected) yield { event: "disconnected" };
    const wait = Math.min(pause * 2 ** failures++, LONGEST_PAUSE);
    const ends = signal ? AbortSignal.any([signal, back.signal]) : back.signal;
    await sleep(Math.max(atLeast, wait * (1 + Math.random() / 2)), ends).catch(() => {});
    globalThis.removeEventListener?.("online", reconnect);
  }
}

// each change makes a client ask all servers, whose limits it shares: so many at once, and one more in so many milliseconds
const AT_ONCE = 20;
const ONE_MORE = 60_000;

/**
 * The changes of a wallet that any of these servers tells of. What one of them says of the wallet's end is to be looked at, not believed: it comes as
 * `reconnected`.
 * @param {readonly import("./server.js").Server[]} servers
 * @param {string} publickey
 * @param {ChangesOptions} [options]
 * @returns {AsyncGenerator<Change, void, void>}
 */
export async function* changesOfAll(servers, publickey, { signal, ...options } = {}) {
  /** @type {Change[]} */
  const queue = [];
  let wake = () => {};
  const ends = new AbortController();
  const both = signal ? AbortSignal.any([signal, ends.signal]) : ends.signal;
  both.addEventListener("abort", () => wake());
  let [connected, following, allowed, last] = [0, servers.length, AT_ONCE, Date.now()];
  /** @type {unknown} */
  let failure;
  const tell = (/** @type {Change} */ change) => {
    // one of a kind is enough: what there is to see is looked for
    if (!queue.some(({ event }) => event === change.event)) queue.push(change);
    else if (change.event === "saved") queue.splice(queue.findIndex(({ event }) => event === "saved"), 1, change);
    wake();
  };
  const follow = async (/** @type {import("./server.js").Server} */ server) => {
    try {
      for await (const change of server.changes(publickey, { ...options, signal: both })) {
        if (change.event === "disconnected") {
          if (--connected === 0) tell(change);
        } else if (change.event === "connected") {
          if (++connected === 1) tell(change);
        } else if (change.event === "saved") tell(change);
        else {
          if (change.event === "reconnected") connected++;
          tell({ event: "reconnected" });
        }
      }
    } catch (error) {
      failure = error;
    }
    following--;
    wake();
  };
  for (const server of servers) void follow(server);
  try {
    while (!both.aborted) {
      const change = queue.shift();
      if (change) {
        // a server that tells of changes without end uses up nobody's allowance
        allowed = Math.min(AT_ONCE, allowed + (Date.now() - last) / ONE_MORE) - 1;
        last = Date.now();
        if (allowed < 0) await sleep(-allowed * ONE_MORE, both).catch(() => {});
        if (!both.aborted) yield change;
      } else if (following === 0) break;
      else await /** @type {Promise<void>} */ (new Promise((resolve) => (wake = resolve)));
    }
  } finally {
    ends.abort();
  }
  if (failure && !signal?.aborted) throw failure;
}

/**
 * Does the work until it is done, or until it fails for another reason than that the server cannot be asked now.
 * @param {() => Promise<unknown>} work
 * @param {AbortSignal} signal
 */
export async function untilReached(work, signal) {
  for (let pause = 1000; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return void (await work());
    } catch (error) {
      const waits = LarimarError.is(error) && (error.isOffline || error.retryAfter !== undefined || error.code === "StoreUnavailable");
      if (!waits) return;
      await sleep(Math.max(pause, (error.retryAfter ?? 0) * 1000), signal).catch(() => {});
    }
  }
}

/** One WebSocket, read one message after the other. */
class Line {
  /** @type {Record<string, unknown>[]} */
  #messages = [];
  #closed = false;
  #heard = true;
  /** @type {ReturnType<typeof setInterval>} */
  #beating;
  #wake = () => {};
  /** @type {unknown} */
  #subscription;

  /**
   * @param {WebSocket} socket
   * @param {import("./address.js").Address} address
   */
  constructor(socket, address) {
    this.socket = socket;
    this.address = address;
    this.#beating = setInterval(() => this.#beat(), HEARTBEAT);
    socket.onmessage = ({ data }) => {
      const message = parsed(data);
      this.#heard = true;
      if (message && message["id"] !== HEARTBEAT_ID) this.#messages.push(message);
      this.#wake();
    };
    socket.onclose = socket.onerror = () => {
      this.#closed = true;
      this.#wake();
    };
  }

  /** @param {string} publickey */
  async subscribe(publickey) {
    await /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        this.socket.onopen = () => resolve();
        this.#wake = resolve;
      })
    );
    if (this.#closed) throw this.#broken();
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "subscribeWallet", params: { publickey } }));
    const answer = await this.#message();
    if (!answer) throw this.#broken();
    const { error } = answer;
    if (typeof error === "object" && error !== null) throw refused(this.address, /** @type {Record<string, unknown>} */ (error));
    if (answer["id"] !== 1) throw unreadable(this.address, "an answer to another call");
    this.#subscription = answer["result"];
  }

  /**
   * The next change; `undefined` when the connection is gone.
   * @returns {Promise<Extract<Change, { updated: string }> | undefined>}
   */
  async next() {
    for (let message = await this.#message(); message; message = await this.#message()) {
      const params = /** @type {any} */ (message["params"]);
      if (message["method"] !== "walletChanged" || params?.subscription !== this.#subscription) continue;
      if (["saved", "moved", "deleted"].includes(params?.result?.event)) return params.result;
    }
    return undefined;
  }

  close() {
    this.#closed = true;
    clearInterval(this.#beating);
    this.#wake();
    this.socket.onmessage = this.socket.onclose = null;
    // some implementations throw an error that nobody listens to
    this.socket.onerror = () => {};
    this.socket.close();
  }

  /** Closes a connection on which nothing came since the last beat, not even the answer to it. */
  #beat() {
    if (!this.#heard || this.socket.readyState !== this.socket.OPEN) return this.close();
    this.#heard = false;
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: HEARTBEAT_ID, method: "serverInfo" }));
  }

  /** @returns {Promise<Record<string, unknown> | undefined>} */
  async #message() {
    while (this.#messages.length === 0 && !this.#closed) {
      await /** @type {Promise<void>} */ (new Promise((resolve) => (this.#wake = resolve)));
    }
    return this.#messages.shift();
  }

  #broken() {
    const message = `${this.address.name} cannot be reached. Check the network; it is tried again.`;
    return new LarimarError("Transport", message, { server: this.address.name });
  }
}

/**
 * @param {unknown} data
 * @returns {Record<string, unknown> | undefined}
 */
function parsed(data) {
  try {
    const message = JSON.parse(String(data));
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
