/** Where a server is, and what it is called in signatures (PROTOCOL.md, sections 1 and 3). */
import { LarimarError } from "./error.js";

/** The URL of a server: https, or http on the loopback. */
export class Address {
  /**
   * @param {string | URL} url
   * @throws {LarimarError} `InvalidUrl`, `InsecureUrl`
   */
  constructor(url) {
    const parsed = parse(url);
    if (parsed.protocol !== "https:" && parsed.protocol !== "http:") {
      throw new LarimarError("InvalidUrl", "A server's address begins with https://");
    }
    if (parsed.username || parsed.password || parsed.hash || parsed.search) {
      throw new LarimarError("InvalidUrl", "A server's address has no user name, question mark or #.");
    }
    if (parsed.protocol === "http:" && !isLoopback(parsed.hostname)) {
      const message = `${parsed.host} would be called without encryption. Use https; http is for this computer only.`;
      throw new LarimarError("InsecureUrl", message, { server: parsed.host });
    }
    /** For calls. */
    this.http = parsed.href;
    /** For changes. */
    this.webSocket = parsed.href.replace(/^http/, "ws");
    /** Host, and port unless it is the scheme's: what a deletion is signed for. */
    this.name = parsed.host;
  }
}

/** @param {string | URL} url */
function parse(url) {
  try {
    return new URL(url);
  } catch (cause) {
    throw new LarimarError("InvalidUrl", "This is not the address of a server: it looks like https://wallet.example.org", { cause });
  }
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
