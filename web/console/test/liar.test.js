/** A server that lies is named, what it says is not shown, and what this device has can be put back. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Larimard, liar } from "../../client/test/larimard.js";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();
const honest = (/** @type {string} */ _, /** @type {any} */ answer) => answer;

/** Tells of this blob whenever it is asked for one. @param {Buffer} blob */
const tells = (blob) => (/** @type {string} */ method, /** @type {any} */ answer) => {
  if (method !== "fetchWallet" || !answer.result) return answer;
  const local_hash = createHash("sha256").update(blob).digest("hex");
  return { ...answer, result: { ...answer.result, modified: true, encrypted_data: blob.toString("base64"), local_hash } };
};

test("a changed, an older, and another's blob", { timeout: 240_000 }, async (t) => {
  const between = await liar(at.larimard.url, honest);
  t.after(() => between.end());
  /** @type {Buffer[]} */
  const seen = [];
  between.say((method, answer, params) => {
    if (params?.encrypted_data && answer.result) seen.push(Buffer.from(params.encrypted_data, "base64"));
    return answer;
  });
  const foreigner = await at.opened(t, { url: between.url });
  const foreign = seen.at(-1);
  await foreigner.context.close();
  const { page, person } = await at.opened(t, { url: between.url });
  const older = seen.at(-1);
  await tour.addEntry(page, { name: "bank", secret: "genuine" });
  await tour.state(page, "saved");
  const current = seen.at(-1);
  assert.ok(foreign && older && current);
  const changed = Buffer.from(current);
  changed[40] = (changed[40] ?? 0) ^ 1;
  const name = new URL(between.url).host;

  for (const [blob, says] of /** @type {[Buffer, string][]} */ ([[changed, "sent a damaged wallet"], [foreign, "sent a damaged wallet"], [older, "went back to an older state"]])) {
    between.say(tells(blob));
    await tour.lock(page);
    await tour.unlock(page, person);
    await page.getByText(`${name} ${says}`).waitFor();
    assert.equal(await tour.secretOf(page, "bank"), "genuine");
  }
  between.say(honest);
  await page.getByRole("button", { name: "Ask the server again" }).click();
  await tour.state(page, "saved");

  // a device that knows nothing of the wallet shows nothing of a blob that is not genuine
  between.say(tells(changed));
  const fresh = await at.device(t, { url: between.url });
  await tour.tryUnlock(fresh.page, person);
  await fresh.page.getByText(`${name} sent a damaged wallet`).waitFor();
  assert.equal(await fresh.page.getByText("bank").count(), 0);
});

test("the newer state is put back", { timeout: 180_000 }, async (t) => {
  const own = await Larimard.start('limits.exempt=["127.0.0.0/8"]');
  t.after(() => own.end());
  const { page } = await at.device(t, { url: own.url });
  const person = at.person();
  await tour.create(page, person, () => own.code());
  await page.getByRole("link", { name: "Go to the entries" }).click();
  await own.stop();
  // what an operator does who brings yesterday's copy back
  const [data, copy] = ["data", "yesterday"].map((name) => join(own.home, name));
  await cp(String(data), String(copy), { recursive: true, filter: (path) => !path.endsWith("control") });
  await own.start();
  await tour.addEntry(page, { name: "bank", secret: "genuine" });
  await tour.state(page, "saved");
  await own.stop();
  await rm(String(data), { recursive: true });
  await rename(String(copy), String(data));
  await own.start();
  await tour.lock(page);
  await tour.unlock(page, person);
  await page.getByText("went back to an older state").waitFor();
  assert.equal(await tour.secretOf(page, "bank"), "genuine");
  await page.getByRole("button", { name: "Put the newer state back on the server" }).click();
  await tour.state(page, "saved");
  const other = await at.device(t, { url: own.url });
  await tour.unlock(other.page, person);
  assert.equal(await tour.secretOf(other.page, "bank"), "genuine");
});
