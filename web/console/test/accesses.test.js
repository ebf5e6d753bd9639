/** Who has been here, and what is left behind: addresses, the table, the clipboard. */
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();

/** Asks for the wallet from another address. @param {string} url @param {string} publickey */
const askFromElsewhere = (url, publickey) =>
  new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", localAddress: "127.0.0.2", headers: { "content-type": "application/json" } }, (answer) => answer.resume().on("end", () => resolve(answer.statusCode)));
    call.on("error", reject).end(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "fetchWallet", params: { publickey } }));
  });

test("another address is named, and stands in the CSV", { timeout: 120_000 }, async (t) => {
  const { page, person, url } = await at.opened(t);
  await tour.go(page, "Settings");
  const publickey = await page.locator("dd.mono").innerText();
  await tour.lock(page);
  assert.equal(await askFromElsewhere(url, publickey), 200);
  await tour.unlock(page, person);
  await page.getByText("another address than yours now").waitFor();
  await tour.go(page, "Accesses");
  await page.getByRole("row", { name: /127\.0\.0\.2.*new this week/ }).first().waitFor();
  await page.getByRole("row", { name: /127\.0\.0\.1.*yours now/ }).first().waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as CSV" }).click()]);
  const [head, ...rows] = (await tour.textOf(file)).trimEnd().split("\r\n");
  assert.equal(head, "time,address,method,outcome");
  assert.equal(rows.filter((row) => /^\d{4}-\d\d-\d\dT[\d:.]+Z,127\.0\.0\.2,fetchWallet,ok$/.test(row)).length, 1);
  assert.ok(rows.some((row) => /,127\.0\.0\.1,createWallet,ok$/.test(row)));
});

test("the clipboard is emptied after 30 seconds", { timeout: 120_000 }, async (t) => {
  const person = at.person();
  const { page } = await at.device(t);
  await page.clock.install();
  await tour.create(page, person, () => at.larimard.code());
  await page.getByRole("link", { name: "Go to the entries" }).click();
  await tour.addEntry(page, { name: "bank", secret: "for a while" });
  await page.getByRole("button", { name: "Copy the secret of bank" }).click();
  await page.getByText("Copied the secret").waitFor();
  const held = () => page.evaluate(() => navigator.clipboard.readText());
  await page.clock.runFor(25_000);
  assert.equal(await held(), "for a while");
  await page.clock.runFor(6000);
  assert.equal(await held(), "");
});
