// What scripts/demo-federation does with the library that browsers have: opens the wallet on all servers, adds an entry, says how each server is.
// node demo-federation.mjs EMAIL NAME SECRET URL URL URL, with the password on standard input
import { text } from "node:stream/consumers";
import { Servers, Wallet, advice, entriesToBytes, newEntryId, parseEntries } from "../web/dist/larimar-client.js";

const [email, name, secret, ...urls] = process.argv.slice(2);
const password = (await text(process.stdin)).trimEnd();
const wallet = await Wallet.unlock(new Servers(urls, { retries: 0 }), { email, password });
const say = () => {
  for (const line of wallet.report.lines) console.log(`${line.server}: ${line.verdict}${advice(line) ? `: ${advice(line)}` : ""}`);
};
say();
for (const entry of parseEntries(wallet.data).entries) console.log(`${entry.name}: ${"*".repeat(entry.secret.length)}`);
await wallet.edit((held) => {
  const { entries, ...rest } = parseEntries(held);
  return entriesToBytes({ ...rest, entries: [...entries, { id: newEntryId(), name, secret, updated: new Date().toISOString() }] });
});
await wallet.save();
await wallet.sync();
console.log("saved");
say();
await wallet.lock();
