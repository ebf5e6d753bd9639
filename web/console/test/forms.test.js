/** What is typed is not lost: not by another device, not by another view, not by a slow server and a lock. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { liar } from "../../client/test/larimard.js";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();
const pause = (/** @type {number} */ milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("a form hands over what was typed there, and another device keeps its own field", { timeout: 180_000 }, async (t) => {
  const { page, person } = await at.opened(t);
  await tour.addEntry(page, { name: "bank", secret: "one", note: "old" });
  await tour.state(page, "saved");
  const other = await at.device(t);
  await tour.unlock(other.page, person);

  await page.getByRole("button", { name: "Edit bank" }).click();
  const form = page.locator("form.entry-form");
  await form.getByLabel("Note", { exact: true }).fill("typed here");
  await tour.editEntry(other.page, "bank", { secret: "of the other" });
  await tour.state(other.page, "saved");
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector(".entry-form input[type=password]"))?.value === "of the other");
  await form.getByRole("button", { name: "Save the entry" }).click();
  await tour.state(page, "saved");
  assert.equal(await tour.secretOf(page, "bank"), "of the other");
  await tour.entry(page, "bank").getByText("typed here").waitFor();
  // or the next change there would be made from the one before
  await tour.entry(other.page, "bank").getByText("typed here").waitFor();

  // the same field: both are shown, and nothing goes without a word
  await page.getByRole("button", { name: "Edit bank" }).click();
  await form.getByLabel("Note", { exact: true }).fill("mine");
  await tour.editEntry(other.page, "bank", { note: "theirs" });
  await page.getByText("another device changed the note").waitFor();
  await form.getByText("theirs").waitFor();
  assert.equal(await form.getByLabel("Note", { exact: true }).inputValue(), "mine");

  // neither Escape nor another view drops it, and no other form takes its place
  await page.keyboard.press("Escape");
  await tour.go(page, "Accesses");
  await tour.go(page, "Entries");
  assert.equal(await form.getByLabel("Note", { exact: true }).inputValue(), "mine");
  assert.ok(await page.getByRole("button", { name: "Add an entry" }).isDisabled());
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByRole("button", { name: "Stay open" }).click();

  // deleted there: it is a new one here
  await tour.deleteEntry(other.page, "bank");
  await page.getByText("deleted elsewhere").waitFor();
  await form.getByRole("button", { name: "Add the entry" }).click();
  await tour.entry(page, "bank").getByText("mine").waitFor();
  await tour.state(page, "saved");
});

test("an edit while the server is slow, then the lock: it is still there", { timeout: 180_000 }, async (t) => {
  const between = await liar(at.larimard.url, (_, answer) => answer);
  t.after(() => between.end());
  const { page, person } = await at.opened(t, { url: between.url });
  between.say(async (method, answer) => {
    if (method === "saveWallet") await pause(20_000);
    return answer;
  });
  await tour.addEntry(page, { name: "sent", secret: "a" });
  await tour.state(page, "saving");
  await tour.addEntry(page, { name: "not sent", secret: "b" });
  await tour.lock(page);
  assert.equal(await page.getByText("not sent").count(), 0);
  between.say((_, answer) => answer);
  await tour.unlock(page, person);
  await tour.entry(page, "sent").waitFor();
  assert.equal(await tour.secretOf(page, "not sent"), "b");
  await tour.state(page, "saved");
});

test("an entry that is added while two devices are brought together", { timeout: 180_000 }, async (t) => {
  const between = await liar(at.larimard.url, (_, answer) => answer);
  t.after(() => between.end());
  const { page, person } = await at.opened(t);
  const other = await at.device(t, { url: between.url });
  await tour.unlock(other.page, person);
  await other.context.setOffline(true);
  await tour.addEntry(other.page, { name: "offline", secret: "a" });
  await tour.state(other.page, "offline");
  await tour.addEntry(page, { name: "online", secret: "b" });
  await tour.state(page, "saved");
  between.say(async (_, answer) => {
    await pause(1500);
    return answer;
  });
  await other.context.setOffline(false);
  await pause(500);
  await tour.addEntry(other.page, { name: "meanwhile", secret: "c" });
  for (const name of ["offline", "online", "meanwhile"]) {
    await tour.entry(other.page, name).waitFor();
    await tour.entry(page, name).waitFor();
  }
  assert.equal(await other.page.getByText("Compare and choose").count(), 0);
});

test("a browser that keeps nothing: what would be lost is said, and asked before the lock", { timeout: 120_000 }, async (t) => {
  const { page, context } = await at.opened(t);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await context.setOffline(true);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "offline");
  await page.getByText("lost when this page is closed").first().waitFor();
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByText("Changes that are not stored yet would be lost").waitFor();
  await page.getByRole("button", { name: "Stay open" }).click();
  await context.setOffline(false);
  await tour.state(page, "saved");
  await tour.lock(page);
});

test("a browser without any storage: the same is said", { timeout: 120_000 }, async (t) => {
  const { page, context } = await at.device(t);
  await context.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { value: undefined }));
  await page.reload();
  const person = at.person();
  await tour.create(page, person, () => at.larimard.code());
  await page.getByRole("link", { name: "Go to the entries" }).click();
  await context.setOffline(true);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "offline");
  await page.getByText("lost when this page is closed").first().waitFor();
  await context.setOffline(false);
  await tour.state(page, "saved");
});
