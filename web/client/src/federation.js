/**
 * One wallet on several servers, none of which is believed (PROTOCOL.md, section 7). What it holds is the newest that *opens* under the owner's keys, and
 * never less than what this device saw; who is behind is brought up to it. A save is begun only on what a quorum has, and replaces nothing that its maker did not know.
 * Two contents of the same revision are both returned, and nothing is chosen. What cannot be promised is in the README, *Several servers*.
 */
import { fromBase64, same, toBase64, toHex } from "./bytes.js";
import { changesOfAll } from "./changes.js";
import { LarimarError } from "./error.js";
import { finishChange } from "./federation-change.js";
import { deleteAll, finishDelete } from "./federation-delete.js";
import { firstOf, heldInstead, noAnswer, noQuorum, underWay, unknown, withoutQuorum } from "./federation-error.js";
import { judge, topOf } from "./judgement.js";
import { creation, codeOf, openVersion } from "./keeper.js";
import { blobDigest } from "./keys.js";
import { writeLines } from "./report.js";
import { FARTHEST_OF_SEVERAL } from "./revisions.js";
import { got, headOf, refused, seatsOf } from "./seats.js";
import { together } from "./statistics.js";
import { confirm, openBlob } from "./trust.js";
import { leadsOver, nothingYet, onTheWay, withHeads } from "./way.js";

/** @typedef {import("./keeper.js").Found} Found */
/** @typedef {import("./keeper.js").Looked} Looked */
/** @typedef {import("./keeper.js").Sealed} Sealed */
/** @typedef {import("./report.js").Head} Head */
/** @typedef {import("./report.js").Line} Line */
/** @typedef {import("./rpc.js").CallOptions} CallOptions */
/** @typedef {import("./seats.js").Seat} Seat */
/** @typedef {import("./server.js").Server} Server */
/** @typedef {import("./trust.js").State} State */
/** @typedef {import("./way.js").Several} Several */

/**
 * What each server did the last time, and how that is to be taken. `certain`: so many answered that one of them must have seen whatever a quorum confirmed;
 * `rolledBack`: the highest revision of the servers, if it is lower than what this device saw; `holders`: how many have what the wallet holds.
 * @typedef {{ lines: Line[], quorum: number, holders: number, certain: boolean, rolledBack: number | null }} Shown
 */

/** How often a server may name another base before it is let be. */
const TRIES = 3;

export class Federation {
  /** @type {Omit<Shown, "quorum">} */
  #shown = { lines: [], holders: 0, certain: true, rolledBack: null };
  /** What each server had when it was last asked. @type {(Head | null)[]} */
  heads;
  /** @type {Several} */
  memory = nothingYet();

  /**
   * @param {import("./servers.js").Servers} servers
   * @param {import("./keys.js").Keys} keys
   * @param {import("./device.js").Device} device
   * @param {() => void} tell that there is something new to report
   */
  constructor(servers, keys, device, tell = () => {}) {
    this.servers = servers;
    this.keys = keys;
    this.device = device;
    this.tell = tell;
    this.heads = servers.members.map(() => null);
  }

  get name() {
    return this.servers.name;
  }

  get quorum() {
    return this.servers.quorum;
  }

  /** What is remembered of the wallet on one of them alone is taken over. @param {import("./device.js").Device} device */
  inherit(device) {
    return device.inherit(this.servers.names);
  }

