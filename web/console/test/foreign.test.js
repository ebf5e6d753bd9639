/** What another program keeps in a wallet is neither shown as if it were empty, nor lost. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Server, Wallet, memoryCache } from "larimar-client";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();

test("something else is offered for download, and replaced only on demand", { timeout: 120_000 }, async (t) => {
  const person = at.person();
  const server = new Server(at.larimard.url);
  await server.requestCode(person.email);
  const data = Uint8Array.of(0, 1, 2, 255);
  const wallet = await Wallet.create(server, person, { code: await at.larimard.code(), data, cache: memoryCache() });
  const { page } = await at.device(t);
  await tour.unlock(page, person);
  await page.getByRole("heading", { name: "This wallet holds something else" }).waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /Download it/ }).click()]);
  assert.deepEqual(new Uint8Array(await readFile(await file.path())), data);
  await wallet.sync();
  assert.deepEqual(wallet.data, data, "looking changed nothing");

  await page.getByRole("button", { name: "Begin a list of entries instead" }).click();
  await page.getByRole("button", { name: "Leave it as it is" }).click();
  await page.getByRole("button", { name: "Begin a list of entries instead" }).click();
  await page.getByRole("button", { name: "Put an empty list in its place" }).click();
  await tour.addEntry(page, { name: "bank", secret: "s" });
  await tour.state(page, "saved");
  // and it is among the older versions
  const [, ...older] = await wallet.versions();
  const opened = await Promise.all(older.map(({ local_hash }) => wallet.version(local_hash)));
  assert.ok(opened.some(({ plaintext }) => Buffer.from(data).equals(plaintext)));
});
