/** The page itself: its policy, what it keeps, and that everybody can use it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { liar } from "../../client/test/larimard.js";
import { house, listen } from "./house.js";
import * as tour from "./tour.js";

const at = house();

// what the page's own script tries; a test's `evaluate` would not be held by the policy
const ATTEMPTS = `
;(async () => {
  const tried = {};
  const attempt = async (name, work) => { try { tried[name] = String(await work()) } catch (error) { tried[name] = error.name } };
  await attempt("eval", () => eval("1 + 1"));
  await attempt("function", () => new Function("return 2")());
  await attempt("html", () => { document.createElement("div").innerHTML = "<b>x</b>"; return "set" });
  await attempt("worker", () => { new Worker("/console.js"); return "started" });
  await attempt("blob worker", () => { new Worker(URL.createObjectURL(new Blob([""]))); return "started" });
  await attempt("policy", () => { trustedTypes.createPolicy("other", {}); return "made" });
  await attempt("second policy", () => { trustedTypes.createPolicy("larimar", {}); return "made" });
  await attempt("elsewhere", () => fetch(ELSEWHERE).then(() => "fetched"));
  await attempt("image", () => new Promise((resolve, reject) => { const image = new Image(); image.onload = () => resolve("shown"); image.onerror = () => reject(new TypeError("image")); image.src = ELSEWHERE + "/icon.svg"; }));
  await attempt("script", () => new Promise((resolve, reject) => { const script = document.createElement("script"); script.text = "window.ran = true"; document.head.append(script); resolve(window.ran ?? "refused"); }));
  await attempt("frame", () => { const frame = document.createElement("iframe"); frame.src = "/"; document.body.append(frame); return frame.contentDocument?.body?.childElementCount ?? "refused"; });
  window.tried = tried;
})();
`;

test("the policy holds, from the page's own code", { timeout: 60_000 }, async (t) => {
  const elsewhere = await liar(at.larimard.url, (_, answer) => answer);
  const between = await liar(at.larimard.url, (_, answer) => answer, (path, text) => (path === "/console.js" ? text + ATTEMPTS.replaceAll("ELSEWHERE", JSON.stringify(elsewhere.url)) : text));
  t.after(() => Promise.all([between.end(), elsewhere.end()]));
  const { page } = await at.device(t, { url: between.url });
  await page.waitForFunction(() => "tried" in window);
  const tried = await page.evaluate(() => /** @type {any} */ (window).tried);
  assert.deepEqual(tried, {
    eval: "EvalError",
    function: "EvalError",
    html: "TypeError",
    worker: "TypeError",
    "blob worker": "TypeError",
    policy: "TypeError",
    "second policy": "TypeError",
    elsewhere: "TypeError",
    image: "TypeError",
    script: "TypeError",
    frame: tried.frame,
  });
  assert.ok(["0", "refused"].includes(tried.frame), tried.frame);
  assert.deepEqual(elsewhere.calls, []);
});

test("nothing is asked of anybody else, and no secret is in storage, address or console", { timeout: 120_000 }, async (t) => {
  const { page, person, complaints, context } = await at.opened(t);
  /** @type {string[]} */
  const asked = [];
  context.on("request", (request) => asked.push(request.url()));
  await tour.addEntry(page, { name: "bankentry", secret: "very-secret-value", note: "quiet-note" });
  await tour.state(page, "saved");
  for (const view of /** @type {const} */ (["Accesses", "Versions", "Backup", "Settings", "Entries"])) await tour.go(page, view);
  await tour.lock(page);
  await tour.unlock(page, person, { remember: true });
  for (const url of asked) assert.equal(new URL(url).origin, new URL(at.larimard.url).origin, url);
  const kept = await page.evaluate(async () => {
    const pieces = [JSON.stringify([localStorage, sessionStorage]), location.href, document.cookie, document.title];
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => (indexedDB.open(name).onsuccess = (event) => resolve(/** @type {any} */ (event.target).result)));
      for (const store of database.objectStoreNames) {
        const all = await new Promise((resolve) => (database.transaction(store).objectStore(store).getAll().onsuccess = (/** @type {any} */ event) => resolve(event.target.result)));
        pieces.push(JSON.stringify(all, (_, value) => (value instanceof Uint8Array ? String.fromCharCode(...value) : value)));
      }
    }
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) pieces.push(request.url, request.method);
    }
    return pieces.join("\n");
  });
  assert.ok(kept.includes("LRM1") && kept.includes(person.email), "what is looked through is there");
  const said = [...complaints, ...asked].join("\n");
  for (const secret of [person.password, "very-secret-value", "quiet-note", "bankentry"]) {
    assert.ok(!kept.includes(secret) && !said.includes(secret), secret);
  }
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  assert.ok(!(await page.content()).includes("bankentry"));
});