  /** @returns {Shown} */
  get report() {
    return { ...this.#shown, quorum: this.quorum };
  }

  /** What of this some of them had when they were last asked. @param {string[]} hashes @returns {Head[]} */
  having(hashes) {
    return this.heads.filter((head) => head !== null).filter(({ hash }) => hashes.includes(hash));
  }

  /**
   * What the wallet holds; servers that were behind are brought up to it, and what was begun before is finished, as far as servers let it.
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @returns {Promise<Looked>}
   * @throws {LarimarError} `WalletNotFound`, `NoAnswer`, `ChangeUnderWay`
   */
  async look(known, options) {
    const { statistics, ...found } = await this.#look(known, options);
    return { statistics, open: async () => found };
  }

  /**
   * A quorum has stored this in place of `base`. Comes back as soon as that is certain. Nothing is replaced that `base` does not know, but older contents. It is begun only
   * if a quorum has what is in `base`: else two devices that each reach other servers could both go on, and the one with more changes would win.
   * @param {Sealed} sealed
   * @param {Head[]} grounded what it was made from
   * @param {CallOptions} [options]
   * @returns {Promise<{ updated: string }>}
   * @throws {LarimarError} `NoQuorum`, with no change sent; `Conflict`; `Unknown`; what all servers refused it with
   */
  async save(sealed, grounded, options) {
    const base = grounded.toSorted((a, b) => b.revision - a.revision);
    await this.recall();
    if (this.memory.change?.from === this.keys.publicKey) throw underWay();
    // what it is itself may be on some servers already
    const grounds = [...base, { revision: base[0]?.revision ?? 0, hash: sealed.hash }];
    if (this.#held(grounds) < this.quorum) {
      const { opened, others } = await this.#look(null, options, { base, sealed });
      const newest = [opened, ...others].filter(({ revision }) => revision === opened.revision);
      if (!newest.every((one) => grounds.some(({ hash }) => hash === one.hash))) throw new LarimarError("Conflict", "The wallet was changed meanwhile.");
    }
    const held = this.#held(grounds);
    if (held < this.quorum) throw noQuorum(held, this.quorum);
    await this.remember((several) => onTheWay(several, ...base));
    const [head, revision] = [headOf(sealed), base[0]?.revision ?? 0];
    const params = this.signed(sealed.blob);
    // what a server has and the maker of this has not looked at is not replaced
    const original = (/** @type {Head | null | undefined} */ at) => (at && (grounds.some(({ hash }) => hash === at.hash) || leadsOver(this.memory, at, revision)) ? at : base[0]);
    const asked = await this.servers.consensus((server, within) => this.#replace(server, params, original(this.heads[this.servers.indexOf(server.name)]), revision, within), () => "", options);
    this.confirmed(asked.report, head);
    const late = asked.whole.then((report) => this.confirmed(report, head));
    // nobody may be there to wait for the rest
    late.catch(() => {});
    if (asked.agreed.length > 0) {
      await this.remember((several) => onTheWay(several, head));
      const first = asked.report[asked.agreed[0] ?? 0];
      return first?.outcome === "answered" ? first.answer : { updated: "" };
    }
    await late;
    throw withoutQuorum(await asked.whole, this.quorum);
  }

  /**
   * The wallet exists, with the same bytes, on every server that took its code. With fewer than a quorum it can be read, and not changed until enough are added.
   * @param {Sealed} sealed
   * @param {{ code: string | Record<string, string>, replace: boolean }} with_ codes by the servers' names
   * @param {CallOptions} [options]
   * @returns {Promise<{ created: string, updated: string }>}
   * @throws {LarimarError} `WalletExists` if there is one already; `Unknown`; what the servers refused it with
   */
  async create(sealed, { code, replace }, options) {
    const remembered = await this.recall();
    const seats = await seatsOf(this.servers, this.keys, {}, options);
    if (topOf(seats, remembered ? [remembered] : [], this.quorum).length > 0) {
      throw new LarimarError("WalletExists", "There is a wallet for this password already. A server that has none yet is brought in with its code.");
    }
    const has = (/** @type {number} */ index) => Boolean(codeOf(code, this.servers.names[index] ?? ""));
    const report = await this.servers.each(has, (server, within) => this.#create(server, sealed.blob, { code: codeOf(code, server.name) ?? "", replace }, within), options);
    this.confirmed(report, headOf(sealed));
    this.#shown.lines = this.#shown.lines.map((line, index) => (has(index) ? line : { ...line, verdict: "behind" }));
    const first = report.find((one) => one.outcome === "answered");
    if (first?.outcome === "answered") {
      const begun = this.#shown.holders < this.quorum;
      await this.remember((several) => ({ ...(begun ? several : onTheWay(several, headOf(sealed))), deleted: null, begun }));
      return first.answer;
    }
    throw firstOf(report, sealed.revision) ?? unknown(0, this.quorum);
  }

  /**
   * This server has the wallet in its present state; the code is spent.
   * @param {string} name
   * @param {{ code: string, replace?: boolean }} with_
   * @param {CallOptions} [options]
   * @throws {LarimarError} `Conflict` for a fork; `Stale` if its key held a higher revision there once: the others have to go above that first
   */
  async add(name, { code, replace = false }, options) {
    const index = this.servers.indexOf(name);
    const { opened, others } = await this.#look(null, options);
    if (others.length > 0) throw new LarimarError("Conflict", "The servers have different changes. Choose first, then add the server.");
    const bring = async (/** @type {Sealed} */ { blob }) => {
      const report = await this.servers.each((one) => one === index, (server, within) => this.#create(server, blob, { code, replace }, within), options);
      return { report, answer: report[index] };
    };
    let [head, { report, answer }] = [headOf(opened), await bring(opened)];
    const error = answer?.outcome === "failed" ? answer.error : null;
    const told = Number(error?.data["revision"]);
    // a wallet that this device has just begun, on fewer servers than could have confirmed another change, goes above that there
    if (error?.code === "Stale" && this.memory.begun && this.#shown.certain && told <= opened.revision + FARTHEST_OF_SEVERAL) {
      const blob = await this.keys.seal(told + 1, opened.plaintext);
      head = { revision: told + 1, hash: toHex(blobDigest(blob)) };
      ({ report, answer } = await bring({ blob, ...head }));
    }
    if (answer?.outcome === "failed") throw answer.error;
    this.heads[index] = head;
    const lines = this.#shown.lines.map((line, one) => (one === index ? writeLines(report, head)[index] ?? line : line));
    this.#shown = { ...this.#shown, lines, holders: this.#held([head]) };
    await this.remember((several) => withHeads(several, [[name, head]]));
    this.tell();
  }

  /**
   * The wallet is gone from a quorum of the servers; the rest are told whenever this device looks.
   * @param {Head} looked what was looked at
   * @param {CallOptions} [options]
   */
  remove(looked, options) {
    return deleteAll(this, looked, options);
  }

  /** What was stored before, on any of them, newest first. @param {CallOptions} [options] */
  async versions(options) {
    const report = await this.servers.each(() => true, (server, within) => server.listVersions(this.keys.publicKey, within), options);
    const isVersion = (/** @type {any} */ one) => typeof one?.local_hash === "string" && typeof one.saved === "string" && typeof one.bytes === "number";
    const all = report.flatMap((one) => (one.outcome === "answered" ? one.answer.versions.filter(isVersion) : []));
    if (!report.some(({ outcome }) => outcome === "answered")) throw firstOf(report) ?? noAnswer();
    const current = this.heads.find((head) => head && this.#held([head]) >= this.quorum)?.hash;
    const byHash = new Map(all.map((version) => [version.local_hash, { ...version, current: version.local_hash === current }]));
    return [...byHash.values()].sort((a, b) => Number(b.current) - Number(a.current) || (a.saved < b.saved ? 1 : -1));
  }

  /**
   * @param {string} hash
   * @param {CallOptions} [options]
   */
  async version(hash, options) {
    const report = await this.servers.each(() => true, (server, within) => openVersion(server, this.keys, hash, within), options);
    const first = report.find((one) => one.outcome === "answered");
    if (first?.outcome !== "answered") throw firstOf(report) ?? noAnswer();
    return first.answer;
  }

  /** The changes that any server tells of. @param {import("./changes.js").ChangesOptions} [options] */
  changes(options) {
    return changesOfAll(this.servers.members, this.keys.publicKey, options);
  }

  /**
   * What this device remembers, opened; windows share what they remember.
   * @returns {Promise<State | null>}
   */
  async recall() {
    const found = await this.device.recall();
    if (found?.several) this.memory = found.several;
    // another window may have come to the end of what this one knows
    else if (!found && this.device.readable) this.memory = nothingYet();
    for (const [index, name] of this.servers.names.entries()) {
      const since = this.memory.failed[name];
      if (since !== undefined && !this.servers.isDown(index)) this.servers.noteDown(index, since);
    }
    if (!found?.stored) return null;
    return openBlob({ name: "this device" }, this.keys, found.stored.blob, found.stored).catch(() => null);
  }

  /** @param {(several: Several) => Several} change */
  async remember(change) {
    this.memory = change(this.memory);
    await this.device.noteSeveral(change);
  }

  /**
   * What `saveWallet` takes.
   * @param {Uint8Array} blob
   */
  signed(blob) {
    return { encrypted_data: toBase64(blob), signature: this.keys.sign(blobDigest(blob)) };
  }

  /**
   * What each server has is the base of what it is told next.
   * @param {Seat[]} seats
   * @param {Omit<Shown, "lines" | "quorum">} [how]
   */
  note(seats, how = { holders: 0, certain: true, rolledBack: null }) {
    this.heads = seats.map(({ line }) => line.head);
    this.#shown = { ...how, lines: seats.map(({ line }) => line) };
    const failed = Object.fromEntries(this.servers.names.flatMap((name, index) => (this.servers.isDown(index) ? [[name, Date.now()]] : [])));
    this.tell();
    // of what nobody has, nothing is remembered
    if (!this.heads.some(Boolean) && this.memory.deleted === null && !this.memory.change) return;
    void this.remember((several) => ({ ...withHeads(several, seats.map(({ line }) => [line.server, line.head])), failed }));
  }

  /**
   * Those who answered have it, by their own word.
   * @param {import("./servers.js").Answer<unknown>[]} report
   * @param {Head} head
   */
  confirmed(report, head) {
    const did = report.map(({ outcome }) => outcome === "answered");
    this.heads = this.heads.map((before, index) => (did[index] && (before?.revision ?? 0) <= head.revision ? head : before));
    this.show(report, head);
    void this.remember((several) => withHeads(several, report.map(({ server }, index) => [server, did[index] ? head : null])));
  }

  /**
   * What each server did with a write is what is shown, unless a later one is shown already.
   * @param {import("./servers.js").Answer<unknown>[]} report
   * @param {Head} head
   */
  show(report, head) {
    if (this.heads.some((one) => one && one.revision > head.revision)) return;
    this.#shown = { lines: writeLines(report, head, this.#shown.lines), holders: this.#held([head]), certain: true, rolledBack: null };
    this.tell();
  }

  /**
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @param {{ base: Head[], sealed: Sealed }} [chosen] what the owner has chosen, and over what
   * @returns {Promise<Found & { statistics: import("./server.js").Statistics }>}
   */
  async #look(known, options, chosen) {
    const remembered = [known, await this.recall()].filter((one) => one !== null);
    if (this.memory.change?.from === this.keys.publicKey) throw underWay();
    const seats = await seatsOf(this.servers, this.keys, this.memory.heads, options);
    await finishChange(this, seats, options);
    await finishDelete(this, seats, options);
    const top = topOf(seats, remembered, this.quorum);
    const holders = (/** @type {State} */ one) => seats.filter(({ content }) => content?.hash === one.hash).length;
    // what this device has already goes first, then what most have
    const most = top.toSorted((a, b) => Number(b.hash === known?.hash) - Number(a.hash === known?.hash) || holders(b) - holders(a))[0];
    if (!most) throw this.#nothing(seats);
    const ofServers = Math.max(0, ...seats.map(({ content }) => content?.revision ?? 0));
    const answered = seats.filter(({ has, line }) => (has === "content" || has === "nothing") && line.was !== "moved");
    const certain = answered.length > seats.length - this.quorum;
    const seen = Math.max(0, ...remembered.map(({ revision }) => revision));
    const rolledBack = certain && seen > ofServers ? ofServers : null;
    const strays = judge(this.memory, seats, top);
    // Of a fork nothing is chosen before the owner does. Then who is behind gets one of the sides, above which the choice goes: until a quorum is past
    // all lower revisions, an unseen device could still have one of those confirmed.
    const isKnown = top.every(({ hash }) => chosen?.base.some((head) => head.hash === hash));
    if (top.length === 1) await this.#bringUp(seats, most, options);
    else if (chosen && isKnown) await this.#bringUp(seats, await this.#taken(top, chosen.sealed) ?? most, options);
    this.note(seats, { holders: holders(most), certain, rolledBack });
    const held = holders(most) >= this.quorum;
    if (top.length === 1 && held) await this.remember((several) => ({ ...onTheWay(several, headOf(most)), begun: false }));
    const [times] = seats.flatMap(({ content }) => (content?.hash === most.hash && content.updated !== "" ? [content] : []));
    const opened = { ...most, created: times?.created ?? most.created, updated: times?.updated ?? most.updated };
    const others = [...top.filter((one) => one !== most), ...strays];
    return { opened, others, held, statistics: together(seats.flatMap(({ statistics }) => statistics ?? [])) };
  }

  /**
   * The one of these that the owner has chosen, if it is one of them as it is.
   * @param {State[]} top
   * @param {Sealed} choice
   */
  async #taken(top, choice) {
    const { plaintext } = await this.keys.open(choice.blob);
    const taken = top.find((one) => same(one.plaintext, plaintext));
    plaintext.fill(0);
    return taken;
  }

  /**
   * The server has this content in place of `original`, or of what it says that it has instead, if that may be replaced.
   * @param {Server} server
   * @param {{ encrypted_data: string, signature: string }} params
   * @param {Head | undefined} original
   * @param {number} base
   * @param {CallOptions} within
   * @returns {Promise<{ updated: string }>}
   */
  async #replace(server, params, original, base, within) {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await server.saveWallet(original ? { ...params, original_local_hash: original.hash } : params, within);
        confirm(server, answer, this.keys, fromBase64(params.encrypted_data));
        return answer;
      } catch (error) {
        const instead = heldInstead(error);
        // the way is that of all windows: what is newer than the base, the maker of this has not seen
        if (tries === TRIES || !instead || instead.hash === original?.hash || instead.revision > base || !leadsOver(this.memory, instead, base)) throw error;
        original = instead;
      }
    }
  }

