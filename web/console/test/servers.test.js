/** A wallet on three servers, in the console: one may be away, come late or lie, and it is said what to do. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launch } from "../../client/test/chromium.js";
import { Larimard, liar } from "../../client/test/larimard.js";
import { listen } from "./house.js";
import * as tour from "./tour.js";

/** @typedef {import("playwright-core").Page} Page */

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Larimard[]} */
let larimards = [];
/** @type {Awaited<ReturnType<typeof liar>>[]} */
let wires = [];
let people = 0;
const three = [0, 1, 2];
const all = () => true;
/** @param {number} index */
const urlOf = (index) => wires[index]?.url ?? "";
/** @param {number} index */
const nameOf = (index) => new URL(urlOf(index)).host;
/** @type {(method: string, answer: any) => any} */
function honest(_, answer) {
  return answer;
}

before(async () => {
  browser = await launch();
  // the wires first: by their addresses the servers are called
  wires = await Promise.all(three.map((index) => liar(() => larimards[index]?.url ?? "", honest)));
  const start = (/** @type {number} */ index) => {
    const peers = three.filter((other) => other !== index).map((other) => `"${urlOf(other)}"`);
    return Larimard.start('limits.exempt=["127.0.0.0/8"]', `server.names=["${nameOf(index)}"]`, `console.peers=[${peers}]`);
  };
  larimards = await Promise.all(three.map(start));
});
after(async () => {
  await browser.close();
  await Promise.all([...larimards, ...wires].map((one) => one.end()));
});
beforeEach(heal);

function heal() {
  for (const wire of wires) wire.say(honest), wire.cut(() => false);
}

/** @param {number} index */
const code = async (index) => (await larimards[index]?.code()) ?? "";

/** @param {import("node:test").TestContext} t @param {import("playwright-core").BrowserContextOptions} [options] */
async function device(t, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = listen(page);
  await tour.visit(page, urlOf(0));
  return { context, page, complaints };
}

const person = () => ({ email: `person${++people}@example.com`, password: "granite otter violin sunday" });

/** Ticks all servers. @param {Page} page */
async function tickAll(page) {
  for (const index of three) await page.getByLabel(nameOf(index)).check();
}

