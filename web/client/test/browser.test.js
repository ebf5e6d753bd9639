/** The library in Chromium, as a page from another origin gets it from a real server. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch, serving } from "./chromium.js";
import { Larimard } from "./larimard.js";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {Larimard} */
let larimard;

before(async () => {
  [browser, larimard] = await Promise.all([launch(), Larimard.start('limits.exempt=["127.0.0.0/8"]')]);
});
after(async () => {
  await browser.close();
  await larimard.end();
});

/**
 * A page from another origin than the server's, and what it complains of.
 * @param {import("node:test").TestContext} t
 * @param {string} html
 */
async function foreign(t, html) {
  const site = await serving(html);
  const context = await browser.newContext();
  t.after(async () => (await context.close(), site.end()));
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(site.url);
  return { page, complaints };
}

test("the worked examples of the protocol, in Chromium", { timeout: 120_000 }, async (t) => {
  const vectors = JSON.parse(await readFile(new URL("../../../tests/vectors/larimar-v1.json", import.meta.url), "utf8"));
  const { page, complaints } = await foreign(t, "<!doctype html><title>vectors</title>");
  for (const vector of vectors) {
    const found = await page.evaluate(
      async ({ vector, library }) => {
        const { deriveKeys, blobDigest, deleteWalletDigest, changePasswordDigest } = await import(library);
        const hex = (/** @type {Uint8Array} */ bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const bytes = (/** @type {string} */ text) => Uint8Array.from(text.match(/../g) ?? [], (digits) => parseInt(digits, 16));
        /** @type {number[]} */
        const told = [];
        const keys = await deriveKeys(vector, { onProgress: (/** @type {number} */ fraction) => told.push(fraction) });
        const blob = await keys.seal(vector.revision, new TextEncoder().encode(vector.plaintext), bytes(vector.nonce));
        const move = vector.change_password;
        const moved = bytes(move.encrypted_data_hex);
        const next = await deriveKeys({ ...vector, password: move.new_password });
        const opened = new TextDecoder("utf-8", { ignoreBOM: true }).decode((await keys.open(blob)).plaintext);
        return {
          told: told.length,
          publickey: keys.publicKey,
          encrypted_data_hex: hex(blob),
          local_hash: hex(blobDigest(blob)),
          signature: keys.sign(blobDigest(blob)),
          plaintext: opened,
          deletion: keys.sign(deleteWalletDigest(vector.delete.server, vector.local_hash)),
          new_publickey: next.publicKey,
          old_signature: keys.sign(changePasswordDigest(move.new_publickey, moved)),
          new_signature: next.sign(blobDigest(moved)),
        };
      },
      { vector, library: `${larimard.url}/larimar-client.js` },
    );
    const { told, deletion, new_publickey, old_signature, new_signature, ...rest } = found;
    assert.ok(told > 0 && told < 500, `${told} reports of progress`);
    assert.equal(deletion, vector.delete.signature);
    const { change_password: move } = vector;
    assert.deepEqual({ new_publickey, old_signature, new_signature }, { new_publickey: move.new_publickey, old_signature: move.old_signature, new_signature: move.new_signature });
    for (const [name, value] of Object.entries(rest)) assert.equal(value, vector[name], `${vector.name}: ${name}`);
  }
  assert.deepEqual(complaints, []);
});

test("the README's page works when it is pasted, from another origin", { timeout: 60_000 }, async (t) => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const html = readme.match(/```html\n([\s\S]*?)```/)?.[1]?.replaceAll("http://127.0.0.1:8330", larimard.url);
  assert.ok(html);
  const { page, complaints } = await foreign(t, html);
  const press = async (/** @type {string} */ name, /** @type {string} */ says) => {
    await page.getByRole("button", { name, exact: true }).click();
    await page.waitForFunction((says) => document.getElementById("status")?.textContent?.startsWith(says), says);
  };
  await page.getByLabel("E-mail").fill("readme@example.com");
  await page.getByLabel("Password").fill("correct horse");
  await press("Send me a code", "The code is on its way.");
  await page.getByLabel("Code").fill(await larimard.code());
  await page.locator("#note").fill("buy milk");
  await press("Create", "Created.");
  await page.locator("#note").fill("buy more milk");
  await press("Save", "Saved.");

  await page.reload();
  await page.getByLabel("E-mail").fill("readme@example.com");
  await page.getByLabel("Password").fill("wrong horse");
  await press("Open", "There is no wallet");
  await page.getByLabel("Password").fill("correct horse");
  await press("Open", "Open.");
  assert.equal(await page.locator("#note").inputValue(), "buy more milk");

  // the page is loaded, and the server goes: what this device remembers opens, changes are kept, and sent later
  await larimard.stop();
  await press("Open", "Open, without the server.");
  await page.locator("#note").fill("buy all the milk");
  await press("Save", larimard.url.slice("http://".length));
  await larimard.start();
  await press("Save", "Saved.");
  const remembered = await page.evaluate(async () => {
    const database = await new Promise((resolve) => (indexedDB.open("larimar").onsuccess = (event) => resolve(/** @type {any} */ (event.target).result)));
    const all = await new Promise((resolve) => (database.transaction("wallets").objectStore("wallets").getAll().onsuccess = (/** @type {any} */ event) => resolve(event.target.result)));
    const text = JSON.stringify(all, (_, value) => (value instanceof Uint8Array ? String.fromCharCode(...value) : value));
    return { text, storage: JSON.stringify([localStorage, sessionStorage, location.href]) };
  });
  assert.ok(remembered.text.includes("LRM1"));
  for (const secret of ["milk", "horse", "readme@"]) assert.ok(!JSON.stringify(remembered).includes(secret), secret);
  assert.deepEqual(complaints.filter((text) => !text.includes("ERR_CONNECTION_REFUSED")), []);
});

test("deriving in the worker can be cancelled, and does not stop the page", async (t) => {
  const { page } = await foreign(t, "<!doctype html><title>cancel</title>");
  const outcome = await page.evaluate(async (library) => {
    const { deriveKeys } = await import(library);
    let frames = 0;
    let running = true;
    const count = () => running && (frames++, setTimeout(count, 10));
    count();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 150);
    const error = await deriveKeys({ email: "a@example.com", password: "x" }, { signal: stop.signal }).catch((/** @type {any} */ error) => error);
    running = false;
    return { name: error.name, frames };
  }, `${larimard.url}/larimar-client.js`);
  assert.equal(outcome.name, "AbortError");
  assert.ok(outcome.frames > 3, "the page went on");
});