  /**
   * @param {Server} server
   * @param {Uint8Array} blob
   * @param {{ code: string, replace: boolean }} with_
   * @param {CallOptions} within
   */
  async #create(server, blob, with_, within) {
    const answer = await server.createWallet(creation(this.keys, blob, with_), within);
    confirm(server, answer, this.keys, blob);
    return answer;
  }

  /**
   * Every server that had less, on the way to the newest, has it now or says why not.
   * @param {Seat[]} seats
   * @param {State} newest
   * @param {CallOptions} [options]
   */
  async #bringUp(seats, newest, options) {
    const behind = seats.map(({ line }) => line.verdict !== "conflict" && line.head !== null && line.head.revision < newest.revision);
    const params = this.signed(newest.blob);
    const report = await this.servers.each(
      (index) => behind[index] === true,
      (server, within) => this.#replace(server, params, seats[this.servers.indexOf(server.name)]?.line.head ?? undefined, newest.revision, within),
      options,
    );
    for (const [index, seat] of seats.entries()) {
      const answer = report[index];
      if (answer?.outcome === "answered") got(seat, newest);
      if (answer?.outcome === "failed") refused(seat, answer.error);
    }
  }

  /**
   * How many servers have what the newest of these is, as far as is known.
   * @param {Head[]} base
   */
  #held(base) {
    const newest = Math.max(0, ...base.map(({ revision }) => revision));
    const hashes = base.filter(({ revision }) => revision === newest).map(({ hash }) => hash);
    return this.heads.filter((head) => head && hashes.includes(head.hash)).length;
  }

  /** @param {Seat[]} seats */
  #nothing(seats) {
    this.note(seats);
    const none = seats.filter(({ has }) => has === "nothing");
    if (none.length === 0) return noAnswer();
    const gone = none.filter(({ line }) => line.was);
    // what fewer say may be a lie
    const { was, error } = (gone.length > seats.length - this.quorum ? gone[0] : undefined)?.line ?? {};
    const message = "None of the servers has a wallet for these keys. Check the e-mail address, the password and the answers.";
    return new LarimarError("WalletNotFound", message, { data: was ? { was, since: error?.data["since"] } : {} });
  }
}
