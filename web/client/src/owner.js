/** Which of the windows that are open now a draft belongs to: what no window owns, the next one takes over. */
import { toHex } from "./bytes.js";

/** Those of this page. @type {Set<string>} */
const here = new Set();
const PREFIX = "larimar draft ";

/** An owner of drafts, for as long as it is not released and its window is open. */
export function claim() {
  const id = toHex(crypto.getRandomValues(new Uint8Array(8)));
  const ids = new Set([id]);
  here.add(id);
  const released = new AbortController();
  // held until released, or until the window goes: other windows ask who holds one
  void globalThis.navigator?.locks
    ?.request(PREFIX + id, () => new Promise((resolve) => released.signal.addEventListener("abort", resolve)))
    .catch(() => {});
  return {
    id,
    /** Its own, and those it took over. */
    ids,
    /** @param {string} other */
    adopt: (other) => ids.add(other),
    /** Those that other windows, or others on this page, still own. */
    async others() {
      const held = (await globalThis.navigator?.locks?.query())?.held ?? [];
      const names = held.map(({ name = "" }) => name).filter((name) => name.startsWith(PREFIX));
      const live = new Set([...here, ...names.map((name) => name.slice(PREFIX.length))]);
      for (const own of ids) live.delete(own);
      return live;
    },
    release() {
      here.delete(id);
      released.abort();
    },
  };
}
