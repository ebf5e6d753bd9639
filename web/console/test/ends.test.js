/** What this window did itself is not laid to somebody else, and what nobody explains is named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Larimard, liar } from "../../client/test/larimard.js";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();
const honest = (/** @type {string} */ _, /** @type {any} */ answer) => answer;

/** The connection breaks, so many times, after the server did it. @param {string} lost @param {number} times */
const loses = (lost, times) => (/** @type {string} */ method, /** @type {any} */ answer) => (method === lost && times-- > 0 ? undefined : answer);

test("an own new password whose answer was lost", { timeout: 180_000 }, async (t) => {
  const between = await liar(at.larimard.url, honest);
  t.after(() => between.end());
  const { page, person } = await at.opened(t, { url: between.url });
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  between.say(loses("changePassword", 4));
  const next = { ...person, password: "another quiet harbour 7" };
  await tour.changePassword(page, next);
  assert.equal(await page.getByText("elsewhere").count(), 0);
  await page.getByRole("link", { name: "Go to the entries" }).click();
  await tour.addEntry(page, { name: "router", secret: "two" });
  await tour.state(page, "saved");
  await tour.lock(page);
  await tour.unlock(page, next);
  assert.equal(await tour.secretOf(page, "router"), "two");
});

test("an own deletion whose answer was lost", { timeout: 180_000 }, async (t) => {
  const { page, person, context } = await at.opened(t);
  await tour.lock(page);
  await tour.unlock(page, person, { remember: true });
  // not by a server in between: what is signed for a deletion is for one name
  let times = 4;
  await context.route(at.larimard.url, async (route) => {
    if (!route.request().postData()?.includes("deleteWallet") || times-- <= 0) return route.fallback();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await tour.remove(page, person.email);
  await page.getByText("was deleted from").waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("larimar person")), null);
});

test("a server that no longer has the wallet, and does not say why", { timeout: 180_000 }, async (t) => {
  const between = await liar(at.larimard.url, honest);
  t.after(() => between.end());
  const { page, person } = await at.opened(t, { url: between.url });
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  await tour.lock(page);
  between.say((method, answer) =>
    method === "fetchWallet" ? { jsonrpc: "2.0", id: answer.id, error: { code: 4040, message: "no such wallet", data: { name: "WalletNotFound" } } } : answer,
  );
  await tour.unlock(page, person);
  await page.getByText("no longer has this wallet").first().waitFor();
  assert.equal(await tour.secretOf(page, "bank"), "one");
  between.say(honest);
  await page.getByRole("button", { name: "Ask the server again" }).click();
  await tour.state(page, "saved");
});

test("the password was changed elsewhere, and this device has what was never stored", { timeout: 180_000 }, async (t) => {
  const { page, person } = await at.opened(t);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  const other = await at.device(t);
  await tour.unlock(other.page, person);
  await other.context.setOffline(true);
  await tour.addEntry(other.page, { name: "never stored", secret: "two" });
  await tour.state(other.page, "offline");
  await tour.lock(other.page);
  await tour.changePassword(page, { password: "another quiet harbour 7" });
  await other.context.setOffline(false);
  await tour.tryUnlock(other.page, person);
  await other.page.getByText("changes that were never stored").waitFor();
  const [file] = await Promise.all([other.page.waitForEvent("download"), other.page.getByRole("button", { name: /Download what is here/ }).click()]);
  assert.match(await tour.textOf(file), /never stored/);
});

test("a server that gives no new wallets says so, and does not blame the address", { timeout: 60_000 }, async (t) => {
  const closed = await Larimard.start('limits.exempt=["127.0.0.0/8"]', "registration.mode=closed");
  t.after(() => closed.end());
  const { page } = await at.device(t, { url: closed.url });
  await page.getByRole("link", { name: "Create a wallet" }).click();
  await page.getByRole("heading", { name: "Create a wallet" }).waitFor();
  await page.getByLabel("E-mail address", { exact: true }).fill("anybody@example.com");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByText("This server gives no new wallets.").waitFor();
});
