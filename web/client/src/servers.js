/**
 * Several servers, asked in one of three ways (PROTOCOL.md, section 7): `failover` is for what any server can say, `consensus` for what
 * enough of them have to do, `newest` for what some of them may not have yet. They know nothing of wallets: what a server is asked, what
 * counts as the same answer, and which answer is newer, the caller says.
 */
import { LarimarError } from "./error.js";
import { Server } from "./server.js";

/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {{ signal: AbortSignal }} Ask ends at the server's deadline */
/**
 * What came of asking one server: `pending` while it has not answered, `unasked` if it was not asked.
 * @template T
 * @typedef {{ server: string, took: number | null, outcome: "answered", answer: T } |
 *   { server: string, took: number | null, outcome: "failed", error: LarimarError } |
 *   { server: string, took: null, outcome: "pending" | "unasked" }} Answer
 */

/**
 * @typedef {object} ServersOptions
 * @property {number} [quorum] How many have to agree; a majority of the servers if left out. With less than a majority, two devices can both be
 *   told that their change holds.
 * @property {number} [deadline] Milliseconds that one server may take; 10,000 if left out.
 * @property {number} [deadlineOfDown] The same for one that failed lately; 1,000.
 * @property {number} [downFor] Milliseconds for which a failure is remembered; 60,000.
 */

/** The errors that say something of the server or the way to it, so that another server may do better. */
const OF_THE_SERVER = new Set([
  ...["Transport", "Timeout", "HttpStatus", "Unreadable", "WrongAnswer", "Tampered", "NotSealed", "RolledBack"],
  ...["Internal", "StoreUnavailable", "MailFailed"],
]);

/** The configured servers. */
export class Servers {
  /** @type {(number | null)[]} */
  #failed;

  /**
   * @param {(Server | string | URL)[]} members in the order in which reports have them; none twice
   * @param {ServersOptions & import("./server.js").ServerOptions} [options] those of a `Server` hold for each URL
   * @throws {LarimarError} `InvalidServers`, and those of `Server`
   */
  constructor(members, { quorum, deadline = 10_000, deadlineOfDown = 1000, downFor = 60_000, ...options } = {}) {
    this.members = Object.freeze(members.map((member) => (member instanceof Server ? member : new Server(member, options))));
    const { length } = this.members;
    this.quorum = quorum ?? Math.floor(length / 2) + 1;
    if (length === 0) throw invalid("At least one server is needed.");
    const twice = this.names.find((name, index) => this.names.indexOf(name) !== index);
    if (twice !== undefined) throw invalid(`${twice} is given more than once: each server counts once.`);
    if (!Number.isInteger(this.quorum) || this.quorum < 1 || this.quorum > length) {
      throw invalid(`A quorum is from 1 to the number of servers, ${length}.`);
    }
    this.patience = { deadline, deadlineOfDown, downFor };
    this.#failed = this.members.map(() => null);
  }

  /** Their names: host, and port unless it is the scheme's. */
  get names() {
    return this.members.map(({ name }) => name);
  }

  /** All names, for people. */
  get name() {
    return this.names.join(", ");
  }

  /** Where this server stands in the list. @param {string} name @throws {LarimarError} `NoSuchServer` */
  indexOf(name) {
    const index = this.names.indexOf(name);
    if (index < 0) throw new LarimarError("NoSuchServer", `${name} is none of the configured servers.`, { server: name });
    return index;
  }

  /** Whether this one failed lately, and nothing better is known since. @param {number} index */
  isDown(index) {
    const since = this.#failed[index];
    return typeof since === "number" && Date.now() - since < this.patience.downFor;
  }

  /** This one failed then, as somebody else found out: the page before it was loaded anew, say. @param {number} index @param {number} [when] */
  noteDown(index, when = Date.now()) {
    this.#failed[index] = when;
  }

