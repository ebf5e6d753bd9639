/** Without the server: the page opens, the wallet opens, changes are kept and sent later. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();

test("the server stops and starts in between", { timeout: 180_000 }, async (t) => {
  const { page, person, context } = await at.opened(t);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  await at.larimard.stop();
  await tour.addEntry(page, { name: "offline", secret: "two" });
  await tour.state(page, "offline");
  await page.getByRole("button", { name: "Save now" }).waitFor();

  await page.reload();
  await tour.unlock(page, person);
  await tour.state(page, "offline");
  assert.equal(await tour.secretOf(page, "offline"), "two");
  await tour.go(page, "Accesses");
  await page.getByText("The server cannot be reached").first().waitFor();
  await tour.go(page, "Entries");

  // nobody has to press anything
  await at.larimard.start();
  await tour.state(page, "saved");
  const other = await at.device(t);
  await tour.unlock(other.page, person);
  assert.equal(await tour.secretOf(other.page, "offline"), "two");
  assert.ok(context);
});

test("a wallet that this device does not know cannot be opened without the server", { timeout: 120_000 }, async (t) => {
  const { page } = await at.device(t);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await at.larimard.stop();
  t.after(() => at.larimard.start());
  await page.reload();
  await tour.tryUnlock(page, at.person());
  await page.getByText("this device remembers no wallet").waitFor();
});
