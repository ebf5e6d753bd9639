/** A wallet's whole life in the browser, from the code in the mail to the deletion. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();

test("the whole story", { timeout: 300_000 }, async (t) => {
  const person = at.person({ answers: ["Fluffy the Cat"] });
  const { page, complaints } = await at.device(t);

  // create: a wrong code first, then a pasted one
  await tour.askCode(page, person.email);
  assert.match(await page.locator(".countdown").innerText(), /(30|29):\d\d/);
  const code = await at.larimard.code();
  await page.getByLabel("Code", { exact: true }).fill(`  ${code.toLowerCase()}\n`);
  assert.equal(await page.getByLabel("Code", { exact: true }).inputValue(), code);
  await tour.choose(page, "0000-0000-0000-0000", person);
  await tour.acknowledge(page);
  await page.getByRole("button", { name: "Create the wallet" }).click();
  await page.getByText("The code was not accepted").waitFor();
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
  await tour.acknowledge(page);
  await page.getByRole("button", { name: "Create the wallet" }).click();
  await page.getByRole("heading", { name: "Your wallet is ready" }).waitFor();
  const empty = JSON.parse(await tour.backup(page));
  assert.equal(empty.larimar_backup, 1);

  // entries
  await page.getByRole("link", { name: "Go to the entries" }).click();
  for (const name of ["bank", "router", "mail", "shop"]) await tour.addEntry(page, { name, secret: `${name}-secret`, note: `the ${name}` });
  await tour.state(page, "saved");
  assert.equal(await page.getByText("bank-secret").count(), 0, "hidden secrets are not in the page");
  assert.equal(await tour.secretOf(page, "bank"), "bank-secret");
  await page.getByRole("button", { name: "Copy the secret of router" }).click();
  await page.getByText("Copied the secret").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "router-secret");
  await page.getByLabel("Search names and notes").fill("the shop");
  assert.equal(await page.locator("li.entry").count(), 1);
  await page.getByLabel("Search names and notes").fill("");
  await tour.editEntry(page, "mail", { secret: "mail-secret-2" });
  await tour.deleteEntry(page, "shop");
  await tour.entry(page, "shop").waitFor({ state: "detached" });
  await page.locator(".said").getByRole("button", { name: "Undo" }).click();
  await tour.entry(page, "shop").waitFor();
  await tour.deleteEntry(page, "shop");
  await tour.state(page, "saved");

  // lock and unlock: the wrong password first, then cancelled, then the right one
  await tour.lock(page);
  assert.equal(await page.getByText("bank").count(), 0);
  await tour.tryUnlock(page, { ...person, password: "granite otter violin monday" });
  await page.getByText("No wallet for this combination").waitFor();
  await tour.tryUnlock(page, person);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Nothing was sent").waitFor();
  await tour.unlock(page, person, { remember: true });
  assert.equal(await tour.secretOf(page, "mail"), "mail-secret-2");
  await tour.lock(page);
  await page.reload();
  assert.equal(await page.getByLabel("E-mail address", { exact: true }).inputValue(), person.email);
  assert.equal(await page.getByLabel("Answer 1", { exact: true }).count(), 1);
  await tour.unlock(page, person, { remember: true });

  // who has been here
  await tour.go(page, "Accesses");
  await page.getByText("Last access before this one").first().waitFor();
  assert.ok((await page.getByText("127.0.0.1").count()) > 0);
  await page.getByRole("link", { name: /not me/ }).waitFor();
  const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /CSV/ }).first().click()]);
  assert.match(table.suggestedFilename(), /\.csv$/);

  // older versions
  await tour.go(page, "Versions");
  await page.getByRole("button", { name: /^Compare/ }).last().click();
  await page.getByRole("button", { name: /^Restore/ }).first().click();
  await page.getByText("current again").waitFor();
  await tour.state(page, "saved");
  await tour.go(page, "Entries");
  await page.getByRole("button", { name: "Undo" }).first().click();
  await tour.entry(page, "mail").waitFor();
  await tour.state(page, "saved");

  // backup and import
  await tour.go(page, "Backup");
  const full = await tour.backup(page);
  assert.ok(!full.includes("secret"));
  await tour.go(page, "Entries");
  await tour.deleteEntry(page, "bank");
  await tour.state(page, "saved");
  await tour.go(page, "Backup");
  await tour.importBackup(page, "{}");
  await page.getByText("no Larimar backup").waitFor();
  await tour.importBackup(page, full);
  await page.getByRole("button", { name: /^Restore/ }).click();
  await page.getByText("is restored").waitFor();
  await tour.go(page, "Entries");
  await tour.entry(page, "bank").waitFor();
  await tour.state(page, "saved");

  // a new password: the old one opens nothing, and the page says why
  const next = { ...person, password: "another quiet harbour 7" };
  await tour.changePassword(page, next);
  await tour.lock(page);
  await tour.tryUnlock(page, person);
  await page.getByText("This password was replaced by a new one").waitFor();
  await tour.unlock(page, next);
  assert.equal(await tour.secretOf(page, "bank"), "bank-secret");
  await tour.go(page, "Backup");
  await tour.importBackup(page, full);
  await page.getByText("made under another password").waitFor();

  // the end
  await tour.remove(page, person.email);
  await page.getByText("was deleted from").waitFor();
  await tour.tryUnlock(page, next);
  await page.getByText("This wallet was deleted on").waitFor();
  assert.deepEqual(complaints.filter((text) => !text.startsWith("warning")), []);
});

test("a wallet that locks itself", { timeout: 120_000 }, async (t) => {
  const person = at.person();
  const { page } = await at.device(t);
  await page.clock.install();
  await tour.create(page, person, () => at.larimard.code());
  await tour.go(page, "Settings");
  await page.getByLabel("Lock when not used for").selectOption("1 minute");
  await tour.go(page, "Entries");
  await page.clock.runFor(35_000);
  await page.getByText("The wallet locks in 30 seconds").waitFor();
  await page.clock.runFor(35_000);
  await page.getByText("The wallet locked itself").waitFor();
});

test("an address that has a wallet already can begin a new one", { timeout: 120_000 }, async (t) => {
  const { page, person } = await at.opened(t);
  await tour.lock(page);
  const again = { ...person, password: "forgotten the old one 9" };
  await tour.askCode(page, again.email);
  await tour.choose(page, await at.larimard.code(), again);
  await tour.acknowledge(page);
  await page.getByRole("button", { name: "Create the wallet" }).click();
  await page.getByText("already has a wallet here").waitFor();
  await page.getByLabel(/Give my address to a new, empty wallet/).check();
  await page.getByRole("button", { name: "Create the wallet" }).click();
  await page.getByRole("heading", { name: "Your wallet is ready" }).waitFor();
});
