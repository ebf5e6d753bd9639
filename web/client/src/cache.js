/**
 * What a device remembers of a wallet: only what the server has too, ciphertext, and the highest revision it saw. Changes that are
 * not yet on the server are sealed like everything else.
 */

/**
 * Changes that are not yet stored, and what they were made from.
 * @typedef {object} Draft
 * @property {string} id Of the `Wallet` object that made it.
 * @property {Uint8Array | null} base The sealed blob from which it was made.
 * @property {Uint8Array} mine The sealed blob that is to be stored.
 * @property {string[]} sent Hashes of what was sent with unknown outcome.
 */

/**
 * @typedef {object} Remembered
 * @property {string} server Its name.
 * @property {string} publicKey
 * @property {number} highest The highest revision that opened here; 0 if none.
 * @property {{ blob: Uint8Array, created: string, updated: string } | null} stored What the server had when it was last asked.
 * @property {Draft[]} drafts Of each window that has some.
 * @property {import("./way.js").Several} [several] What there is to know of a wallet on several servers.
 */

/**
 * Where it is remembered. `update` reads, changes and writes in one transaction; what the change returns is written, `null`
 * removes it. `fleeting`: it is gone with this window or program, so that nothing is remembered for long.
 * @typedef {object} Cache
 * @property {boolean} [fleeting]
 * @property {(server: string, publicKey: string) => Promise<Remembered | null>} get
 * @property {(server: string, publicKey: string, change: (found: Remembered) => Remembered | null) => Promise<void>} update
 * @property {() => Promise<Remembered[]>} list
 */

/**
 * @param {string} server
 * @param {string} publicKey
 * @returns {Remembered}
 */
const nothing = (server, publicKey) => ({ server, publicKey, highest: 0, stored: null, drafts: [] });

/**
 * For as long as this object lives.
 * @returns {Cache}
 */
export function memoryCache() {
  /** @type {Map<string, Remembered>} */
  const all = new Map();
  const key = (/** @type {string} */ server, /** @type {string} */ publicKey) => `${server} ${publicKey}`;
  return {
    fleeting: true,
    get: async (server, publicKey) => structuredClone(all.get(key(server, publicKey)) ?? null),
    async update(server, publicKey, change) {
      const changed = change(structuredClone(all.get(key(server, publicKey)) ?? nothing(server, publicKey)));
      if (changed) all.set(key(server, publicKey), structuredClone(changed));
      else all.delete(key(server, publicKey));
    },
    list: async () => [...all.values()].map((found) => structuredClone(found)),
  };
}

/**
 * In the browser's IndexedDB, until the user clears the site's data; `navigator.storage.persist()` asks that the browser does not
 * do so by itself.
 * @param {{ name?: string, indexedDB?: IDBFactory }} [options]
 * @returns {Cache}
 */
export function indexedDbCache({ name = "larimar", indexedDB = globalThis.indexedDB } = {}) {
  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;
  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("wallets", { keyPath: ["server", "publicKey"] });
      request.onsuccess = () => {
        request.result.onversionchange = () => {
          request.result.close();
          opened = undefined;
        };
        request.result.onclose = () => (opened = undefined);
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => (opened = undefined));
    return opened;
  };
  /**
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore, done: (result: T) => void) => void} work
   * @returns {Promise<T>}
   */
  const transaction = async (mode, work) => {
    const running = (await open()).transaction("wallets", mode, { durability: "strict" });
    return new Promise((resolve, reject) => {
      /** @type {T} */
      let result;
      running.oncomplete = () => resolve(result);
      running.onabort = running.onerror = () => reject(running.error);
      work(running.objectStore("wallets"), (value) => (result = value));
    });
  };
  return {
    get: (server, publicKey) =>
      transaction("readonly", (store, done) => {
        const request = store.get([server, publicKey]);
        request.onsuccess = () => done(request.result ?? null);
      }),
    update: (server, publicKey, change) =>
      transaction("readwrite", (store, done) => {
        const request = store.get([server, publicKey]);
        request.onsuccess = () => {
          const changed = change(request.result ?? nothing(server, publicKey));
          if (changed) store.put(changed);
          else store.delete([server, publicKey]);
          done(undefined);
        };
      }),
    list: () =>
      transaction("readonly", (store, done) => {
        const request = store.getAll();
        request.onsuccess = () => done(request.result);
      }),
  };
}

/** @type {Cache | undefined} */
let usual;

/**
 * IndexedDB where there is one; the same for all wallets.
 * @returns {Cache}
 */
export const defaultCache = () => (usual ??= globalThis.indexedDB ? indexedDbCache() : memoryCache());
