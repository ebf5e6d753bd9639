/**
 * Hundreds of random schedules: two devices change a wallet at once, and break off, while servers fail and lie and the network loses things.
 *
 * What a device writes is the set of all changes that it has seen, and one more. So a change is lost if a later content does not have it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../src/bytes.js";
import { LarimarError, Servers, Wallet, memoryCache } from "../src/index.js";
import { LIARS, Model, random } from "./model.js";
import { keys } from "./people.js";

const ROUNDS = 5;

/** @param {Uint8Array} plaintext */
const read = (plaintext) => new Set(new TextDecoder().decode(plaintext).split(" ").filter(Boolean));
/** @param {Iterable<string>} changes */
const written = (changes) => utf8([...changes].join(" "));

/** A device of a test: its memory is what lives on. */
class Device {
  cache = memoryCache();
  /** @type {Wallet | null} */
  wallet = null;
  seen = 0;

  /** @param {Servers} servers @param {number} person */
  constructor(servers, person) {
    this.servers = servers;
    this.person = person;
  }

  async open() {
    this.wallet ??= await Wallet.unlock(this.servers, await keys(this.person), { cache: this.cache });
    return this.wallet;
  }

  /** As if the page were closed, whatever it was doing. */
  async breaksOff() {
    await this.wallet?.lock();
    this.wallet = null;
  }

  /** Fetches, brings together what there is, adds a change, saves. @param {string} change @returns {Promise<Set<string>>} what is acknowledged */
  async changes(change) {
    const wallet = await this.open();
    await wallet.sync().catch(expected);
    await this.#together(wallet);
    await wallet.edit((held) => written(read(held).add(change)));
    await wallet.save().catch(async (error) => {
      notConflict(error);
      await this.#together(wallet);
      await wallet.save();
    });
    // it was closed between the last answer and this look
    if (wallet.stored === null) return new Set();
    const { revision } = wallet.stored;
    assert.ok(revision >= this.seen, `went back from ${this.seen} to ${revision}`);
    this.seen = revision;
    return read(wallet.data);
  }

  /** @param {Wallet} wallet */
  async #together(wallet) {
    for (let times = 0; wallet.conflict && times < 6; times++) {
      const { conflict } = wallet;
      await wallet.resolve(conflict, written([...read(conflict.mine), ...read(conflict.theirs)])).catch(notConflict);
      await wallet.sync().catch(notConflict);
    }
  }

  /** Everything that it knows of, brought together. */
  async looks() {
    const wallet = await this.open();
    await wallet.sync().catch(notConflict);
    await this.#together(wallet);
    return wallet;
  }
}

/** @param {unknown} error */
function notConflict(error) {
  if (!LarimarError.is(error, "Conflict")) throw error;
}

/** What may happen on the way. @param {unknown} error */
function expected(error) {
  if (!LarimarError.is(error)) throw error;
}

/** @param {number} seed @param {number} count @param {number} quorum @param {number} liars */
async function schedule(seed, count, quorum, liars) {
  const dice = random(seed);
  const one = (/** @type {any[]} */ list) => list[Math.floor(dice() * list.length)];
  const models = Array.from({ length: count }, (_, index) => new Model(index, seed));
  /** @type {{ up: boolean }[]} */
  const ways = [];
  const group = () => {
    const own = models.map(() => ({ up: true }));
    ways.push(...own);
    return new Servers(models.map((model, index) => model.client(/** @type {{ up: boolean }} */ (own[index]))), { quorum, deadline: 60_000, deadlineOfDown: 60_000 });
  };
  const person = 9000 + seed;
  const code = Object.fromEntries(models.map(({ name }) => [name, "code"]));
  const devices = [new Device(group(), person), new Device(group(), person)];
  const [first] = /** @type {[Device, Device]} */ (devices);
  first.wallet = await Wallet.create(first.servers, await keys(person), { code, data: utf8(""), cache: first.cache });
  const honest = models.slice(0, count - liars);
  for (const liar of models.slice(count - liars)) liar.nature = one(LIARS);
  const loss = dice() * 0.05;
  for (const model of models) model.loss = loss;
  /** @type {Set<string>} */
  const acknowledged = new Set();
  let [changes, saves, over] = [0, 0, false];
  const weather = (async () => {
    while (!over) {
      if (dice() < 0.1) one(honest).nature = dice() < 0.3 ? "down" : "honest";
      // devices are cut off from different servers
      one(ways).up = dice() < 0.5;
      await new Promise((resolve) => setTimeout(resolve, dice() * 60));
    }
  })();
  await Promise.all(
    devices.map(async (device) => {
      for (let round = 0; round < ROUNDS; round++) {
        const doing = device.changes(`${++changes}`).then((stored) => {
          saves++;
          for (const change of stored) acknowledged.add(change);
        }, expected);
        if (dice() < 0.25) {
          await new Promise((resolve) => setTimeout(resolve, dice() * 150));
          await device.breaksOff();
        }
        await doing;
        await new Promise((resolve) => setTimeout(resolve, dice() * 100));
      }
    }),
  );
  over = true;
  await weather;
  // the storm is over
  for (const model of models) model.loss = 0;
  for (const way of ways) way.up = true;
  for (const model of honest) model.nature = "honest";
  for (const device of devices) await device.breaksOff();
  // a new device may be the first that sees all of them
  if (dice() < 0.5) await new Device(group(), person).looks().catch(expected);
  // each brings in what it still had of its own, and then all are of one mind
  for (let times = 0; times < 2; times++) for (const device of devices) await device.looks().catch(expected);
  if (2 * quorum <= count + liars) return saves;
  const contents = [];
  for (const device of [...devices, new Device(group(), person)]) {
    const wallet = await device.looks();
    assert.deepEqual([wallet.state, wallet.conflict], ["saved", null]);
    contents.push([...read(wallet.data)].sort());
    const lost = [...acknowledged].filter((change) => !read(wallet.data).has(change));
    assert.deepEqual(lost, [], "acknowledged, and lost");
    await device.breaksOff();
  }
  assert.deepEqual(contents[0], contents[1]);
  assert.deepEqual(contents[1], contents[2]);
  return saves;
}

/** @param {number} times @param {number} count @param {number} quorum @param {number} liars */
async function schedules(times, count, quorum, liars) {
  const all = process.env["LARIMAR_FULL"] === "1" ? 20 * times : times;
  let saves = 0;
  const seeds = Array.from({ length: all }, (_, index) => 1000 * (count * 100 + quorum * 10 + liars) + index);
  const next = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      saves += await schedule(seed, count, quorum, liars).catch((error) => {
        throw new Error(`schedule ${seed} of ${count} servers, quorum ${quorum}, ${liars} liars: ${error.message}`, { cause: error });
      });
    }
  };
  await Promise.all(Array.from({ length: 4 }, next));
  // or nothing was tried
  assert.ok(saves > all / 4, `${saves} saves in ${all} schedules`);
}

test("three honest servers lose nothing", () => schedules(60, 3, 2, 0));
test("five honest servers lose nothing", () => schedules(20, 5, 3, 0));
test("one liar among four changes nothing", () => schedules(60, 4, 3, 1));
test("one liar among three is not believed", () => schedules(40, 3, 2, 1));