  /**
   * One after the other, in another order each time, until one answers or refuses. Those that were just down come last.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @returns {Promise<{ answer: T, server: Server, report: Answer<T>[] }>}
   * @throws {LarimarError} what the last one said, with `data.report`
   */
  async failover(call, options) {
    const report = this.#unasked();
    const order = shuffled(this.members.length);
    let last = invalid("At least one server is needed.");
    for (const index of [...order.filter((one) => !this.isDown(one)), ...order.filter((one) => this.isDown(one))]) {
      const answer = (report[index] = await this.#ask(index, call, options));
      if (answer.outcome === "answered") return { answer: answer.answer, server: this.#member(index), report };
      if (answer.outcome !== "failed") continue;
      last = answer.error;
      if (!OF_THE_SERVER.has(last.code)) break;
    }
    throw last;
  }

  /**
   * Asks all servers at once, and comes back as soon as a quorum gave the same answer, or cannot any more. For writes: what was begun goes on at the
   * other servers, and without a quorum it is not refused but *unknown*, to be said again with the same bytes.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {(answer: T) => unknown} key what has to be the same
   * @param {CallOptions} [options]
   * @returns {Promise<{ agreed: number[], report: Answer<T>[], whole: Promise<Answer<T>[]> }>} `agreed`: who gave the answer of the quorum, empty if there is
   *   none; `report`: what was heard until then; `whole`: what came of all of them
   */
  consensus(call, key, options) {
    /** @type {Map<unknown, number[]>} */
    const groups = new Map();
    return new Promise((resolve, reject) => {
      const decide = (/** @type {number} */ index, /** @type {Answer<T>[]} */ report) => {
        const heard = report[index];
        if (heard?.outcome === "answered") groups.set(key(heard.answer), [...(groups.get(key(heard.answer)) ?? []), index]);
        const most = [...groups.values()].reduce((one, other) => (other.length > one.length ? other : one), /** @type {number[]} */ ([]));
        const pending = report.filter(({ outcome }) => outcome === "pending").length;
        if (most.length >= this.quorum) resolve({ agreed: most, report: [...report], whole });
        else if (most.length + pending < this.quorum) resolve({ agreed: [], report: [...report], whole });
      };
      const whole = this.each(() => true, call, options, decide);
      whole.catch(reject);
    });
  }

  /**
   * Asks all servers at once, each until its deadline, and finds the answers of the highest rank.
   *
   * `rank` is `null` for an answer that is not to be believed. It should look at what the server cannot make up, such as a revision that the owner sealed;
   * whoever ranks by a server's own word, such as a time, lets any server win.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {(answer: T) => number | null} rank
   * @param {CallOptions} [options]
   * @returns {Promise<{ newest: number[], answer: T | undefined, report: Answer<T>[] }>} `newest`: the servers that have it, empty if no answer was believed
   */
  async newest(call, rank, options) {
    const report = await this.each(() => true, call, options);
    const ranks = report.map((one) => (one.outcome === "answered" ? rank(one.answer) : null));
    const highest = Math.max(...ranks.map((one) => one ?? -Infinity));
    const newest = ranks.flatMap((one, index) => (one !== null && one === highest ? [index] : []));
    const first = report[newest[0] ?? -1];
    return { newest, answer: first?.outcome === "answered" ? first.answer : undefined, report };
  }

  /**
   * Asks some of them at once, and waits for all of those, each until its deadline.
   * @template T
   * @param {(index: number) => boolean} whom
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @param {(index: number, report: Answer<T>[]) => void} [heard] told of each answer as it comes
   * @returns {Promise<Answer<T>[]>}
   */
  async each(whom, call, options, heard = () => {}) {
    const report = /** @type {Answer<T>[]} */ (this.names.map((server, index) => ({ server, took: null, outcome: whom(index) ? "pending" : "unasked" })));
    const asked = shuffled(this.members.length).filter(whom);
    await Promise.all(
      asked.map(async (index) => {
        report[index] = await this.#ask(index, call, options);
        heard(index, report);
      }),
    );
    return report;
  }

  /**
   * One server, until its deadline; how it is, is remembered.
   * @template T
   * @param {number} index
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @returns {Promise<Answer<T>>}
   */
  async #ask(index, call, { signal } = {}) {
    signal?.throwIfAborted();
    const server = this.#member(index);
    const { deadline, deadlineOfDown } = this.patience;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.isDown(index) ? Math.min(deadlineOfDown, deadline) : deadline);
    const ends = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    const over = new Promise((_, reject) => ends.addEventListener("abort", () => reject(ends.reason), { once: true }));
    const began = performance.now();
    /** @type {Answer<T>} */
    let heard;
    try {
      const answer = /** @type {T} */ (await Promise.race([call(server, { signal: ends }), over]));
      heard = { server: server.name, took: 0, outcome: "answered", answer };
    } catch (error) {
      signal?.throwIfAborted();
      if (!LarimarError.is(error) && !late.signal.aborted) throw error;
      const message = `${server.name} did not answer in time. It may have done what it was asked for; asking again is safe.`;
      heard = { server: server.name, took: 0, outcome: "failed", error: LarimarError.is(error) ? error : new LarimarError("Timeout", message, { server: server.name }) };
    } finally {
      clearTimeout(timer);
    }
    this.#failed[index] = heard.outcome === "failed" && OF_THE_SERVER.has(heard.error.code) ? Date.now() : null;
    return { ...heard, took: Math.round(performance.now() - began) };
  }

  /** @param {number} index */
  #member(index) {
    return /** @type {Server} */ (this.members[index]);
  }

  #unasked() {
    return this.names.map((server) => /** @type {Answer<any>} */ ({ server, took: null, outcome: "unasked" }));
  }
}

/** The numbers below this one, so that no server is asked first by everybody. @param {number} length */
function shuffled(length) {
  const order = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [/** @type {number} */ (order[other]), /** @type {number} */ (order[last])];
  }
  return order;
}

/** @param {string} message */
const invalid = (message) => new LarimarError("InvalidServers", message);
