/** A real larimard with its console, and browsers that come to it: what every test of the console stands on. */
import { after, before } from "node:test";
import { launch } from "../../client/test/chromium.js";
import { Larimard } from "../../client/test/larimard.js";
import { create, visit } from "./tour.js";

/** For one file of tests: ended with it. @param {...string} settings */
export function house(...settings) {
  /** @type {import("playwright-core").Browser} */
  let browser;
  /** @type {Larimard} */
  let larimard;
  let people = 0;
  before(async () => {
    [browser, larimard] = await Promise.all([launch(), Larimard.start('limits.exempt=["127.0.0.0/8"]', ...settings)]);
  });
  after(async () => {
    await browser.close();
    await larimard.end();
  });
  return {
    get larimard() {
      return larimard;
    },
    /** Somebody new. @param {{ answers?: string[] }} [more] */
    person: (more = {}) => ({ email: `person${++people}@example.com`, password: "granite otter violin sunday", ...more }),
    /**
     * A browser of its own, with one window: another device. What it complains of is collected.
     * @param {import("node:test").TestContext} t
     * @param {{ url?: string } & import("playwright-core").BrowserContextOptions} [options]
     */
    async device(t, { url = larimard.url, ...options } = {}) {
      const context = await browser.newContext({ locale: "en-GB", ...options });
      t.after(() => context.close());
      await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: url });
      const page = await context.newPage();
      const complaints = listen(page);
      await visit(page, url);
      return { context, page, complaints, url };
    },
    /** A wallet of its own, open. @param {import("node:test").TestContext} t @param {Parameters<ReturnType<typeof house>["device"]>[1]} [options] */
    async opened(t, options) {
      const person = this.person();
      const device = await this.device(t, options);
      await create(device.page, person, () => larimard.code());
      await device.page.getByRole("link", { name: "Go to the entries" }).click();
      return { ...device, person };
    },
  };
}

/** What a page says on its console, and the errors that nobody caught. @param {import("playwright-core").Page} page */
export function listen(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  return complaints;
}
