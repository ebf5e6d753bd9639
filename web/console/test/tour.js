/**
 * A person at the console: each function does with a page of playwright what somebody would do with hand and eye, and comes
 * back when the page shows that it is done.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{ email: string, password: string, answers?: string[] }} Person */

// scrypt takes seconds on a busy machine
export const PATIENCE = 30_000;

/** @param {Page} page @param {string} url */
export async function visit(page, url) {
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/**
 * Up to the step that asks for the code.
 * @param {Page} page @param {string} email
 */
export async function askCode(page, email) {
  await page.getByRole("link", { name: "Create a wallet" }).click();
  // the view before it asks for an address, too
  await page.getByRole("heading", { name: "Create a wallet" }).waitFor();
  await page.getByLabel("E-mail address", { exact: true }).fill(email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByRole("heading", { name: "Enter the code" }).waitFor();
}

/**
 * From the code to the warning, which waits to be acknowledged.
 * @param {Page} page @param {string} code @param {Person} person
 */
export async function choose(page, code, { password, answers = [] }) {
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Choose a password" }).waitFor();
  await newPassword(page, password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Security answers" }).waitFor();
  await addAnswers(page, answers);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Nobody can reset this password" }).waitFor();
}

/**
 * Creates a wallet; ends at the offer of a backup file.
 * @param {Page} page @param {Person} person @param {() => Promise<string>} code reads the mail
 */
export async function create(page, person, code) {
  await askCode(page, person.email);
  await choose(page, await code(), person);
  await acknowledge(page);
  await page.getByRole("button", { name: "Create the wallet" }).click();
  await page.getByRole("heading", { name: "Your wallet is ready" }).waitFor();
}

/** @param {Page} page */
export const acknowledge = (page) => page.getByLabel("I understand that nobody can reset").check();

/** @param {Page} page @param {string} password */
export async function newPassword(page, password) {
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByLabel("The same password again", { exact: true }).fill(password);
  // the judgement comes a moment later, and moves what is below it
  await page.locator(".meter p").waitFor();
  await page.waitForTimeout(400);
}

/** @param {Page} page @param {string[]} answers */
export async function addAnswers(page, answers) {
  for (const [index, answer] of answers.entries()) {
    const field = page.getByLabel(`Answer ${index + 1}`, { exact: true });
    if (!(await field.count())) await page.getByRole("button", { name: /^Add (a security|another) answer$/ }).click();
    await field.fill(answer);
  }
}

/**
 * Fills the form and sends it, whatever comes of it.
 * @param {Page} page @param {Person} person @param {{ remember?: boolean }} [options]
 */
export async function tryUnlock(page, { email, password, answers = [] }, { remember = false } = {}) {
  await page.getByLabel("E-mail address", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await addAnswers(page, answers);
  await page.getByLabel("Remember my e-mail address").setChecked(remember);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
}

/** @param {Page} page @param {Person} person @param {{ remember?: boolean }} [options] */
export async function unlock(page, person, options) {
  await tryUnlock(page, person, options);
  await page.getByRole("navigation", { name: "Views" }).waitFor();
}

/** @param {Page} page */
export async function lock(page) {
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByRole("heading", { name: "Unlock your wallet" }).waitFor();
}

/** @param {Page} page @param {"Entries" | "Accesses" | "Versions" | "Backup" | "Settings"} name */
export async function go(page, name) {
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name, exact: true }).click();
  await page.locator(`nav a[aria-current=page]`, { hasText: name }).waitFor();
}

/** @param {Page} page @param {{ name: string, secret: string, note?: string }} entry */
export async function addEntry(page, { name, secret, note = "" }) {
  await page.getByRole("button", { name: "Add an entry" }).click();
  await fillEntry(page, { name, secret, note });
  await page.getByRole("button", { name: "Add the entry" }).click();
  await entry(page, name).waitFor();
}

/** @param {Page} page @param {string} name @param {{ name?: string, secret?: string, note?: string }} fields */
export async function editEntry(page, name, fields) {
  await page.getByRole("button", { name: `Edit ${name}`, exact: true }).click();
  await fillEntry(page, fields);
  await page.getByRole("button", { name: "Save the entry" }).click();
  await entry(page, fields.name ?? name).waitFor();
}

/** @param {Page} page @param {{ name?: string, secret?: string, note?: string }} fields */
async function fillEntry(page, { name, secret, note }) {
  const form = page.locator("form.entry-form");
  if (name !== undefined) await form.getByLabel("Name", { exact: true }).fill(name);
  if (secret !== undefined) {
    await form.getByRole("button", { name: "Show secret" }).click();
    await form.getByLabel("Secret", { exact: true }).fill(secret);
  }
  if (note !== undefined) await form.getByLabel("Note", { exact: true }).fill(note);
}

/** @param {Page} page @param {string} name */
export const deleteEntry = (page, name) => page.getByRole("button", { name: `Delete ${name}`, exact: true }).click();

/** @param {Page} page @param {string} name */
export const entry = (page, name) => page.locator("li.entry", { has: page.getByRole("heading", { name, exact: true }) });

/**
 * The secret, as it is shown.
 * @param {Page} page @param {string} name
 */
export async function secretOf(page, name) {
  await page.getByRole("button", { name: `Show the secret of ${name}`, exact: true }).click();
  return entry(page, name).locator("code").innerText();
}

/**
 * Waits for the chip: `saved`, `saving`, `unsaved`, `offline`, `conflict`, `problem`.
 * @param {Page} page @param {string} state
 */
export const state = (page, state) => page.locator(`.chip[data-state=${state}]`).waitFor();

/** @param {Page} page @param {{ password: string, answers?: string[] }} next */
export async function changePassword(page, { password, answers = [] }) {
  await go(page, "Settings");
  await page.getByRole("link", { name: "Change the password" }).click();
  await newPassword(page, password);
  await addAnswers(page, answers);
  await acknowledge(page);
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByRole("heading", { name: "The password is changed" }).waitFor();
}

/** What was downloaded. @param {import("playwright-core").Download} file */
export const textOf = async (file) => readFile(await file.path(), "utf8");

/** The backup file's text. @param {Page} page */
export async function backup(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download a backup file" }).click()]);
  return textOf(file);
}

/** Chooses a file; what it holds is compared before anything is restored. @param {Page} page @param {string} text */
export const importBackup = (page, text) =>
  page.getByLabel("Backup file").setInputFiles({ name: "backup.larimar.json", mimeType: "application/json", buffer: Buffer.from(text) });

/** @param {Page} page @param {string} email */
export async function remove(page, email) {
  await go(page, "Settings");
  await page.getByRole("link", { name: "Delete the wallet" }).click();
  await page.getByLabel("Type your e-mail address to confirm").fill(email);
  await page.getByRole("button", { name: "Delete for ever" }).click();
  await page.getByRole("heading", { name: "Unlock your wallet" }).waitFor();
}

/** What axe finds: nothing, one hopes. @param {Page} page */
export async function violations(page) {
  const path = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(await readFile(path, "utf8"));
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ { html }) => html).join(" | ")}`);
}

/** How far the page can be scrolled sideways, in pixels. @param {Page} page */
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
