/** Debian's Chromium, and pages from an origin of their own. */
import { createServer } from "node:http";
import { chromium } from "playwright-core";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/**
 * Serves this page, at an origin that is no Larimar server's.
 * @param {string} html
 */
export async function serving(html) {
  const server = createServer((request, response) => {
    if (request.url !== "/") return response.writeHead(204).end();
    response.setHeader("content-type", "text/html; charset=utf-8").end(html);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, end: () => (server.closeAllConnections(), server.close()) };
}
