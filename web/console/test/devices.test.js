/** Two windows, two devices: nobody's changes are lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();

test("what one window changes, the other shows", { timeout: 120_000 }, async (t) => {
  const { page, context, person, url } = await at.opened(t);
  const second = await context.newPage();
  await tour.visit(second, url);
  await tour.unlock(second, person);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.entry(second, "bank").waitFor();
  await tour.editEntry(second, "bank", { secret: "two" });
  await tour.state(second, "saved");
  await page.waitForTimeout(300);
  assert.equal(await tour.secretOf(page, "bank"), "two");
});

test("two devices that change different entries at once keep both, without a question", { timeout: 120_000 }, async (t) => {
  const { page, person } = await at.opened(t);
  const other = await at.device(t);
  await tour.unlock(other.page, person);
  await other.context.setOffline(true);
  await tour.addEntry(other.page, { name: "written offline", secret: "b" });
  await tour.addEntry(page, { name: "written online", secret: "a" });
  await tour.state(page, "saved");
  await other.context.setOffline(false);
  await tour.entry(other.page, "written online").waitFor();
  await tour.state(other.page, "saved");
  await tour.entry(page, "written offline").waitFor();
});

test("two devices that change the same entry see both sides, and choose", { timeout: 120_000 }, async (t) => {
  const { page, person } = await at.opened(t);
  await tour.addEntry(page, { name: "bank", secret: "before", note: "" });
  await tour.state(page, "saved");
  const other = await at.device(t);
  await tour.unlock(other.page, person);
  await other.context.setOffline(true);
  await tour.editEntry(other.page, "bank", { secret: "of the other" });
  await tour.editEntry(page, "bank", { secret: "of the first" });
  await tour.state(page, "saved");
  await other.context.setOffline(false);
  await tour.state(other.page, "conflict");
  await other.page.getByRole("link", { name: "Compare and choose" }).click();
  await other.page.getByRole("heading", { name: "Two devices changed the same entry" }).waitFor();
  const [mine] = await Promise.all([other.page.waitForEvent("download"), other.page.getByRole("button", { name: /Download this device/ }).click()]);
  assert.ok(mine);
  await other.page.getByLabel(/Keep both/).check();
  await other.page.getByRole("button", { name: /Save/ }).click();
  await tour.state(other.page, "saved");
  await page.waitForFunction(() => document.querySelectorAll("li.entry").length === 2);
  const secrets = [];
  const hidden = page.getByRole("button", { name: /^Show the secret of/ });
  while (await hidden.count()) await hidden.first().click();
  for (const code of await page.locator("li.entry code").all()) secrets.push(await code.innerText());
  assert.deepEqual(secrets.sort(), ["of the first", "of the other"]);
});

test("a password that was changed elsewhere is told at once", { timeout: 120_000 }, async (t) => {
  const { page, person } = await at.opened(t);
  const other = await at.device(t);
  await tour.unlock(other.page, person);
  await tour.changePassword(page, { password: "another quiet harbour 7" });
  await other.page.getByRole("heading", { name: "The password was changed elsewhere" }).waitFor();
  await other.page.getByRole("button", { name: /Lock/ }).last().click();
  await other.page.getByRole("heading", { name: "Unlock your wallet" }).waitFor();
});
