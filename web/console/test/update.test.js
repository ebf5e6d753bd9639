/** A new version of the page: never under an open wallet, never by halves, and soon after. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { liar } from "../../client/test/larimard.js";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();
const sha256 = (/** @type {string} */ text) => createHash("sha256").update(text).digest("hex");
const LATER = "\n.larimar-later { --version: later; }\n";

test("it waits for the lock, then every window has it", { timeout: 120_000 }, async (t) => {
  const css = await (await fetch(`${at.larimard.url}/console.css`)).text();
  let later = false;
  const between = await liar(at.larimard.url, (_, answer) => answer, (path, text) => {
    if (!later) return text;
    if (path === "/console.css") return text + LATER;
    return path === "/sw.js" ? text.replace(sha256(css), sha256(css + LATER)) : text;
  });
  t.after(() => between.end());
  const { page, context, person } = await at.opened(t, { url: between.url });
  await page.evaluate(() => navigator.serviceWorker.ready);
  const idle = await context.newPage();
  await tour.visit(idle, between.url);

  later = true;
  await page.evaluate(() => /** @type {any} */ (window).before = true);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await page.waitForTimeout(500);
  const isLater = (/** @type {import("playwright-core").Page} */ window) =>
    window.evaluate(() => [...document.styleSheets].some((sheet) => [...sheet.cssRules].some(({ cssText }) => cssText.startsWith(".larimar-later"))));
  assert.equal(await isLater(page), false);
  assert.equal(await isLater(idle), false);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");

  await page.getByRole("button", { name: "Lock", exact: true }).click();
  for (const window of [page, idle]) {
    await window.waitForFunction(() => [...document.styleSheets].some((sheet) => [...sheet.cssRules].some(({ cssText }) => cssText.startsWith(".larimar-later"))));
  }
  await tour.unlock(page, person);
  assert.equal(await tour.secretOf(page, "bank"), "one");
  assert.equal((await page.evaluate(() => caches.keys())).length, 1);
});