/** @type {[number, "light" | "dark"][]} */
const LOOKS = [[320, "light"], [320, "dark"], [1280, "light"], [1280, "dark"]];

/**
 * What everybody can use; with PICTURES=folder, a picture of it for a person's eye.
 * @param {import("playwright-core").Page} page @param {string} what @param {string} how
 */
async function lookAt(page, what, how) {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${what.replaceAll(" ", "-")}-${how}.png`, fullPage: true });
  assert.deepEqual(await tour.violations(page), [], what);
  assert.equal(await tour.sideways(page), 0, `${what} scrolls sideways`);
}

for (const [width, scheme] of LOOKS) {
  test(`axe finds nothing, and nothing scrolls sideways, at ${width} pixels, ${scheme}`, { timeout: 240_000 }, async (t) => {
    const { page, context } = await at.device(t, { viewport: { width, height: 700 }, colorScheme: scheme, reducedMotion: "reduce" });
    const person = at.person({ answers: ["Fluffy"] });
    const look = (/** @type {string} */ what) => lookAt(page, what, `${width}-${scheme}`);
    await look("unlock");
    await tour.tryUnlock(page, { email: "nobody@example.com", password: "x" });
    await page.getByText("No wallet for this combination").waitFor();
    await look("no wallet");
    await tour.askCode(page, person.email);
    await look("code");
    await page.getByLabel("Code", { exact: true }).fill(await at.larimard.code());
    await page.getByRole("button", { name: "Continue" }).click();
    await tour.newPassword(page, "password");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("harder to guess").first().waitFor();
    await look("password");
    await tour.newPassword(page, person.password);
    await page.getByRole("button", { name: "Continue" }).click();
    await tour.addAnswers(page, person.answers ?? []);
    await look("answers");
    await page.getByRole("button", { name: "Continue" }).click();
    await look("warning");
    await tour.acknowledge(page);
    await page.getByRole("button", { name: "Create the wallet" }).click();
    await page.getByRole("heading", { name: "Your wallet is ready" }).waitFor();
    await look("welcome");
    await page.getByRole("link", { name: "Go to the entries" }).click();
    await look("no entries");
    await tour.addEntry(page, { name: "x".repeat(80), secret: "y".repeat(200), note: "z ".repeat(100) });
    await tour.addEntry(page, { name: "bank", secret: "s" });
    await tour.secretOf(page, "bank");
    await look("entries");
    await page.getByRole("button", { name: "Edit bank" }).click();
    await look("entry form");
    await page.keyboard.press("Escape");
    for (const view of /** @type {const} */ (["Accesses", "Versions", "Backup", "Settings"])) {
      await tour.go(page, view);
      await page.waitForTimeout(300);
      await look(view);
    }
    await page.getByRole("link", { name: "Change the password" }).click();
    await look("change password");
    await page.goBack();
    await page.getByRole("link", { name: "Delete the wallet" }).click();
    await look("delete");
    await context.setOffline(true);
    await tour.go(page, "Entries");
    await tour.addEntry(page, { name: "offline", secret: "s" });
    await tour.state(page, "offline");
    await look("offline");
  });
}

for (const [width, scheme] of LOOKS) {
  test(`in trouble, too, at ${width} pixels, ${scheme}`, { timeout: 240_000 }, async (t) => {
    /** @type {(method: string, answer: any, params: any) => any} */
    const honest = (_, answer) => answer;
    const between = await liar(at.larimard.url, honest);
    t.after(() => between.end());
    const { page, context, person } = await at.opened(t, { url: between.url, viewport: { width, height: 700 }, colorScheme: scheme, reducedMotion: "reduce" });
    const look = (/** @type {string} */ what) => lookAt(page, what, `${width}-${scheme}`);
    await tour.addEntry(page, { name: "bank", secret: "one" });
    await tour.state(page, "saved");
    await tour.go(page, "Versions");
    await page.getByRole("button", { name: /^Compare/ }).last().click();
    await page.getByText("Would go").first().waitFor();
    await look("comparison");

    const other = await at.device(t);
    await tour.unlock(other.page, person);
    await tour.go(page, "Entries");
    await context.setOffline(true);
    await tour.editEntry(page, "bank", { secret: "x".repeat(100) });
    await tour.editEntry(other.page, "bank", { secret: "of the other" });
    await tour.state(other.page, "saved");
    await context.setOffline(false);
    await tour.state(page, "conflict");
    await page.getByRole("link", { name: "Compare and choose" }).click();
    await page.getByRole("heading", { name: "Two devices changed the same entry" }).waitFor();
    await look("conflict");
    await page.getByRole("button", { name: "Save my choices" }).click();
    await tour.state(page, "saved");

    // one form open, and the same field changed there
    await page.getByRole("button", { name: "Edit bank", exact: true }).click();
    await page.locator("form.entry-form").getByLabel("Note", { exact: true }).fill("mine");
    await tour.entry(other.page, "bank (other device)").waitFor();
    await tour.editEntry(other.page, "bank", { note: "theirs" });
    await page.getByText("another device changed the note").waitFor();
    await look("overtaken form");
    await page.getByRole("button", { name: "Lock", exact: true }).click();
    await page.getByText("Lock now?").waitFor();
    await look("asking before locking");
    await page.getByRole("button", { name: "Stay open" }).click();
    await page.locator("form.entry-form").getByRole("button", { name: "Cancel" }).click();
    await tour.state(other.page, "saved");

    between.say((method, answer) => (method === "fetchWallet" && answer.result ? { ...answer, result: { ...answer.result, modified: false, local_hash: "0".repeat(64) } } : answer));
    await tour.go(page, "Accesses");
    await tour.state(page, "problem");
    await look("problem");
    between.say(honest);
    await page.getByRole("button", { name: "Ask the server again" }).click();
    await tour.state(page, "saved");

    await tour.changePassword(other.page, { password: "another quiet harbour 7" });
    await page.getByRole("heading", { name: "The password was changed elsewhere" }).waitFor();
    await look("gone");
  });
}

test("the focus is in the form at once: who types on does not type elsewhere", { timeout: 60_000 }, async (t) => {
  const { page } = await at.opened(t);
  /** What has the focus before anything else can happen. @param {string} name */
  const focused = (name) =>
    page.getByRole("button", { name, exact: true }).evaluate(async (button) => {
      /** @type {any} */ (button).click();
      await Promise.resolve();
      await Promise.resolve();
      const element = /** @type {any} */ (document.activeElement);
      return element.labels?.[0]?.textContent ?? element.textContent;
    });
  assert.equal(await focused("Add an entry"), "Name");
  assert.equal(await focused("Cancel"), "Add an entry");
});

test("a page that is not from https says what to do", { timeout: 60_000 }, async (t) => {
  const { context } = await at.device(t);
  const page = await context.newPage();
  listen(page);
  // a name that is not this computer's: no secure context
  await context.route("http://wallet.example/**", async (route) => {
    const path = new URL(route.request().url()).pathname;
    const answer = await fetch(at.larimard.url + path, { headers: { accept: "text/html" } });
    await route.fulfill({ status: answer.status, contentType: answer.headers.get("content-type") ?? "", body: Buffer.from(await answer.arrayBuffer()) });
  });
  await page.goto("http://wallet.example/");
  await page.getByRole("heading", { name: "This page is not safe to use here" }).waitFor();
});
