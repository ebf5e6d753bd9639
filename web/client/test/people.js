/** People with wallets, on a real server that a file of tests has for itself. */
import { after, before } from "node:test";
import { utf8 } from "../src/bytes.js";
import { keysOfSeed } from "../src/derive.js";
import { Keys, Server, Wallet, memoryCache } from "../src/index.js";
import { Larimard } from "./larimard.js";

/** @type {Larimard} */
export let larimard;
let people = 0;

before(async () => void (larimard = await Larimard.start('limits.exempt=["127.0.0.0/8"]')));
after(() => larimard.end());

/** The number of somebody new. */
export const nextPerson = () => ++people;

/** Keys without scrypt, the same for the same number. @param {number} number */
export function keys(number) {
  const { signing, encryption } = keysOfSeed(Uint8Array.from({ length: 32 }, (_, index) => (number >> (8 * (index % 4))) + index));
  return Keys.of(signing, encryption);
}

/** A new wallet that holds "one". */
export async function created({ cache = memoryCache(), at = larimard.url, from = larimard } = {}) {
  const person = nextPerson();
  const server = new Server(at, { retries: 0 });
  await server.requestCode(`person${person}@example.com`);
  const code = await from.code();
  const wallet = await Wallet.create(server, await keys(person), { code, data: utf8("one"), cache });
  return { wallet, person, server, cache };
}

/** @param {Wallet} wallet */
export const text = (wallet) => new TextDecoder().decode(wallet.data);