/** A wallet on all three, or on those; ends at the entries. @param {Page} page @param {ReturnType<typeof person>} who */
async function create(page, who, on = three) {
  await page.getByRole("link", { name: "Create a wallet" }).click();
  await page.getByRole("heading", { name: "Create a wallet" }).waitFor();
  await tickAll(page);
  await page.getByLabel("E-mail address", { exact: true }).fill(who.email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByRole("heading", { name: "Enter the code" }).waitFor();
  for (const index of on) await page.getByLabel(`Code from ${nameOf(index)}`).fill(await code(index));
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Choose a password" }).waitFor();
  await tour.newPassword(page, who.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Security answers" }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await tour.acknowledge(page);
  await page.getByRole("button", { name: "Create the wallet" }).click();
  await page.getByRole("heading", { name: "Your wallet is ready" }).waitFor();
  await page.getByRole("link", { name: "Go to the entries" }).click();
}

/** @param {Page} page @param {ReturnType<typeof person>} who */
async function unlock(page, who) {
  await tickAll(page);
  await tour.unlock(page, who);
}

/** @param {Page} page */
async function goToServers(page) {
  await tour.go(page, "Settings");
  await page.getByRole("link", { name: /servers$/ }).last().click();
  await page.getByRole("heading", { name: "Servers", exact: true }).waitFor();
}

/** @param {Page} page @param {number} index */
const card = (page, index) => page.locator("ul.servers > li", { has: page.getByRole("heading", { name: nameOf(index) }) });
/** @param {Page} page @param {number} index @param {string} verdict */
const verdict = (page, index, verdict) => card(page, index).locator(`.verdict.${verdict}`).waitFor();

test("the story: two codes, the third comes late; one is lost; a new device", { timeout: 180_000 }, async (t) => {
  const who = person();
  const { page, complaints } = await device(t);
  await create(page, who, [0, 1]);
  await page.getByText("One of your servers needs a look.").waitFor();
  await page.getByRole("link", { name: "Look at the servers" }).click();
  await verdict(page, 0, "ok");
  await verdict(page, 2, "behind");
  await page.getByText("2 of 3 servers have what you see.").waitFor();
  await card(page, 2).getByRole("button", { name: "Have a code sent" }).click();
  await card(page, 2).getByText("A message with a code is on its way").waitFor();
  await card(page, 2).getByLabel(`Code from ${nameOf(2)}`).fill("7K3M-Q2WX-9FHT-B4ZC");
  await card(page, 2).getByRole("button", { name: "Keep it here, too" }).click();
  await card(page, 2).getByText("The code was not accepted").waitFor();
  await card(page, 2).getByRole("button", { name: "Have a code sent" }).or(card(page, 2).getByRole("button", { name: "Send another code" })).click();
  await page.waitForTimeout(300);
  await card(page, 2).getByLabel(`Code from ${nameOf(2)}`).fill(await code(2));
  await card(page, 2).getByRole("button", { name: "Keep it here, too" }).click();
  await verdict(page, 2, "ok");
  await page.getByText("3 of 3 servers have what you see.").waitFor();

  // any one of them may be lost
  wires[1]?.cut(all);
  await tour.go(page, "Entries");
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  const other = await device(t);
  await unlock(other.page, who);
  assert.equal(await tour.secretOf(other.page, "bank"), "one");
  await goToServers(other.page);
  await verdict(other.page, 1, "down");
  await card(other.page, 1).getByText("Try again later; if it stays, take another server in its place.").waitFor();
  heal();
  await other.page.getByRole("button", { name: "Look again" }).click();
  await card(other.page, 1).getByText("Was behind, and is brought up to date.").waitFor();
  assert.deepEqual([...complaints, ...other.complaints].filter((line) => !/ERR_|WebSocket/.test(line)), []);
});

test("a server that lies is named, and nothing of it is taken", { timeout: 120_000 }, async (t) => {
  const who = person();
  const { page } = await device(t);
  await create(page, who);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  wires[1]?.say((method, answer) => (method === "fetchWallet" ? { ...answer, result: { ...answer.result, encrypted_data: "TFJNMQ==", modified: true } } : answer));
  await goToServers(page);
  await page.getByRole("button", { name: "Look again" }).click();
  await verdict(page, 1, "lying");
  await card(page, 1).getByText("Do not believe it").waitFor();
  await tour.go(page, "Entries");
  assert.equal(await tour.secretOf(page, "bank"), "one");
  await page.getByText("One of your servers needs a look.").waitFor();
});

test("with too few servers changes wait, and are stored when more are back", { timeout: 120_000 }, async (t) => {
  const who = person();
  const { page } = await device(t);
  await create(page, who);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  for (const index of [1, 2]) wires[index]?.cut(all);
  await tour.editEntry(page, "bank", { secret: "two" });
  await page.locator(".chip", { hasText: "Too few servers, not saved" }).waitFor();
  await page.getByText("Not saved yet").waitFor();
  heal();
  // unless it has noticed by itself
  await page.getByRole("button", { name: "Save now" }).click({ timeout: 2000 }).catch(() => {});
  await tour.state(page, "saved");
  const other = await device(t);
  await unlock(other.page, who);
  assert.equal(await tour.secretOf(other.page, "bank"), "two");
});

test("two devices on different servers: both changes are compared, and the choice is stored on all", { timeout: 120_000 }, async (t) => {
  const who = person();
  const { page, context } = await device(t);
  await create(page, who);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  const other = await device(t);
  await unlock(other.page, who);
  await context.setOffline(true);
  await tour.editEntry(page, "bank", { secret: "mine" });
  await tour.editEntry(other.page, "bank", { secret: "theirs" });
  await tour.state(other.page, "saved");
  await context.setOffline(false);
  await tour.state(page, "conflict");
  await goToServers(page);
  await page.getByRole("link", { name: "Compare and choose" }).first().click();
  await page.getByRole("radio", { name: "Keep this device’s" }).check();
  await page.getByRole("button", { name: "Save my choices" }).click();
  await tour.state(page, "saved");
  const third = await device(t);
  await unlock(third.page, who);
  assert.equal(await tour.secretOf(third.page, "bank"), "mine");
});

test("a wallet on one server comes to be on more, and leaves one", { timeout: 120_000 }, async (t) => {
  const who = person();
  const { page } = await device(t);
  await tour.create(page, who, () => code(0));
  await page.getByRole("link", { name: "Go to the entries" }).click();
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  await goToServers(page);
  await page.getByText("Your wallet is on one server.").waitFor();
  for (const index of [1, 2]) {
    await page.getByRole("button", { name: `Keep it there, too: ${nameOf(index)}` }).click();
    await verdict(page, index, "behind");
    await card(page, index).getByRole("button", { name: "Have a code sent" }).click();
    await card(page, index).getByText("A message with a code is on its way").waitFor();
    await card(page, index).getByLabel(`Code from ${nameOf(index)}`).fill(await code(index));
    await card(page, index).getByRole("button", { name: "Keep it here, too" }).click();
    await verdict(page, index, "ok");
  }
  await tour.go(page, "Entries");
  await tour.editEntry(page, "bank", { secret: "two" });
  await tour.state(page, "saved");
  await goToServers(page);
  await page.getByRole("button", { name: `Take it off this list: ${nameOf(0)}` }).click();
  await card(page, 0).waitFor({ state: "detached" });
  await tour.lock(page);
  // this device remembers which they are
  assert.deepEqual(await Promise.all(three.map((index) => page.getByLabel(nameOf(index)).isChecked())), [false, true, true]);
  wires[0]?.cut((method) => method !== "");
  await tour.unlock(page, who);
  assert.equal(await tour.secretOf(page, "bank"), "two");
});

test("a new password, and the deletion, on all of them", { timeout: 180_000 }, async (t) => {
  const who = person();
  const { page } = await device(t);
  await create(page, who);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  wires[2]?.cut(all);
  await tour.changePassword(page, { password: "another otter violin monday" });
  await page.getByText(`Not yet on ${nameOf(2)}`).waitFor();
  heal();
  await goToServers(page);
  await page.getByRole("button", { name: "Look again" }).click();
  await card(page, 2).getByText("Was behind, and is brought up to date.").waitFor();
  const other = await device(t);
  await tickAll(other.page);
  await tour.tryUnlock(other.page, who);
  await other.page.getByText("This password was replaced by a new one").waitFor();
  await unlock(other.page, { ...who, password: "another otter violin monday" });
  assert.equal(await tour.secretOf(other.page, "bank"), "one");
  wires[1]?.cut((method) => method === "deleteWallet");
  await tour.remove(other.page, who.email);
  await other.page.getByText(`but for ${nameOf(1)}`).waitFor();
  heal();
  await tour.tryUnlock(other.page, { ...who, password: "another otter violin monday" });
  await other.page.getByText("This wallet was deleted on").waitFor();
  await page.getByText("The wallet was deleted elsewhere").waitFor();
});

for (const [width, colorScheme] of /** @type {[number, "light" | "dark"][]} */ ([[320, "light"], [1280, "dark"]])) {
  test(`at ${width} pixels, ${colorScheme}: nothing to complain of`, { timeout: 120_000 }, async (t) => {
    const who = person();
    const { page } = await device(t, { viewport: { width, height: 700 }, colorScheme });
    const look = async (/** @type {string} */ what) => {
      if (process.env["PICTURES"]) await page.screenshot({ path: `${process.env["PICTURES"]}/servers-${what}-${width}-${colorScheme}.png`, fullPage: true });
      assert.deepEqual([await tour.violations(page), await tour.sideways(page)], [[], 0], what);
    };
    await tickAll(page);
    await look("unlock");
    wires[2]?.cut((method) => method === "requestCode");
    await page.getByRole("link", { name: "Create a wallet" }).click();
    await page.getByRole("heading", { name: "Create a wallet" }).waitFor();
    await look("choice");
    await page.getByLabel("E-mail address", { exact: true }).fill(who.email);
    await page.getByRole("button", { name: "Send me a code" }).click();
    await page.getByText(`No code was sent by ${nameOf(2)}`).waitFor();
    await look("codes");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("four groups of four").first().waitFor();
    await look("codes missing");
    for (const index of [0, 1]) await page.getByLabel(`Code from ${nameOf(index)}`).fill(await code(index));
    await page.getByRole("button", { name: "Continue" }).click();
    await tour.newPassword(page, who.password);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Security answers" }).waitFor();
    await page.getByRole("button", { name: "Continue" }).click();
    await tour.acknowledge(page);
    await page.getByRole("button", { name: "Create the wallet" }).click();
    await page.getByRole("link", { name: "Go to the entries" }).click();
    await look("entries");
    wires[1]?.say(() => "garbage");
    await goToServers(page);
    await page.getByRole("button", { name: "Look again" }).click();
    await verdict(page, 1, "down");
    await look("page");
    wires[0]?.cut(all), wires[2]?.cut(all);
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByText("Too few servers answered to be certain").waitFor();
    await look("too few");
  });
}
