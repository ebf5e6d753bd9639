/** On which servers the wallets of this page are kept: this page's own, and those of its peers that the user chose. */
import { Server, Servers } from "larimar-client";

/** This page's own server. */
export const HOME = location.origin;

// a server that is away has a second to be noticed, then the others go on without it
const OPTIONS = { retries: 0 };

/**
 * @param {string[]} origins one at least
 * @returns {import("larimar-client").Place}
 */
export const placeOf = (origins) => (origins.length > 1 ? new Servers(origins, OPTIONS) : new Server(origins[0] ?? HOME));

/** @param {string} origin */
export const nameOf = (origin) => new URL(origin).host;

/** @type {Promise<string[]> | undefined} */
let asked;

/**
 * The other servers that whoever runs this one offers, and that this page may call; none if that cannot be told now.
 * @returns {Promise<string[]>}
 */
export function peers() {
  asked ??= fetched();
  asked.then(({ length }) => length === 0 && (asked = undefined));
  return asked;
}

async function fetched() {
  try {
    const response = await fetch("/servers.json", { cache: "no-cache", credentials: "omit" });
    const { peers } = await response.json();
    return Array.isArray(peers) ? peers.filter((peer) => typeof peer === "string" && peer !== HOME && URL.canParse(peer)) : [];
  } catch {
    return [];
  }
}
