/** Everything by keyboard alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { house } from "./house.js";
import * as tour from "./tour.js";

const at = house();

/** Hands on the keyboard. @param {import("playwright-core").Page} page */
function keys(page) {
  const { keyboard } = page;
  /** Presses Tab until the focus is on what is called so. @param {string | RegExp} name */
  const reach = async (name) => {
    for (let presses = 0; presses < 80; presses++) {
      const called = await page.evaluate(() => {
        const element = /** @type {any} */ (document.activeElement);
        return element?.labels?.[0]?.textContent ?? element?.getAttribute("aria-label") ?? element?.textContent ?? "";
      });
      if (typeof name === "string" ? called.trim() === name : name.test(called.trim())) return;
      await keyboard.press("Tab");
    }
    assert.fail(`${name} cannot be reached by Tab`);
  };
  return {
    reach,
    /** @param {string} label @param {string} text */
    type: async (label, text) => {
      await reach(label);
      await keyboard.press("ControlOrMeta+a");
      await keyboard.type(text);
    },
    /** @param {string | RegExp} name @param {string} [key] */
    press: async (name, key = "Enter") => {
      await reach(name);
      await keyboard.press(key);
    },
    /** Comes to the view. @param {string} heading */
    comes: (heading) => page.getByRole("heading", { name: heading, exact: true }).waitFor(),
  };
}

test("a wallet's life: create, add, edit, undo, delete, compare, change the password, delete", { timeout: 240_000 }, async (t) => {
  const { page } = await at.device(t);
  const { type, press, comes } = keys(page);
  const { email, password } = at.person();
  await press("Create a wallet");
  await comes("Create a wallet");
  await type("E-mail address", email);
  await page.keyboard.press("Enter");
  await comes("Enter the code");
  await type("Code", await at.larimard.code());
  await page.keyboard.press("Enter");
  await comes("Choose a password");
  await type("New password", password);
  await type("The same password again", password);
  await page.keyboard.press("Enter");
  await comes("Security answers");
  await press("Add a security answer");
  await page.keyboard.type("Fluffy");
  await press("Continue");
  await comes("Nobody can reset this password");
  await press("I understand that nobody can reset my password or my answers", " ");
  await press("Create the wallet");
  await comes("Your wallet is ready");
  await press("Go to the entries");
  await comes("Entries");

  await press("Add an entry");
  await page.keyboard.type("bank");
  await page.keyboard.press("Tab");
  await page.keyboard.type("by keyboard");
  await page.keyboard.press("Enter");
  await tour.entry(page, "bank").waitFor();
  await press("Edit bank");
  await type("Note", "a note");
  await press("Save the entry");
  await tour.entry(page, "bank").getByText("a note").waitFor();
  await press("Undo");
  await tour.entry(page, "bank").getByText("a note").waitFor({ state: "detached" });
  await press("Show the secret of bank");
  await tour.entry(page, "bank").getByText("by keyboard").waitFor();
  await press("Delete bank");
  await tour.entry(page, "bank").waitFor({ state: "detached" });
  await tour.state(page, "saved");

  await press("Versions");
  await comes("Older versions");
  await page.getByRole("button", { name: "Compare" }).first().waitFor();
  await press(/^Compare/);
  await page.getByText("Would come back").first().waitFor();
  await press("Restore this version");
  await tour.state(page, "saved");
  await press("Entries");
  await tour.entry(page, "bank").waitFor();

  await press("Settings");
  await comes("Settings");
  await press("Change the password");
  await comes("Change the password");
  await type("New password", `${password} anew`);
  await type("The same password again", `${password} anew`);
  await press("I understand that nobody can reset my password or my answers", " ");
  await press("Change the password");
  await comes("The password is changed");
  await press("Lock");
  await comes("Unlock your wallet");
  await type("E-mail address", email);
  await type("Password", `${password} anew`);
  await page.keyboard.press("Enter");
  await comes("Entries");
  await press("Settings");
  await press("Delete the wallet");
  await type("Type your e-mail address to confirm", email);
  await press("Delete for ever");
  await comes("Unlock your wallet");
});

test("a restore that takes its time does not call back who went on", { timeout: 120_000 }, async (t) => {
  const { page, context } = await at.opened(t);
  const { press, reach, comes } = keys(page);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  await press("Versions");
  await comes("Older versions");
  await page.getByRole("button", { name: "Compare" }).first().waitFor();
  await press(/^Compare/);
  await page.getByText("Would go").waitFor();
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  await context.route(at.larimard.url, async (route) => {
    if (route.request().postData()?.includes("saveWallet")) await held;
    await route.fallback();
  });
  await press("Restore this version");
  await tour.state(page, "saving");
  await reach("Entries");
  release();
  await page.getByText("The older version is current again.").waitFor();
  await page.keyboard.press("Enter");
  await comes("Entries");
});

test("a conflict: each choice can be reached and made", { timeout: 120_000 }, async (t) => {
  const { page, context, person } = await at.opened(t);
  const { press, comes } = keys(page);
  await tour.addEntry(page, { name: "bank", secret: "one" });
  await tour.state(page, "saved");
  const other = await at.device(t);
  await tour.unlock(other.page, person);
  await context.setOffline(true);
  await tour.editEntry(page, "bank", { secret: "mine" });
  await tour.editEntry(other.page, "bank", { secret: "theirs" });
  await tour.state(other.page, "saved");
  await context.setOffline(false);
  await tour.state(page, "conflict");
  await press("Compare and choose");
  await comes("Two devices changed the same entry");
  // radio buttons are one stop, and arrows choose
  await press("Keep both", "ArrowDown");
  await page.getByRole("radio", { name: "Keep this device’s" }).and(page.locator(":checked")).waitFor();
  await page.keyboard.press("ArrowDown");
  await press("Save my choices");
  await tour.state(page, "saved");
  await press("Entries");
  assert.equal(await tour.secretOf(page, "bank"), "theirs");
});
