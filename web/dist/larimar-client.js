// client/src/error.js
var SERVER_ERRORS = /* @__PURE__ */ new Set([
  ...["InvalidParams", "InvalidEmail", "InvalidData", "InvalidSignature", "InvalidPublicKey", "InvalidHash", "DataTooLarge"],
  ...["InvalidCode", "WalletNotFound", "VersionNotFound", "Conflict", "WalletExists", "EmailInUse", "Stale"],
  ...["KeyUnchanged", "BindingRequired", "KeyRetired", "Internal", "RateLimited", "MailFailed", "StoreUnavailable"]
]);
var OFFLINE = /* @__PURE__ */ new Set(
  /** @type {ErrorCode[]} */
  ["Transport", "Timeout", "NoQuorum", "Unknown", "NoAnswer"]
);
var isServerError = (name) => SERVER_ERRORS.has(name);
var LarimarError = class extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {{ server?: string, data?: Record<string, unknown>, rpcCode?: number, status?: number, cause?: unknown }} [more]
   */
  constructor(code, message, more = {}) {
    super(message, more.cause === void 0 ? void 0 : { cause: more.cause });
    this.name = "LarimarError";
    this.code = code;
    this.server = more.server;
    this.data = more.data ?? {};
    this.rpcCode = more.rpcCode;
    this.status = more.status;
  }
  /** Seconds to wait before it can work; `undefined` if waiting does not help. */
  get retryAfter() {
    const seconds = this.data["retry_after"];
    return typeof seconds === "number" && seconds >= 0 ? seconds : void 0;
  }
  /** Whether the server, or enough of several, was not reached, so that what this device holds is all there is. */
  get isOffline() {
    return OFFLINE.has(this.code) || this.status !== void 0 && this.status >= 500;
  }
  /**
   * Whether something that was caught is an error of this library, and of this code if one is given.
   * @param {unknown} error
   * @param {ErrorCode} [code]
   * @returns {error is LarimarError}
   */
  static is(error, code) {
    return error instanceof Error && error.name === "LarimarError" && "code" in error && (code === void 0 || error.code === code);
  }
};
var locked = () => new LarimarError("Locked", "The wallet is locked. Unlock it with its password.");

// client/src/address.js
var Address = class {
  /**
   * @param {string | URL} url
   * @throws {LarimarError} `InvalidUrl`, `InsecureUrl`
   */
  constructor(url) {
    const parsed3 = parse(url);
    if (parsed3.protocol !== "https:" && parsed3.protocol !== "http:") {
      throw new LarimarError("InvalidUrl", "A server's address begins with https://");
    }
    if (parsed3.username || parsed3.password || parsed3.hash || parsed3.search) {
      throw new LarimarError("InvalidUrl", "A server's address has no user name, question mark or #.");
    }
    if (parsed3.protocol === "http:" && !isLoopback(parsed3.hostname)) {
      const message = `${parsed3.host} would be called without encryption. Use https; http is for this computer only.`;
      throw new LarimarError("InsecureUrl", message, { server: parsed3.host });
    }
    this.http = parsed3.href;
    this.webSocket = parsed3.href.replace(/^http/, "ws");
    this.name = parsed3.host;
  }
};
function parse(url) {
  try {
    return new URL(url);
  } catch (cause) {
    throw new LarimarError("InvalidUrl", "This is not the address of a server: it looks like https://wallet.example.org", { cause });
  }
}
function isLoopback(host) {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

// client/src/cache.js
var nothing = (server, publicKey) => ({ server, publicKey, highest: 0, stored: null, drafts: [] });
function memoryCache() {
  const all = /* @__PURE__ */ new Map();
  const key = (server, publicKey) => `${server} ${publicKey}`;
  return {
    fleeting: true,
    get: async (server, publicKey) => structuredClone(all.get(key(server, publicKey)) ?? null),
    async update(server, publicKey, change) {
      const changed = change(structuredClone(all.get(key(server, publicKey)) ?? nothing(server, publicKey)));
      if (changed) all.set(key(server, publicKey), structuredClone(changed));
      else all.delete(key(server, publicKey));
    },
    list: async () => [...all.values()].map((found) => structuredClone(found))
  };
}
function indexedDbCache({ name = "larimar", indexedDB = globalThis.indexedDB } = {}) {
  let opened;
  const open = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("wallets", { keyPath: ["server", "publicKey"] });
      request.onsuccess = () => {
        request.result.onversionchange = () => {
          request.result.close();
          opened = void 0;
        };
        request.result.onclose = () => opened = void 0;
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => opened = void 0);
    return opened;
  };
  const transaction = async (mode, work) => {
    const running = (await open()).transaction("wallets", mode, { durability: "strict" });
    return new Promise((resolve, reject) => {
      let result;
      running.oncomplete = () => resolve(result);
      running.onabort = running.onerror = () => reject(running.error);
      work(running.objectStore("wallets"), (value) => result = value);
    });
  };
  return {
    get: (server, publicKey) => transaction("readonly", (store, done) => {
      const request = store.get([server, publicKey]);
      request.onsuccess = () => done(request.result ?? null);
    }),
    update: (server, publicKey, change) => transaction("readwrite", (store, done) => {
      const request = store.get([server, publicKey]);
      request.onsuccess = () => {
        const changed = change(request.result ?? nothing(server, publicKey));
        if (changed) store.put(changed);
        else store.delete([server, publicKey]);
        done(void 0);
      };
    }),
    list: () => transaction("readonly", (store, done) => {
      const request = store.getAll();
      request.onsuccess = () => done(request.result);
    })
  };
}
var usual;
var defaultCache = () => usual ??= globalThis.indexedDB ? indexedDbCache() : memoryCache();

// client/src/conflict.js
var ConflictError = class extends LarimarError {
  /** @param {import("./wallet.js").Wallet} wallet */
  constructor(wallet) {
    super("Conflict", "Another device stored something else meanwhile. Look at both, and choose.", { server: wallet.server.name });
    this.conflict = wallet.conflict;
  }
};

// node_modules/@noble/hashes/utils.js
function isBytes(a) {
  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
var atitle = (title) => title ? `"${title}" ` : "";
function anumber(n, title = "") {
  if (typeof n !== "number")
    throw new TypeError(atitle(title) + "expected number, got " + typeof n);
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
  return n;
}
function abytes(value, length, title = "") {
  if (isBytes(value) && (length === void 0 || value.length === length))
    return value;
  if (length !== void 0)
    anumber(length, "length");
  const bytes = isBytes(value);
  const ofLen = length !== void 0 ? ` of length ${length}` : "";
  const got2 = bytes ? `length=${value.length}` : `type=${typeof value}`;
  const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got2;
  if (!bytes)
    throw new TypeError(message);
  throw new RangeError(message);
}
function ahash(h) {
  if (typeof h !== "function" || typeof h.create !== "function")
    throw new TypeError("expected hash wrapped by utils.createHasher");
  anumber(h.outputLen);
  anumber(h.blockLen);
  if (h.outputLen < 1 || h.blockLen < 1)
    throw new Error("hash blockLen / outputLen must be >= 1");
}
var aobject = (value, label) => {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
};
var aopts = (value, label) => {
  aobject(value, label);
  const proto = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null)
    throw new TypeError(`"${label}" expected plain object`);
  if (Object.hasOwn(value, "__proto__"))
    throw new TypeError(`"${label}.__proto__" is not allowed`);
};
function aexists(instance, checkFinished = true) {
  if (instance.destroyed)
    throw new Error("hash was destroyed");
  if (checkFinished && instance.finished)
    throw new Error("digest() was already called");
}
function aoutput(out, instance) {
  abytes(out, void 0, "output");
  const min = instance.outputLen;
  if (!(out.length >= min)) {
    throw new RangeError('"output" expected length >= ' + min);
  }
}
function u32(arr) {
  return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
function clean(...arrays) {
  for (let i = 0; i < arrays.length; i++) {
    arrays[i].fill(0);
  }
}
function createView(arr) {
  return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
function rotr(word, shift) {
  return word << 32 - shift | word >>> shift;
}
function rotl(word, shift) {
  return word << shift | word >>> 32 - shift >>> 0;
}
var isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
function byteSwap(word) {
  return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
function byteSwap32(arr) {
  for (let i = 0; i < arr.length; i++) {
    arr[i] = byteSwap(arr[i]);
  }
  return arr;
}
var swap32IfBE = isLE ? (u) => u : byteSwap32;
var hasHexBuiltin = /* @__PURE__ */ (() => (
  // @ts-ignore
  typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function"
))();
var hexes = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
function bytesToHex(bytes) {
  abytes(bytes);
  if (hasHexBuiltin)
    return bytes.toHex();
  let hex = "";
  for (let i = 0; i < bytes.length; i++) {
    hex += hexes[bytes[i]];
  }
  return hex;
}
function asciiToBase16(ch) {
  return ch >= 48 && ch <= 57 ? ch - 48 : ch >= 65 && ch <= 70 ? ch - (65 - 10) : ch >= 97 && ch <= 102 ? ch - (97 - 10) : void 0;
}
function hexToBytes(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  if (hasHexBuiltin) {
    try {
      return Uint8Array.fromHex(hex);
    } catch (error) {
      if (error instanceof SyntaxError)
        throw new RangeError(error.message);
      throw error;
    }
  }
  const hl = hex.length;
  const al = hl / 2;
  if (hl % 2)
    throw new RangeError("hex string expected, got unpadded hex of length " + hl);
  const array = new Uint8Array(al);
  for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
    const n1 = asciiToBase16(hex.charCodeAt(hi));
    const n2 = asciiToBase16(hex.charCodeAt(hi + 1));
    if (n1 === void 0 || n2 === void 0) {
      const char = hex[hi] + hex[hi + 1];
      throw new RangeError('hex string expected, got non-hex character "' + char + '" at index ' + hi);
    }
    array[ai] = n1 * 16 + n2;
  }
  return array;
}
function nextTick(onReject) {
  const host = globalThis;
  if (typeof host.scheduler?.yield === "function") {
    const promise = host.scheduler.yield();
    if (onReject)
      promise.catch(onReject);
    return promise;
  }
  return new Promise((resolve) => host.setTimeout(resolve, 0));
}
async function asyncLoop(iters, tick, cb, onReject) {
  anumber(iters, "iters");
  anumber(tick, "tick");
  if (typeof cb !== "function")
    throw new TypeError("callback must be a function");
  let ts = Date.now();
  for (let i = 0; i < iters; i++) {
    cb(i);
    const diff = Date.now() - ts;
    if (diff >= 0 && diff < tick)
      continue;
    await nextTick(onReject);
    ts = Date.now();
  }
}
function utf8ToBytes(str) {
  if (typeof str !== "string")
    throw new TypeError("string expected");
  const encoded = new TextEncoder().encode(str);
  try {
    return new Uint8Array(encoded);
  } finally {
    clean(encoded);
  }
}
function kdfInputToBytes(data, errorTitle = "") {
  if (typeof data === "string")
    return utf8ToBytes(data);
  return abytes(data, void 0, errorTitle);
}
function concatBytes(...arrays) {
  let sum = 0;
  for (let i = 0; i < arrays.length; i++) {
    const a = arrays[i];
    abytes(a);
    sum += a.length;
  }
  const res = new Uint8Array(sum);
  for (let i = 0, pad = 0; i < arrays.length; i++) {
    const a = arrays[i];
    res.set(a, pad);
    pad += a.length;
  }
  return res;
}
function checkOpts(defaults, opts, title = "opts") {
  aopts(defaults, "defaults");
  if (opts !== void 0)
    aopts(opts, title);
  const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults, opts);
  return merged;
}
function createHasher(hashCons, info = {}) {
  if (typeof hashCons !== "function")
    throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons);
  info = checkOpts({}, info, "info");
  const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
  const tmp = hashCons(void 0);
  hashC.outputLen = tmp.outputLen;
  hashC.blockLen = tmp.blockLen;
  hashC.canXOF = tmp.canXOF;
  hashC.create = (opts) => hashCons(opts);
  Object.assign(hashC, info);
  return Object.freeze(hashC);
}
function randomBytes(bytesLength = 32) {
  anumber(bytesLength, "bytesLength");
  const cr = typeof globalThis === "object" ? globalThis.crypto : null;
  if (typeof cr?.getRandomValues !== "function")
    throw new Error("crypto.getRandomValues must be defined");
  if (bytesLength > 65536)
    throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
  return cr.getRandomValues(new Uint8Array(bytesLength));
}
var oidNist = (suffix) => ({
  // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
  // Larger suffix values would need base-128 OID encoding and a different length byte.
  oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])
});

// node_modules/@noble/hashes/hmac.js
var _HMAC = class {
  oHash;
  iHash;
  blockLen;
  outputLen;
  canXOF = false;
  finished = false;
  destroyed = false;
  constructor(hash, key) {
    ahash(hash);
    abytes(key, void 0, "key");
    this.iHash = hash.create();
    if (typeof this.iHash.update !== "function")
      throw new Error("expected Hash instance");
    this.blockLen = this.iHash.blockLen;
    this.outputLen = this.iHash.outputLen;
    const blockLen = this.blockLen;
    const pad = new Uint8Array(blockLen);
    pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54;
    this.iHash.update(pad);
    this.oHash = hash.create();
    for (let i = 0; i < pad.length; i++)
      pad[i] ^= 54 ^ 92;
    this.oHash.update(pad);
    clean(pad);
  }
  update(buf) {
    aexists(this);
    this.iHash.update(buf);
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const buf = out.subarray(0, this.outputLen);
    this.iHash.digestInto(buf);
    this.oHash.update(buf);
    this.oHash.digestInto(buf);
    this.destroy();
  }
  digest() {
    const out = new Uint8Array(this.oHash.outputLen);
    this.digestInto(out);
    return out;
  }
  _cloneInto(to) {
    to ||= Object.create(Object.getPrototypeOf(this), {});
    const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;
    to = to;
    to.finished = finished;
    to.destroyed = destroyed;
    to.blockLen = blockLen;
    to.outputLen = outputLen;
    to.canXOF = canXOF;
    to.oHash = oHash._cloneInto(to.oHash);
    to.iHash = iHash._cloneInto(to.iHash);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
  destroy() {
    this.destroyed = true;
    this.oHash.destroy();
    this.iHash.destroy();
  }
};
var hmac = /* @__PURE__ */ (() => {
  const hmac_ = ((hash, key, message) => new _HMAC(hash, key).update(message).digest());
  hmac_.create = (hash, key) => new _HMAC(hash, key);
  return hmac_;
})();

// node_modules/@noble/hashes/hkdf.js
var HKDF_COUNTER = /* @__PURE__ */ Uint8Array.of(0);
var EMPTY_BUFFER = /* @__PURE__ */ Uint8Array.of();
function expand(hash, prk, info, length = 32, _recycled) {
  ahash(hash);
  anumber(length, "length");
  abytes(prk, void 0, "prk");
  const olen = hash.outputLen;
  if (prk.length < olen)
    throw new Error('"prk" must be at least HashLen octets');
  if (length > 255 * olen)
    throw new Error("Length must be <= 255*HashLen");
  const blocks = Math.ceil(length / olen);
  if (info === void 0)
    info = EMPTY_BUFFER;
  else
    abytes(info, void 0, "info");
  if (!blocks) {
    if (_recycled)
      clean(prk);
    return new Uint8Array();
  }
  const okm = _recycled && blocks === 1 ? prk : new Uint8Array(blocks * olen);
  const { iHash, oHash } = hmac.create(hash, prk);
  const T = _recycled ? prk : new Uint8Array(olen);
  const worker = blocks > 1 ? _recycled?.iHash || hash.create() : void 0;
  for (let counter = 0; counter < blocks - 1; counter++) {
    HKDF_COUNTER[0] = counter + 1;
    const iWork = iHash._cloneInto(worker);
    if (counter)
      iWork.update(T);
    iWork.update(info).update(HKDF_COUNTER).digestInto(T);
    oHash._cloneInto(worker).update(T).digestInto(T);
    okm.set(T, olen * counter);
  }
  HKDF_COUNTER[0] = blocks;
  if (blocks > 1)
    iHash.update(T);
  iHash.update(info).update(HKDF_COUNTER).digestInto(T);
  oHash.update(T).digestInto(T);
  okm.set(T, olen * (blocks - 1));
  iHash.destroy();
  oHash.destroy();
  worker?.destroy();
  if (T !== okm)
    clean(T);
  clean(HKDF_COUNTER);
  if (length === okm.length)
    return okm;
  const res = okm.slice(0, length);
  clean(okm);
  return res;
}
var hkdf = (hash, ikm, salt, info, length) => {
  ahash(hash);
  if (salt === void 0)
    salt = new Uint8Array(hash.outputLen);
  const HMAC = hmac.create(hash, salt).update(ikm);
  return expand(hash, HMAC.digest(), info, length, HMAC);
};

// node_modules/@noble/hashes/_u64.js
var fromNumH = (n) => n / 2 ** 32 | 0;
var fromNumL = (n) => n >>> 0;
function setU64FromNum(view, byteOffset, n, isLE2) {
  const h = fromNumH(n);
  const l = fromNumL(n);
  view.setUint32(byteOffset, isLE2 ? l : h, isLE2);
  view.setUint32(byteOffset + 4, isLE2 ? h : l, isLE2);
}

// node_modules/@noble/hashes/_md.js
function Chi(a, b, c) {
  return a & b ^ ~a & c;
}
function Maj(a, b, c) {
  return a & b ^ a & c ^ b & c;
}
var HashMD = class {
  blockLen;
  outputLen;
  canXOF = false;
  padOffset;
  isLE;
  // For partial updates less than block size
  buffer;
  view;
  finished = false;
  length = 0;
  pos = 0;
  destroyed = false;
  constructor(blockLen, outputLen, padOffset, isLE2) {
    this.blockLen = blockLen;
    this.outputLen = outputLen;
    this.padOffset = padOffset;
    this.isLE = isLE2;
    this.buffer = new Uint8Array(blockLen);
    this.view = createView(this.buffer);
  }
  update(data) {
    aexists(this);
    abytes(data);
    const { view, buffer, blockLen } = this;
    const len = data.length;
    let processed = false;
    for (let pos = 0; pos < len; ) {
      const take = Math.min(blockLen - this.pos, len - pos);
      if (take === blockLen) {
        const dataView = createView(data);
        for (; blockLen <= len - pos; pos += blockLen)
          this.process(dataView, pos);
        processed = true;
        continue;
      }
      buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
      this.pos += take;
      pos += take;
      if (this.pos === blockLen) {
        this.process(view, 0);
        this.pos = 0;
        processed = true;
      }
    }
    this.length += data.length;
    if (processed)
      this.roundClean();
    return this;
  }
  digestInto(out) {
    aexists(this);
    aoutput(out, this);
    this.finished = true;
    const { buffer, view, blockLen, isLE: isLE2 } = this;
    let { pos } = this;
    buffer[pos++] = 128;
    buffer.fill(0, pos);
    if (this.padOffset > blockLen - pos) {
      this.process(view, 0);
      buffer.fill(0);
    }
    setU64FromNum(view, blockLen - 8, this.length * 8, isLE2);
    this.process(view, 0);
    this.roundClean();
    const oview = out === buffer ? view : createView(out);
    const len = this.outputLen;
    const outLen = len / 4;
    const state = this.get();
    if (len % 4 || outLen > state.length)
      throw new Error("invalid outputLen");
    for (let i = 0; i < outLen; i++)
      oview.setUint32(4 * i, state[i], isLE2);
  }
  digest() {
    const { buffer, outputLen } = this;
    this.digestInto(buffer);
    const res = buffer.slice(0, outputLen);
    this.destroy();
    return res;
  }
  _cloneIntoMeta(to) {
    const { buffer, length, finished, destroyed, pos } = this;
    to.destroyed = destroyed;
    to.finished = finished;
    to.length = length;
    to.pos = pos;
    if (pos)
      to.buffer.set(buffer);
    return to;
  }
  clone() {
    return this._cloneInto();
  }
};
var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
  1779033703,
  3144134277,
  1013904242,
  2773480762,
  1359893119,
  2600822924,
  528734635,
  1541459225
]);

// node_modules/@noble/hashes/sha2.js
var SHA256_K = /* @__PURE__ */ Uint32Array.from([
  1116352408,
  1899447441,
  3049323471,
  3921009573,
  961987163,
  1508970993,
  2453635748,
  2870763221,
  3624381080,
  310598401,
  607225278,
  1426881987,
  1925078388,
  2162078206,
  2614888103,
  3248222580,
  3835390401,
  4022224774,
  264347078,
  604807628,
  770255983,
  1249150122,
  1555081692,
  1996064986,
  2554220882,
  2821834349,
  2952996808,
  3210313671,
  3336571891,
  3584528711,
  113926993,
  338241895,
  666307205,
  773529912,
  1294757372,
  1396182291,
  1695183700,
  1986661051,
  2177026350,
  2456956037,
  2730485921,
  2820302411,
  3259730800,
  3345764771,
  3516065817,
  3600352804,
  4094571909,
  275423344,
  430227734,
  506948616,
  659060556,
  883997877,
  958139571,
  1322822218,
  1537002063,
  1747873779,
  1955562222,
  2024104815,
  2227730452,
  2361852424,
  2428436474,
  2756734187,
  3204031479,
  3329325298
]);
var SHA256_W = /* @__PURE__ */ new Uint32Array(64);
var SHA2_32B = class extends HashMD {
  // We cannot use array here since array allows indexing by variable
  // which means optimizer/compiler cannot use registers.
  // Numeric initializers matter: starting the fields as `undefined` changes
  // V8's field representation and makes sha256 3x slower (measured).
  A = 0;
  B = 0;
  C = 0;
  D = 0;
  E = 0;
  F = 0;
  G = 0;
  H = 0;
  constructor(outputLen, IV) {
    super(64, outputLen, 8, false);
    this.A = IV[0] | 0;
    this.B = IV[1] | 0;
    this.C = IV[2] | 0;
    this.D = IV[3] | 0;
    this.E = IV[4] | 0;
    this.F = IV[5] | 0;
    this.G = IV[6] | 0;
    this.H = IV[7] | 0;
  }
  get() {
    const { A, B, C, D, E, F, G, H } = this;
    return [A, B, C, D, E, F, G, H];
  }
  // prettier-ignore
  set(A, B, C, D, E, F, G, H) {
    this.A = A | 0;
    this.B = B | 0;
    this.C = C | 0;
    this.D = D | 0;
    this.E = E | 0;
    this.F = F | 0;
    this.G = G | 0;
    this.H = H | 0;
  }
  _cloneInto(to) {
    (to ||= new this.constructor()).set(...this.get());
    return this._cloneIntoMeta(to);
  }
  process(view, offset) {
    for (let i = 0; i < 16; i++, offset += 4)
      SHA256_W[i] = view.getUint32(offset, false);
    for (let i = 16; i < 64; i++) {
      const W15 = SHA256_W[i - 15];
      const W2 = SHA256_W[i - 2];
      const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
      const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
      SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
    }
    let { A, B, C, D, E, F, G, H } = this;
    for (let i = 0; i < 64; i++) {
      const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
      const T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0;
      const sigma0 = rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22);
      const T2 = sigma0 + Maj(A, B, C) | 0;
      H = G;
      G = F;
      F = E;
      E = D + T1 | 0;
      D = C;
      C = B;
      B = A;
      A = T1 + T2 | 0;
    }
    A = A + this.A | 0;
    B = B + this.B | 0;
    C = C + this.C | 0;
    D = D + this.D | 0;
    E = E + this.E | 0;
    F = F + this.F | 0;
    G = G + this.G | 0;
    H = H + this.H | 0;
    this.set(A, B, C, D, E, F, G, H);
  }
  roundClean() {
    clean(SHA256_W);
  }
  destroy() {
    this.destroyed = true;
    this.set(0, 0, 0, 0, 0, 0, 0, 0);
    clean(this.buffer);
  }
};
var _SHA256 = class extends SHA2_32B {
  constructor() {
    super(32, SHA256_IV);
  }
};
var sha256 = /* @__PURE__ */ createHasher(
  () => new _SHA256(),
  /* @__PURE__ */ oidNist(1)
);

// node_modules/@noble/curves/utils.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
function aarray(item, title, inner = () => {
}) {
  if (!Array.isArray(item))
    throw new TypeError(`"${title}" expected array, got type=${typeof item}`);
  for (let i = 0; i < item.length; i++)
    inner(item[i], `${title}[${i}]`);
  return item;
}
var abytes2 = (value, length, title) => abytes(value, length, title);
var anumber2 = anumber;
function astring(value, title = "") {
  if (typeof value !== "string") {
    const prefix = title && `"${title}" `;
    throw new TypeError(prefix + "expected string, got type=" + typeof value);
  }
  return value;
}
function aobject2(value, title = "object") {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new TypeError(title === "object" ? "expected valid options object" : `"${title}" expected object, got type=${typeof value}`);
  return value;
}
function afunction(value, title) {
  if (typeof value !== "function")
    throw new TypeError(`"${title}" is invalid: expected function, got ${typeof value}`);
  return value;
}
var bytesToHex2 = bytesToHex;
var concatBytes2 = (...arrays) => concatBytes(...arrays);
var hexToBytes2 = (hex) => hexToBytes(hex);
var isBytes2 = isBytes;
var randomBytes2 = (bytesLength) => randomBytes(bytesLength);
var _0n = /* @__PURE__ */ BigInt(0);
var _1n = /* @__PURE__ */ BigInt(1);
var atitle2 = (title) => title ? `"${title}" ` : "";
function abool(value, title = "") {
  if (typeof value !== "boolean")
    throw new TypeError(atitle2(title) + "expected boolean, got type=" + typeof value);
  return value;
}
function abignumber(n) {
  if (typeof n === "bigint") {
    if (!isPosBig(n))
      throw new RangeError("positive bigint expected, got " + n);
  } else
    anumber2(n);
  return n;
}
function asafenumber(value, title = "") {
  if (typeof value !== "number") {
    const prefix = title && `"${title}" `;
    throw new TypeError(prefix + "expected number, got type=" + typeof value);
  }
  if (!Number.isSafeInteger(value)) {
    const prefix = title && `"${title}" `;
    throw new RangeError(prefix + "expected safe integer, got " + value);
  }
}
function numberToHexUnpadded(num) {
  const hex = abignumber(num).toString(16);
  return hex.length & 1 ? "0" + hex : hex;
}
function hexToNumber(hex) {
  if (typeof hex !== "string")
    throw new TypeError("hex string expected, got " + typeof hex);
  return hex === "" ? _0n : BigInt("0x" + hex);
}
function bytesToNumberBE(bytes) {
  return hexToNumber(bytesToHex(bytes));
}
function bytesToNumberLE(bytes) {
  return hexToNumber(bytesToHex(copyBytes(abytes(bytes)).reverse()));
}
function numberToBytesBE(n, len) {
  anumber(len);
  if (len === 0)
    throw new Error("zero output length is invalid");
  n = abignumber(n);
  const expectedLen = len * 2;
  const hex = n.toString(16);
  if (hex.length > expectedLen)
    throw new RangeError("number is too large");
  return hexToBytes(hex.padStart(expectedLen, "0"));
}
function numberToBytesLE(n, len) {
  return numberToBytesBE(n, len).reverse();
}
function copyBytes(bytes) {
  return Uint8Array.from(abytes2(bytes));
}
function isPosBig(n) {
  return typeof n === "bigint" && _0n <= n;
}
function inRange(n, min, max) {
  return isPosBig(n) && isPosBig(min) && isPosBig(max) && min <= n && n < max;
}
function aInRange(title, n, min, max) {
  if (!inRange(n, min, max))
    throw new RangeError("expected valid " + title + ": " + min + " <= n < " + max + ", got " + n);
}
function bitLen(n) {
  if (n < _0n)
    throw new Error("expected non-negative bigint, got " + n);
  return n === _0n ? 0 : n.toString(2).length;
}
var bitMask = (n) => {
  asafenumber(n, "n");
  return (_1n << BigInt(n)) - _1n;
};
function createHmacDrbg(hashLen, qByteLen, hmacFn) {
  anumber(hashLen, "hashLen");
  anumber(qByteLen, "qByteLen");
  if (typeof hmacFn !== "function")
    throw new TypeError("hmacFn must be a function");
  const u8n = (len) => new Uint8Array(len);
  const NULL = Uint8Array.of();
  const byte0 = Uint8Array.of(0);
  const byte1 = Uint8Array.of(1);
  const _maxDrbgIters = 1e3;
  let v = u8n(hashLen);
  let k = u8n(hashLen);
  let i = 0;
  const reset = () => {
    v.fill(1);
    k.fill(0);
    i = 0;
  };
  const h = (...msgs) => hmacFn(k, concatBytes2(v, ...msgs));
  const reseed = (seed = NULL) => {
    k = h(byte0, seed);
    v = h();
    if (seed.length === 0)
      return;
    k = h(byte1, seed);
    v = h();
  };
  const gen = () => {
    if (i++ >= _maxDrbgIters)
      throw new Error("drbg: tried max amount of iterations");
    let len = 0;
    const out = [];
    while (len < qByteLen) {
      v = h();
      const sl = v.slice();
      out.push(sl);
      len += v.length;
    }
    return concatBytes2(...out);
  };
  const genUntil = (seed, pred) => {
    reset();
    reseed(seed);
    let res = void 0;
    while ((res = pred(gen())) === void 0)
      reseed();
    reset();
    return res;
  };
  return genUntil;
}
function validateObject(object2, fields = {}, optFields = {}, title = "object") {
  aobject2(object2, title);
  aobject2(fields, "fields");
  aobject2(optFields, "optFields");
  function checkField(fieldName, expectedType, isOpt) {
    const label = title === "object" ? `param "${String(fieldName)}"` : `"${title}.${String(fieldName)}"`;
    const val = object2[fieldName];
    if (!Object.hasOwn(object2, fieldName) && (isOpt ? val !== void 0 : expectedType !== "function")) {
      throw new TypeError(`${label} is invalid: expected own property`);
    }
    if (isOpt && val === void 0)
      return;
    const current = typeof val;
    if (current !== expectedType || val === null)
      throw new TypeError(`${label} is invalid: expected ${expectedType}, got ${current}`);
  }
  const iter = (f, isOpt) => Object.entries(f).forEach(([k, v]) => checkField(k, v, isOpt));
  iter(fields, false);
  iter(optFields, true);
}

// node_modules/@noble/curves/abstract/modular.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var _0n2 = /* @__PURE__ */ BigInt(0);
var _1n2 = /* @__PURE__ */ BigInt(1);
var _2n = /* @__PURE__ */ BigInt(2);
var _3n = /* @__PURE__ */ BigInt(3);
var _4n = /* @__PURE__ */ BigInt(4);
var _5n = /* @__PURE__ */ BigInt(5);
var _7n = /* @__PURE__ */ BigInt(7);
var _8n = /* @__PURE__ */ BigInt(8);
var _9n = /* @__PURE__ */ BigInt(9);
var _15n = /* @__PURE__ */ BigInt(15);
var _16n = /* @__PURE__ */ BigInt(16);
var POW_WINDOWED_MIN = /* @__PURE__ */ BigInt("0x10000000000000000");
function mod(a, b) {
  if (b <= _0n2)
    throw new Error("mod: expected positive modulus, got " + b);
  const result = a % b;
  return result >= _0n2 ? result : b + result;
}
function pow(num, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow: expected modulus > 1, got " + modulo);
  if (typeof power !== "bigint")
    throw new TypeError("invalid exponent: expected bigint, got " + typeof power);
  if (power < _0n2)
    throw new Error("invalid exponent, negatives unsupported");
  if (power === _0n2)
    return _1n2;
  if (power === _1n2)
    return num;
  let d = num % modulo;
  if (d < _0n2)
    d += modulo;
  if (power < POW_WINDOWED_MIN) {
    let p2 = _1n2;
    while (power > _0n2) {
      if (power & _1n2)
        p2 = p2 * d % modulo;
      d = d * d % modulo;
      power >>= _1n2;
    }
    return p2;
  }
  const digits = [];
  while (power > _0n2) {
    digits.push(Number(power & _15n));
    power >>= _4n;
  }
  const table = new Array(16);
  table[0] = _1n2;
  table[1] = d;
  for (let i = 2; i < 16; i++)
    table[i] = table[i - 1] * d % modulo;
  let p = table[digits[digits.length - 1]];
  for (let w = digits.length - 2; w >= 0; w--) {
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    p = p * p % modulo;
    const digit = digits[w];
    if (digit !== 0)
      p = p * table[digit] % modulo;
  }
  return p;
}
function pow2(x, power, modulo) {
  if (modulo <= _1n2)
    throw new Error("pow2: expected modulus > 1, got " + modulo);
  if (power < _0n2)
    throw new Error("pow2: expected non-negative exponent, got " + power);
  let res = x;
  while (power-- > _0n2) {
    res *= res;
    res %= modulo;
  }
  return res;
}
function invert(number, modulo) {
  if (number === _0n2)
    throw new Error("invert: expected non-zero number");
  if (modulo <= _1n2)
    throw new Error("invert: expected modulus > 1, got " + modulo);
  let a = mod(number, modulo);
  let b = modulo;
  let x = _0n2, u = _1n2;
  while (a !== _0n2) {
    const q = b / a;
    const r = b - a * q;
    const m = x - u * q;
    b = a, a = r, x = u, u = m;
  }
  const gcd = b;
  if (gcd !== _1n2)
    throw new Error("invert: does not exist");
  return mod(x, modulo);
}
function invertCt(a, prime) {
  if (prime <= _1n2)
    throw new Error("invertCt: expected prime modulus > 1, got " + prime);
  const an = mod(a, prime);
  if (an === _0n2)
    throw new Error("invertCt: expected non-zero number");
  const inverse = pow(an, prime - _2n, prime);
  if (mod(an * inverse, prime) !== _1n2)
    throw new Error("invertCt: does not exist");
  return inverse;
}
function assertIsSquare(Fp, root, n) {
  const F = Fp;
  if (!F.eql(F.sqr(root), n))
    throw new Error("Cannot find square root");
}
function aoddModulus(order, fnName) {
  if ((order & _1n2) === _0n2)
    throw new Error(fnName + ": expected odd modulus, got " + order);
}
function sqrt3mod4(Fp, n) {
  const F = Fp;
  const p1div4 = (F.ORDER + _1n2) / _4n;
  const root = F.pow(n, p1div4);
  assertIsSquare(F, root, n);
  return root;
}
function sqrt5mod8(Fp, n) {
  const F = Fp;
  const p5div8 = (F.ORDER - _5n) / _8n;
  const n2 = F.mul(n, _2n);
  const v = F.pow(n2, p5div8);
  const nv = F.mul(n, v);
  const i = F.mul(F.mul(nv, _2n), v);
  const root = F.mul(nv, F.sub(i, F.ONE));
  assertIsSquare(F, root, n);
  return root;
}
function sqrt9mod16(P) {
  const Fp_ = Field(P);
  const tn = tonelliShanks(P);
  const c1 = tn(Fp_, Fp_.neg(Fp_.ONE));
  const c2 = tn(Fp_, c1);
  const c3 = tn(Fp_, Fp_.neg(c1));
  const c4 = (P + _7n) / _16n;
  return ((Fp, n) => {
    const F = Fp;
    let tv1 = F.pow(n, c4);
    let tv2 = F.mul(tv1, c1);
    const tv3 = F.mul(tv1, c2);
    const tv4 = F.mul(tv1, c3);
    const e1 = F.eql(F.sqr(tv2), n);
    const e2 = F.eql(F.sqr(tv3), n);
    tv1 = F.cmov(tv1, tv2, e1);
    tv2 = F.cmov(tv4, tv3, e2);
    const e3 = F.eql(F.sqr(tv2), n);
    const root = F.cmov(tv1, tv2, e3);
    assertIsSquare(F, root, n);
    return root;
  });
}
function tonelliShanks(P) {
  if (P < _3n)
    throw new Error("sqrt is not defined for small field");
  aoddModulus(P, "tonelliShanks");
  let Q = P - _1n2;
  let S = 0;
  while (Q % _2n === _0n2) {
    Q /= _2n;
    S++;
  }
  let Z = _2n;
  const _Fp = Field(P);
  while (FpLegendre(_Fp, Z) === 1) {
    if (Z++ > 1e3)
      throw new Error("Cannot find square root: probably non-prime P");
  }
  if (S === 1)
    return sqrt3mod4;
  let cc = _Fp.pow(Z, Q);
  const Q1div2 = (Q + _1n2) / _2n;
  return function tonelliSlow(Fp, n) {
    const F = Fp;
    if (F.is0(n))
      return n;
    if (FpLegendre(F, n) !== 1)
      throw new Error("Cannot find square root");
    let M = S;
    let c = F.mul(F.ONE, cc);
    let t = F.pow(n, Q);
    let R = F.pow(n, Q1div2);
    while (!F.eql(t, F.ONE)) {
      if (F.is0(t))
        throw new Error("Cannot find square root: probably non-prime P");
      let i = 1;
      let t_tmp = F.sqr(t);
      while (!F.eql(t_tmp, F.ONE)) {
        i++;
        t_tmp = F.sqr(t_tmp);
        if (i === M)
          throw new Error("Cannot find square root");
      }
      const exponent = _1n2 << BigInt(M - i - 1);
      const b = F.pow(c, exponent);
      M = i;
      c = F.sqr(b);
      t = F.mul(t, c);
      R = F.mul(R, b);
    }
    return R;
  };
}
function FpSqrt(P) {
  aoddModulus(P, "Fp.sqrt");
  if (P % _4n === _3n)
    return sqrt3mod4;
  if (P % _8n === _5n)
    return sqrt5mod8;
  if (P % _16n === _9n)
    return sqrt9mod16(P);
  return tonelliShanks(P);
}
var FIELD_FIELDS = [
  "create",
  "isValid",
  "is0",
  "neg",
  "inv",
  "sqrt",
  "sqr",
  "eql",
  "add",
  "sub",
  "mul",
  "pow",
  "div",
  "addN",
  "subN",
  "mulN",
  "sqrN"
];
function validateField(field) {
  aobject2(field, "field");
  if (typeof field.ORDER !== "bigint")
    throw new TypeError('param "ORDER" is invalid: expected bigint, got ' + typeof field.ORDER);
  asafenumber(field.BYTES, "BYTES");
  asafenumber(field.BITS, "BITS");
  for (const name of FIELD_FIELDS)
    afunction(field[name], "field." + name);
  if (field.BYTES < 1 || field.BITS < 1)
    throw new Error("invalid field: expected BYTES/BITS > 0");
  if (field.ORDER <= _1n2)
    throw new Error("invalid field: expected ORDER > 1, got " + field.ORDER);
  return field;
}
function FpInvertBatch(Fp, nums, passZero = false) {
  validateField(Fp);
  aarray(nums, "nums");
  abool(passZero, "passZero");
  const F = Fp;
  const inverted = new Array(nums.length).fill(passZero ? F.ZERO : void 0);
  const multipliedAcc = nums.reduce((acc, num, i) => {
    if (F.is0(num))
      return acc;
    inverted[i] = acc;
    return F.mul(acc, num);
  }, F.ONE);
  const invertedAcc = F.inv(multipliedAcc);
  nums.reduceRight((acc, num, i) => {
    if (F.is0(num))
      return acc;
    inverted[i] = F.mul(acc, inverted[i]);
    return F.mul(acc, num);
  }, invertedAcc);
  return inverted;
}
function FpLegendre(Fp, n) {
  validateField(Fp);
  const F = Fp;
  aoddModulus(F.ORDER, "FpLegendre");
  const p1mod2 = (F.ORDER - _1n2) / _2n;
  const powered = F.pow(n, p1mod2);
  const yes = F.eql(powered, F.ONE);
  const zero = F.eql(powered, F.ZERO);
  const no = F.eql(powered, F.neg(F.ONE));
  if (!yes && !zero && !no)
    throw new Error("invalid Legendre symbol result");
  return yes ? 1 : zero ? 0 : -1;
}
function nLength(n, nBitLength) {
  if (nBitLength !== void 0)
    anumber2(nBitLength);
  if (n <= _0n2)
    throw new Error("invalid n length: expected positive n, got " + n);
  if (nBitLength !== void 0 && nBitLength < 1)
    throw new Error("invalid n length: expected positive bit length, got " + nBitLength);
  const bits = bitLen(n);
  if (nBitLength !== void 0 && nBitLength < bits)
    throw new Error(`invalid n length: expected nBitLength (${nBitLength}) >= bitLen(n) (${bits})`);
  const _nBitLength = nBitLength !== void 0 ? nBitLength : bits;
  const nByteLength = Math.ceil(_nBitLength / 8);
  return { nBitLength: _nBitLength, nByteLength };
}
var FIELD_SQRT = /* @__PURE__ */ new WeakMap();
var _Field = class {
  ORDER;
  BITS;
  BYTES;
  isLE;
  ZERO = _0n2;
  ONE = _1n2;
  _lengths;
  _mod;
  constructor(ORDER, opts = {}) {
    if (ORDER <= _1n2)
      throw new Error("invalid field: expected ORDER > 1, got " + ORDER);
    let _nbitLength = void 0;
    this.isLE = false;
    if (opts != null && typeof opts === "object") {
      if (typeof opts.BITS === "number")
        _nbitLength = opts.BITS;
      if (typeof opts.sqrt === "function")
        Object.defineProperty(this, "sqrt", { value: opts.sqrt, enumerable: true });
      if (typeof opts.isLE === "boolean")
        this.isLE = opts.isLE;
      if (opts.allowedLengths)
        this._lengths = Object.freeze(opts.allowedLengths.slice());
      if (typeof opts.modFromBytes === "boolean")
        this._mod = opts.modFromBytes;
    }
    const { nBitLength, nByteLength } = nLength(ORDER, _nbitLength);
    if (nByteLength > 2048)
      throw new Error("invalid field: expected ORDER of <= 2048 bytes");
    this.ORDER = ORDER;
    this.BITS = nBitLength;
    this.BYTES = nByteLength;
    Object.freeze(this);
  }
  create(num) {
    return mod(num, this.ORDER);
  }
  isValid(num) {
    if (typeof num !== "bigint")
      throw new TypeError("invalid field element: expected bigint, got " + typeof num);
    return _0n2 <= num && num < this.ORDER;
  }
  is0(num) {
    return num === _0n2;
  }
  // is valid and invertible
  isValidNot0(num) {
    return !this.is0(num) && this.isValid(num);
  }
  isOdd(num) {
    return (num & _1n2) === _1n2;
  }
  neg(num) {
    return mod(-num, this.ORDER);
  }
  eql(lhs, rhs) {
    return lhs === rhs;
  }
  sqr(num) {
    return mod(num * num, this.ORDER);
  }
  add(lhs, rhs) {
    return mod(lhs + rhs, this.ORDER);
  }
  sub(lhs, rhs) {
    return mod(lhs - rhs, this.ORDER);
  }
  mul(lhs, rhs) {
    return mod(lhs * rhs, this.ORDER);
  }
  pow(num, power) {
    return pow(num, power, this.ORDER);
  }
  div(lhs, rhs) {
    return mod(lhs * invert(rhs, this.ORDER), this.ORDER);
  }
  // Same as above, but doesn't normalize
  sqrN(num) {
    return num * num;
  }
  addN(lhs, rhs) {
    return lhs + rhs;
  }
  subN(lhs, rhs) {
    return lhs - rhs;
  }
  mulN(lhs, rhs) {
    return lhs * rhs;
  }
  inv(num) {
    return invert(num, this.ORDER);
  }
  sqrt(num) {
    let sqrt = FIELD_SQRT.get(this);
    if (!sqrt)
      FIELD_SQRT.set(this, sqrt = FpSqrt(this.ORDER));
    return sqrt(this, num);
  }
  toBytes(num) {
    return this.isLE ? numberToBytesLE(num, this.BYTES) : numberToBytesBE(num, this.BYTES);
  }
  fromBytes(bytes, skipValidation = false) {
    abytes2(bytes);
    const { _lengths: allowedLengths, BYTES, isLE: isLE2, ORDER, _mod: modFromBytes } = this;
    if (allowedLengths) {
      if (bytes.length < 1 || !allowedLengths.includes(bytes.length) || bytes.length > BYTES) {
        throw new Error("Field.fromBytes: expected " + allowedLengths + " bytes, got " + bytes.length);
      }
      const padded = new Uint8Array(BYTES);
      padded.set(bytes, isLE2 ? 0 : padded.length - bytes.length);
      bytes = padded;
    }
    if (bytes.length !== BYTES)
      throw new Error("Field.fromBytes: expected " + BYTES + " bytes, got " + bytes.length);
    let scalar = isLE2 ? bytesToNumberLE(bytes) : bytesToNumberBE(bytes);
    if (modFromBytes)
      scalar = mod(scalar, ORDER);
    if (!skipValidation) {
      if (!this.isValid(scalar))
        throw new Error("invalid field element: outside of range 0..ORDER");
    }
    return scalar;
  }
  // TODO: we don't need it here, move out to separate fn
  invertBatch(lst) {
    return FpInvertBatch(this, lst, true);
  }
  // We can't move this out because Fp6, Fp12 implement it
  // and it's unclear what to return in there.
  cmov(a, b, condition) {
    abool(condition, "condition");
    return condition ? b : a;
  }
};
function Field(ORDER, opts = {}) {
  Object.freeze(_Field.prototype);
  return new _Field(ORDER, opts);
}
function getFieldBytesLength(fieldOrder) {
  if (typeof fieldOrder !== "bigint")
    throw new Error("field order must be bigint");
  if (fieldOrder <= _1n2)
    throw new Error("field order must be greater than 1");
  const bitLength = bitLen(fieldOrder - _1n2);
  return Math.ceil(bitLength / 8);
}
function getMinHashLength(fieldOrder) {
  const length = getFieldBytesLength(fieldOrder);
  return length + Math.ceil(length / 2);
}
function mapHashToField(key, fieldOrder, isLE2 = false) {
  abytes2(key);
  const len = key.length;
  const fieldLen = getFieldBytesLength(fieldOrder);
  const minLen = Math.max(getMinHashLength(fieldOrder), 16);
  if (len < minLen || len > 1024)
    throw new Error("expected " + minLen + "-1024 bytes of input, got " + len);
  const num = isLE2 ? bytesToNumberLE(key) : bytesToNumberBE(key);
  const reduced = mod(num, fieldOrder - _1n2) + _1n2;
  return isLE2 ? numberToBytesLE(reduced, fieldLen) : numberToBytesBE(reduced, fieldLen);
}

// node_modules/@noble/curves/abstract/curve.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var _0n3 = /* @__PURE__ */ BigInt(0);
var _1n3 = /* @__PURE__ */ BigInt(1);
var _4n2 = /* @__PURE__ */ BigInt(4);
var BLIND_BYTES = 16;
var BLIND_BITS = 128;
var FW_WINDOW = 5;
var TABLE_BYTES_MAX = /* @__PURE__ */ (() => 2 ** 31)();
function validatePointCons(Point) {
  const pc = Point;
  if (typeof pc !== "function")
    throw new TypeError('"Point" expected constructor, got type=' + typeof Point);
  afunction(pc.fromAffine, "Point.fromAffine");
  afunction(pc.fromBytes, "Point.fromBytes");
  afunction(pc.fromHex, "Point.fromHex");
  aobject2(pc.BASE, "Point.BASE");
  aobject2(pc.ZERO, "Point.ZERO");
  validateField(pc.Fp);
  validateField(pc.Fn);
}
function normalizeZ(c, points) {
  validatePointCons(c);
  validateMSMPoints(points, c);
  const invertedZs = FpInvertBatch(c.Fp, points.map((p) => p.Z));
  return points.map((p, i) => c.fromAffine(p.toAffine(invertedZs[i])));
}
function validateW(W, bits, min = 1) {
  if (!Number.isSafeInteger(W) || W < min || W > bits)
    throw new Error("invalid window size, expected [" + min + ".." + bits + "], got W=" + W);
}
function validateTableBytes(numPoints, fpBytes) {
  const bytes = numPoints * (4 * fpBytes + 128);
  if (bytes > TABLE_BYTES_MAX)
    throw new Error("invalid window size: table would need ~" + Math.ceil(bytes / 2 ** 20) + " MiB, max " + TABLE_BYTES_MAX / 2 ** 20 + " MiB");
}
function probeRandomBytes(randomBytes3, length) {
  if (randomBytes3 === void 0)
    return void 0;
  afunction(randomBytes3, "randomBytes");
  try {
    const probe = randomBytes3(length);
    if (!isBytes2(probe) || probe.length !== length)
      return void 0;
  } catch {
    return void 0;
  }
  return randomBytes3;
}
function validateMSMPoints(points, c) {
  aarray(points, "points");
  points.forEach((p, i) => {
    if (!(p instanceof c))
      throw new Error("invalid point at index " + i);
  });
}
function validateMSMScalars(scalars, field, maxScalar) {
  if (!Array.isArray(scalars))
    throw new Error("array of scalars expected");
  scalars.forEach((s, i) => {
    const ok = maxScalar === void 0 ? field.isValid(s) : isPosBig(s) && s < maxScalar;
    if (!ok)
      throw new Error("invalid scalar at index " + i);
  });
}
var pointWindowSizes = /* @__PURE__ */ new WeakMap();
function getWindowSize(P) {
  return pointWindowSizes.get(P) || 1;
}
function oddMultiples(p, size) {
  const dbl = p.double();
  const t = [p];
  for (let j = 1; j < size; j++)
    t.push(t[j - 1].add(dbl));
  return t;
}
function wnafDigits(n, W) {
  const size = 2 ** W;
  const half = size / 2;
  const mask = BigInt(size - 1);
  const d = [];
  while (n > _0n3) {
    let w = 0;
    if (n & _1n3) {
      w = Number(n & mask);
      if (w >= half)
        w -= size;
      n -= BigInt(w);
    }
    d.push(w);
    n >>= _1n3;
  }
  return d;
}
function signedWindowDigits(n, W, windows) {
  const size = 2 ** W;
  const half = size / 2;
  const mask = BigInt(size - 1);
  const shiftBy = BigInt(W);
  const d = [];
  for (let w = 0; w < windows; w++) {
    let v = Number(n & mask);
    n >>= shiftBy;
    if (v > half) {
      v -= size;
      n += _1n3;
    }
    d.push(v);
  }
  if (n !== _0n3)
    throw new Error("invalid wnaf");
  return d;
}
function wnafWalk(zero, tables, digits) {
  let max = 0;
  for (const d of digits)
    max = Math.max(max, d.length);
  let acc = zero;
  for (let bit = max - 1; bit >= 0; bit--) {
    if (bit !== max - 1)
      acc = acc.double();
    for (let i = 0; i < digits.length; i++) {
      const w = digits[i][bit];
      if (w) {
        const item = tables[i][Math.abs(w) - 1 >> 1];
        acc = acc.add(w < 0 ? item.negate() : item);
      }
    }
  }
  return acc;
}
var ScalarMultiplier = class {
  Point;
  BASE;
  ZERO;
  randomBytes;
  wnafPrecomputes = /* @__PURE__ */ new WeakMap();
  baseCanBeBlinded;
  bits;
  // Parametrized with a given Point class (not individual point)
  constructor(Point, randomBytes3) {
    validatePointCons(Point);
    this.randomBytes = probeRandomBytes(randomBytes3, BLIND_BYTES);
    this.Point = Point;
    this.BASE = Point.BASE;
    this.ZERO = Point.ZERO;
    this.bits = Point.Fn.BITS;
  }
  /**
   * Creates a signed fixed-window wNAF precomputation table: for every window w, the
   * multiples `[1..2^(W−1)]⋅2^(w⋅W)⋅P`, flattened. All doublings are baked into the table,
   * so cached multiplication is additions-only. `windows = ceil(bits/W) + 1`: the extra
   * window absorbs the final carry of signed-digit recoding.
   * For a 256-bit curve and W=6, the table is 44⋅32 = 1408 points.
   * @param point - Point instance
   * @param W - window size
   * @param bits - scalar bitlength the table must cover
   */
  buildWnafTable(point, W, bits) {
    const windows = Math.ceil(bits / W) + 1;
    const half = 2 ** (W - 1);
    const comp = [];
    let base = point;
    for (let w = 0; w < windows; w++) {
      let acc = base;
      for (let i = 0; i < half; i++) {
        comp.push(acc);
        acc = acc.add(base);
      }
      base = comp[comp.length - 1].double();
    }
    return { W, bits, windows, comp };
  }
  /**
   * Implements ec multiplication using precomputed signed fixed-window wNAF tables.
   * Constant-time: fixed window count with one table addition per window — zero digits feed
   * the fake accumulator — and no doublings; the lookup scans the whole window slice.
   * Scalar bounds are validated by the public entry points ({@link ScalarMultiplier.mulCT},
   * {@link ScalarMultiplier.mulCTBlinded}, {@link ScalarMultiplier.mulUnsafe});
   * signedWindowDigits throws if `n` exceeds the table.
   * @returns real and fake (for const-time) points
   */
  wnafCachedCT(precomputes, n) {
    const { W, windows, comp } = precomputes;
    const half = 2 ** (W - 1);
    const digits = signedWindowDigits(n, W, windows);
    let p = this.ZERO;
    let f = this.BASE;
    for (let w = 0; w < windows; w++) {
      const digit = digits[w];
      const start = w * half;
      const idx = Math.abs(digit) - 1;
      let sel = comp[start];
      for (let i = 1; i < half; i++)
        sel = i === idx ? comp[start + i] : sel;
      const neg = sel.negate();
      if (digit === 0)
        f = f.add(comp[start]);
      else
        p = p.add(digit < 0 ? neg : sel);
    }
    return { p, f };
  }
  // Cache key is point identity plus (W, bits); at most two entries exist per point (public-width
  // `Fn.BITS` and blinded `Fn.BITS + BLIND_BITS`). Callers must not reuse the same point with
  // incompatible `transform(...)` layouts and expect a separate cache entry.
  getWnafPrecomputes(W, point, bits, transform) {
    let entries = this.wnafPrecomputes.get(point);
    let comp = entries?.find((entry) => entry.W === W && entry.bits === bits);
    if (!comp) {
      comp = this.buildWnafTable(point, W, bits);
      if (typeof transform === "function")
        comp = { ...comp, comp: transform(comp.comp) };
      if (!entries) {
        entries = [];
        this.wnafPrecomputes.set(point, entries);
      }
      entries.push(comp);
    }
    return comp;
  }
  assertPoint(point) {
    if (!(point instanceof this.Point))
      throw new TypeError('"point" expected Point instance, got type=' + typeof point);
  }
  // Shared prologue of the constant-time entry points. Rejects scalar 0: in key/signature-style
  // callers a zero scalar means broken upstream plumbing, and concrete Points already reject it.
  // Uses inRange instead of Fn.isValidNot0: validateField() only certifies the arithmetic subset.
  validateMulInput(point, scalar) {
    this.assertPoint(point);
    if (!inRange(scalar, _1n3, this.Point.Fn.ORDER))
      throw new Error("invalid scalar");
  }
  // Constant-time dispatch shared by mulCT / mulCTBlinded. Un-precomputed points (W===1, e.g.
  // ECDH peer keys) skip building a throwaway cached table in favor of a small fixed-window
  // multiply. `n` must be < 2^bits.
  runCT(point, n, bits, transform) {
    const W = getWindowSize(point);
    if (W === 1)
      return this.fixedWindowCT(point, n, bits);
    return this.wnafCachedCT(this.getWnafPrecomputes(W, point, bits, transform), n);
  }
  mulCT(point, scalar, transform) {
    this.validateMulInput(point, scalar);
    return this.runCT(point, scalar, this.bits, transform);
  }
  mulCTBlinded(point, scalar, transform) {
    this.validateMulInput(point, scalar);
    if (this.randomBytes === void 0)
      throw new Error("randomBytes is required for scalar blinding");
    const bits = this.Point.Fn.BITS + BLIND_BITS;
    const blind = this.randomBytes(BLIND_BYTES);
    if (!isBytes2(blind) || blind.length !== BLIND_BYTES)
      throw new Error("randomBytes returned invalid byte array");
    blind[0] = blind[0] & 63 | 128;
    const n = scalar + bytesToNumberBE(blind) * this.Point.Fn.ORDER;
    return this.runCT(point, n, bits, transform);
  }
  /**
   * Constant-time multiplication `n*point` for an un-precomputed point, via a small fixed window.
   * A cached wNAF table only pays off when reused; a flat 2^FW_WINDOW table (`size-1` adds) is
   * far cheaper to build for a single use. The point-operation sequence is independent of `n`:
   * build the table, then per window exactly FW_WINDOW doublings, a data-oblivious scan over
   * every table entry, and one addition (adds the identity when the window digit is 0 — never
   * skipped).
   *
   * `n` must be `< 2^bits`. Assumes complete addition (adding the identity costs the same as any
   * add), which holds for the Weierstrass/Edwards point types used here. The table is left in
   * projective form (no normalizeZ): normalizing this small a table costs more than the
   * mixed-add savings it would buy for a single multiply.
   * @returns real point `p`; `f` duplicates it only to match {@link wnafCachedCT}'s return shape
   * (this path needs no fake accumulator — its op-count is already scalar-independent).
   */
  fixedWindowCT(point, n, bits) {
    const W = FW_WINDOW;
    const size = 1 << W;
    const mask = bitMask(W);
    const table = new Array(size);
    table[0] = this.ZERO;
    for (let i = 1; i < size; i++)
      table[i] = table[i - 1].add(point);
    const windows = Math.ceil(bits / W);
    let acc = this.ZERO;
    for (let window = windows - 1; window >= 0; window--) {
      if (window !== windows - 1)
        for (let d = 0; d < W; d++)
          acc = acc.double();
      const digit = Number(n >> BigInt(window * W) & mask);
      let sel = table[0];
      for (let i = 1; i < size; i++)
        sel = i === digit ? table[i] : sel;
      acc = acc.add(sel);
    }
    return { p: acc, f: acc };
  }
  shouldBlind(point, cofactor) {
    if (this.randomBytes === void 0)
      return false;
    if (cofactor === _1n3)
      return true;
    if (point !== this.BASE)
      return false;
    if (this.baseCanBeBlinded === void 0)
      this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0();
    return this.baseCanBeBlinded;
  }
  mulSecret(point, scalar, cofactor, transform) {
    return this.shouldBlind(point, cofactor) ? this.mulCTBlinded(point, scalar, transform) : this.mulCT(point, scalar, transform);
  }
  mulUnsafe(point, scalar, transform) {
    this.assertPoint(point);
    if (!isPosBig(scalar))
      throw new Error("invalid scalar");
    const W = getWindowSize(point);
    if (W === 1 || scalar >= this.Point.Fn.ORDER)
      return mulAddUnsafe(this.Point, [point], [scalar], true);
    const precomputes = this.getWnafPrecomputes(W, point, this.bits, transform);
    return this.wnafCachedCT(precomputes, scalar).p;
  }
  // Remembers the window size used for precomputed wNAF multiplication of the given point
  // and drops any previously built tables. Usually only the base point is precomputed.
  // W=1 resets the point to the un-precomputed (table-less) paths.
  // W is additionally capped so tables stay under ~2 GiB ({@link TABLE_BYTES_MAX}).
  setWindowSize(point, W) {
    this.assertPoint(point);
    validateW(W, this.bits);
    const windows = Math.ceil((this.bits + BLIND_BITS) / W) + 1;
    validateTableBytes(windows * 2 ** (W - 1), this.Point.Fp.BYTES);
    pointWindowSizes.set(point, W);
    this.wnafPrecomputes.delete(point);
  }
  // True when a window size is set: tables themselves are built lazily on first multiply.
  hasWindowSize(point) {
    return getWindowSize(point) !== 1;
  }
};
function mulAddUnsafe(c, points, scalars, allowOversized = false) {
  validatePointCons(c);
  validateMSMPoints(points, c);
  abool(allowOversized, "allowOversized");
  validateMSMScalars(scalars, c.Fn, allowOversized ? c.Fn.ORDER ** _4n2 : void 0);
  if (points.length !== scalars.length)
    throw new Error("arrays of points and scalars must have equal length");
  const tables = points.map((p) => oddMultiples(p, 4));
  const digits = scalars.map((n) => wnafDigits(n, 4));
  return wnafWalk(c.ZERO, tables, digits);
}
function createField(order, field, isLE2) {
  if (field) {
    if (field.ORDER !== order)
      throw new Error("Field.ORDER must match order: Fp == p, Fn == n");
    validateField(field);
    return field;
  } else {
    return Field(order, { isLE: isLE2 });
  }
}
function createCurveFields(type, CURVE, curveOpts = {}, FpFnLE) {
  if (type !== "weierstrass" && type !== "edwards")
    throw new Error('expected curve type "weierstrass" or "edwards"');
  if (FpFnLE === void 0)
    FpFnLE = type === "edwards";
  if (!CURVE || typeof CURVE !== "object")
    throw new Error(`expected valid ${type} CURVE object`);
  validateObject(curveOpts);
  for (const p of ["p", "n", "h"]) {
    const val = CURVE[p];
    if (!(isPosBig(val) && val !== _0n3))
      throw new Error(`CURVE.${p} must be positive bigint`);
  }
  const Fp = createField(CURVE.p, curveOpts.Fp, FpFnLE);
  const Fn = createField(CURVE.n, curveOpts.Fn, FpFnLE);
  const _b = type === "weierstrass" ? "b" : "d";
  const params = ["Gx", "Gy", "a", _b];
  for (const p of params) {
    if (!Fp.isValid(CURVE[p]))
      throw new Error(`CURVE.${p} must be valid field element of CURVE.Fp`);
  }
  CURVE = Object.freeze(Object.assign({}, CURVE));
  return { CURVE, Fp, Fn };
}
function createKeygen(randomSecretKey, getPublicKey) {
  return function keygen(seed) {
    const secretKey = randomSecretKey(seed);
    return { secretKey, publicKey: getPublicKey(secretKey) };
  };
}

// node_modules/@noble/curves/abstract/der.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var _0n4 = /* @__PURE__ */ BigInt(0);
var DERErr = class extends Error {
  constructor(m = "") {
    super(m);
  }
};
var _DER = {
  // asn.1 DER encoding utils
  Err: DERErr,
  // Basic building block is TLV (Tag-Length-Value)
  _tlv: {
    encode: (tag, data) => {
      const { Err: E } = _DER;
      asafenumber(tag, "tag");
      if (tag < 0 || tag > 255)
        throw new E("tlv.encode: wrong tag");
      astring(data, "data");
      if (data.length & 1)
        throw new E("tlv.encode: unpadded data");
      const dataLen = data.length / 2;
      const len = numberToHexUnpadded(dataLen);
      if (len.length / 2 & 128)
        throw new E("tlv.encode: long form length too big");
      const lenLen = dataLen > 127 ? numberToHexUnpadded(len.length / 2 | 128) : "";
      const t = numberToHexUnpadded(tag);
      return t + lenLen + len + data;
    },
    // v - value, l - left bytes (unparsed)
    decode(tag, data) {
      const { Err: E } = _DER;
      data = abytes2(data, void 0, "DER data");
      let pos = 0;
      if (tag < 0 || tag > 255)
        throw new E("tlv.decode: wrong tag");
      if (data.length < 2 || data[pos++] !== tag)
        throw new E("tlv.decode: wrong tlv");
      const first = data[pos++];
      const isLong = !!(first & 128);
      let length = 0;
      if (!isLong)
        length = first;
      else {
        const lenLen = first & 127;
        if (!lenLen)
          throw new E("tlv.decode(long): indefinite length not supported");
        if (lenLen > 4)
          throw new E("tlv.decode(long): byte length is too big");
        const lengthBytes = data.subarray(pos, pos + lenLen);
        if (lengthBytes.length !== lenLen)
          throw new E("tlv.decode: length bytes not complete");
        if (lengthBytes[0] === 0)
          throw new E("tlv.decode(long): zero leftmost byte");
        for (const b of lengthBytes)
          length = length << 8 | b;
        pos += lenLen;
        if (length < 128)
          throw new E("tlv.decode(long): not minimal encoding");
      }
      const v = data.subarray(pos, pos + length);
      if (v.length !== length)
        throw new E("tlv.decode: wrong value length");
      return { v, l: data.subarray(pos + length) };
    }
  },
  // https://crypto.stackexchange.com/a/57734 Leftmost bit of first byte is 'negative' flag,
  // since we always use positive integers here. It must always be empty:
  // - add zero byte if exists
  // - if next byte doesn't have a flag, leading zero is not allowed (minimal encoding)
  _int: {
    encode(num) {
      const { Err: E } = _DER;
      abignumber(num);
      if (num < _0n4)
        throw new E("integer: negative integers are not allowed");
      let hex = numberToHexUnpadded(num);
      if (Number.parseInt(hex[0], 16) & 8)
        hex = "00" + hex;
      if (hex.length & 1)
        throw new E("unexpected DER parsing assertion: unpadded hex");
      return hex;
    },
    decode(data) {
      const { Err: E } = _DER;
      if (data.length < 1)
        throw new E("invalid signature integer: empty");
      if (data[0] & 128)
        throw new E("invalid signature integer: negative");
      if (data.length > 1 && data[0] === 0 && !(data[1] & 128))
        throw new E("invalid signature integer: unnecessary leading zero");
      return bytesToNumberBE(data);
    }
  },
  toSig(bytes, maxScalarBytes) {
    const { Err: E, _int: int, _tlv: tlv } = _DER;
    if (maxScalarBytes !== void 0) {
      asafenumber(maxScalarBytes, "maxScalarBytes");
      if (maxScalarBytes < 1)
        throw new E("invalid signature: maxScalarBytes must be positive");
    }
    const data = abytes2(bytes, void 0, "signature");
    const { v: seqBytes, l: seqLeftBytes } = tlv.decode(48, data);
    if (seqLeftBytes.length)
      throw new E("invalid signature: left bytes after parsing");
    const { v: rBytes, l: rLeftBytes } = tlv.decode(2, seqBytes);
    const { v: sBytes, l: sLeftBytes } = tlv.decode(2, rLeftBytes);
    if (sLeftBytes.length)
      throw new E("invalid signature: left bytes after parsing");
    if (maxScalarBytes !== void 0 && (rBytes.length > maxScalarBytes || sBytes.length > maxScalarBytes))
      throw new E("invalid signature: integer too large");
    return { r: int.decode(rBytes), s: int.decode(sBytes) };
  },
  hexFromSig(sig) {
    const { _tlv: tlv, _int: int } = _DER;
    validateObject(sig, { r: "bigint", s: "bigint" }, {}, "sig");
    const rs = tlv.encode(2, int.encode(sig.r));
    const ss = tlv.encode(2, int.encode(sig.s));
    const seq = rs + ss;
    return tlv.encode(48, seq);
  }
};
var DER = /* @__PURE__ */ (() => {
  Object.freeze(_DER._tlv);
  Object.freeze(_DER._int);
  return Object.freeze(_DER);
})();

// node_modules/@noble/curves/abstract/weierstrass.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var divNearest = (num, den) => (num + (num >= 0 ? den : -den) / _2n2) / den;
function _splitEndoScalar(k, basis, n) {
  aInRange("scalar", k, _0n5, n);
  const [[a1, b1], [a2, b2]] = basis;
  const c1 = divNearest(b2 * k, n);
  const c2 = divNearest(-b1 * k, n);
  let k1 = k - c1 * a1 - c2 * a2;
  let k2 = -c1 * b1 - c2 * b2;
  const k1neg = k1 < _0n5;
  const k2neg = k2 < _0n5;
  if (k1neg)
    k1 = -k1;
  if (k2neg)
    k2 = -k2;
  const MAX_NUM = bitMask(Math.ceil(bitLen(n) / 2)) + _1n4;
  if (k1 < _0n5 || k1 >= MAX_NUM || k2 < _0n5 || k2 >= MAX_NUM) {
    throw new Error("splitScalar (endomorphism): failed for k");
  }
  return { k1neg, k1, k2neg, k2 };
}
function validateSigFormat(format) {
  if (!["compact", "recovered", "der"].includes(format))
    throw new Error('Signature format must be "compact", "recovered", or "der"');
  return format;
}
function validateSigOpts(opts, def) {
  validateObject(opts);
  const optsn = {};
  for (let optName of Object.keys(def)) {
    optsn[optName] = opts[optName] === void 0 ? def[optName] : opts[optName];
  }
  abool(optsn.lowS, "lowS");
  abool(optsn.prehash, "prehash");
  if (optsn.format !== void 0)
    validateSigFormat(optsn.format);
  return optsn;
}
var _0n5 = /* @__PURE__ */ BigInt(0);
var _1n4 = /* @__PURE__ */ BigInt(1);
var _2n2 = /* @__PURE__ */ BigInt(2);
var _3n2 = /* @__PURE__ */ BigInt(3);
var _4n3 = /* @__PURE__ */ BigInt(4);
function weierstrass(params, extraOpts = {}) {
  const validated = createCurveFields("weierstrass", params, extraOpts);
  const Fp = validated.Fp;
  const Fn = validated.Fn;
  let CURVE = validated.CURVE;
  const { h: cofactor, n: CURVE_ORDER } = CURVE;
  validateObject(extraOpts, {}, {
    allowInfinityPoint: "boolean",
    clearCofactor: "function",
    isTorsionFree: "function",
    fromBytes: "function",
    toBytes: "function",
    endo: "object",
    randomBytes: "function"
  });
  const { endo: endoOpts, allowInfinityPoint, clearCofactor, isTorsionFree, fromBytes, toBytes } = extraOpts;
  const randomBytes3 = extraOpts.randomBytes === void 0 ? randomBytes2 : extraOpts.randomBytes;
  if (endoOpts) {
    if (!Fp.is0(CURVE.a) || typeof endoOpts.beta !== "bigint" || !Array.isArray(endoOpts.basises)) {
      throw new Error('invalid endo: expected "beta": bigint and "basises": array');
    }
  }
  const endo = endoOpts ? {
    beta: endoOpts.beta,
    basises: endoOpts.basises.map((basis) => [...basis])
  } : void 0;
  const lengths = getWLengths(Fp, Fn);
  function assertCompressionIsSupported() {
    if (!Fp.isOdd)
      throw new Error("compression is not supported: Field does not have .isOdd()");
  }
  function pointToBytes(_c, point, isCompressed) {
    if (point.is0()) {
      if (!allowInfinityPoint)
        throw new Error("bad point: ZERO");
      return Uint8Array.of(0);
    }
    const { x, y } = point.toAffine();
    const bx = Fp.toBytes(x);
    abool(isCompressed, "isCompressed");
    if (isCompressed) {
      assertCompressionIsSupported();
      const hasEvenY = !Fp.isOdd(y);
      return concatBytes2(pprefix(hasEvenY), bx);
    } else {
      return concatBytes2(Uint8Array.of(4), bx, Fp.toBytes(y));
    }
  }
  function pointFromBytes(bytes) {
    abytes2(bytes, void 0, "Point");
    const { publicKey: comp, publicKeyUncompressed: uncomp } = lengths;
    const length = bytes.length;
    const head = bytes[0];
    const tail = bytes.subarray(1);
    if (allowInfinityPoint && length === 1 && head === 0)
      return { x: Fp.ZERO, y: Fp.ZERO };
    if (length === comp && (head === 2 || head === 3)) {
      const x = Fp.fromBytes(tail);
      if (!Fp.isValid(x))
        throw new Error("bad point: is not on curve, wrong x");
      const y2 = weierstrassEquation(x);
      let y;
      try {
        y = Fp.sqrt(y2);
      } catch (sqrtError) {
        const err = sqrtError instanceof Error ? ": " + sqrtError.message : "";
        throw new Error("bad point: is not on curve, sqrt error" + err);
      }
      assertCompressionIsSupported();
      const evenY = Fp.isOdd(y);
      const evenH = (head & 1) === 1;
      if (evenH !== evenY)
        y = Fp.neg(y);
      return { x, y };
    } else if (length === uncomp && head === 4) {
      const L = Fp.BYTES;
      const x = Fp.fromBytes(tail.subarray(0, L));
      const y = Fp.fromBytes(tail.subarray(L, L * 2));
      if (!isValidXY(x, y))
        throw new Error("bad point: is not on curve");
      return { x, y };
    } else {
      throw new Error(`bad point: got length ${length}, expected compressed=${comp} or uncompressed=${uncomp}`);
    }
  }
  const encodePoint = toBytes === void 0 ? pointToBytes : toBytes;
  const decodePoint = fromBytes === void 0 ? pointFromBytes : fromBytes;
  const b3 = Fp.mul(CURVE.b, _3n2);
  const mulA = Fp.is0(CURVE.a) ? (_) => Fp.ZERO : (x) => Fp.mul(CURVE.a, x);
  function weierstrassEquation(x) {
    const x2 = Fp.sqr(x);
    const x3 = Fp.mul(x2, x);
    return Fp.add(Fp.add(x3, Fp.mul(x, CURVE.a)), CURVE.b);
  }
  function isValidXY(x, y) {
    const left = Fp.sqr(y);
    const right = weierstrassEquation(x);
    return Fp.eql(left, right);
  }
  if (!isValidXY(CURVE.Gx, CURVE.Gy))
    throw new Error("bad curve params: generator point");
  const _4a3 = Fp.mul(Fp.pow(CURVE.a, _3n2), _4n3);
  const _27b2 = Fp.mul(Fp.sqr(CURVE.b), BigInt(27));
  if (Fp.is0(Fp.add(_4a3, _27b2)))
    throw new Error("bad curve params: a or b");
  function acoord(title, n, banZero = false) {
    if (!Fp.isValid(n) || banZero && Fp.is0(n))
      throw new Error(`bad point coordinate ${title}`);
    return typeof n === "object" && n !== null ? Fp.create(n) : n;
  }
  function aprjpoint(other) {
    if (!(other instanceof Point))
      throw new Error("Weierstrass Point expected");
  }
  function splitEndoScalarN(k) {
    if (!endo || !endo.basises)
      throw new Error("no endo");
    return _splitEndoScalar(k, endo.basises, Fn.ORDER);
  }
  function pushWnafPair(points, scalars, p, k) {
    if (!Fn.isValid(k))
      throw new RangeError("invalid scalar: out of range");
    if (endo) {
      const { k1neg, k1, k2neg, k2 } = splitEndoScalarN(k);
      const psi = new Point(Fp.mul(p.X, endo.beta), p.Y, p.Z);
      points.push(k1neg ? p.negate() : p, k2neg ? psi.negate() : psi);
      scalars.push(k1, k2);
    } else {
      points.push(p);
      scalars.push(k);
    }
  }
  const validityCache = /* @__PURE__ */ new WeakSet();
  class Point {
    static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp.ONE);
    static ZERO = new Point(Fp.ZERO, Fp.ONE, Fp.ZERO);
    static Fp = Fp;
    static Fn = Fn;
    X;
    Y;
    Z;
    /** Does NOT validate if the point is valid. Use `.assertValidity()`. */
    constructor(X, Y, Z) {
      this.X = acoord("x", X);
      this.Y = acoord("y", Y, true);
      this.Z = acoord("z", Z);
      Object.freeze(this);
    }
    static CURVE() {
      return CURVE;
    }
    /** Does NOT validate if the point is valid. Use `.assertValidity()`. */
    static fromAffine(p) {
      const { x, y } = p || {};
      if (!p || !Fp.isValid(x) || !Fp.isValid(y))
        throw new Error("invalid affine point");
      if (p instanceof Point)
        throw new Error("projective point not allowed");
      if (Fp.is0(x) && Fp.is0(y))
        return Point.ZERO;
      return new Point(x, y, Fp.ONE);
    }
    static fromBytes(bytes) {
      const P = Point.fromAffine(decodePoint(abytes2(bytes, void 0, "point")));
      P.assertValidity();
      return P;
    }
    static fromHex(hex) {
      return Point.fromBytes(hexToBytes2(hex));
    }
    get x() {
      return this.toAffine().x;
    }
    get y() {
      return this.toAffine().y;
    }
    /**
     * @param isLazy - true will defer table computation until the first multiplication
     */
    precompute(windowSize = 6, isLazy = true) {
      wnaf.setWindowSize(this, windowSize);
      if (!isLazy)
        this.multiply(_3n2);
      return this;
    }
    // TODO: return `this`
    /** A point on curve is valid if it conforms to equation. */
    assertValidity() {
      const p = this;
      if (p.is0()) {
        if (allowInfinityPoint && Fp.is0(p.X) && Fp.eql(p.Y, Fp.ONE) && Fp.is0(p.Z))
          return;
        throw new Error("bad point: ZERO");
      }
      if (validityCache.has(p))
        return;
      const { x, y } = p.toAffine();
      if (!Fp.isValid(x) || !Fp.isValid(y))
        throw new Error("bad point: x or y not field elements");
      if (!isValidXY(x, y))
        throw new Error("bad point: equation left != right");
      if (!p.isTorsionFree())
        throw new Error("bad point: not in prime-order subgroup");
      validityCache.add(p);
    }
    hasEvenY() {
      const { y } = this.toAffine();
      if (!Fp.isOdd)
        throw new Error("Field doesn't support isOdd");
      return !Fp.isOdd(y);
    }
    /** Compare one point to another. */
    equals(other) {
      aprjpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      const U1 = Fp.eql(Fp.mul(X1, Z2), Fp.mul(X2, Z1));
      const U2 = Fp.eql(Fp.mul(Y1, Z2), Fp.mul(Y2, Z1));
      return U1 && U2;
    }
    /** Flips point to one corresponding to (x, -y) in Affine coordinates. */
    negate() {
      return new Point(this.X, Fp.neg(this.Y), this.Z);
    }
    // Renes-Costello-Batina exception-free doubling formula.
    // There is 30% faster Jacobian formula, but it is not complete.
    // https://eprint.iacr.org/2015/1060, algorithm 3
    // Cost: 8M + 3S + 3*a + 2*b3 + 15add.
    double() {
      const { X: X1, Y: Y1, Z: Z1 } = this;
      let X3 = Fp.ZERO, Y3 = Fp.ZERO, Z3 = Fp.ZERO;
      let t0 = Fp.mul(X1, X1);
      let t1 = Fp.mul(Y1, Y1);
      let t2 = Fp.mul(Z1, Z1);
      let t3 = Fp.mul(X1, Y1);
      t3 = Fp.add(t3, t3);
      Z3 = Fp.mul(X1, Z1);
      Z3 = Fp.add(Z3, Z3);
      X3 = mulA(Z3);
      Y3 = Fp.mul(b3, t2);
      Y3 = Fp.add(X3, Y3);
      X3 = Fp.sub(t1, Y3);
      Y3 = Fp.add(t1, Y3);
      Y3 = Fp.mul(X3, Y3);
      X3 = Fp.mul(t3, X3);
      Z3 = Fp.mul(b3, Z3);
      t2 = mulA(t2);
      t3 = Fp.sub(t0, t2);
      t3 = mulA(t3);
      t3 = Fp.add(t3, Z3);
      Z3 = Fp.add(t0, t0);
      t0 = Fp.add(Z3, t0);
      t0 = Fp.add(t0, t2);
      t0 = Fp.mul(t0, t3);
      Y3 = Fp.add(Y3, t0);
      t2 = Fp.mul(Y1, Z1);
      t2 = Fp.add(t2, t2);
      t0 = Fp.mul(t2, t3);
      X3 = Fp.sub(X3, t0);
      Z3 = Fp.mul(t2, t1);
      Z3 = Fp.add(Z3, Z3);
      Z3 = Fp.add(Z3, Z3);
      return new Point(X3, Y3, Z3);
    }
    // Renes-Costello-Batina exception-free addition formula.
    // There is 30% faster Jacobian formula, but it is not complete.
    // https://eprint.iacr.org/2015/1060, algorithm 1
    // Cost: 12M + 0S + 3*a + 3*b3 + 23add.
    add(other) {
      aprjpoint(other);
      const { X: X1, Y: Y1, Z: Z1 } = this;
      const { X: X2, Y: Y2, Z: Z2 } = other;
      let X3 = Fp.ZERO, Y3 = Fp.ZERO, Z3 = Fp.ZERO;
      let t0 = Fp.mul(X1, X2);
      let t1 = Fp.mul(Y1, Y2);
      let t2 = Fp.mul(Z1, Z2);
      let t3 = Fp.add(X1, Y1);
      let t4 = Fp.add(X2, Y2);
      t3 = Fp.mul(t3, t4);
      t4 = Fp.add(t0, t1);
      t3 = Fp.sub(t3, t4);
      t4 = Fp.add(X1, Z1);
      let t5 = Fp.add(X2, Z2);
      t4 = Fp.mul(t4, t5);
      t5 = Fp.add(t0, t2);
      t4 = Fp.sub(t4, t5);
      t5 = Fp.add(Y1, Z1);
      X3 = Fp.add(Y2, Z2);
      t5 = Fp.mul(t5, X3);
      X3 = Fp.add(t1, t2);
      t5 = Fp.sub(t5, X3);
      Z3 = mulA(t4);
      X3 = Fp.mul(b3, t2);
      Z3 = Fp.add(X3, Z3);
      X3 = Fp.sub(t1, Z3);
      Z3 = Fp.add(t1, Z3);
      Y3 = Fp.mul(X3, Z3);
      t1 = Fp.add(t0, t0);
      t1 = Fp.add(t1, t0);
      t2 = mulA(t2);
      t4 = Fp.mul(b3, t4);
      t1 = Fp.add(t1, t2);
      t2 = Fp.sub(t0, t2);
      t2 = mulA(t2);
      t4 = Fp.add(t4, t2);
      t0 = Fp.mul(t1, t4);
      Y3 = Fp.add(Y3, t0);
      t0 = Fp.mul(t5, t4);
      X3 = Fp.mul(t3, X3);
      X3 = Fp.sub(X3, t0);
      t0 = Fp.mul(t3, t1);
      Z3 = Fp.mul(t5, Z3);
      Z3 = Fp.add(Z3, t0);
      return new Point(X3, Y3, Z3);
    }
    subtract(other) {
      aprjpoint(other);
      return this.add(other.negate());
    }
    is0() {
      return this.equals(Point.ZERO);
    }
    /**
     * Constant time multiplication.
     * Uses precomputed tables (signed fixed-window wNAF) when available.
     * Uses scalar blinding and avoids endomorphism splitting in the secret-scalar path.
     * @param scalar - by which the point would be multiplied
     * @returns New point
     */
    multiply(scalar) {
      if (!Fn.isValidNot0(scalar))
        throw new RangeError("invalid scalar: out of range");
      const { p, f } = wnaf.mulSecret(this, scalar, cofactor, normalize);
      return normalize([p, f])[0];
    }
    /**
     * Non-constant-time multiplication. Uses width-4 wNAF with GLV endomorphism splitting
     * when available (two half-width scalars sharing one halved doubling chain).
     * It's faster, but should only be used when you don't care about
     * an exposed secret key e.g. sig verification, which works over *public* keys.
     */
    multiplyUnsafe(scalar) {
      const p = this;
      const sc = scalar;
      if (!Fn.isValid(sc))
        throw new RangeError("invalid scalar: out of range");
      if (sc === _0n5 || p.is0())
        return Point.ZERO;
      if (sc === _1n4)
        return p;
      if (wnaf.hasWindowSize(this))
        return wnaf.mulUnsafe(p, sc, normalize);
      const points = [];
      const scalars = [];
      pushWnafPair(points, scalars, p, sc);
      return mulAddUnsafe(Point, points, scalars);
    }
    /**
     * Non-constant-time double-scalar multiplication `a⋅this + b⋅other` (Strauss–Shamir).
     * Both walks share one doubling chain via {@link mulAddUnsafe}, and GLV endomorphism
     * (when available) halves the chain again by splitting each scalar into two half-width
     * parts. Used by ECDSA verification and public-key recovery for `R = u1⋅G + u2⋅P`.
     * Only for public scalars.
     */
    mulAddUnsafe(a, other, b) {
      aprjpoint(other);
      const points = [];
      const scalars = [];
      pushWnafPair(points, scalars, this, a);
      pushWnafPair(points, scalars, other, b);
      return mulAddUnsafe(Point, points, scalars);
    }
    /**
     * Converts Projective point to affine (x, y) coordinates.
     * (X, Y, Z) ∋ (x=X/Z, y=Y/Z).
     * @param invertedZ - Z^-1 (inverted zero) - optional, precomputation is useful for invertBatch
     */
    toAffine(invertedZ) {
      const p = this;
      let iz = invertedZ;
      if (iz != null && !Fp.isValid(iz))
        throw new RangeError('"invertedZ" expected valid field element');
      const { X, Y, Z } = p;
      if (Fp.eql(Z, Fp.ONE))
        return { x: X, y: Y };
      const is0 = p.is0();
      if (iz == null)
        iz = is0 ? Fp.ONE : Fp.inv(Z);
      const x = Fp.mul(X, iz);
      const y = Fp.mul(Y, iz);
      const zz = Fp.mul(Z, iz);
      if (is0)
        return { x: Fp.ZERO, y: Fp.ZERO };
      if (!Fp.eql(zz, Fp.ONE))
        throw new Error("invZ was invalid");
      return { x, y };
    }
    /**
     * Checks whether Point is free of torsion elements (is in prime subgroup).
     * Always torsion-free for cofactor=1 curves.
     */
    isTorsionFree() {
      if (cofactor === _1n4)
        return true;
      if (isTorsionFree)
        return isTorsionFree(Point, this);
      return wnaf.mulUnsafe(this, CURVE_ORDER).is0();
    }
    clearCofactor() {
      if (cofactor === _1n4)
        return this;
      if (clearCofactor)
        return clearCofactor(Point, this);
      return this.multiplyUnsafe(cofactor);
    }
    isSmallOrder() {
      if (cofactor === _1n4)
        return this.is0();
      return this.clearCofactor().is0();
    }
    toBytes(isCompressed = true) {
      abool(isCompressed, "isCompressed");
      this.assertValidity();
      return encodePoint(Point, this, isCompressed);
    }
    toHex(isCompressed = true) {
      return bytesToHex2(this.toBytes(isCompressed));
    }
    toString() {
      return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
    }
  }
  const normalize = (points) => normalizeZ(Point, points);
  const wnaf = new ScalarMultiplier(Point, randomBytes3);
  if (wnaf.bits >= 6)
    Point.BASE.precompute(6);
  Object.freeze(Point.prototype);
  Object.freeze(Point);
  return Point;
}
function pprefix(hasEvenY) {
  return Uint8Array.of(hasEvenY ? 2 : 3);
}
function getWLengths(Fp, Fn) {
  return {
    secretKey: Fn.BYTES,
    publicKey: 1 + Fp.BYTES,
    publicKeyUncompressed: 1 + 2 * Fp.BYTES,
    publicKeyHasPrefix: true,
    // Raw compact `(r || s)` signature width; DER and recovered signatures use
    // different lengths outside this helper.
    signature: 2 * Fn.BYTES
  };
}
function ecdh(Point, ecdhOpts = {}) {
  validatePointCons(Point);
  const { Fn } = Point;
  const randomBytes_ = ecdhOpts.randomBytes === void 0 ? randomBytes2 : ecdhOpts.randomBytes;
  const lengths = Object.assign(getWLengths(Point.Fp, Fn), {
    seed: Math.max(getMinHashLength(Fn.ORDER), 16)
  });
  function isValidSecretKey(secretKey) {
    try {
      const num = Fn.fromBytes(secretKey);
      return Fn.isValidNot0(num);
    } catch (error) {
      return false;
    }
  }
  function isValidPublicKey(publicKey, isCompressed) {
    const { publicKey: comp, publicKeyUncompressed } = lengths;
    try {
      const l = publicKey.length;
      if (isCompressed === true && l !== comp)
        return false;
      if (isCompressed === false && l !== publicKeyUncompressed)
        return false;
      return !Point.fromBytes(publicKey).is0();
    } catch (error) {
      return false;
    }
  }
  function randomSecretKey(seed) {
    seed = seed === void 0 ? randomBytes_(lengths.seed) : seed;
    return mapHashToField(abytes2(seed, lengths.seed, "seed"), Fn.ORDER);
  }
  function getPublicKey(secretKey, isCompressed = true) {
    return Point.BASE.multiply(Fn.fromBytes(secretKey)).toBytes(isCompressed);
  }
  function isProbPub(item) {
    const { secretKey, publicKey, publicKeyUncompressed } = lengths;
    const allowedLengths = Fn._lengths;
    if (!isBytes2(item))
      return void 0;
    const l = abytes2(item, void 0, "key").length;
    const isPub = l === publicKey || l === publicKeyUncompressed;
    const isSec = l === secretKey || !!allowedLengths?.includes(l);
    if (isPub && isSec)
      return void 0;
    return isPub;
  }
  function getSharedSecret(secretKeyA, publicKeyB, isCompressed = true) {
    if (isProbPub(secretKeyA) === true)
      throw new Error("first arg must be private key");
    if (isProbPub(publicKeyB) === false)
      throw new Error("second arg must be public key");
    const s = Fn.fromBytes(secretKeyA);
    const b = Point.fromBytes(publicKeyB);
    if (b.is0())
      throw new Error("invalid public key: point at infinity");
    return b.multiply(s).toBytes(isCompressed);
  }
  const utils = {
    isValidSecretKey,
    isValidPublicKey,
    randomSecretKey
  };
  const keygen = createKeygen(randomSecretKey, getPublicKey);
  Object.freeze(utils);
  Object.freeze(lengths);
  return Object.freeze({ getPublicKey, getSharedSecret, keygen, Point, utils, lengths });
}
function ecdsa(Point, hash, ecdsaOpts = {}) {
  validatePointCons(Point);
  const hash_ = hash;
  ahash(hash_);
  validateObject(ecdsaOpts, {}, {
    hmac: "function",
    lowS: "boolean",
    randomBytes: "function",
    bits2int: "function",
    bits2int_modN: "function"
  });
  const opts = Object.assign({}, ecdsaOpts);
  const randomBytes3 = opts.randomBytes === void 0 ? randomBytes2 : opts.randomBytes;
  const hmac2 = opts.hmac === void 0 ? (key, msg) => hmac(hash_, key, msg) : opts.hmac;
  const { Fp, Fn } = Point;
  const { ORDER: CURVE_ORDER, BITS: fnBits } = Fn;
  const blindLength = getMinHashLength(CURVE_ORDER);
  const csprng = probeRandomBytes(randomBytes3, blindLength);
  const { keygen, getPublicKey, getSharedSecret, utils, lengths } = ecdh(Point, opts);
  const defaultSigOpts = {
    prehash: true,
    lowS: typeof opts.lowS === "boolean" ? opts.lowS : true,
    format: "compact",
    extraEntropy: false
  };
  const hasLargeRecoveryLifts = CURVE_ORDER * _2n2 + _1n4 < Fp.ORDER;
  function isBiggerThanHalfOrder(number) {
    const HALF = CURVE_ORDER >> _1n4;
    return number > HALF;
  }
  function validateRS(title, num) {
    if (!Fn.isValidNot0(num))
      throw new Error(`invalid signature ${title}: out of range 1..Point.Fn.ORDER`);
    return num;
  }
  function assertFieldSignIsSupported() {
    if (!Fp.isOdd)
      throw new Error("Field doesn't support isOdd");
  }
  function getRecoveryBit(x, y, r) {
    assertFieldSignIsSupported();
    return (x === r ? 0 : 2) | Number(Fp.isOdd(y));
  }
  function assertRecoverableCurve() {
    if (hasLargeRecoveryLifts)
      throw new Error('"recovered" sig type is not supported for cofactor >2 curves');
  }
  function validateSigLength(bytes, format) {
    validateSigFormat(format);
    const size = lengths.signature;
    const sizer = format === "compact" ? size : format === "recovered" ? size + 1 : void 0;
    return abytes2(bytes, sizer);
  }
  class Signature {
    r;
    s;
    recovery;
    constructor(r, s, recovery) {
      this.r = validateRS("r", r);
      this.s = validateRS("s", s);
      if (recovery != null) {
        assertRecoverableCurve();
        if (![0, 1, 2, 3].includes(recovery))
          throw new Error("invalid recovery id");
        this.recovery = recovery;
      }
      Object.freeze(this);
    }
    static fromBytes(bytes, format = defaultSigOpts.format) {
      validateSigLength(bytes, format);
      let recid;
      if (format === "der") {
        if (bytes.length > 2 * Fn.BYTES + 16)
          throw new DER.Err("invalid signature: DER signature too long");
        const { r: r2, s: s2 } = DER.toSig(abytes2(bytes), Fn.BYTES + 1);
        return new Signature(r2, s2);
      }
      if (format === "recovered") {
        recid = bytes[0];
        format = "compact";
        bytes = bytes.subarray(1);
      }
      const L = lengths.signature / 2;
      const r = bytes.subarray(0, L);
      const s = bytes.subarray(L, L * 2);
      return new Signature(Fn.fromBytes(r), Fn.fromBytes(s), recid);
    }
    static fromHex(hex, format) {
      return this.fromBytes(hexToBytes2(hex), format);
    }
    assertRecovery() {
      const { recovery } = this;
      if (recovery == null)
        throw new Error("invalid recovery id: must be present");
      return recovery;
    }
    addRecoveryBit(recovery) {
      return new Signature(this.r, this.s, recovery);
    }
    // Unlike the top-level helper below, this method expects a digest that has
    // already been hashed to the curve's message representative.
    recoverPublicKey(messageHash) {
      const { r, s } = this;
      const recovery = this.assertRecovery();
      const radj = recovery === 2 || recovery === 3 ? r + CURVE_ORDER : r;
      if (!Fp.isValid(radj))
        throw new Error("invalid recovery id: sig.r+curve.n != R.x");
      const x = Fp.toBytes(radj);
      const R = Point.fromBytes(concatBytes2(pprefix((recovery & 1) === 0), x));
      const ir = Fn.inv(radj);
      const h = bits2int_modN(abytes2(messageHash, void 0, "msgHash"));
      const u1 = Fn.create(-h * ir);
      const u2 = Fn.create(s * ir);
      const Q = Point.BASE.mulAddUnsafe(u1, R, u2);
      if (Q.is0())
        throw new Error("invalid recovery: point at infinify");
      Q.assertValidity();
      return Q;
    }
    // Signatures should be low-s, to prevent malleability.
    hasHighS() {
      return isBiggerThanHalfOrder(this.s);
    }
    toBytes(format = defaultSigOpts.format) {
      validateSigFormat(format);
      if (format === "der")
        return hexToBytes2(DER.hexFromSig(this));
      const { r, s } = this;
      const rb = Fn.toBytes(r);
      const sb = Fn.toBytes(s);
      if (format === "recovered") {
        assertRecoverableCurve();
        return concatBytes2(Uint8Array.of(this.assertRecovery()), rb, sb);
      }
      return concatBytes2(rb, sb);
    }
    toHex(format) {
      return bytesToHex2(this.toBytes(format));
    }
  }
  Object.freeze(Signature.prototype);
  Object.freeze(Signature);
  const bits2int = opts.bits2int === void 0 ? function bits2int_def(bytes) {
    if (bytes.length > 8192)
      throw new Error("input is too large");
    const num = bytesToNumberBE(bytes);
    const delta = bytes.length * 8 - fnBits;
    return delta > 0 ? num >> BigInt(delta) : num;
  } : opts.bits2int;
  const bits2int_modN = opts.bits2int_modN === void 0 ? function bits2int_modN_def(bytes) {
    return Fn.create(bits2int(bytes));
  } : opts.bits2int_modN;
  const ORDER_MASK = bitMask(fnBits);
  function int2octets(num) {
    aInRange("num < 2^" + fnBits, num, _0n5, ORDER_MASK);
    return Fn.toBytes(num);
  }
  function validateMsgAndHash(message, prehash) {
    abytes2(message, void 0, "message");
    return prehash ? abytes2(hash_(message), void 0, "prehashed message") : message;
  }
  function prepSig(message, secretKey, opts2) {
    const { lowS, prehash, extraEntropy } = validateSigOpts(opts2, defaultSigOpts);
    message = validateMsgAndHash(message, prehash);
    const h1int = bits2int_modN(message);
    const d = Fn.fromBytes(secretKey);
    if (!Fn.isValidNot0(d))
      throw new Error("invalid private key");
    const seedArgs = [int2octets(d), int2octets(h1int)];
    if (extraEntropy != null && extraEntropy !== false) {
      const e = extraEntropy === true ? randomBytes3(lengths.secretKey) : extraEntropy;
      seedArgs.push(abytes2(e, void 0, "extraEntropy"));
    }
    const seed = concatBytes2(...seedArgs);
    const m = h1int;
    function k2sig(kBytes) {
      const k = bits2int(kBytes);
      if (!Fn.isValidNot0(k))
        return;
      const q = Point.BASE.multiply(k).toAffine();
      const r = Fn.create(q.x);
      if (r === _0n5)
        return;
      let s;
      if (csprng !== void 0) {
        const b = bytesToNumberBE(mapHashToField(csprng(blindLength), CURVE_ORDER));
        const ibk = Fn.inv(Fn.mul(b, k));
        const bm = Fn.mul(b, m);
        const bd = Fn.mul(b, d);
        s = Fn.create(ibk * Fn.create(bm + bd * r));
      } else {
        const ik = invertCt(k, CURVE_ORDER);
        s = Fn.create(ik * Fn.create(m + r * d));
      }
      if (s === _0n5)
        return;
      let recovery = getRecoveryBit(q.x, q.y, r);
      let normS = s;
      if (lowS && isBiggerThanHalfOrder(s)) {
        normS = Fn.neg(s);
        recovery ^= 1;
      }
      return new Signature(r, normS, hasLargeRecoveryLifts ? void 0 : recovery);
    }
    return { seed, k2sig };
  }
  function sign(message, secretKey, opts2 = {}) {
    const { seed, k2sig } = prepSig(message, secretKey, opts2);
    const drbg = createHmacDrbg(hash_.outputLen, Fn.BYTES, hmac2);
    const sig = drbg(seed, k2sig);
    return sig.toBytes(opts2.format);
  }
  function verify(signature, message, publicKey, opts2 = {}) {
    const { lowS, prehash, format } = validateSigOpts(opts2, defaultSigOpts);
    publicKey = abytes2(publicKey, void 0, "publicKey");
    message = validateMsgAndHash(message, prehash);
    if (!isBytes2(signature)) {
      const end = signature instanceof Signature ? ", use sig.toBytes()" : "";
      throw new Error("verify expects Uint8Array signature" + end);
    }
    validateSigLength(signature, format);
    try {
      const sig = Signature.fromBytes(signature, format);
      const P = Point.fromBytes(publicKey);
      if (P.is0())
        return false;
      if (lowS && sig.hasHighS())
        return false;
      const { r, s } = sig;
      const h = bits2int_modN(message);
      const is = Fn.inv(s);
      const u1 = Fn.create(h * is);
      const u2 = Fn.create(r * is);
      const R = Point.BASE.mulAddUnsafe(u1, P, u2);
      if (R.is0())
        return false;
      const q = R.toAffine();
      const v = Fn.create(q.x);
      if (v !== r)
        return false;
      if (format === "recovered" && sig.recovery !== getRecoveryBit(q.x, q.y, r))
        return false;
      return true;
    } catch (e) {
      return false;
    }
  }
  function recoverPublicKey(signature, message, opts2 = {}) {
    const { prehash } = validateSigOpts(opts2, defaultSigOpts);
    message = validateMsgAndHash(message, prehash);
    return Signature.fromBytes(signature, "recovered").recoverPublicKey(message).toBytes();
  }
  return Object.freeze({
    keygen,
    getPublicKey,
    getSharedSecret,
    utils,
    lengths,
    Point,
    sign,
    verify,
    recoverPublicKey,
    Signature,
    hash: hash_
  });
}

// node_modules/@noble/curves/secp256k1.js
/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var secp256k1_CURVE = {
  p: BigInt("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
  n: BigInt("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
  h: BigInt(1),
  a: BigInt(0),
  b: BigInt(7),
  Gx: BigInt("0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
  Gy: BigInt("0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")
};
var secp256k1_ENDO = {
  beta: BigInt("0x7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501ee"),
  basises: [
    [BigInt("0x3086d221a7d46bcde86c90e49284eb15"), -BigInt("0xe4437ed6010e88286f547fa90abfe4c3")],
    [BigInt("0x114ca50f7a8e2f3f657c1108d9d44cfd8"), BigInt("0x3086d221a7d46bcde86c90e49284eb15")]
  ]
};
var _2n3 = /* @__PURE__ */ BigInt(2);
function sqrtMod(y) {
  const P = secp256k1_CURVE.p;
  const _3n3 = BigInt(3), _6n = BigInt(6), _11n = BigInt(11), _22n = BigInt(22);
  const _23n = BigInt(23), _44n = BigInt(44), _88n = BigInt(88);
  const b2 = y * y * y % P;
  const b3 = b2 * b2 * y % P;
  const b6 = pow2(b3, _3n3, P) * b3 % P;
  const b9 = pow2(b6, _3n3, P) * b3 % P;
  const b11 = pow2(b9, _2n3, P) * b2 % P;
  const b22 = pow2(b11, _11n, P) * b11 % P;
  const b44 = pow2(b22, _22n, P) * b22 % P;
  const b88 = pow2(b44, _44n, P) * b44 % P;
  const b176 = pow2(b88, _88n, P) * b88 % P;
  const b220 = pow2(b176, _44n, P) * b44 % P;
  const b223 = pow2(b220, _3n3, P) * b3 % P;
  const t1 = pow2(b223, _23n, P) * b22 % P;
  const t2 = pow2(t1, _6n, P) * b2 % P;
  const root = pow2(t2, _2n3, P);
  if (!Fpk1.eql(Fpk1.sqr(root), y))
    throw new Error("Cannot find square root");
  return root;
}
var Fpk1 = /* @__PURE__ */ Field(secp256k1_CURVE.p, { sqrt: sqrtMod });
var Pointk1 = /* @__PURE__ */ weierstrass(secp256k1_CURVE, {
  Fp: Fpk1,
  endo: secp256k1_ENDO
});
var secp256k1 = /* @__PURE__ */ ecdsa(Pointk1, sha256);

// node_modules/@scure/base/index.js
/*! scure-base - MIT License (c) 2022 Paul Miller (paulmillr.com) */
var freeze = (fn) => Object.freeze(fn());
function isBytes3(a) {
  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
function abytes3(b) {
  if (!isBytes3(b))
    throw new TypeError("Uint8Array expected");
}
function astr(label, input) {
  if (typeof input !== "string")
    throw new TypeError(`${label}: string expected`);
  return true;
}
function anumber3(n, title = "number") {
  if (typeof n !== "number")
    throw new TypeError(`${title}: expected number, got ${typeof n}`);
  if (!Number.isSafeInteger(n))
    throw new RangeError(`${title}: expected safe integer, got ${n}`);
}
function chain(...args) {
  const id = (a) => a;
  const wrap = (a, b) => (c) => a(b(c));
  const encode = args.map((x) => x.encode).reduceRight(wrap, id);
  const decode = args.map((x) => x.decode).reduce(wrap, id);
  return { encode, decode };
}
var powers = /* @__PURE__ */ (() => {
  let res = [];
  for (let i = 0; i < 40; i++)
    res.push(2 ** i);
  return res;
})();
var asciiDecoder = /* @__PURE__ */ (() => {
  try {
    const decoder = new TextDecoder();
    return decoder.decode(Uint8Array.of(65, 48, 43, 127)) === "A0+" ? decoder : void 0;
  } catch (e) {
    return void 0;
  }
})();
var B2S_CHUNK = 8192;
function charcodesToString(codes) {
  const len = codes.length;
  if (asciiDecoder !== void 0 && len >= 12)
    return asciiDecoder.decode(codes);
  if (len <= B2S_CHUNK)
    return String.fromCharCode.apply(null, codes);
  let res = "";
  for (let i = 0; i < len; i += B2S_CHUNK)
    res += String.fromCharCode.apply(null, codes.subarray(i, i + B2S_CHUNK));
  return res;
}
function radix2(bits) {
  anumber3(bits);
  if (bits <= 0 || bits > 8)
    throw new RangeError("radix2: bits should be in (0..8]");
  const mask = powers[bits] - 1;
  return {
    encode: (bytes) => {
      abytes3(bytes);
      const len = bytes.length;
      const res = new Uint8Array(Math.ceil(len * 8 / bits));
      let carry = 0;
      let pos = 0;
      let j = 0;
      for (let i = 0; i < len; ) {
        if (i + 2 < len) {
          carry = carry << 24 | bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2];
          pos += 24;
          i += 3;
        } else {
          carry = (carry << 8 | bytes[i]) & 65535;
          pos += 8;
          i++;
        }
        for (; ; ) {
          pos -= bits;
          res[j++] = carry >> pos & mask;
          if (pos < bits)
            break;
        }
      }
      if (pos > 0)
        res[j] = carry << bits - pos & mask;
      return res;
    },
    decode: (digits) => {
      const len = digits.length;
      const res = new Uint8Array(Math.floor(len * bits / 8));
      let carry = 0;
      let pos = 0;
      let j = 0;
      for (let i = 0; i < len; i++) {
        carry = (carry << bits | digits[i]) & 65535;
        pos += bits;
        for (; pos >= 8; pos -= 8)
          res[j++] = carry >> pos - 8 & 255;
      }
      carry = carry << 8 - pos & 255;
      if (pos >= bits)
        throw new Error("Excess padding");
      if (carry > 0)
        throw new Error(`Non-zero padding: ${carry}`);
      return res;
    }
  };
}
function alphabet(letters, aliases) {
  const len = letters.length;
  if (len > 128)
    throw new Error("alphabet: max 128 letters");
  const encTable = new Uint8Array(len);
  const decTable = new Int8Array(128).fill(-1);
  for (let i = 0; i < len; i++) {
    const code = letters.charCodeAt(i);
    if (letters.codePointAt(i) !== code || code > 127)
      throw new Error("alphabet: single-char ASCII letters only");
    encTable[i] = code;
    decTable[code] = i;
  }
  if (aliases !== void 0) {
    for (const alias of Object.keys(aliases)) {
      const code = alias.charCodeAt(0);
      const target = decTable[aliases[alias].charCodeAt(0)];
      if (alias.length !== 1 || code > 127 || target === void 0 || target === -1)
        throw new Error(`alphabet: invalid alias ${alias}`);
      decTable[code] = target;
    }
  }
  return {
    encode: (digits) => {
      const codes = new Uint8Array(digits.length);
      for (let i = 0; i < digits.length; i++) {
        const d = digits[i];
        const code = encTable[d];
        if (code === void 0)
          throw new Error(`alphabet.encode: invalid digit ${d}`);
        codes[i] = code;
      }
      return charcodesToString(codes);
    },
    decode: (input) => {
      astr("decode", input);
      const slen = input.length;
      const digits = new Uint8Array(slen);
      for (let i = 0; i < slen; i++) {
        const code = input.charCodeAt(i);
        const digit = code < 128 ? decTable[code] : -1;
        if (digit === -1)
          throw new Error(`Unknown letter "${input[i]}". Allowed: ${letters}`);
        digits[i] = digit;
      }
      return digits;
    }
  };
}
function padding(bits, chr = "=") {
  anumber3(bits);
  astr("padding", chr);
  return {
    encode(data) {
      while (data.length * bits % 8)
        data += chr;
      return data;
    },
    decode(input) {
      astr("decode", input);
      let end = input.length;
      if (end * bits % 8)
        throw new Error("padding: invalid length");
      for (; end > 0 && input[end - 1] === chr; end--) {
        const byte = (end - 1) * bits;
        if (byte % 8 === 0)
          throw new Error("padding: excess padding");
      }
      return input.slice(0, end);
    }
  };
}
var hasBase64Builtin = /* @__PURE__ */ (() => typeof Uint8Array.from([]).toBase64 === "function" && typeof Uint8Array.fromBase64 === "function")();
var ASCII_WHITESPACE = /[\t\n\f\r ]/;
var decodeBase64Builtin = (s, isUrl) => {
  astr("base64", s);
  const alphabet2 = isUrl ? "base64url" : "base64";
  if (s.length > 0 && ASCII_WHITESPACE.test(s))
    throw new Error("invalid base64");
  return Uint8Array.fromBase64(s, { alphabet: alphabet2, lastChunkHandling: "strict" });
};
var base64Fallback = /* @__PURE__ */ freeze(() => chain(radix2(6), alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), padding(6)));
var base64 = /* @__PURE__ */ freeze(() => hasBase64Builtin ? {
  encode(b) {
    abytes3(b);
    return b.toBase64();
  },
  decode(s) {
    return decodeBase64Builtin(s, false);
  }
} : base64Fallback);

// client/src/bytes.js
var encoder = new TextEncoder();
var utf8 = (text) => encoder.encode(text);
function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
function u32be(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}
var lp = (bytes) => concat(u32be(bytes.length), bytes);
var same = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);
var toHex = bytesToHex;
var fromHex = (text) => new Uint8Array(hexToBytes(text));
var toBase64 = (bytes) => base64.encode(bytes);
var fromBase64 = (text) => new Uint8Array(base64.decode(text));

// node_modules/@noble/hashes/pbkdf2.js
function pbkdf2Init(hash, _password, _salt, _opts) {
  ahash(hash);
  const opts = checkOpts({ dkLen: 32, asyncTick: 10 }, _opts);
  const { c, dkLen, asyncTick } = opts;
  anumber(c, "c");
  anumber(dkLen, "dkLen");
  anumber(asyncTick, "asyncTick");
  if (c < 1)
    throw new Error('"c" (iterations) must be >= 1');
  if (dkLen < 1)
    throw new Error('"dkLen" must be >= 1');
  if (dkLen > (2 ** 32 - 1) * hash.outputLen)
    throw new Error("derived key too long");
  const p = kdfInputToBytes(_password, "password");
  try {
    const s = kdfInputToBytes(_salt, "salt");
    try {
      const DK = new Uint8Array(dkLen);
      const { iHash, oHash, outputLen } = hmac.create(hash, p);
      const u = new Uint8Array(outputLen);
      const eng = pbkdf2Engine(iHash, oHash, s, u);
      return { c, dkLen, asyncTick, DK, outputLen, eng };
    } finally {
      if (typeof _salt === "string")
        clean(s);
    }
  } finally {
    if (typeof _password === "string")
      clean(p);
  }
}
function pbkdf2Engine(iHash, oHash, salt, u) {
  const counter = new Uint8Array(4);
  const view = createView(counter);
  const salted = iHash._cloneInto().update(salt);
  const work = oHash._cloneInto();
  const iClone = iHash._cloneInto;
  const oClone = oHash._cloneInto;
  return {
    u1: (ti, Ti) => {
      view.setInt32(0, ti, false);
      salted._cloneInto(work).update(counter).digestInto(u);
      oHash._cloneInto(work).update(u).digestInto(u);
      Ti.set(u.subarray(0, Ti.length));
    },
    // Whole `F` inner loop for the sync variant: one optimized function owns the hot loop.
    rounds: (c, Ti) => {
      for (let ui = 1; ui < c; ui++) {
        iClone.call(iHash, work).update(u).digestInto(u);
        oClone.call(oHash, work).update(u).digestInto(u);
        for (let i = 0; i < Ti.length; i++)
          Ti[i] ^= u[i];
      }
    },
    output: (DK) => {
      iHash.destroy();
      oHash.destroy();
      salted.destroy();
      work.destroy();
      clean(u);
      return DK;
    }
  };
}
function pbkdf2(hash, password, salt, opts) {
  const { c, dkLen, DK, outputLen, eng } = pbkdf2Init(hash, password, salt, opts);
  for (let ti = 1, pos = 0; pos < dkLen; ti++, pos += outputLen) {
    const Ti = DK.subarray(pos, pos + outputLen);
    eng.u1(ti, Ti);
    eng.rounds(c, Ti);
  }
  return eng.output(DK);
}

// node_modules/@noble/hashes/scrypt.js
function XorAndSalsa(prev, pi, input, ii, out, oi) {
  let y00 = prev[pi++] ^ input[ii++], y01 = prev[pi++] ^ input[ii++];
  let y02 = prev[pi++] ^ input[ii++], y03 = prev[pi++] ^ input[ii++];
  let y04 = prev[pi++] ^ input[ii++], y05 = prev[pi++] ^ input[ii++];
  let y06 = prev[pi++] ^ input[ii++], y07 = prev[pi++] ^ input[ii++];
  let y08 = prev[pi++] ^ input[ii++], y09 = prev[pi++] ^ input[ii++];
  let y10 = prev[pi++] ^ input[ii++], y11 = prev[pi++] ^ input[ii++];
  let y12 = prev[pi++] ^ input[ii++], y13 = prev[pi++] ^ input[ii++];
  let y14 = prev[pi++] ^ input[ii++], y15 = prev[pi++] ^ input[ii++];
  let x00 = y00, x01 = y01, x02 = y02, x03 = y03, x04 = y04, x05 = y05, x06 = y06, x07 = y07, x08 = y08, x09 = y09, x10 = y10, x11 = y11, x12 = y12, x13 = y13, x14 = y14, x15 = y15;
  for (let i = 0; i < 8; i += 2) {
    x04 ^= rotl(x00 + x12 | 0, 7);
    x08 ^= rotl(x04 + x00 | 0, 9);
    x12 ^= rotl(x08 + x04 | 0, 13);
    x00 ^= rotl(x12 + x08 | 0, 18);
    x09 ^= rotl(x05 + x01 | 0, 7);
    x13 ^= rotl(x09 + x05 | 0, 9);
    x01 ^= rotl(x13 + x09 | 0, 13);
    x05 ^= rotl(x01 + x13 | 0, 18);
    x14 ^= rotl(x10 + x06 | 0, 7);
    x02 ^= rotl(x14 + x10 | 0, 9);
    x06 ^= rotl(x02 + x14 | 0, 13);
    x10 ^= rotl(x06 + x02 | 0, 18);
    x03 ^= rotl(x15 + x11 | 0, 7);
    x07 ^= rotl(x03 + x15 | 0, 9);
    x11 ^= rotl(x07 + x03 | 0, 13);
    x15 ^= rotl(x11 + x07 | 0, 18);
    x01 ^= rotl(x00 + x03 | 0, 7);
    x02 ^= rotl(x01 + x00 | 0, 9);
    x03 ^= rotl(x02 + x01 | 0, 13);
    x00 ^= rotl(x03 + x02 | 0, 18);
    x06 ^= rotl(x05 + x04 | 0, 7);
    x07 ^= rotl(x06 + x05 | 0, 9);
    x04 ^= rotl(x07 + x06 | 0, 13);
    x05 ^= rotl(x04 + x07 | 0, 18);
    x11 ^= rotl(x10 + x09 | 0, 7);
    x08 ^= rotl(x11 + x10 | 0, 9);
    x09 ^= rotl(x08 + x11 | 0, 13);
    x10 ^= rotl(x09 + x08 | 0, 18);
    x12 ^= rotl(x15 + x14 | 0, 7);
    x13 ^= rotl(x12 + x15 | 0, 9);
    x14 ^= rotl(x13 + x12 | 0, 13);
    x15 ^= rotl(x14 + x13 | 0, 18);
  }
  out[oi++] = y00 + x00 | 0;
  out[oi++] = y01 + x01 | 0;
  out[oi++] = y02 + x02 | 0;
  out[oi++] = y03 + x03 | 0;
  out[oi++] = y04 + x04 | 0;
  out[oi++] = y05 + x05 | 0;
  out[oi++] = y06 + x06 | 0;
  out[oi++] = y07 + x07 | 0;
  out[oi++] = y08 + x08 | 0;
  out[oi++] = y09 + x09 | 0;
  out[oi++] = y10 + x10 | 0;
  out[oi++] = y11 + x11 | 0;
  out[oi++] = y12 + x12 | 0;
  out[oi++] = y13 + x13 | 0;
  out[oi++] = y14 + x14 | 0;
  out[oi++] = y15 + x15 | 0;
}
function BlockMix(input, ii, out, oi, r) {
  let head = oi + 0;
  let tail = oi + 16 * r;
  for (let i = 0; i < 16; i++)
    out[tail + i] = input[ii + (2 * r - 1) * 16 + i];
  for (let i = 0; i < r; i++, head += 16, ii += 16) {
    XorAndSalsa(out, tail, input, ii, out, head);
    if (i > 0)
      tail += 16;
    XorAndSalsa(out, head, input, ii += 16, out, tail);
  }
}
var SCRYPT_DEFAULT_MAXMEM = 128 * 8 * (2 ** 20 + 1 + 1);
function scryptInit(password, salt, _opts) {
  const opts = checkOpts({
    dkLen: 32,
    asyncTick: 10,
    maxmem: SCRYPT_DEFAULT_MAXMEM
  }, _opts);
  const { N, r, p, dkLen, asyncTick, maxmem, onProgress } = opts;
  anumber(N, "N");
  anumber(r, "r");
  anumber(p, "p");
  anumber(dkLen, "dkLen");
  anumber(asyncTick, "asyncTick");
  anumber(maxmem, "maxmem");
  if (onProgress !== void 0 && typeof onProgress !== "function")
    throw new Error('"onProgress" must be a function');
  if (r < 1)
    throw new Error('"r" expected integer >= 1');
  const blockSize = 128 * r;
  const blockSize32 = blockSize / 4;
  const pow32 = Math.pow(2, 32);
  if (N <= 1 || (N & N - 1) !== 0 || N > pow32)
    throw new Error('"N" expected a power of 2, and 2^1 <= N <= 2^32');
  if (p < 1 || p > (pow32 - 1) * 32 / blockSize)
    throw new Error('"p" expected integer 1..((2^32 - 1) * 32) / (128 * r)');
  if (dkLen < 1 || dkLen > (pow32 - 1) * 32)
    throw new Error('"dkLen" expected integer 1..(2^32 - 1) * 32');
  const memUsed = blockSize * (N + p + 1);
  if (memUsed > maxmem)
    throw new Error('"maxmem" limit was hit: memUsed(128*r*(N+p+1))=' + memUsed + ", maxmem=" + maxmem);
  const B = pbkdf2(sha256, password, salt, { c: 1, dkLen: blockSize * p });
  const B32 = u32(B);
  const V = u32(new Uint8Array(blockSize * N));
  const tmp = u32(new Uint8Array(blockSize));
  let blockMixCb = () => {
  };
  if (onProgress) {
    const totalBlockMix = 2 * N * p;
    const callbackPer = Math.max(Math.floor(totalBlockMix / 1e4), 1);
    let blockMixCnt = 0;
    blockMixCb = () => {
      blockMixCnt++;
      if (onProgress && (!(blockMixCnt % callbackPer) || blockMixCnt === totalBlockMix)) {
        try {
          onProgress(blockMixCnt / totalBlockMix);
        } catch (e) {
          clean(B, V, tmp);
          throw e;
        }
      }
    };
  }
  return { N, r, p, dkLen, blockSize32, V, B32, B, tmp, blockMixCb, asyncTick };
}
function scryptOutput(password, dkLen, B, V, tmp) {
  const res = pbkdf2(sha256, password, B, { c: 1, dkLen });
  clean(B, V, tmp);
  return res;
}
async function scryptAsync(password, salt, opts) {
  const { N, r, p, dkLen, blockSize32, V, B32, B, tmp, blockMixCb, asyncTick } = scryptInit(password, salt, opts);
  const abort = () => clean(B, V, tmp);
  swap32IfBE(B32);
  for (let pi = 0; pi < p; pi++) {
    const Pi = blockSize32 * pi;
    for (let i = 0; i < blockSize32; i++)
      V[i] = B32[Pi + i];
    let pos = 0;
    await asyncLoop(N - 1, asyncTick, () => {
      BlockMix(V, pos, V, pos += blockSize32, r);
      blockMixCb();
    }, abort);
    BlockMix(V, (N - 1) * blockSize32, B32, Pi, r);
    blockMixCb();
    await asyncLoop(N, asyncTick, () => {
      const j = (B32[Pi + blockSize32 - 16] & N - 1) >>> 0;
      for (let k = 0; k < blockSize32; k++)
        tmp[k] = B32[Pi + k] ^ V[j * blockSize32 + k];
      BlockMix(tmp, 0, B32, Pi, r);
      blockMixCb();
    }, abort);
  }
  swap32IfBE(B32);
  return scryptOutput(password, dkLen, B, V, tmp);
}

// client/src/worker-source.js
var workerSource = '// node_modules/@noble/hashes/utils.js\nfunction isBytes(a) {\n  return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;\n}\nvar atitle = (title) => title ? `"${title}" ` : "";\nfunction anumber(n, title = "") {\n  if (typeof n !== "number")\n    throw new TypeError(atitle(title) + "expected number, got " + typeof n);\n  if (!Number.isSafeInteger(n) || n < 0)\n    throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);\n  return n;\n}\nfunction abytes(value, length, title = "") {\n  if (isBytes(value) && (length === void 0 || value.length === length))\n    return value;\n  if (length !== void 0)\n    anumber(length, "length");\n  const bytes = isBytes(value);\n  const ofLen = length !== void 0 ? ` of length ${length}` : "";\n  const got = bytes ? `length=${value.length}` : `type=${typeof value}`;\n  const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;\n  if (!bytes)\n    throw new TypeError(message);\n  throw new RangeError(message);\n}\nfunction ahash(h) {\n  if (typeof h !== "function" || typeof h.create !== "function")\n    throw new TypeError("expected hash wrapped by utils.createHasher");\n  anumber(h.outputLen);\n  anumber(h.blockLen);\n  if (h.outputLen < 1 || h.blockLen < 1)\n    throw new Error("hash blockLen / outputLen must be >= 1");\n}\nvar aobject = (value, label) => {\n  if (value === null || typeof value !== "object" || Array.isArray(value))\n    throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);\n};\nvar aopts = (value, label) => {\n  aobject(value, label);\n  const proto = Object.getPrototypeOf(value);\n  if (proto !== Object.prototype && proto !== null)\n    throw new TypeError(`"${label}" expected plain object`);\n  if (Object.hasOwn(value, "__proto__"))\n    throw new TypeError(`"${label}.__proto__" is not allowed`);\n};\nfunction aexists(instance, checkFinished = true) {\n  if (instance.destroyed)\n    throw new Error("hash was destroyed");\n  if (checkFinished && instance.finished)\n    throw new Error("digest() was already called");\n}\nfunction aoutput(out, instance) {\n  abytes(out, void 0, "output");\n  const min = instance.outputLen;\n  if (!(out.length >= min)) {\n    throw new RangeError(\'"output" expected length >= \' + min);\n  }\n}\nfunction u32(arr) {\n  return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));\n}\nfunction clean(...arrays) {\n  for (let i = 0; i < arrays.length; i++) {\n    arrays[i].fill(0);\n  }\n}\nfunction createView(arr) {\n  return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);\n}\nfunction rotr(word, shift) {\n  return word << 32 - shift | word >>> shift;\n}\nfunction rotl(word, shift) {\n  return word << shift | word >>> 32 - shift >>> 0;\n}\nvar isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();\nfunction byteSwap(word) {\n  return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;\n}\nfunction byteSwap32(arr) {\n  for (let i = 0; i < arr.length; i++) {\n    arr[i] = byteSwap(arr[i]);\n  }\n  return arr;\n}\nvar swap32IfBE = isLE ? (u) => u : byteSwap32;\nfunction utf8ToBytes(str) {\n  if (typeof str !== "string")\n    throw new TypeError("string expected");\n  const encoded = new TextEncoder().encode(str);\n  try {\n    return new Uint8Array(encoded);\n  } finally {\n    clean(encoded);\n  }\n}\nfunction kdfInputToBytes(data, errorTitle = "") {\n  if (typeof data === "string")\n    return utf8ToBytes(data);\n  return abytes(data, void 0, errorTitle);\n}\nfunction checkOpts(defaults, opts, title = "opts") {\n  aopts(defaults, "defaults");\n  if (opts !== void 0)\n    aopts(opts, title);\n  const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults, opts);\n  return merged;\n}\nfunction createHasher(hashCons, info = {}) {\n  if (typeof hashCons !== "function")\n    throw new TypeError(\'"hashCons" expected function, got type=\' + typeof hashCons);\n  info = checkOpts({}, info, "info");\n  const hashC = (msg, opts) => hashCons(opts).update(msg).digest();\n  const tmp = hashCons(void 0);\n  hashC.outputLen = tmp.outputLen;\n  hashC.blockLen = tmp.blockLen;\n  hashC.canXOF = tmp.canXOF;\n  hashC.create = (opts) => hashCons(opts);\n  Object.assign(hashC, info);\n  return Object.freeze(hashC);\n}\nvar oidNist = (suffix) => ({\n  // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.\n  // Larger suffix values would need base-128 OID encoding and a different length byte.\n  oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix])\n});\n\n// node_modules/@noble/hashes/hmac.js\nvar _HMAC = class {\n  oHash;\n  iHash;\n  blockLen;\n  outputLen;\n  canXOF = false;\n  finished = false;\n  destroyed = false;\n  constructor(hash, key) {\n    ahash(hash);\n    abytes(key, void 0, "key");\n    this.iHash = hash.create();\n    if (typeof this.iHash.update !== "function")\n      throw new Error("expected Hash instance");\n    this.blockLen = this.iHash.blockLen;\n    this.outputLen = this.iHash.outputLen;\n    const blockLen = this.blockLen;\n    const pad = new Uint8Array(blockLen);\n    pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);\n    for (let i = 0; i < pad.length; i++)\n      pad[i] ^= 54;\n    this.iHash.update(pad);\n    this.oHash = hash.create();\n    for (let i = 0; i < pad.length; i++)\n      pad[i] ^= 54 ^ 92;\n    this.oHash.update(pad);\n    clean(pad);\n  }\n  update(buf) {\n    aexists(this);\n    this.iHash.update(buf);\n    return this;\n  }\n  digestInto(out) {\n    aexists(this);\n    aoutput(out, this);\n    this.finished = true;\n    const buf = out.subarray(0, this.outputLen);\n    this.iHash.digestInto(buf);\n    this.oHash.update(buf);\n    this.oHash.digestInto(buf);\n    this.destroy();\n  }\n  digest() {\n    const out = new Uint8Array(this.oHash.outputLen);\n    this.digestInto(out);\n    return out;\n  }\n  _cloneInto(to) {\n    to ||= Object.create(Object.getPrototypeOf(this), {});\n    const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;\n    to = to;\n    to.finished = finished;\n    to.destroyed = destroyed;\n    to.blockLen = blockLen;\n    to.outputLen = outputLen;\n    to.canXOF = canXOF;\n    to.oHash = oHash._cloneInto(to.oHash);\n    to.iHash = iHash._cloneInto(to.iHash);\n    return to;\n  }\n  clone() {\n    return this._cloneInto();\n  }\n  destroy() {\n    this.destroyed = true;\n    this.oHash.destroy();\n    this.iHash.destroy();\n  }\n};\nvar hmac = /* @__PURE__ */ (() => {\n  const hmac_ = ((hash, key, message) => new _HMAC(hash, key).update(message).digest());\n  hmac_.create = (hash, key) => new _HMAC(hash, key);\n  return hmac_;\n})();\n\n// node_modules/@noble/hashes/pbkdf2.js\nfunction pbkdf2Init(hash, _password, _salt, _opts) {\n  ahash(hash);\n  const opts = checkOpts({ dkLen: 32, asyncTick: 10 }, _opts);\n  const { c, dkLen, asyncTick } = opts;\n  anumber(c, "c");\n  anumber(dkLen, "dkLen");\n  anumber(asyncTick, "asyncTick");\n  if (c < 1)\n    throw new Error(\'"c" (iterations) must be >= 1\');\n  if (dkLen < 1)\n    throw new Error(\'"dkLen" must be >= 1\');\n  if (dkLen > (2 ** 32 - 1) * hash.outputLen)\n    throw new Error("derived key too long");\n  const p = kdfInputToBytes(_password, "password");\n  try {\n    const s = kdfInputToBytes(_salt, "salt");\n    try {\n      const DK = new Uint8Array(dkLen);\n      const { iHash, oHash, outputLen } = hmac.create(hash, p);\n      const u = new Uint8Array(outputLen);\n      const eng = pbkdf2Engine(iHash, oHash, s, u);\n      return { c, dkLen, asyncTick, DK, outputLen, eng };\n    } finally {\n      if (typeof _salt === "string")\n        clean(s);\n    }\n  } finally {\n    if (typeof _password === "string")\n      clean(p);\n  }\n}\nfunction pbkdf2Engine(iHash, oHash, salt, u) {\n  const counter = new Uint8Array(4);\n  const view = createView(counter);\n  const salted = iHash._cloneInto().update(salt);\n  const work = oHash._cloneInto();\n  const iClone = iHash._cloneInto;\n  const oClone = oHash._cloneInto;\n  return {\n    u1: (ti, Ti) => {\n      view.setInt32(0, ti, false);\n      salted._cloneInto(work).update(counter).digestInto(u);\n      oHash._cloneInto(work).update(u).digestInto(u);\n      Ti.set(u.subarray(0, Ti.length));\n    },\n    // Whole `F` inner loop for the sync variant: one optimized function owns the hot loop.\n    rounds: (c, Ti) => {\n      for (let ui = 1; ui < c; ui++) {\n        iClone.call(iHash, work).update(u).digestInto(u);\n        oClone.call(oHash, work).update(u).digestInto(u);\n        for (let i = 0; i < Ti.length; i++)\n          Ti[i] ^= u[i];\n      }\n    },\n    output: (DK) => {\n      iHash.destroy();\n      oHash.destroy();\n      salted.destroy();\n      work.destroy();\n      clean(u);\n      return DK;\n    }\n  };\n}\nfunction pbkdf2(hash, password, salt, opts) {\n  const { c, dkLen, DK, outputLen, eng } = pbkdf2Init(hash, password, salt, opts);\n  for (let ti = 1, pos = 0; pos < dkLen; ti++, pos += outputLen) {\n    const Ti = DK.subarray(pos, pos + outputLen);\n    eng.u1(ti, Ti);\n    eng.rounds(c, Ti);\n  }\n  return eng.output(DK);\n}\n\n// node_modules/@noble/hashes/_u64.js\nvar fromNumH = (n) => n / 2 ** 32 | 0;\nvar fromNumL = (n) => n >>> 0;\nfunction setU64FromNum(view, byteOffset, n, isLE2) {\n  const h = fromNumH(n);\n  const l = fromNumL(n);\n  view.setUint32(byteOffset, isLE2 ? l : h, isLE2);\n  view.setUint32(byteOffset + 4, isLE2 ? h : l, isLE2);\n}\n\n// node_modules/@noble/hashes/_md.js\nfunction Chi(a, b, c) {\n  return a & b ^ ~a & c;\n}\nfunction Maj(a, b, c) {\n  return a & b ^ a & c ^ b & c;\n}\nvar HashMD = class {\n  blockLen;\n  outputLen;\n  canXOF = false;\n  padOffset;\n  isLE;\n  // For partial updates less than block size\n  buffer;\n  view;\n  finished = false;\n  length = 0;\n  pos = 0;\n  destroyed = false;\n  constructor(blockLen, outputLen, padOffset, isLE2) {\n    this.blockLen = blockLen;\n    this.outputLen = outputLen;\n    this.padOffset = padOffset;\n    this.isLE = isLE2;\n    this.buffer = new Uint8Array(blockLen);\n    this.view = createView(this.buffer);\n  }\n  update(data) {\n    aexists(this);\n    abytes(data);\n    const { view, buffer, blockLen } = this;\n    const len = data.length;\n    let processed = false;\n    for (let pos = 0; pos < len; ) {\n      const take = Math.min(blockLen - this.pos, len - pos);\n      if (take === blockLen) {\n        const dataView = createView(data);\n        for (; blockLen <= len - pos; pos += blockLen)\n          this.process(dataView, pos);\n        processed = true;\n        continue;\n      }\n      buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);\n      this.pos += take;\n      pos += take;\n      if (this.pos === blockLen) {\n        this.process(view, 0);\n        this.pos = 0;\n        processed = true;\n      }\n    }\n    this.length += data.length;\n    if (processed)\n      this.roundClean();\n    return this;\n  }\n  digestInto(out) {\n    aexists(this);\n    aoutput(out, this);\n    this.finished = true;\n    const { buffer, view, blockLen, isLE: isLE2 } = this;\n    let { pos } = this;\n    buffer[pos++] = 128;\n    buffer.fill(0, pos);\n    if (this.padOffset > blockLen - pos) {\n      this.process(view, 0);\n      buffer.fill(0);\n    }\n    setU64FromNum(view, blockLen - 8, this.length * 8, isLE2);\n    this.process(view, 0);\n    this.roundClean();\n    const oview = out === buffer ? view : createView(out);\n    const len = this.outputLen;\n    const outLen = len / 4;\n    const state = this.get();\n    if (len % 4 || outLen > state.length)\n      throw new Error("invalid outputLen");\n    for (let i = 0; i < outLen; i++)\n      oview.setUint32(4 * i, state[i], isLE2);\n  }\n  digest() {\n    const { buffer, outputLen } = this;\n    this.digestInto(buffer);\n    const res = buffer.slice(0, outputLen);\n    this.destroy();\n    return res;\n  }\n  _cloneIntoMeta(to) {\n    const { buffer, length, finished, destroyed, pos } = this;\n    to.destroyed = destroyed;\n    to.finished = finished;\n    to.length = length;\n    to.pos = pos;\n    if (pos)\n      to.buffer.set(buffer);\n    return to;\n  }\n  clone() {\n    return this._cloneInto();\n  }\n};\nvar SHA256_IV = /* @__PURE__ */ Uint32Array.from([\n  1779033703,\n  3144134277,\n  1013904242,\n  2773480762,\n  1359893119,\n  2600822924,\n  528734635,\n  1541459225\n]);\n\n// node_modules/@noble/hashes/sha2.js\nvar SHA256_K = /* @__PURE__ */ Uint32Array.from([\n  1116352408,\n  1899447441,\n  3049323471,\n  3921009573,\n  961987163,\n  1508970993,\n  2453635748,\n  2870763221,\n  3624381080,\n  310598401,\n  607225278,\n  1426881987,\n  1925078388,\n  2162078206,\n  2614888103,\n  3248222580,\n  3835390401,\n  4022224774,\n  264347078,\n  604807628,\n  770255983,\n  1249150122,\n  1555081692,\n  1996064986,\n  2554220882,\n  2821834349,\n  2952996808,\n  3210313671,\n  3336571891,\n  3584528711,\n  113926993,\n  338241895,\n  666307205,\n  773529912,\n  1294757372,\n  1396182291,\n  1695183700,\n  1986661051,\n  2177026350,\n  2456956037,\n  2730485921,\n  2820302411,\n  3259730800,\n  3345764771,\n  3516065817,\n  3600352804,\n  4094571909,\n  275423344,\n  430227734,\n  506948616,\n  659060556,\n  883997877,\n  958139571,\n  1322822218,\n  1537002063,\n  1747873779,\n  1955562222,\n  2024104815,\n  2227730452,\n  2361852424,\n  2428436474,\n  2756734187,\n  3204031479,\n  3329325298\n]);\nvar SHA256_W = /* @__PURE__ */ new Uint32Array(64);\nvar SHA2_32B = class extends HashMD {\n  // We cannot use array here since array allows indexing by variable\n  // which means optimizer/compiler cannot use registers.\n  // Numeric initializers matter: starting the fields as `undefined` changes\n  // V8\'s field representation and makes sha256 3x slower (measured).\n  A = 0;\n  B = 0;\n  C = 0;\n  D = 0;\n  E = 0;\n  F = 0;\n  G = 0;\n  H = 0;\n  constructor(outputLen, IV) {\n    super(64, outputLen, 8, false);\n    this.A = IV[0] | 0;\n    this.B = IV[1] | 0;\n    this.C = IV[2] | 0;\n    this.D = IV[3] | 0;\n    this.E = IV[4] | 0;\n    this.F = IV[5] | 0;\n    this.G = IV[6] | 0;\n    this.H = IV[7] | 0;\n  }\n  get() {\n    const { A, B, C, D, E, F, G, H } = this;\n    return [A, B, C, D, E, F, G, H];\n  }\n  // prettier-ignore\n  set(A, B, C, D, E, F, G, H) {\n    this.A = A | 0;\n    this.B = B | 0;\n    this.C = C | 0;\n    this.D = D | 0;\n    this.E = E | 0;\n    this.F = F | 0;\n    this.G = G | 0;\n    this.H = H | 0;\n  }\n  _cloneInto(to) {\n    (to ||= new this.constructor()).set(...this.get());\n    return this._cloneIntoMeta(to);\n  }\n  process(view, offset) {\n    for (let i = 0; i < 16; i++, offset += 4)\n      SHA256_W[i] = view.getUint32(offset, false);\n    for (let i = 16; i < 64; i++) {\n      const W15 = SHA256_W[i - 15];\n      const W2 = SHA256_W[i - 2];\n      const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;\n      const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;\n      SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;\n    }\n    let { A, B, C, D, E, F, G, H } = this;\n    for (let i = 0; i < 64; i++) {\n      const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);\n      const T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0;\n      const sigma0 = rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22);\n      const T2 = sigma0 + Maj(A, B, C) | 0;\n      H = G;\n      G = F;\n      F = E;\n      E = D + T1 | 0;\n      D = C;\n      C = B;\n      B = A;\n      A = T1 + T2 | 0;\n    }\n    A = A + this.A | 0;\n    B = B + this.B | 0;\n    C = C + this.C | 0;\n    D = D + this.D | 0;\n    E = E + this.E | 0;\n    F = F + this.F | 0;\n    G = G + this.G | 0;\n    H = H + this.H | 0;\n    this.set(A, B, C, D, E, F, G, H);\n  }\n  roundClean() {\n    clean(SHA256_W);\n  }\n  destroy() {\n    this.destroyed = true;\n    this.set(0, 0, 0, 0, 0, 0, 0, 0);\n    clean(this.buffer);\n  }\n};\nvar _SHA256 = class extends SHA2_32B {\n  constructor() {\n    super(32, SHA256_IV);\n  }\n};\nvar sha256 = /* @__PURE__ */ createHasher(\n  () => new _SHA256(),\n  /* @__PURE__ */ oidNist(1)\n);\n\n// node_modules/@noble/hashes/scrypt.js\nfunction XorAndSalsa(prev, pi, input, ii, out, oi) {\n  let y00 = prev[pi++] ^ input[ii++], y01 = prev[pi++] ^ input[ii++];\n  let y02 = prev[pi++] ^ input[ii++], y03 = prev[pi++] ^ input[ii++];\n  let y04 = prev[pi++] ^ input[ii++], y05 = prev[pi++] ^ input[ii++];\n  let y06 = prev[pi++] ^ input[ii++], y07 = prev[pi++] ^ input[ii++];\n  let y08 = prev[pi++] ^ input[ii++], y09 = prev[pi++] ^ input[ii++];\n  let y10 = prev[pi++] ^ input[ii++], y11 = prev[pi++] ^ input[ii++];\n  let y12 = prev[pi++] ^ input[ii++], y13 = prev[pi++] ^ input[ii++];\n  let y14 = prev[pi++] ^ input[ii++], y15 = prev[pi++] ^ input[ii++];\n  let x00 = y00, x01 = y01, x02 = y02, x03 = y03, x04 = y04, x05 = y05, x06 = y06, x07 = y07, x08 = y08, x09 = y09, x10 = y10, x11 = y11, x12 = y12, x13 = y13, x14 = y14, x15 = y15;\n  for (let i = 0; i < 8; i += 2) {\n    x04 ^= rotl(x00 + x12 | 0, 7);\n    x08 ^= rotl(x04 + x00 | 0, 9);\n    x12 ^= rotl(x08 + x04 | 0, 13);\n    x00 ^= rotl(x12 + x08 | 0, 18);\n    x09 ^= rotl(x05 + x01 | 0, 7);\n    x13 ^= rotl(x09 + x05 | 0, 9);\n    x01 ^= rotl(x13 + x09 | 0, 13);\n    x05 ^= rotl(x01 + x13 | 0, 18);\n    x14 ^= rotl(x10 + x06 | 0, 7);\n    x02 ^= rotl(x14 + x10 | 0, 9);\n    x06 ^= rotl(x02 + x14 | 0, 13);\n    x10 ^= rotl(x06 + x02 | 0, 18);\n    x03 ^= rotl(x15 + x11 | 0, 7);\n    x07 ^= rotl(x03 + x15 | 0, 9);\n    x11 ^= rotl(x07 + x03 | 0, 13);\n    x15 ^= rotl(x11 + x07 | 0, 18);\n    x01 ^= rotl(x00 + x03 | 0, 7);\n    x02 ^= rotl(x01 + x00 | 0, 9);\n    x03 ^= rotl(x02 + x01 | 0, 13);\n    x00 ^= rotl(x03 + x02 | 0, 18);\n    x06 ^= rotl(x05 + x04 | 0, 7);\n    x07 ^= rotl(x06 + x05 | 0, 9);\n    x04 ^= rotl(x07 + x06 | 0, 13);\n    x05 ^= rotl(x04 + x07 | 0, 18);\n    x11 ^= rotl(x10 + x09 | 0, 7);\n    x08 ^= rotl(x11 + x10 | 0, 9);\n    x09 ^= rotl(x08 + x11 | 0, 13);\n    x10 ^= rotl(x09 + x08 | 0, 18);\n    x12 ^= rotl(x15 + x14 | 0, 7);\n    x13 ^= rotl(x12 + x15 | 0, 9);\n    x14 ^= rotl(x13 + x12 | 0, 13);\n    x15 ^= rotl(x14 + x13 | 0, 18);\n  }\n  out[oi++] = y00 + x00 | 0;\n  out[oi++] = y01 + x01 | 0;\n  out[oi++] = y02 + x02 | 0;\n  out[oi++] = y03 + x03 | 0;\n  out[oi++] = y04 + x04 | 0;\n  out[oi++] = y05 + x05 | 0;\n  out[oi++] = y06 + x06 | 0;\n  out[oi++] = y07 + x07 | 0;\n  out[oi++] = y08 + x08 | 0;\n  out[oi++] = y09 + x09 | 0;\n  out[oi++] = y10 + x10 | 0;\n  out[oi++] = y11 + x11 | 0;\n  out[oi++] = y12 + x12 | 0;\n  out[oi++] = y13 + x13 | 0;\n  out[oi++] = y14 + x14 | 0;\n  out[oi++] = y15 + x15 | 0;\n}\nfunction BlockMix(input, ii, out, oi, r) {\n  let head = oi + 0;\n  let tail = oi + 16 * r;\n  for (let i = 0; i < 16; i++)\n    out[tail + i] = input[ii + (2 * r - 1) * 16 + i];\n  for (let i = 0; i < r; i++, head += 16, ii += 16) {\n    XorAndSalsa(out, tail, input, ii, out, head);\n    if (i > 0)\n      tail += 16;\n    XorAndSalsa(out, head, input, ii += 16, out, tail);\n  }\n}\nvar SCRYPT_DEFAULT_MAXMEM = 128 * 8 * (2 ** 20 + 1 + 1);\nfunction scryptInit(password, salt, _opts) {\n  const opts = checkOpts({\n    dkLen: 32,\n    asyncTick: 10,\n    maxmem: SCRYPT_DEFAULT_MAXMEM\n  }, _opts);\n  const { N, r, p, dkLen, asyncTick, maxmem, onProgress } = opts;\n  anumber(N, "N");\n  anumber(r, "r");\n  anumber(p, "p");\n  anumber(dkLen, "dkLen");\n  anumber(asyncTick, "asyncTick");\n  anumber(maxmem, "maxmem");\n  if (onProgress !== void 0 && typeof onProgress !== "function")\n    throw new Error(\'"onProgress" must be a function\');\n  if (r < 1)\n    throw new Error(\'"r" expected integer >= 1\');\n  const blockSize = 128 * r;\n  const blockSize32 = blockSize / 4;\n  const pow32 = Math.pow(2, 32);\n  if (N <= 1 || (N & N - 1) !== 0 || N > pow32)\n    throw new Error(\'"N" expected a power of 2, and 2^1 <= N <= 2^32\');\n  if (p < 1 || p > (pow32 - 1) * 32 / blockSize)\n    throw new Error(\'"p" expected integer 1..((2^32 - 1) * 32) / (128 * r)\');\n  if (dkLen < 1 || dkLen > (pow32 - 1) * 32)\n    throw new Error(\'"dkLen" expected integer 1..(2^32 - 1) * 32\');\n  const memUsed = blockSize * (N + p + 1);\n  if (memUsed > maxmem)\n    throw new Error(\'"maxmem" limit was hit: memUsed(128*r*(N+p+1))=\' + memUsed + ", maxmem=" + maxmem);\n  const B = pbkdf2(sha256, password, salt, { c: 1, dkLen: blockSize * p });\n  const B32 = u32(B);\n  const V = u32(new Uint8Array(blockSize * N));\n  const tmp = u32(new Uint8Array(blockSize));\n  let blockMixCb = () => {\n  };\n  if (onProgress) {\n    const totalBlockMix = 2 * N * p;\n    const callbackPer = Math.max(Math.floor(totalBlockMix / 1e4), 1);\n    let blockMixCnt = 0;\n    blockMixCb = () => {\n      blockMixCnt++;\n      if (onProgress && (!(blockMixCnt % callbackPer) || blockMixCnt === totalBlockMix)) {\n        try {\n          onProgress(blockMixCnt / totalBlockMix);\n        } catch (e) {\n          clean(B, V, tmp);\n          throw e;\n        }\n      }\n    };\n  }\n  return { N, r, p, dkLen, blockSize32, V, B32, B, tmp, blockMixCb, asyncTick };\n}\nfunction scryptOutput(password, dkLen, B, V, tmp) {\n  const res = pbkdf2(sha256, password, B, { c: 1, dkLen });\n  clean(B, V, tmp);\n  return res;\n}\nfunction scrypt(password, salt, opts) {\n  const { N, r, p, dkLen, blockSize32, V, B32, B, tmp, blockMixCb } = scryptInit(password, salt, opts);\n  swap32IfBE(B32);\n  for (let pi = 0; pi < p; pi++) {\n    const Pi = blockSize32 * pi;\n    for (let i = 0; i < blockSize32; i++)\n      V[i] = B32[Pi + i];\n    for (let i = 0, pos = 0; i < N - 1; i++) {\n      BlockMix(V, pos, V, pos += blockSize32, r);\n      blockMixCb();\n    }\n    BlockMix(V, (N - 1) * blockSize32, B32, Pi, r);\n    blockMixCb();\n    for (let i = 0; i < N; i++) {\n      const j = (B32[Pi + blockSize32 - 16] & N - 1) >>> 0;\n      for (let k = 0; k < blockSize32; k++)\n        tmp[k] = B32[Pi + k] ^ V[j * blockSize32 + k];\n      BlockMix(tmp, 0, B32, Pi, r);\n      blockMixCb();\n    }\n  }\n  swap32IfBE(B32);\n  return scryptOutput(password, dkLen, B, V, tmp);\n}\n\n// client/src/kdf.js\nvar SCRYPT = Object.freeze({ N: 2 ** 17, r: 8, p: 1, dkLen: 32 });\nfunction throttled(report) {\n  let last = -Infinity;\n  return (fraction) => {\n    const now = performance.now();\n    if (!report || now - last < 50 && fraction < 1) return;\n    last = now;\n    report(fraction);\n  };\n}\n\n// client/src/kdf-worker.js\nvar scope = globalThis;\nscope.onmessage = ({ data: { input, salt } }) => {\n  const onProgress = throttled((fraction) => scope.postMessage(fraction));\n  scope.postMessage(scrypt(input, salt, { ...SCRYPT, onProgress }));\n  input.fill(0);\n};\n';

// client/src/kdf.js
var SCRYPT = Object.freeze({ N: 2 ** 17, r: 8, p: 1, dkLen: 32 });
function workerKdf(createWorker = defaultWorker) {
  return (input, salt, { signal, onProgress }) => new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = createWorker();
    const end = () => {
      worker.terminate();
      signal?.removeEventListener("abort", aborted);
    };
    const aborted = () => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", aborted);
    worker.onmessage = ({ data }) => {
      if (typeof data === "number") return onProgress?.(data);
      end();
      resolve(data);
    };
    worker.onerror = (event) => {
      end();
      event.preventDefault?.();
      const message = "The key could not be computed: the page's worker did not start, or there is too little memory. Close other pages and try again.";
      reject(new LarimarError("Unsupported", message, { cause: event.message }));
    };
    worker.postMessage({ input, salt });
  });
}
var inlineKdf = (input, salt, { signal, onProgress }) => {
  const told = throttled(onProgress);
  return scryptAsync(input, salt, {
    ...SCRYPT,
    onProgress: (fraction) => {
      signal?.throwIfAborted();
      told(fraction);
    }
  });
};
var defaultKdf = (input, salt, options) => (typeof Worker === "undefined" ? inlineKdf : workerKdf())(input, salt, options);
function throttled(report) {
  let last = -Infinity;
  return (fraction) => {
    const now = performance.now();
    if (!report || now - last < 50 && fraction < 1) return;
    last = now;
    report(fraction);
  };
}
function defaultWorker() {
  const url = new URL("./kdf-worker.js", import.meta.url);
  if (url.origin === globalThis.location?.origin) return new Worker(url, { type: "module" });
  const source = workerSource ?? `import ${JSON.stringify(url.href)};`;
  const blob = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return new Worker(blob, { type: "module" });
  } finally {
    setTimeout(() => URL.revokeObjectURL(blob), 6e4);
  }
}

// client/src/keys.js
var MAX_REVISION = 2 ** 53 - 1;
var MAGIC = utf8("LRM1");
var HEADER = MAGIC.length + 8;
var NONCE = 12;
var TAG = 16;
var Keys = class _Keys {
  /** @type {Uint8Array | undefined} */
  #signing;
  /** @type {CryptoKey | undefined} */
  #encryption;
  /**
   * @param {string} publicKey
   * @param {Uint8Array} signing
   * @param {CryptoKey} encryption
   */
  constructor(publicKey, signing, encryption) {
    this.publicKey = publicKey;
    this.#signing = signing;
    this.#encryption = encryption;
  }
  /**
   * @param {Uint8Array} signing 32 bytes, which are this object's from now on
   * @param {Uint8Array} encryption 32 bytes, which are wiped
   */
  static async of(signing, encryption) {
    const raw = new Uint8Array(encryption);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    raw.fill(0);
    encryption.fill(0);
    return new _Keys(toHex(secp256k1.getPublicKey(signing)), signing, key);
  }
  /**
   * The signature of a digest of section 3: 130 hex digits.
   * @param {Uint8Array} digest 32 bytes
   */
  sign(digest) {
    if (!this.#signing) throw locked();
    const signature = secp256k1.sign(digest, this.#signing, { format: "recovered", prehash: false });
    signature[0] = 31 + (signature[0] ?? 0);
    return toHex(signature);
  }
  /**
   * Seals a plaintext as the blob that a server keeps.
   * @param {number} revision from 1 to 2^53 - 1
   * @param {Uint8Array} plaintext
   * @param {Uint8Array} [nonce] 12 bytes, for the vectors only: random if left out, as it must be
   */
  async seal(revision, plaintext, nonce = crypto.getRandomValues(new Uint8Array(NONCE))) {
    if (!this.#encryption) throw locked();
    if (!Number.isSafeInteger(revision) || revision < 1) {
      throw new LarimarError("RevisionsUsedUp", "The wallet has used up all its revisions. Change the password to a new one.");
    }
    const head = header(revision);
    const sealed = await crypto.subtle.encrypt(this.#cipher(head, nonce), this.#encryption, new Uint8Array(plaintext));
    return concat(head, nonce, new Uint8Array(sealed));
  }
  /**
   * What a blob holds.
   * @param {Uint8Array} blob
   * @returns {Promise<{ revision: number, plaintext: Uint8Array<ArrayBuffer> }>}
   * @throws {LarimarError} `NotSealed`, `Tampered`
   */
  async open(blob) {
    if (!this.#encryption) throw locked();
    const revision = revisionOf(blob);
    if (revision === null) {
      throw new LarimarError("NotSealed", "This data was not written by a Larimar client. Use the program that wrote it.");
    }
    const head = blob.slice(0, HEADER);
    const nonce = blob.slice(HEADER, HEADER + NONCE);
    try {
      const sealed = new Uint8Array(blob.subarray(HEADER + NONCE));
      const opened = await crypto.subtle.decrypt(this.#cipher(head, nonce), this.#encryption, sealed);
      return { revision, plaintext: new Uint8Array(opened) };
    } catch (cause) {
      throw new LarimarError("Tampered", "This data was changed, or belongs to another key. Do not use it.", { cause });
    }
  }
  /** From now on nothing can be signed, sealed or opened. */
  wipe() {
    this.#signing?.fill(0);
    this.#signing = void 0;
    this.#encryption = void 0;
  }
  /** Whether they can still be used. */
  get usable() {
    return this.#signing !== void 0;
  }
  toJSON() {
    return "***";
  }
  /**
   * @param {Uint8Array} head
   * @param {Uint8Array} nonce
   */
  #cipher(head, nonce) {
    const additionalData = concat(utf8("larimar/v1/blob"), fromHex(this.publicKey), head);
    return { name: "AES-GCM", iv: new Uint8Array(nonce), additionalData };
  }
};
function revisionOf(blob) {
  if (blob.length < HEADER + NONCE + TAG || !MAGIC.every((byte, index) => blob[index] === byte)) return null;
  const view = new DataView(blob.buffer, blob.byteOffset);
  const revision = view.getBigUint64(MAGIC.length);
  return revision >= 1n && revision <= BigInt(MAX_REVISION) ? Number(revision) : null;
}
var blobDigest = (blob) => sha256(blob);
var changePasswordDigest = (newPublicKey, blob) => sha256(concat(utf8("larimar/v1/changePassword"), fromHex(newPublicKey), sha256(blob)));
var deleteWalletDigest = (server, localHash) => sha256(concat(utf8("larimar/v1/deleteWallet"), lp(utf8(server)), fromHex(localHash)));
function header(revision) {
  const head = new Uint8Array(HEADER);
  head.set(MAGIC);
  new DataView(head.buffer).setBigUint64(MAGIC.length, BigInt(revision));
  return head;
}

// client/src/text.js
var SPACE = "\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
var ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
var RUNS = new RegExp(`[${SPACE}]+`, "gu");
var ANY = new RegExp(`[${SPACE}]`, "u");
var REFUSED = /[\p{Cs}\p{Cn}]/u;
function normalPassword(typed) {
  return notEmpty(compose(typed, "password"), "password");
}
function normalAnswer(typed) {
  const lower = compose(typed, "answer").toLowerCase();
  return notEmpty(lower.replace(ENDS, "").replace(RUNS, " "), "answer");
}
function normalEmail(typed) {
  const email = compose(typed, "e-mail address").toLowerCase().replace(ENDS, "");
  const [local, domain, ...more] = email.split("@");
  if (!local || !domain || more.length > 0 || ANY.test(email)) {
    throw invalid("email", "An e-mail address has exactly one @, text on both sides of it, and no spaces.");
  }
  return email;
}
function compose(typed, what) {
  const refused3 = REFUSED.exec(typed)?.[0]?.codePointAt(0);
  if (refused3 !== void 0) {
    const hex = refused3.toString(16).toUpperCase().padStart(4, "0");
    throw invalid(what, `The ${what} has a character that other devices may not know: U+${hex}. Leave it out.`);
  }
  return typed.normalize("NFKC");
}
function notEmpty(text, what) {
  if (text === "") throw invalid(what, `The ${what} is empty.`);
  return text;
}
function invalid(param, message) {
  return new LarimarError("InvalidText", message, { data: { param } });
}

// client/src/derive.js
function scryptInput({ email, password, answers = [] }) {
  const texts = answers.map((answer) => lp(utf8(normalAnswer(answer))));
  const input = concat(lp(utf8(normalPassword(password))), u32be(answers.length), ...texts);
  for (const text of texts) text.fill(0);
  const salt = sha256(concat(lp(utf8("larimar/v1/kdf")), lp(utf8(normalEmail(email)))));
  return { input, salt };
}
function keysOfSeed(seed) {
  const encryption = hkdf(sha256, seed, void 0, utf8("larimar/v1/encrypt"), 32);
  for (let i = 0; ; i++) {
    const signing = hkdf(sha256, seed, void 0, concat(utf8("larimar/v1/sign"), Uint8Array.of(i)), 32);
    if (secp256k1.utils.isValidSecretKey(signing)) return { signing, encryption };
  }
}
async function deriveKeys(who, { kdf = defaultKdf, ...options } = {}) {
  if (!globalThis.crypto?.subtle) {
    const message = "This page cannot encrypt, since it was not loaded over https. Open it by its https address.";
    throw new LarimarError("Unsupported", message);
  }
  const { input, salt } = scryptInput(who);
  try {
    const seed = await kdf(input, salt, options);
    const { signing, encryption } = keysOfSeed(seed);
    seed.fill(0);
    return await Keys.of(signing, encryption);
  } finally {
    input.fill(0);
  }
}
var keysOf = async (who, options) => who instanceof Keys ? who : deriveKeys(who, options);

// client/src/entries.js
var noEntries = () => ({ larimar: 1, entries: [] });
function parseEntries(plaintext) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plaintext));
    return value?.larimar === 1 && Array.isArray(value.entries) && value.entries.every(isEntry) ? value : null;
  } catch {
    return null;
  }
}
var entriesToBytes = (entries) => utf8(JSON.stringify(entries));
var newEntryId = () => toHex(crypto.getRandomValues(new Uint8Array(8)));
function mergeEntries(base, mine, theirs) {
  const [before, ours, others] = [base ?? noEntries(), mine, theirs].map(
    ({ entries }) => new Map(entries.map((entry) => [entry.id, entry]))
  );
  const clashes = [];
  const merged = [];
  for (const id of new Set([...mine.entries, ...theirs.entries].map((entry) => entry.id))) {
    const [was, my, their] = [before?.get(id) ?? null, ours?.get(id) ?? null, others?.get(id) ?? null];
    const chosen = equal(my, was) ? their : my;
    if (equal(my, was) || equal(their, was) || equal(my, their)) {
      if (chosen) merged.push(chosen);
    } else {
      clashes.push({ id, base: was, mine: my, theirs: their });
      const kept = my ?? their;
      if (kept) merged.push(kept);
    }
  }
  const rest = { ...mine, ...theirs };
  for (const name of Object.keys(mine)) {
    if (equal(theirs[name], base?.[name])) rest[name] = mine[name];
  }
  return { merged: { ...rest, larimar: 1, entries: merged }, clashes };
}
function isEntry(value) {
  return typeof value === "object" && value !== null && typeof value.id === "string" && typeof value.name === "string" && typeof value.secret === "string" && (value.note === void 0 || typeof value.note === "string") && (value.updated === void 0 || typeof value.updated === "string");
}
function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.keys(b)];
  return left.length === right.length && left.every(([name, value]) => name in b && equal(
    value,
    /** @type {any} */
    b[name]
  ));
}

// client/src/report.js
var VERDICTS = { WrongAnswer: "lying", Tampered: "lying", NotSealed: "lying", Conflict: "conflict", Stale: "conflict", WalletNotFound: "behind", InvalidCode: "behind" };
var lineOf = (server, took) => ({ server, verdict: "ok", took, head: null, updated: null, error: null, was: null, repaired: false });
function failed(line, error) {
  const { was } = error.data;
  return { ...line, verdict: VERDICTS[error.code] ?? "down", error, was: was === "moved" || was === "deleted" ? was : null };
}
var writeLines = (report, head, before = []) => report.map((answer, index) => {
  const line = lineOf(answer.server, answer.took);
  if (answer.outcome === "answered") return { ...line, head };
  return answer.outcome === "failed" ? failed(line, answer.error) : before[index] ?? line;
});
var needsACode = ({ verdict, head }) => verdict === "behind" && head === null;
var errorsOf = (report) => report.flatMap((one) => one.outcome === "failed" ? [one.error] : []);
var isRefusal = (error) => error.rpcCode !== void 0 && error.code !== "Internal";
function advice({ verdict, head, repaired, was }) {
  switch (verdict) {
    case "ok":
      return null;
    case "behind":
      if (repaired) return "was behind, and is brought up to date";
      if (was === "moved") return "the password was changed there: use the new one, or finish the change";
      if (was === "deleted") return "the wallet was deleted there: a code brings it back";
      return head ? "it is brought up to date the next time it answers and there is nothing to choose" : "it has no such wallet: a code makes it there";
    case "conflict":
      return "it has a change that the others do not have: compare, then choose";
    case "lying":
      if (repaired) return "it went back in time, and is brought up to date: ask its operator what happened, and leave it if it happens again";
      return "do not believe it: ask its operator, or take another server in its place";
    case "down":
      return "try again later; if it stays, take another server in its place";
  }
}

// client/src/rpc.js
var MOST_BYTES = 8 * 1024 * 1024;
var lastId = 0;
async function call(address, method, params, shape, options) {
  const id = ++lastId;
  const body = JSON.stringify({ jsonrpc: "2.0", id, method, params });
  for (let attempt = 0; ; attempt++) {
    options.signal?.throwIfAborted();
    try {
      return read(address, id, await post(address, body, options), shape);
    } catch (error) {
      const pause = waitBefore(error, attempt, options);
      if (pause === void 0) throw error;
      await sleep(pause, options.signal);
    }
  }
}
function waitBefore(error, attempt, { retries, patience }) {
  if (!LarimarError.is(error) || attempt >= retries) return void 0;
  const { retryAfter } = error;
  if (retryAfter !== void 0) return retryAfter <= patience ? retryAfter * 1e3 : void 0;
  return error.isOffline ? 250 * 4 ** attempt * (1 + Math.random()) : void 0;
}
async function post(address, body, { timeout, signal, fetch }) {
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(address.http, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      signal: signal ? AbortSignal.any([signal, late]) : late,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer"
    });
    const text = await bounded(address, response);
    if (response.ok || response.status === 400 && text.startsWith("{")) return text;
    throw new LarimarError("HttpStatus", `${address.name} answered with HTTP status ${response.status}. ${advice2(response.status)}`, {
      server: address.name,
      status: response.status
    });
  } catch (cause) {
    if (LarimarError.is(cause)) throw cause;
    signal?.throwIfAborted();
    if (late.aborted) {
      const message2 = `${address.name} did not answer in time. It may have done what it was asked for; asking again is safe.`;
      throw new LarimarError("Timeout", message2, { server: address.name, cause });
    }
    const message = `${address.name} cannot be reached. Check the network, then try again.`;
    throw new LarimarError("Transport", message, { server: address.name, cause });
  }
}
async function bounded(address, response) {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    bytes += piece.value.length;
    if (bytes > MOST_BYTES) {
      await reader?.cancel();
      throw unreadable(address, "more than 8 MiB");
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}
function read(address, id, text, shape) {
  const answer = object(address, parsed(address, text), "no object");
  if ("error" in answer) throw refused(address, object(address, answer["error"], "an error without a form"));
  if (answer["id"] !== id) throw unreadable(address, "an answer to another call");
  const result = object(address, answer["result"], "no result");
  for (const [name, kind] of Object.entries(shape)) {
    const value = result[name];
    const fits = kind === "array" ? Array.isArray(value) : value !== null && typeof value === kind;
    if (!fits) throw unreadable(address, `no ${name}`);
  }
  return result;
}
function refused(address, error) {
  const data = typeof error["data"] === "object" && error["data"] !== null ? (
    /** @type {Record<string, unknown>} */
    error["data"]
  ) : {};
  const code = isServerError(data["name"]) ? data["name"] : "UnknownError";
  const message = typeof error["message"] === "string" ? error["message"] : "The server refused without a reason.";
  const more = { server: address.name, data };
  return new LarimarError(code, message, typeof error["code"] === "number" ? { ...more, rpcCode: error["code"] } : more);
}
function parsed(address, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(address, "no JSON");
  }
}
function object(address, value, otherwise) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable(address, otherwise);
  return (
    /** @type {Record<string, unknown>} */
    value
  );
}
function unreadable(address, cause) {
  const message = `${address.name} gave an answer that is not of this protocol (${cause}). Check its address.`;
  return new LarimarError("Unreadable", message, { server: address.name });
}
function advice2(status) {
  if (status === 503) return "It has too many callers now. Try again in a minute.";
  if (status === 413) return "It takes less data at once. Remove something and try again.";
  if (status >= 500) return "Try again later, or ask its operator.";
  return "Check its address: this may be no Larimar server.";
}
function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }, milliseconds);
    const aborted = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", aborted, { once: true });
  });
}

// client/src/changes.js
var LONGEST_PAUSE = 12e4;
var HEARTBEAT = 6e4;
var HEARTBEAT_ID = 2;
async function* watchChanges(address, WebSocket, publickey, { signal, pause = 1e3 } = {}) {
  let connectedBefore = false;
  let failures = 0;
  while (!signal?.aborted) {
    const socket = new Line(new WebSocket(address.webSocket), address);
    const stop = () => socket.close();
    signal?.addEventListener("abort", stop);
    const back = new AbortController();
    const reconnect = () => {
      failures = 0;
      socket.close();
      back.abort();
    };
    globalThis.addEventListener?.("online", reconnect);
    let connected = false;
    let atLeast = 0;
    try {
      await socket.subscribe(publickey);
      connected = true;
      failures = 0;
      yield { event: connectedBefore ? "reconnected" : "connected" };
      connectedBefore = true;
      for (let change = await socket.next(); change; change = await socket.next()) {
        yield change;
        if (change.event === "moved" || change.event === "deleted") return;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const waits = LarimarError.is(error, "RateLimited") || LarimarError.is(error, "StoreUnavailable");
      if (!LarimarError.is(error) || !(error.isOffline || waits)) throw error;
      atLeast = (error.retryAfter ?? 0) * 1e3;
    } finally {
      signal?.removeEventListener("abort", stop);
      socket.close();
    }
    if (signal?.aborted) return globalThis.removeEventListener?.("online", reconnect);
    if (connected) yield { event: "disconnected" };
    const wait = Math.min(pause * 2 ** failures++, LONGEST_PAUSE);
    const ends = signal ? AbortSignal.any([signal, back.signal]) : back.signal;
    await sleep(Math.max(atLeast, wait * (1 + Math.random() / 2)), ends).catch(() => {
    });
    globalThis.removeEventListener?.("online", reconnect);
  }
}
var AT_ONCE = 20;
var ONE_MORE = 6e4;
async function* changesOfAll(servers, publickey, { signal, ...options } = {}) {
  const queue = [];
  let wake = () => {
  };
  const ends = new AbortController();
  const both = signal ? AbortSignal.any([signal, ends.signal]) : ends.signal;
  both.addEventListener("abort", () => wake());
  let [connected, following, allowed, last] = [0, servers.length, AT_ONCE, Date.now()];
  let failure;
  const tell2 = (change) => {
    if (!queue.some(({ event }) => event === change.event)) queue.push(change);
    else if (change.event === "saved") queue.splice(queue.findIndex(({ event }) => event === "saved"), 1, change);
    wake();
  };
  const follow2 = async (server) => {
    try {
      for await (const change of server.changes(publickey, { ...options, signal: both })) {
        if (change.event === "disconnected") {
          if (--connected === 0) tell2(change);
        } else if (change.event === "connected") {
          if (++connected === 1) tell2(change);
        } else if (change.event === "saved") tell2(change);
        else {
          if (change.event === "reconnected") connected++;
          tell2({ event: "reconnected" });
        }
      }
    } catch (error) {
      failure = error;
    }
    following--;
    wake();
  };
  for (const server of servers) void follow2(server);
  try {
    while (!both.aborted) {
      const change = queue.shift();
      if (change) {
        allowed = Math.min(AT_ONCE, allowed + (Date.now() - last) / ONE_MORE) - 1;
        last = Date.now();
        if (allowed < 0) await sleep(-allowed * ONE_MORE, both).catch(() => {
        });
        if (!both.aborted) yield change;
      } else if (following === 0) break;
      else await /** @type {Promise<void>} */
      new Promise((resolve) => wake = resolve);
    }
  } finally {
    ends.abort();
  }
  if (failure && !signal?.aborted) throw failure;
}
async function untilReached(work, signal) {
  for (let pause = 1e3; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return void await work();
    } catch (error) {
      const waits = LarimarError.is(error) && (error.isOffline || error.retryAfter !== void 0 || error.code === "StoreUnavailable");
      if (!waits) return;
      await sleep(Math.max(pause, (error.retryAfter ?? 0) * 1e3), signal).catch(() => {
      });
    }
  }
}
var Line = class {
  /** @type {Record<string, unknown>[]} */
  #messages = [];
  #closed = false;
  #heard = true;
  /** @type {ReturnType<typeof setInterval>} */
  #beating;
  #wake = () => {
  };
  /** @type {unknown} */
  #subscription;
  /**
   * @param {WebSocket} socket
   * @param {import("./address.js").Address} address
   */
  constructor(socket, address) {
    this.socket = socket;
    this.address = address;
    this.#beating = setInterval(() => this.#beat(), HEARTBEAT);
    socket.onmessage = ({ data }) => {
      const message = parsed2(data);
      this.#heard = true;
      if (message && message["id"] !== HEARTBEAT_ID) this.#messages.push(message);
      this.#wake();
    };
    socket.onclose = socket.onerror = () => {
      this.#closed = true;
      this.#wake();
    };
  }
  /** @param {string} publickey */
  async subscribe(publickey) {
    await /** @type {Promise<void>} */
    new Promise((resolve) => {
      this.socket.onopen = () => resolve();
      this.#wake = resolve;
    });
    if (this.#closed) throw this.#broken();
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "subscribeWallet", params: { publickey } }));
    const answer = await this.#message();
    if (!answer) throw this.#broken();
    const { error } = answer;
    if (typeof error === "object" && error !== null) throw refused(
      this.address,
      /** @type {Record<string, unknown>} */
      error
    );
    if (answer["id"] !== 1) throw unreadable(this.address, "an answer to another call");
    this.#subscription = answer["result"];
  }
  /**
   * The next change; `undefined` when the connection is gone.
   * @returns {Promise<Extract<Change, { updated: string }> | undefined>}
   */
  async next() {
    for (let message = await this.#message(); message; message = await this.#message()) {
      const params = (
        /** @type {any} */
        message["params"]
      );
      if (message["method"] !== "walletChanged" || params?.subscription !== this.#subscription) continue;
      if (["saved", "moved", "deleted"].includes(params?.result?.event)) return params.result;
    }
    return void 0;
  }
  close() {
    this.#closed = true;
    clearInterval(this.#beating);
    this.#wake();
    this.socket.onmessage = this.socket.onclose = null;
    this.socket.onerror = () => {
    };
    this.socket.close();
  }
  /** Closes a connection on which nothing came since the last beat, not even the answer to it. */
  #beat() {
    if (!this.#heard || this.socket.readyState !== this.socket.OPEN) return this.close();
    this.#heard = false;
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: HEARTBEAT_ID, method: "serverInfo" }));
  }
  /** @returns {Promise<Record<string, unknown> | undefined>} */
  async #message() {
    while (this.#messages.length === 0 && !this.#closed) {
      await /** @type {Promise<void>} */
      new Promise((resolve) => this.#wake = resolve);
    }
    return this.#messages.shift();
  }
  #broken() {
    const message = `${this.address.name} cannot be reached. Check the network; it is tried again.`;
    return new LarimarError("Transport", message, { server: this.address.name });
  }
};
function parsed2(data) {
  try {
    const message = JSON.parse(String(data));
    return typeof message === "object" && message !== null ? message : void 0;
  } catch {
    return void 0;
  }
}

// client/src/server.js
var Server = class {
  /** @type {Required<Omit<ServerOptions, "WebSocket">> & { WebSocket: typeof globalThis.WebSocket | undefined }} */
  #options;
  /** @type {Address} */
  #address;
  /**
   * @param {string | URL} url `https://...`; `http://` on the loopback only
   * @param {ServerOptions} [options]
   * @throws {LarimarError} `InvalidUrl`, `InsecureUrl`
   */
  constructor(url, options = {}) {
    this.#address = new Address(url);
    this.#options = {
      timeout: 3e4,
      retries: 2,
      patience: 10,
      fetch: globalThis.fetch.bind(globalThis),
      WebSocket: globalThis.WebSocket,
      ...options
    };
  }
  /** Host, and port unless it is the scheme's. */
  get name() {
    return this.#address.name;
  }
  /** Its URL. */
  get url() {
    return this.#address.http;
  }
  /**
   * Has a code sent by e-mail. The answer does not tell whether the address has a wallet.
   * @param {string} email
   * @param {CallOptions} [options]
   * @returns {Promise<CodeSent>}
   */
  requestCode(email, options) {
    return this.#call("requestCode", { email }, { expires_in: "number", retry_after: "number" }, { ...options, retries: 0 });
  }
  /**
   * @param {{ code: string, encrypted_data: string, signature: string, publickey?: string, replace?: boolean }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Created>}
   */
  createWallet(params, options) {
    return this.#call("createWallet", params, { ...STORED, created: "string" }, options);
  }
  /**
   * What is stored under a key, and who has been asking; without the data if it is the one with this hash.
   * @param {string} publickey
   * @param {string} [local_hash]
   * @param {CallOptions} [options]
   * @returns {Promise<Fetched>}
   */
  fetchWallet(publickey, local_hash, options) {
    return this.#call("fetchWallet", { publickey, local_hash }, FETCHED, options);
  }
  /**
   * @param {{ encrypted_data: string, signature: string, original_local_hash?: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Saved>}
   */
  saveWallet(params, options) {
    return this.#call("saveWallet", params, STORED, options);
  }
  /**
   * @param {{ encrypted_data: string, old_signature: string, new_signature: string, original_local_hash?: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<Saved>} of the new key
   */
  changePassword(params, options) {
    return this.#call("changePassword", params, STORED, options);
  }
  /**
   * @param {{ local_hash: string, signature: string }} params
   * @param {CallOptions} [options]
   * @returns {Promise<{ deleted: true }>}
   */
  deleteWallet(params, options) {
    return this.#call("deleteWallet", params, { deleted: "boolean" }, options);
  }
  /**
   * @param {string} publickey
   * @param {CallOptions} [options]
   * @returns {Promise<{ versions: Version[] }>} newest first
   */
  listVersions(publickey, options) {
    return this.#call("listVersions", { publickey }, { versions: "array" }, options);
  }
  /**
   * @param {string} publickey
   * @param {string} local_hash
   * @param {CallOptions} [options]
   * @returns {Promise<FetchedVersion>}
   */
  fetchVersion(publickey, local_hash, options) {
    return this.#call("fetchVersion", { publickey, local_hash }, VERSION, options);
  }
  /**
   * @param {CallOptions} [options]
   * @returns {Promise<ServerInfo>}
   */
  serverInfo(options) {
    return this.#call("serverInfo", {}, INFO, options);
  }
  /**
   * The OpenRPC document of all methods.
   * @param {CallOptions} [options]
   * @returns {Promise<Record<string, unknown>>}
   */
  discover(options) {
    return this.#call("rpc.discover", {}, { openrpc: "string" }, options);
  }
  /**
   * Tells of every change of a wallet, over a WebSocket that is opened again when it breaks, until the signal ends it or
   * the wallet is gone.
   *
   * ```js
   * for await (const change of server.changes(publicKey, { signal })) {
   *   if (change.event === "saved" || change.event === "reconnected") await wallet.sync();
   * }
   * ```
   * @param {string} publickey
   * @param {import("./changes.js").ChangesOptions} [options]
   * @returns {AsyncGenerator<import("./changes.js").Change, void, void>}
   * @throws {LarimarError} `WalletNotFound`; `Unsupported` without WebSockets
   */
  changes(publickey, options) {
    const { WebSocket } = this.#options;
    if (!WebSocket) throw new LarimarError("Unsupported", "There are no WebSockets here: give one in the options.");
    return watchChanges(this.#address, WebSocket, publickey, options);
  }
  /**
   * @template T
   * @param {string} method
   * @param {Record<string, unknown>} params
   * @param {import("./rpc.js").Shape} shape
   * @param {CallOptions & { retries?: number }} [options]
   * @returns {Promise<T>}
   */
  async #call(method, params, shape, options) {
    const result = await call(this.#address, method, params, shape, { ...this.#options, ...options });
    return (
      /** @type {T} */
      result
    );
  }
};
var STORED = { publickey: "string", local_hash: "string", updated: "string" };
var FETCHED = { modified: "boolean", local_hash: "string", created: "string", updated: "string", statistics: "object" };
var VERSION = { encrypted_data: "string", local_hash: "string", saved: "string" };
var INFO = { name: "string", version: "string", protocol: "number", time: "string", names: "array", limits: "object", methods: "array" };

// client/src/servers.js
var OF_THE_SERVER = /* @__PURE__ */ new Set([
  ...["Transport", "Timeout", "HttpStatus", "Unreadable", "WrongAnswer", "Tampered", "NotSealed", "RolledBack"],
  ...["Internal", "StoreUnavailable", "MailFailed"]
]);
var Servers = class {
  /** @type {(number | null)[]} */
  #failed;
  /**
   * @param {(Server | string | URL)[]} members in the order in which reports have them; none twice
   * @param {ServersOptions & import("./server.js").ServerOptions} [options] those of a `Server` hold for each URL
   * @throws {LarimarError} `InvalidServers`, and those of `Server`
   */
  constructor(members, { quorum, deadline = 1e4, deadlineOfDown = 1e3, downFor = 6e4, ...options } = {}) {
    this.members = Object.freeze(members.map((member) => member instanceof Server ? member : new Server(member, options)));
    const { length } = this.members;
    this.quorum = quorum ?? Math.floor(length / 2) + 1;
    if (length === 0) throw invalid2("At least one server is needed.");
    const twice = this.names.find((name, index) => this.names.indexOf(name) !== index);
    if (twice !== void 0) throw invalid2(`${twice} is given more than once: each server counts once.`);
    if (!Number.isInteger(this.quorum) || this.quorum < 1 || this.quorum > length) {
      throw invalid2(`A quorum is from 1 to the number of servers, ${length}.`);
    }
    this.patience = { deadline, deadlineOfDown, downFor };
    this.#failed = this.members.map(() => null);
  }
  /** Their names: host, and port unless it is the scheme's. */
  get names() {
    return this.members.map(({ name }) => name);
  }
  /** All names, for people. */
  get name() {
    return this.names.join(", ");
  }
  /** Where this server stands in the list. @param {string} name @throws {LarimarError} `NoSuchServer` */
  indexOf(name) {
    const index = this.names.indexOf(name);
    if (index < 0) throw new LarimarError("NoSuchServer", `${name} is none of the configured servers.`, { server: name });
    return index;
  }
  /** Whether this one failed lately, and nothing better is known since. @param {number} index */
  isDown(index) {
    const since = this.#failed[index];
    return typeof since === "number" && Date.now() - since < this.patience.downFor;
  }
  /** This one failed then, as somebody else found out: the page before it was loaded anew, say. @param {number} index @param {number} [when] */
  noteDown(index, when = Date.now()) {
    this.#failed[index] = when;
  }
  /**
   * One after the other, in another order each time, until one answers or refuses. Those that were just down come last.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @returns {Promise<{ answer: T, server: Server, report: Answer<T>[] }>}
   * @throws {LarimarError} what the last one said, with `data.report`
   */
  async failover(call2, options) {
    const report = this.#unasked();
    const order = shuffled(this.members.length);
    let last = invalid2("At least one server is needed.");
    for (const index of [...order.filter((one) => !this.isDown(one)), ...order.filter((one) => this.isDown(one))]) {
      const answer = report[index] = await this.#ask(index, call2, options);
      if (answer.outcome === "answered") return { answer: answer.answer, server: this.#member(index), report };
      if (answer.outcome !== "failed") continue;
      last = answer.error;
      if (!OF_THE_SERVER.has(last.code)) break;
    }
    throw last;
  }
  /**
   * Asks all servers at once, and comes back as soon as a quorum gave the same answer, or cannot any more. For writes: what was begun goes on at the
   * other servers, and without a quorum it is not refused but *unknown*, to be said again with the same bytes.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {(answer: T) => unknown} key what has to be the same
   * @param {CallOptions} [options]
   * @returns {Promise<{ agreed: number[], report: Answer<T>[], whole: Promise<Answer<T>[]> }>} `agreed`: who gave the answer of the quorum, empty if there is
   *   none; `report`: what was heard until then; `whole`: what came of all of them
   */
  consensus(call2, key, options) {
    const groups = /* @__PURE__ */ new Map();
    return new Promise((resolve, reject) => {
      const decide = (index, report) => {
        const heard = report[index];
        if (heard?.outcome === "answered") groups.set(key(heard.answer), [...groups.get(key(heard.answer)) ?? [], index]);
        const most = [...groups.values()].reduce(
          (one, other) => other.length > one.length ? other : one,
          /** @type {number[]} */
          []
        );
        const pending = report.filter(({ outcome }) => outcome === "pending").length;
        if (most.length >= this.quorum) resolve({ agreed: most, report: [...report], whole });
        else if (most.length + pending < this.quorum) resolve({ agreed: [], report: [...report], whole });
      };
      const whole = this.each(() => true, call2, options, decide);
      whole.catch(reject);
    });
  }
  /**
   * Asks all servers at once, each until its deadline, and finds the answers of the highest rank.
   *
   * `rank` is `null` for an answer that is not to be believed. It should look at what the server cannot make up, such as a revision that the owner sealed;
   * whoever ranks by a server's own word, such as a time, lets any server win.
   * @template T
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {(answer: T) => number | null} rank
   * @param {CallOptions} [options]
   * @returns {Promise<{ newest: number[], answer: T | undefined, report: Answer<T>[] }>} `newest`: the servers that have it, empty if no answer was believed
   */
  async newest(call2, rank, options) {
    const report = await this.each(() => true, call2, options);
    const ranks = report.map((one) => one.outcome === "answered" ? rank(one.answer) : null);
    const highest = Math.max(...ranks.map((one) => one ?? -Infinity));
    const newest2 = ranks.flatMap((one, index) => one !== null && one === highest ? [index] : []);
    const first = report[newest2[0] ?? -1];
    return { newest: newest2, answer: first?.outcome === "answered" ? first.answer : void 0, report };
  }
  /**
   * Asks some of them at once, and waits for all of those, each until its deadline.
   * @template T
   * @param {(index: number) => boolean} whom
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @param {(index: number, report: Answer<T>[]) => void} [heard] told of each answer as it comes
   * @returns {Promise<Answer<T>[]>}
   */
  async each(whom, call2, options, heard = () => {
  }) {
    const report = (
      /** @type {Answer<T>[]} */
      this.names.map((server, index) => ({ server, took: null, outcome: whom(index) ? "pending" : "unasked" }))
    );
    const asked = shuffled(this.members.length).filter(whom);
    await Promise.all(
      asked.map(async (index) => {
        report[index] = await this.#ask(index, call2, options);
        heard(index, report);
      })
    );
    return report;
  }
  /**
   * One server, until its deadline; how it is, is remembered.
   * @template T
   * @param {number} index
   * @param {(server: Server, ask: Ask) => Promise<T>} call
   * @param {CallOptions} [options]
   * @returns {Promise<Answer<T>>}
   */
  async #ask(index, call2, { signal } = {}) {
    signal?.throwIfAborted();
    const server = this.#member(index);
    const { deadline, deadlineOfDown } = this.patience;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.isDown(index) ? Math.min(deadlineOfDown, deadline) : deadline);
    const ends = signal ? AbortSignal.any([signal, late.signal]) : late.signal;
    const over = new Promise((_, reject) => ends.addEventListener("abort", () => reject(ends.reason), { once: true }));
    const began = performance.now();
    let heard;
    try {
      const answer = (
        /** @type {T} */
        await Promise.race([call2(server, { signal: ends }), over])
      );
      heard = { server: server.name, took: 0, outcome: "answered", answer };
    } catch (error) {
      signal?.throwIfAborted();
      if (!LarimarError.is(error) && !late.signal.aborted) throw error;
      const message = `${server.name} did not answer in time. It may have done what it was asked for; asking again is safe.`;
      heard = { server: server.name, took: 0, outcome: "failed", error: LarimarError.is(error) ? error : new LarimarError("Timeout", message, { server: server.name }) };
    } finally {
      clearTimeout(timer);
    }
    this.#failed[index] = heard.outcome === "failed" && OF_THE_SERVER.has(heard.error.code) ? Date.now() : null;
    return { ...heard, took: Math.round(performance.now() - began) };
  }
  /** @param {number} index */
  #member(index) {
    return (
      /** @type {Server} */
      this.members[index]
    );
  }
  #unasked() {
    return this.names.map((server) => (
      /** @type {Answer<any>} */
      { server, took: null, outcome: "unasked" }
    ));
  }
};
function shuffled(length) {
  const order = Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [order[last], order[other]] = [
      /** @type {number} */
      order[other],
      /** @type {number} */
      order[last]
    ];
  }
  return order;
}
var invalid2 = (message) => new LarimarError("InvalidServers", message);

// client/src/trust.js
async function openBlob(server, keys, blob, { created, updated }) {
  try {
    const { revision, plaintext } = await keys.open(blob);
    return { blob, hash: toHex(blobDigest(blob)), revision, plaintext, created, updated };
  } catch (error) {
    if (!LarimarError.is(error)) throw error;
    throw new LarimarError(error.code, `${server.name}: ${error.message}`, { server: server.name, cause: error });
  }
}
async function openAnswer(server, keys, { encrypted_data, local_hash, created = "", updated = "" }) {
  const blob = decoded(server, encrypted_data);
  if (toHex(blobDigest(blob)) !== local_hash) throw liar(server, "its data is not what its hash says");
  return openBlob(server, keys, blob, { created, updated });
}
function decoded(server, encrypted_data) {
  if (encrypted_data === void 0) throw liar(server, "it answered without the data");
  try {
    return fromBase64(encrypted_data);
  } catch {
    throw liar(server, "its data is not base64");
  }
}
function confirm(server, answer, keys, blob) {
  if (answer.publickey !== keys.publicKey) throw liar(server, "it stored this under another key");
  if (answer.local_hash !== toHex(blobDigest(blob))) throw liar(server, "it stored something else");
}
function liar(server, what) {
  const message = `${server.name} cannot be trusted: ${what}. Nothing of this answer was used; ask its operator.`;
  return new LarimarError("WrongAnswer", message, { server: server.name });
}

// client/src/keeper.js
var One = class {
  /**
   * @param {Server} server
   * @param {Keys} keys
   */
  constructor(server, keys) {
    this.server = server;
    this.keys = keys;
  }
  get name() {
    return this.server.name;
  }
  /** What this server's wallets are remembered under, others are not. @param {import("./device.js").Device} _ */
  async inherit(_) {
  }
  /** @returns {import("./federation.js").Shown | null} */
  get report() {
    return null;
  }
  /** On one server nothing is beside what it has. @param {string[]} _ @returns {Head[]} */
  having(_) {
    return [];
  }
  /**
   * What the server stores, to be opened; it is not sent if it is what is known.
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @returns {Promise<Looked>}
   */
  async look(known, options) {
    const found = await this.server.fetchWallet(this.keys.publicKey, known?.hash, options);
    return { statistics: found.statistics, open: async () => ({ opened: await this.#opened(found, known), others: [], held: true }) };
  }
  /**
   * What the server stores, as it says it.
   * @param {CallOptions} [options]
   */
  ask(options) {
    return this.server.fetchWallet(this.keys.publicKey, void 0, options);
  }
  /**
   * @param {Sealed} sealed
   * @param {Head[]} base what it was made from, the newest first
   * @param {CallOptions} [options]
   * @returns {Promise<{ updated: string }>}
   */
  async save({ blob }, [base], options) {
    const params = { encrypted_data: toBase64(blob), signature: this.keys.sign(blobDigest(blob)) };
    const answer = await this.server.saveWallet(base ? { ...params, original_local_hash: base.hash } : params, options);
    confirm(this.server, answer, this.keys, blob);
    return answer;
  }
  /**
   * @param {Sealed} sealed
   * @param {{ code: string | Record<string, string>, replace: boolean }} with_ codes by name, or the one
   * @param {CallOptions} [options]
   * @returns {Promise<{ created: string, updated: string }>}
   */
  async create({ blob }, with_, options) {
    const answer = await this.server.createWallet(creation(this.keys, blob, { ...with_, code: codeOf(with_.code, this.name) ?? "" }), options);
    confirm(this.server, answer, this.keys, blob);
    return answer;
  }
  /**
   * @param {Head} stored
   * @param {CallOptions} [options]
   */
  async remove({ hash }, options) {
    const { deleted } = await this.server.deleteWallet(await deletion(this.server, this.keys, hash, options), options);
    if (!deleted) throw liar(this.server, "it says that it did not delete, and gives no reason");
  }
  /** @param {CallOptions} [options] */
  async versions(options) {
    return (await this.server.listVersions(this.keys.publicKey, options)).versions;
  }
  /**
   * @param {string} hash
   * @param {CallOptions} [options]
   */
  version(hash, options) {
    return openVersion(this.server, this.keys, hash, options);
  }
  /** @param {import("./changes.js").ChangesOptions} [options] */
  changes(options) {
    return this.server.changes(this.keys.publicKey, options);
  }
  /**
   * @param {import("./server.js").Fetched} found
   * @param {State | null} known
   * @returns {Promise<State>}
   */
  async #opened(found, known) {
    const { created, updated } = found;
    if (found.modified) return openAnswer(this.server, this.keys, found);
    if (!known || found.local_hash !== known.hash) throw liar(this.server, "it says that nothing changed, and names another hash");
    return { ...known, created, updated };
  }
};
async function openVersion(server, keys, hash, options) {
  const found = await server.fetchVersion(keys.publicKey, hash, options);
  if (found.local_hash !== hash) throw liar(server, "it sent another version than the one it was asked for");
  const { plaintext, revision } = await openAnswer(server, keys, found);
  return { plaintext, revision, saved: found.saved };
}
function creation(keys, blob, { code, replace }) {
  const params = { code, encrypted_data: toBase64(blob), signature: keys.sign(blobDigest(blob)), publickey: keys.publicKey };
  return replace ? { ...params, replace } : params;
}
async function deletion(server, keys, local_hash, options) {
  const { names } = await server.serverInfo(options);
  if (!names.includes(server.name)) {
    const message = `${server.name} is not one of this server's names (${names.join(", ")}), so it would not take the deletion. Call it by one of them.`;
    throw new LarimarError("ServerNameNotListed", message, { server: server.name });
  }
  return { local_hash, signature: keys.sign(deleteWalletDigest(server.name, local_hash)) };
}
var codeOf = (codes, server) => typeof codes === "string" ? codes : codes[server];

// client/src/revisions.js
var FARTHEST = 2 ** 40;
var FARTHEST_OF_SEVERAL = 2 ** 20;
var Revisions = class {
  /** The highest that opened here. */
  highest = 0;
  /** The highest that a server spoke of. */
  #told = 0;
  #farthest;
  /** @param {number} farthest how far above it a server is believed */
  constructor(farthest) {
    this.#farthest = farthest;
  }
  get next() {
    return Math.max(this.highest, this.#told) + 1;
  }
  /** @param {number} revision that opened here */
  saw(revision) {
    this.highest = Math.max(this.highest, revision);
  }
  /** @param {unknown} revision that the server spoke of */
  hear(revision) {
    if (typeof revision !== "number" || !Number.isSafeInteger(revision) || revision > this.highest + this.#farthest) return;
    this.#told = Math.max(this.#told, revision);
  }
  /**
   * @template {{ revision: number }} T
   * @param {T} found
   * @param {string} server its name
   * @throws {LarimarError} `RolledBack`
   */
  notOlder(found, server) {
    const { revision } = found;
    if (revision >= this.highest) return found;
    const message = `${server} went back in time: it has revision ${revision}, and had ${this.highest}. Keep what you have, and ask its operator.`;
    throw new LarimarError("RolledBack", message, { server, data: { revision, seen: this.highest } });
  }
};

// client/src/statistics.js
var SAME_WITHIN = 1e4;
var AHEAD = 36e5;
function formed(said) {
  const { updated, fetches, addresses, recent } = (
    /** @type {any} */
    said ?? {}
  );
  if (typeof updated !== "string" || typeof fetches !== "number" || !Array.isArray(addresses) || !Array.isArray(recent)) return null;
  const texts = (one, names) => typeof one === "object" && one !== null && names.every((name) => typeof one[name] === "string");
  const isPast = (time) => Date.parse(time) <= Date.now() + AHEAD;
  return {
    updated,
    fetches,
    addresses: addresses.filter((one) => texts(one, ["ip", "first", "last"]) && typeof one.requests === "number" && isPast(one.last)),
    recent: recent.filter((one) => texts(one, ["time", "ip", "method", "outcome"]) && isPast(one.time))
  };
}
function together(all) {
  const addresses = /* @__PURE__ */ new Map();
  for (const seen of all.flatMap((one) => one.addresses)) {
    const known = addresses.get(seen.ip);
    const { requests, first, last } = seen;
    addresses.set(seen.ip, known ? { ip: seen.ip, requests: Math.max(requests, known.requests), first: first < known.first ? first : known.first, last: last > known.last ? last : known.last } : seen);
  }
  return {
    updated: all.map(({ updated }) => updated).sort().at(-1) ?? "",
    fetches: Math.max(0, ...all.map(({ fetches }) => fetches)),
    addresses: [...addresses.values()].sort((a, b) => a.last < b.last ? 1 : -1),
    recent: recentOf(all.map(({ recent }) => recent))
  };
}
function recentOf(lists) {
  let merged = [];
  for (const list of lists) {
    const taken = /* @__PURE__ */ new Set();
    const fresh = list.filter((access) => {
      const same2 = merged.find((one) => !taken.has(one) && isSame(one, access));
      if (same2) taken.add(same2);
      return !same2;
    });
    merged = [...merged, ...fresh];
  }
  return merged.sort((a, b) => a.time < b.time ? 1 : -1);
}
var isSame = (a, b) => a.ip === b.ip && a.method === b.method && a.outcome === b.outcome && Math.abs(Date.parse(a.time) - Date.parse(b.time)) <= SAME_WITHIN;

// client/src/seats.js
async function seatsOf(servers, keys, heads, options) {
  const ask = async (server, within) => {
    const found = await server.fetchWallet(keys.publicKey, void 0, within);
    return { content: await openAnswer(server, keys, found), statistics: formed(found.statistics) };
  };
  const report = await servers.each(() => true, ask, options);
  return report.map((answer) => {
    const line = lineOf(answer.server, answer.took);
    if (answer.outcome === "failed") return unopened(failed(line, answer.error));
    if (answer.outcome !== "answered") return { line, has: "silent", content: null, statistics: null };
    const { content, statistics } = answer.answer;
    const head = headOf(content);
    const known = heads[answer.server];
    const back = known && (head.revision < known.revision || head.revision === known.revision && head.hash !== known.hash);
    return { line: { ...line, verdict: back ? "lying" : "ok", head, updated: content.updated }, has: "content", content, statistics };
  });
}
function unopened(line) {
  const code = line.error?.code;
  const has = code === "WalletNotFound" ? "nothing" : code === "Tampered" || code === "NotSealed" || code === "WrongAnswer" ? "other" : "silent";
  return { line, has, content: null, statistics: null };
}
function got(seat, content) {
  seat.line = { ...seat.line, head: headOf(content), error: null, was: null, repaired: true };
  seat.has = "content";
  seat.content = content;
}
function refused2(seat, error) {
  seat.line = { ...seat.line, error };
}
var headOf = ({ revision, hash }) => ({ revision, hash });

// client/src/copies.js
var Copies = class {
  /** @type {State | null} */
  stored = null;
  /** @type {Mine | null} */
  mine = null;
  /** @type {State | null} */
  theirs = null;
  /** @type {LarimarError | null} */
  problem = null;
  /** @type {import("./server.js").Statistics | null} */
  statistics = null;
  saving = false;
  online = true;
  /** How often something of another device was taken. */
  taken = 0;
  #revisions;
  /** Contents that the owner has looked at, beside what is stored: what the next save may replace. @type {Map<string, import("./report.js").Head>} */
  #looked = /* @__PURE__ */ new Map();
  /** One change of the copies after the other; none of them waits for the network.
   * @type {Promise<unknown>} */
  #local = Promise.resolve();
  /**
   * @param {import("./keeper.js").Keeper} keeper
   * @param {Keys} keys
   * @param {import("./device.js").Device} device
   * @param {(what: "state" | "change") => void} tell
   */
  constructor(keeper, keys, device, tell2) {
    this.keeper = keeper;
    this.#revisions = new Revisions(keeper instanceof One ? FARTHEST : FARTHEST_OF_SEVERAL);
    this.keys = keys;
    this.device = device;
    this.tell = tell2;
  }
  /** What is shown: unsaved changes first. */
  get held() {
    return this.mine ?? this.stored;
  }
  /** @returns {SaveState} */
  get state() {
    if (this.theirs) return "conflict";
    if (this.saving) return "saving";
    return this.mine ? "unsaved" : "saved";
  }
  get nextRevision() {
    return this.#revisions.next;
  }
  /** @returns {Conflict | null} */
  get conflict() {
    const { stored, mine, theirs } = this;
    if (!theirs || !mine) return null;
    const base = stored && stored.revision < theirs.revision ? stored.plaintext.slice() : null;
    return { base, mine: mine.plaintext.slice(), theirs: theirs.plaintext.slice(), updated: theirs.updated, hash: theirs.hash };
  }
  /** Takes what this device remembers. */
  recall() {
    return this.locally(async () => {
      await this.keeper.inherit(this.device);
      const remembered = await this.device.recall();
      this.#revisions.saw(remembered?.highest ?? 0);
      const stored = remembered?.stored;
      if (stored) this.stored = await openBlob(this.keeper, this.keys, stored.blob, stored).catch(() => null);
      await this.#adopt();
    });
  }
  /** The revisions that a wallet under this key had before, as far as this device remembers. */
  async recallHighest() {
    await this.keeper.inherit(this.device);
    this.#revisions.saw((await this.device.recall())?.highest ?? 0);
  }
  /** Takes over the changes of a window that is gone, if there are any and none of its own. */
  adopt() {
    return this.locally(() => this.#adopt());
  }
  /**
   * Takes a change; it is remembered, sealed, when this comes back.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change
   */
  edit(change) {
    const { taken, stored: base } = this;
    return this.locally(async () => {
      const plaintext = typeof change === "function" ? change(this.held?.plaintext.slice() ?? new Uint8Array()) : change.slice();
      const { stored, theirs, mine } = this;
      const sent = mine?.sent ?? [];
      if (!theirs && sent.length === 0 && stored && same(plaintext, stored.plaintext)) return this.#setMine(null);
      if (typeof change !== "function" && taken !== this.taken && base && stored && !theirs) {
        this.stored = base;
        this.theirs = stored;
      }
      await this.#setMine({ plaintext, sent });
    });
  }
  /**
   * Fetches what the server stores; true if what is held was changed by that.
   * @param {CallOptions} [options]
   */
  async pull(options) {
    const known = this.theirs ?? this.stored;
    const looked = await this.reach(() => this.keeper.look(known, options));
    this.statistics = looked.statistics;
    try {
      const { opened, others, held } = await looked.open();
      this.#revisions.notOlder(opened, this.keeper.name);
      return await this.locally(async () => {
        const changed = await this.#take(opened, held);
        for (const other of others) await this.#face(other);
        return changed;
      });
    } catch (error) {
      if (LarimarError.is(error)) this.problem = error;
      this.tell("state");
      throw error;
    }
  }
  /**
   * Stores what is not stored yet; true if the server has it, false if it is a conflict.
   * @param {CallOptions} [options]
   */
  async push(options) {
    if (this.problem) throw this.problem;
    this.saving = true;
    this.tell("state");
    try {
      for (let refused3 = 0; this.mine && !this.theirs; ) {
        try {
          await this.#send(options);
        } catch (error) {
          const other = LarimarError.is(error, "Conflict") || LarimarError.is(error, "Stale");
          if (!other || ++refused3 > 3) throw error;
          await this.pull(options);
        }
      }
      return !this.theirs;
    } finally {
      this.saving = false;
      this.tell("state");
    }
  }
  /**
   * Stores what is held over what the server has, unless that can be trusted: then it is taken.
   * @param {CallOptions} [options]
   */
  async repair(options) {
    const { keeper } = this;
    if (!(keeper instanceof One)) return void await this.pull(options);
    const found = await this.reach(() => keeper.ask(options));
    try {
      const opened = this.#revisions.notOlder(await openAnswer(keeper, this.keys, found), keeper.name);
      return void await this.locally(() => this.#take(opened));
    } catch (error) {
      const repairable = ["RolledBack", "Tampered", "NotSealed"];
      if (!LarimarError.is(error) || !repairable.includes(error.code)) throw error;
    }
    this.#revisions.hear(revisionOf(decoded(keeper, found.encrypted_data)));
    await this.locally(() => this.#setMine({ plaintext: this.held?.plaintext ?? new Uint8Array(), sent: [] }));
    await this.#send(options, { hash: found.local_hash, revision: 0 });
  }
  /**
   * Ends this conflict; false if one of its sides is another by now.
   * @param {Conflict} conflict
   * @param {Uint8Array} plaintext
   */
  resolve(conflict2, plaintext) {
    return this.locally(async () => {
      const { mine, theirs, stored } = this;
      if (!mine || theirs?.hash !== conflict2.hash || !same(mine.plaintext, conflict2.mine)) return false;
      for (const seen of [stored, theirs]) if (seen) this.#looked.set(seen.hash, headOf(seen));
      for (const head of this.keeper.having(mine.sent)) {
        this.#looked.set(head.hash, head);
        this.#revisions.saw(head.revision);
      }
      if (!stored || theirs.revision >= stored.revision) this.stored = theirs;
      this.theirs = null;
      await this.#setMine({ plaintext: plaintext.slice(), sent: [] });
      return true;
    });
  }
  /** @param {State} state */
  setStored(state) {
    return this.locally(() => this.#setStored(state));
  }
  /**
   * Does the work, and notes whether the server was there, and of which revision it spoke.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async reach(work) {
    try {
      const answer = await work();
      this.setOnline(true);
      return answer;
    } catch (error) {
      if (LarimarError.is(error)) {
        this.setOnline(!error.isOffline && error.retryAfter === void 0 && error.code !== "StoreUnavailable");
        if (error.code === "Conflict" || error.code === "Stale") this.#revisions.hear(error.data["revision"]);
      }
      throw error;
    }
  }
  /** @param {boolean} online */
  setOnline(online) {
    if (this.online === online) return;
    this.online = online;
    this.tell("state");
  }
  /**
   * One after the other.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  locally(work) {
    const done = this.#local.then(work);
    this.#local = done.catch(() => {
    });
    return done;
  }
  /** Wipes what was opened, when all that was begun is remembered. */
  wipe() {
    return this.locally(async () => {
      for (const copy of [this.mine, this.stored, this.theirs]) copy?.plaintext.fill(0);
      this.mine = this.stored = this.theirs = null;
    });
  }
  async #adopt() {
    const draft = this.mine ? void 0 : await this.device.adopt();
    if (!draft) return;
    try {
      const { plaintext, revision } = await this.keys.open(draft.mine);
      const newest2 = this.stored;
      if (draft.base && draft.base.length > 0) this.stored = await openBlob(this.keeper, this.keys, draft.base, newest2 ?? timesOf({}));
      this.mine = { plaintext, blob: draft.mine, revision, sent: draft.sent };
      if (newest2 && newest2.hash !== this.stored?.hash) await this.#take(newest2);
    } catch (error) {
      if (!LarimarError.is(error)) throw error;
    }
    this.tell("state");
  }
  /** Stores anew what is held, above what the server spoke of. @param {CallOptions} [options] */
  async lift(options) {
    await this.locally(() => this.#setMine({ plaintext: this.held?.plaintext ?? new Uint8Array(), sent: [] }));
    await this.push(options);
  }
  /**
   * Another content that was never brought into the wallet: nobody but the owner can say what becomes of it.
   * @param {State} other
   */
  async #face(other) {
    if (this.theirs || this.#looked.has(other.hash) || !this.held) return;
    if (this.mine?.sent.includes(other.hash) || same(other.plaintext, this.held.plaintext)) return void this.#looked.set(other.hash, headOf(other));
    if (!this.mine) await this.#setMine({ plaintext: this.held.plaintext.slice(), sent: [] });
    this.theirs = other;
    this.tell("state");
  }
  /**
   * Takes what the server has, unless something else is not stored yet: then it is a conflict.
   * @param {State} theirs
   * @param {boolean} [held] by as many servers as are needed
   */
  async #take(theirs, held = true) {
    const { stored } = this;
    this.problem = null;
    if (stored?.hash === theirs.hash) {
      this.theirs = null;
      await this.#setStored({ ...stored, ...timesOf(theirs) });
      return false;
    }
    const forked = stored?.revision === theirs.revision;
    if (forked && !this.mine) await this.#setMine({ plaintext: stored.plaintext.slice(), sent: [] });
    if (!this.mine) {
      this.taken++;
      await this.#setStored(theirs);
      this.tell("change");
      return true;
    }
    const alike = same(this.mine.plaintext, theirs.plaintext);
    if (!held && this.mine.sent.includes(theirs.hash)) return false;
    if (alike || this.mine.sent.includes(theirs.hash)) {
      this.theirs = null;
      await this.#setStored(theirs);
      await this.#setMine(alike ? null : { plaintext: this.mine.plaintext, sent: this.mine.sent });
      return false;
    }
    this.theirs = theirs;
    this.#revisions.saw(theirs.revision);
    await this.device.noteStored(theirs);
    this.tell("state");
    return false;
  }
  /**
   * @param {CallOptions} [options]
   * @param {import("./report.js").Head} [instead] of what is stored
   */
  async #send(options, instead) {
    let before = [];
    const sending = await this.locally(async () => {
      if (!this.mine) return null;
      const { plaintext: plaintext2, blob: blob2, revision: revision2, sent } = this.mine;
      before = sent;
      const sealed = revision2 === this.nextRevision ? { blob: blob2, revision: revision2 } : await this.#sealed(plaintext2);
      await this.#setMine({ plaintext: plaintext2, ...sealed, sent: [.../* @__PURE__ */ new Set([...sent, toHex(blobDigest(sealed.blob))])] });
      return this.mine;
    });
    if (!sending) return;
    const { blob, revision, plaintext } = sending;
    const hash = toHex(blobDigest(blob));
    const base = instead ?? (this.stored && headOf(this.stored));
    const save = () => this.keeper.save({ blob, hash, revision }, base ? [base, ...this.#looked.values()] : [], options);
    const { updated } = await this.reach(save).catch(async (error) => {
      if (LarimarError.is(error, "NoQuorum")) await this.#unsent(sending, before);
      throw error;
    });
    await this.locally(async () => {
      this.theirs = null;
      this.#looked.clear();
      await this.#setStored({ blob, hash, revision, plaintext: plaintext.slice(), created: this.stored?.created ?? updated, updated });
      const since = this.mine === sending ? null : this.mine;
      await this.#setMine(since && { plaintext: since.plaintext, sent: [] });
    });
  }
  /**
   * Nothing was sent but what was sent before.
   * @param {Mine} sending
   * @param {string[]} sent
   */
  #unsent(sending, sent) {
    return this.locally(async () => {
      if (this.mine === sending) await this.#setMine({ ...sending, sent });
    });
  }
  /** @param {State} state */
  async #setStored(state) {
    this.stored = state;
    this.problem = null;
    this.#revisions.saw(state.revision);
    await this.device.noteStored(state);
    this.tell("state");
  }
  /** @param {{ plaintext: Uint8Array, sent: string[], blob?: Uint8Array, revision?: number } | null} mine sealed anew if it is not */
  async #setMine(mine) {
    if (mine) {
      const { plaintext, sent, blob, revision } = mine;
      const sealed = blob && revision ? { blob, revision } : await this.#sealed(plaintext);
      this.mine = { plaintext, sent, ...sealed };
      await this.device.noteDraft({ base: this.stored?.blob ?? null, mine: sealed.blob, sent });
    } else if (this.mine) {
      this.mine = null;
      await this.device.noteDraft(null);
    }
    this.tell("state");
  }
  /** @param {Uint8Array} plaintext */
  async #sealed(plaintext) {
    const revision = this.nextRevision;
    return { revision, blob: await this.keys.seal(revision, plaintext) };
  }
};
var timesOf = ({ created = "", updated = "" }) => ({ created, updated });

// client/src/owner.js
var here = /* @__PURE__ */ new Set();
var PREFIX = "larimar draft ";
function claim() {
  const id = toHex(crypto.getRandomValues(new Uint8Array(8)));
  const ids = /* @__PURE__ */ new Set([id]);
  here.add(id);
  const released = new AbortController();
  void globalThis.navigator?.locks?.request(PREFIX + id, () => new Promise((resolve) => released.signal.addEventListener("abort", resolve))).catch(() => {
  });
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
      const live = /* @__PURE__ */ new Set([...here, ...names.map((name) => name.slice(PREFIX.length))]);
      for (const own of ids) live.delete(own);
      return live;
    },
    release() {
      here.delete(id);
      released.abort();
    }
  };
}

// client/src/way.js
var KEPT = 256;
var nothingYet = () => ({ way: {}, heads: {}, failed: {}, change: null, begun: false, deleted: null });
function onTheWay(several, ...heads) {
  const way = { ...several.way };
  for (const { revision, hash } of heads) way[revision] = [.../* @__PURE__ */ new Set([...way[revision] ?? [], hash])];
  const kept = Object.entries(way).sort(([a], [b]) => Number(b) - Number(a)).slice(0, KEPT);
  return { ...several, way: Object.fromEntries(kept) };
}
function withHeads(several, found) {
  const heads = { ...several.heads };
  for (const [server, head] of found) if (head && (heads[server]?.revision ?? 0) <= head.revision) heads[server] = head;
  return { ...several, heads };
}
function leadsOver({ way }, { revision, hash }, base) {
  const known = way[revision];
  return known ? known.includes(hash) : revision < base;
}

// client/src/device.js
var SEVERAL = "several servers";
var Device = class {
  #cache;
  #owner = claim();
  #forgotten = false;
  /**
   * @param {Cache} cache
   * @param {string} server its name
   * @param {string} publicKey
   */
  constructor(cache, server, publicKey) {
    this.#cache = cache;
    this.server = server;
    this.publicKey = publicKey;
    this.remembers = !cache.fleeting;
    this.readable = true;
  }
  /** What is remembered. */
  async recall() {
    try {
      const found = await this.#cache.get(this.server, this.publicKey);
      this.readable = true;
      return found;
    } catch {
      this.readable = false;
      return null;
    }
  }
  /**
   * Takes over what was remembered of the wallet on one server alone, when it comes to be on several.
   * @param {readonly string[]} names
   */
  async inherit(names) {
    for (const name of names) {
      const one = await this.#cache.get(name, this.publicKey).catch(() => null);
      if (!one) continue;
      await this.#update(({ drafts, ...found }) => {
        const newer = one.highest > found.highest ? { highest: one.highest, stored: one.stored } : {};
        return { ...found, ...newer, drafts: [...drafts.filter(({ id }) => !one.drafts.some((draft) => draft.id === id)), ...one.drafts] };
      });
      if (this.remembers || this.#cache.fleeting) await this.#cache.update(name, this.publicKey, (left) => ({ ...left, drafts: [] })).catch(() => {
      });
    }
  }
  /**
   * Beside the copies, of several servers.
   * @param {(several: import("./way.js").Several) => import("./way.js").Several} change
   */
  noteSeveral(change) {
    return this.#update((found) => ({ ...found, several: change(found.several ?? nothingYet()) }));
  }
  /** The change from this key has come to its end on every server. @param {string} publicKey */
  async settle(publicKey) {
    const settled = (found) => found.stored || found.drafts.length > 0 ? { ...found, several: nothingYet() } : null;
    await this.#cache.update(this.server, publicKey, settled).catch(() => {
    });
  }
  /** A draft that no other window owns; from now on it is this one's. */
  async adopt() {
    const live = await this.#owner.others();
    const own = this.#owner.ids;
    const drafts = (await this.recall())?.drafts ?? [];
    const draft = drafts.find(({ id }) => !live.has(id) && !own.has(id));
    if (!draft) return void 0;
    this.#owner.adopt(draft.id);
    await this.noteDraft(draft);
    return draft;
  }
  /** Whether other windows have changes that are not stored. */
  async othersHaveDrafts() {
    const drafts = (await this.recall())?.drafts ?? [];
    return drafts.some(({ id }) => !this.#owner.ids.has(id));
  }
  /**
   * An answer that comes late does not take the place of a newer one.
   * @param {import("./trust.js").State} state
   */
  noteStored({ blob, created, updated, revision }) {
    return this.#update((found) => {
      const newer = found.stored && (revisionOf(found.stored.blob) ?? 0) > revision;
      return { ...found, highest: Math.max(found.highest, revision), stored: newer ? found.stored : { blob, created, updated } };
    });
  }
  /**
   * In place of those that this window had.
   * @param {Omit<Draft, "id"> | null} draft
   */
  noteDraft(draft) {
    const { id, ids } = this.#owner;
    return this.#update((found) => {
      const others = found.drafts.filter((other) => !ids.has(other.id));
      return { ...found, drafts: draft ? [...others, { ...draft, id }] : others };
    });
  }
  /** Nothing is remembered any more, not even what is still to come; but what some server has still to be told. */
  async forget() {
    const unfinished = ({ several, ...found }) => several && (several.deleted !== null || several.change) ? { ...found, stored: null, drafts: [], several } : null;
    await this.#update(unfinished);
    this.#forgotten = true;
  }
  /** Leaves its drafts to the next window. */
  release() {
    this.#owner.release();
  }
  /** @param {(found: Remembered) => Remembered | null} change */
  async #update(change) {
    if (this.#forgotten) return;
    try {
      await this.#cache.update(this.server, this.publicKey, change);
      this.remembers = !this.#cache.fleeting;
    } catch {
      this.remembers = false;
    }
  }
};

// client/src/federation-error.js
function heldInstead(error) {
  if (!LarimarError.is(error, "Conflict")) return null;
  const { local_hash: hash, revision } = error.data;
  return typeof hash === "string" && typeof revision === "number" ? { hash, revision } : null;
}
function firstOf(report, known = 0) {
  const errors = errorsOf(report);
  const told = ({ data }) => Number(data["revision"]);
  const [stale] = errors.filter((error) => error.code === "Stale" && told(error) <= known + FARTHEST_OF_SEVERAL).sort((a, b) => told(b) - told(a));
  return errors.every(isRefusal) ? stale ?? errors[0] : void 0;
}
var underWay = () => new LarimarError("ChangeUnderWay", "The password of this wallet is being changed, and not every server has done it. Use the new password, which finishes the change; or change it back, from the new one to this one.");
var noAnswer = () => new LarimarError("NoAnswer", "No server gave the wallet. Try again later, or look at what each of them says.");
var noQuorum = (held, quorum) => new LarimarError("NoQuorum", `Only ${held} of the servers have what the change is made from, and ${quorum} are needed. The change was not sent: try again when more of them work.`, { data: { held, quorum } });
var unknown = (confirmed, quorum) => new LarimarError("Unknown", `Only ${confirmed} of the servers confirmed it, and ${quorum} are needed. It may come about: this device remembers it, and says it again the next time.`, { data: { confirmed, quorum } });
function withoutQuorum(report, quorum) {
  const errors = errorsOf(report);
  const confirmed = report.filter(({ outcome }) => outcome === "answered").length;
  const others = errors.filter(({ code }) => code === "Conflict" || code === "Stale");
  if (others.length > report.length - quorum) return others[0];
  return confirmed === 0 && errors.length === report.length && errors.every(isRefusal) ? errors[0] : unknown(confirmed, quorum);
}

// client/src/federation-change.js
var TRIES = 3;
var GONE = ["WalletNotFound", "Stale", "KeyUnchanged"];
async function changeKeys(old, next, seen, options) {
  await finishAnother(old, next, options);
  for (let told = 0, tries = 0; ; tries++) {
    try {
      return await changeAbove(old, next, seen, told, options);
    } catch (error) {
      const { revision } = LarimarError.is(error, "Stale") ? error.data : {};
      if (typeof revision !== "number" || revision <= told || revision > seen + FARTHEST_OF_SEVERAL || tries === TRIES) throw error;
      told = revision;
    }
  }
}
async function finishAnother(old, next, options) {
  await old.recall();
  await next.recall();
  const { change } = old.memory;
  if (!change || [change.from, change.to].includes(next.keys.publicKey)) return;
  await finishChange(old, await seatsOf(old.servers, old.keys, old.memory.heads, options), options);
  if (old.memory.change) throw underWay();
}
async function changeAbove(old, next, seen, told, options) {
  const left = await seatsOf(old.servers, old.keys, old.memory.heads, options);
  const arrived = await seatsOf(old.servers, next.keys, next.memory.heads, options);
  const { highest, isNew } = highestOf(left, arrived, old);
  const { revision, hash } = highest;
  const forked = (isNew ? arrived : left).some(({ content }) => content?.revision === revision && content.hash !== hash);
  if (forked || seen > revision) throw conflict();
  const isTop = (seat) => seat?.content?.revision === revision;
  const held = left.filter(({ content, ...seat }, index) => {
    const there = arrived[index];
    return isTop({ content, ...seat }) || isTop(there) || there?.content && !content || content && isNew;
  }).length;
  if (held < old.quorum) throw noQuorum(held, old.quorum);
  const seenHeads = [...left, ...arrived].flatMap(({ line }) => line.head ?? []);
  const own = Math.max(told, ...seenHeads.map((one) => one.revision)) + 1;
  const blob = await next.keys.seal(own, highest.plaintext);
  const head = { revision: own, hash: toHex(blobDigest(blob)) };
  const signatures = { old_signature: old.keys.sign(changePasswordDigest(next.keys.publicKey, blob)), new_signature: next.keys.sign(blobDigest(blob)) };
  const change = { from: old.keys.publicKey, to: next.keys.publicKey, head, params: { encrypted_data: toBase64(blob), ...signatures } };
  const begun = old.memory.change;
  await old.remember((several) => ({ ...onTheWay(several, ...seenHeads), change }));
  await next.remember((several) => ({ ...several, way: { ...several.way, ...old.memory.way }, change }));
  const heads = left.map(({ line }) => line.head);
  const report = await tell(old.servers, change, old.memory, heads, () => true, options);
  const done = report.filter(({ outcome }) => outcome === "answered").length;
  old.show(report, head);
  if (done === 0 && errorsOf(report).every(isRefusal)) {
    await old.remember((several) => ({ ...several, change: begun }));
    await next.remember((several) => ({ ...several, change: begun }));
    throw firstOf(report, revision) ?? unknown(0, old.quorum);
  }
  if (done < old.quorum) throw unknown(done, old.quorum);
  const rest = done === report.length ? null : change;
  await next.remember((several) => ({ ...onTheWay(several, head), change: rest }));
  await old.remember((several) => ({ ...several, change: rest }));
  next.confirmed(report, head);
  const first = report.find(({ outcome }) => outcome === "answered");
  const updated = first?.outcome === "answered" ? first.answer.updated : "";
  return { blob, ...head, plaintext: highest.plaintext.slice(), created: highest.created || updated, updated };
}
function highestOf(left, arrived, { memory, quorum }) {
  const [ofOld, ofNew] = [newest(left), newest(arrived)];
  if (ofOld && ofNew && !same(ofOld.plaintext, ofNew.plaintext)) {
    const holds = (seats, one) => seats.filter(({ content }) => content?.hash === one.hash).length >= quorum;
    const [old, there] = [holds(left, ofOld), holds(arrived, ofNew)];
    if (old !== there) return { highest: old ? ofOld : ofNew, isNew: there };
    const isKnown = memory.way[ofOld.revision]?.includes(ofOld.hash);
    if (!isKnown && memory.change?.head.hash === ofNew.hash) return { highest: ofOld, isNew: false };
    if (ofOld.revision === ofNew.revision) throw conflict();
  }
  if (ofNew && !(ofOld && ofOld.revision > ofNew.revision)) return { highest: ofNew, isNew: true };
  if (ofOld) return { highest: ofOld, isNew: false };
  const none = left.find(({ line }) => line.was !== null) ?? left.find(({ has }) => has === "nothing");
  throw none?.line.error ?? noAnswer();
}
var newest = (seats) => seats.flatMap(({ content }) => content ?? []).sort((a, b) => b.revision - a.revision)[0];
async function finishChange(federation, seats, options) {
  const { change } = federation.memory;
  const { keys, servers } = federation;
  if (!change || change.to !== keys.publicKey) return;
  const missing = seats.map(({ has }) => has === "nothing");
  const report = await tell(servers, change, federation.memory, federation.heads, (index) => missing[index] === true, options);
  const state = await openBlob({ name: "this device" }, keys, decoded({ name: "this device" }, change.params.encrypted_data), { created: "", updated: "" });
  for (const [index, seat] of seats.entries()) {
    const answer = report[index];
    if (answer?.outcome === "answered") got(seat, { ...state, updated: answer.answer.updated });
    if (answer?.outcome === "failed") refused2(seat, answer.error);
  }
  if (!seats.every(({ has }) => has === "content")) return;
  await federation.remember((several) => ({ ...several, change: null }));
  await federation.device.settle(change.from);
}
function tell(servers, change, several, heads, whom, options) {
  const most = heads.flatMap((head) => head ?? []).sort((a, b) => b.revision - a.revision)[0];
  return servers.each(whom, (server, within) => moveOn(server, change, heads[servers.indexOf(server.name)] ?? most, several, within), options);
}
async function moveOn(server, change, original, several, within) {
  const { params, head, to } = change;
  const below = head.revision - 1;
  const blob = decoded(server, params.encrypted_data);
  let failure;
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      const answer2 = await server.changePassword({ ...params, original_local_hash: (original ?? head).hash }, within);
      confirm(server, answer2, { publicKey: to }, blob);
      return answer2;
    } catch (error) {
      failure = error;
      const instead = heldInstead(error);
      if (!instead || !leadsOver(several, instead, below)) break;
      original = instead;
    }
  }
  if (!LarimarError.is(failure) || !GONE.includes(failure.code)) throw failure;
  const found = await server.fetchWallet(to, void 0, within).catch(() => null);
  if (!found) throw failure;
  const kept = decoded(server, found.encrypted_data);
  const hash = toHex(blobDigest(kept));
  if (hash === head.hash) return found;
  const revision = revisionOf(kept);
  if (revision === null || !leadsOver(several, { revision, hash }, below)) throw failure;
  const answer = await server.saveWallet({ encrypted_data: params.encrypted_data, signature: params.new_signature, original_local_hash: hash }, within);
  confirm(server, answer, { publicKey: to }, blob);
  return answer;
}
var conflict = () => new LarimarError("Conflict", "The wallet was changed meanwhile. Look at it again, then change the password.");

// client/src/federation-delete.js
async function deleteAll(federation, looked, options) {
  const { servers, keys, quorum } = federation;
  await federation.recall();
  if (federation.memory.change?.from === keys.publicKey) throw underWay();
  const seats = await seatsOf(servers, keys, federation.memory.heads, options);
  await finishChange(federation, seats, options);
  if (federation.memory.change) throw underWay();
  const contents = seats.flatMap(({ content }) => content ?? []);
  const highest = Math.max(0, ...contents.map(({ revision }) => revision));
  if (highest > looked.revision) throw new LarimarError("Conflict", "Something else was stored meanwhile. Look at it, then delete the wallet.");
  if (contents.length === 0) throw seats.find(({ has }) => has === "nothing")?.line.error ?? noAnswer();
  await federation.remember((several) => ({ ...several, deleted: Math.max(highest, looked.revision), way: {}, heads: {} }));
  await finishDelete(federation, seats, options);
  federation.note(seats);
  const gone = seats.filter(({ has, line }) => has === "nothing" && line.was !== "moved").length;
  if (gone < quorum) throw unknown(gone, quorum);
}
async function finishDelete(federation, seats, options) {
  const { deleted } = federation.memory;
  const { servers, keys } = federation;
  if (deleted === null) return;
  if (seats.some(({ content }) => content && content.revision > deleted)) {
    return federation.remember((several) => ({ ...several, deleted: null }));
  }
  const report = await servers.each(
    (index) => seats[index]?.content != null,
    async (server, within) => {
      const hash = seats[servers.indexOf(server.name)]?.content?.hash ?? "";
      const answer = await server.deleteWallet(await deletion(server, keys, hash, within), within);
      if (!answer.deleted) throw liar(server, "it says that it did not delete, and gives no reason");
    },
    options
  );
  for (const [index, seat] of seats.entries()) {
    const answer = report[index];
    const gone = answer?.outcome === "answered" || answer?.outcome === "failed" && answer.error.code === "WalletNotFound";
    if (gone || seat.has === "nothing") {
      seat.line = { ...seat.line, verdict: "ok", head: null, error: null, was: gone ? "deleted" : seat.line.was };
      seat.has = "nothing";
      seat.content = null;
    } else if (answer?.outcome === "failed") {
      seat.line = failed(seat.line, answer.error);
      refused2(seat, answer.error);
    }
  }
  if (seats.every(({ has }) => has === "nothing")) await federation.remember((several) => ({ ...several, deleted: null }));
}

// client/src/judgement.js
function topOf(seats, remembered, quorum) {
  const gone = seats.filter(({ has, line }) => has === "nothing" && line.was !== null).length;
  const found = seats.flatMap(({ content }) => content ?? []);
  const all = found.length > 0 || gone <= seats.length - quorum ? [...found, ...remembered] : found;
  const highest = Math.max(0, ...all.map(({ revision }) => revision));
  return [...new Map(all.filter(({ revision }) => revision === highest).map((one) => [one.hash, one])).values()];
}
function judge(several, seats, top) {
  const revision = top[0]?.revision ?? 0;
  const strays = /* @__PURE__ */ new Map();
  for (const seat of seats) {
    if (!seat.content) continue;
    const head = headOf(seat.content);
    const isStray = head.revision < revision && !leadsOver(several, head, revision);
    if (isStray) strays.set(head.hash, seat.content);
    if (isStray || head.revision === revision && top.length > 1) seat.line = { ...seat.line, verdict: "conflict" };
    else if (seat.line.verdict === "ok" && head.revision < revision) seat.line = { ...seat.line, verdict: "behind" };
  }
  return [...strays.values()];
}

// client/src/federation.js
var TRIES2 = 3;
var Federation = class {
  /** @type {Omit<Shown, "quorum">} */
  #shown = { lines: [], holders: 0, certain: true, rolledBack: null };
  /** What each server had when it was last asked. @type {(Head | null)[]} */
  heads;
  /** @type {Several} */
  memory = nothingYet();
  /**
   * @param {import("./servers.js").Servers} servers
   * @param {import("./keys.js").Keys} keys
   * @param {import("./device.js").Device} device
   * @param {() => void} tell that there is something new to report
   */
  constructor(servers, keys, device, tell2 = () => {
  }) {
    this.servers = servers;
    this.keys = keys;
    this.device = device;
    this.tell = tell2;
    this.heads = servers.members.map(() => null);
  }
  get name() {
    return this.servers.name;
  }
  get quorum() {
    return this.servers.quorum;
  }
  /** What is remembered of the wallet on one of them alone is taken over. @param {import("./device.js").Device} device */
  inherit(device) {
    return device.inherit(this.servers.names);
  }
  /** @returns {Shown} */
  get report() {
    return { ...this.#shown, quorum: this.quorum };
  }
  /** What of this some of them had when they were last asked. @param {string[]} hashes @returns {Head[]} */
  having(hashes) {
    return this.heads.filter((head) => head !== null).filter(({ hash }) => hashes.includes(hash));
  }
  /**
   * What the wallet holds; servers that were behind are brought up to it, and what was begun before is finished, as far as servers let it.
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @returns {Promise<Looked>}
   * @throws {LarimarError} `WalletNotFound`, `NoAnswer`, `ChangeUnderWay`
   */
  async look(known, options) {
    const { statistics, ...found } = await this.#look(known, options);
    return { statistics, open: async () => found };
  }
  /**
   * A quorum has stored this in place of `base`. Comes back as soon as that is certain. Nothing is replaced that `base` does not know, but older contents. It is begun only
   * if a quorum has what is in `base`: else two devices that each reach other servers could both go on, and the one with more changes would win.
   * @param {Sealed} sealed
   * @param {Head[]} grounded what it was made from
   * @param {CallOptions} [options]
   * @returns {Promise<{ updated: string }>}
   * @throws {LarimarError} `NoQuorum`, with no change sent; `Conflict`; `Unknown`; what all servers refused it with
   */
  async save(sealed, grounded, options) {
    const base = grounded.toSorted((a, b) => b.revision - a.revision);
    await this.recall();
    if (this.memory.change?.from === this.keys.publicKey) throw underWay();
    const grounds = [...base, { revision: base[0]?.revision ?? 0, hash: sealed.hash }];
    if (this.#held(grounds) < this.quorum) {
      const { opened, others } = await this.#look(null, options, { base, sealed });
      const newest2 = [opened, ...others].filter(({ revision: revision2 }) => revision2 === opened.revision);
      if (!newest2.every((one) => grounds.some(({ hash }) => hash === one.hash))) throw new LarimarError("Conflict", "The wallet was changed meanwhile.");
    }
    const held = this.#held(grounds);
    if (held < this.quorum) throw noQuorum(held, this.quorum);
    await this.remember((several) => onTheWay(several, ...base));
    const [head, revision] = [headOf(sealed), base[0]?.revision ?? 0];
    const params = this.signed(sealed.blob);
    const original = (at) => at && (grounds.some(({ hash }) => hash === at.hash) || leadsOver(this.memory, at, revision)) ? at : base[0];
    const asked = await this.servers.consensus((server, within) => this.#replace(server, params, original(this.heads[this.servers.indexOf(server.name)]), revision, within), () => "", options);
    this.confirmed(asked.report, head);
    const late = asked.whole.then((report) => this.confirmed(report, head));
    late.catch(() => {
    });
    if (asked.agreed.length > 0) {
      await this.remember((several) => onTheWay(several, head));
      const first = asked.report[asked.agreed[0] ?? 0];
      return first?.outcome === "answered" ? first.answer : { updated: "" };
    }
    await late;
    throw withoutQuorum(await asked.whole, this.quorum);
  }
  /**
   * The wallet exists, with the same bytes, on every server that took its code. With fewer than a quorum it can be read, and not changed until enough are added.
   * @param {Sealed} sealed
   * @param {{ code: string | Record<string, string>, replace: boolean }} with_ codes by the servers' names
   * @param {CallOptions} [options]
   * @returns {Promise<{ created: string, updated: string }>}
   * @throws {LarimarError} `WalletExists` if there is one already; `Unknown`; what the servers refused it with
   */
  async create(sealed, { code, replace }, options) {
    const remembered = await this.recall();
    const seats = await seatsOf(this.servers, this.keys, {}, options);
    if (topOf(seats, remembered ? [remembered] : [], this.quorum).length > 0) {
      throw new LarimarError("WalletExists", "There is a wallet for this password already. A server that has none yet is brought in with its code.");
    }
    const has = (index) => Boolean(codeOf(code, this.servers.names[index] ?? ""));
    const report = await this.servers.each(has, (server, within) => this.#create(server, sealed.blob, { code: codeOf(code, server.name) ?? "", replace }, within), options);
    this.confirmed(report, headOf(sealed));
    this.#shown.lines = this.#shown.lines.map((line, index) => has(index) ? line : { ...line, verdict: "behind" });
    const first = report.find((one) => one.outcome === "answered");
    if (first?.outcome === "answered") {
      const begun = this.#shown.holders < this.quorum;
      await this.remember((several) => ({ ...begun ? several : onTheWay(several, headOf(sealed)), deleted: null, begun }));
      return first.answer;
    }
    throw firstOf(report, sealed.revision) ?? unknown(0, this.quorum);
  }
  /**
   * This server has the wallet in its present state; the code is spent.
   * @param {string} name
   * @param {{ code: string, replace?: boolean }} with_
   * @param {CallOptions} [options]
   * @throws {LarimarError} `Conflict` for a fork; `Stale` if its key held a higher revision there once: the others have to go above that first
   */
  async add(name, { code, replace = false }, options) {
    const index = this.servers.indexOf(name);
    const { opened, others } = await this.#look(null, options);
    if (others.length > 0) throw new LarimarError("Conflict", "The servers have different changes. Choose first, then add the server.");
    const bring = async ({ blob }) => {
      const report2 = await this.servers.each((one) => one === index, (server, within) => this.#create(server, blob, { code, replace }, within), options);
      return { report: report2, answer: report2[index] };
    };
    let [head, { report, answer }] = [headOf(opened), await bring(opened)];
    const error = answer?.outcome === "failed" ? answer.error : null;
    const told = Number(error?.data["revision"]);
    if (error?.code === "Stale" && this.memory.begun && this.#shown.certain && told <= opened.revision + FARTHEST_OF_SEVERAL) {
      const blob = await this.keys.seal(told + 1, opened.plaintext);
      head = { revision: told + 1, hash: toHex(blobDigest(blob)) };
      ({ report, answer } = await bring({ blob, ...head }));
    }
    if (answer?.outcome === "failed") throw answer.error;
    this.heads[index] = head;
    const lines = this.#shown.lines.map((line, one) => one === index ? writeLines(report, head)[index] ?? line : line);
    this.#shown = { ...this.#shown, lines, holders: this.#held([head]) };
    await this.remember((several) => withHeads(several, [[name, head]]));
    this.tell();
  }
  /**
   * The wallet is gone from a quorum of the servers; the rest are told whenever this device looks.
   * @param {Head} looked what was looked at
   * @param {CallOptions} [options]
   */
  remove(looked, options) {
    return deleteAll(this, looked, options);
  }
  /** What was stored before, on any of them, newest first. @param {CallOptions} [options] */
  async versions(options) {
    const report = await this.servers.each(() => true, (server, within) => server.listVersions(this.keys.publicKey, within), options);
    const isVersion = (one) => typeof one?.local_hash === "string" && typeof one.saved === "string" && typeof one.bytes === "number";
    const all = report.flatMap((one) => one.outcome === "answered" ? one.answer.versions.filter(isVersion) : []);
    if (!report.some(({ outcome }) => outcome === "answered")) throw firstOf(report) ?? noAnswer();
    const current = this.heads.find((head) => head && this.#held([head]) >= this.quorum)?.hash;
    const byHash = new Map(all.map((version) => [version.local_hash, { ...version, current: version.local_hash === current }]));
    return [...byHash.values()].sort((a, b) => Number(b.current) - Number(a.current) || (a.saved < b.saved ? 1 : -1));
  }
  /**
   * @param {string} hash
   * @param {CallOptions} [options]
   */
  async version(hash, options) {
    const report = await this.servers.each(() => true, (server, within) => openVersion(server, this.keys, hash, within), options);
    const first = report.find((one) => one.outcome === "answered");
    if (first?.outcome !== "answered") throw firstOf(report) ?? noAnswer();
    return first.answer;
  }
  /** The changes that any server tells of. @param {import("./changes.js").ChangesOptions} [options] */
  changes(options) {
    return changesOfAll(this.servers.members, this.keys.publicKey, options);
  }
  /**
   * What this device remembers, opened; windows share what they remember.
   * @returns {Promise<State | null>}
   */
  async recall() {
    const found = await this.device.recall();
    if (found?.several) this.memory = found.several;
    else if (!found && this.device.readable) this.memory = nothingYet();
    for (const [index, name] of this.servers.names.entries()) {
      const since = this.memory.failed[name];
      if (since !== void 0 && !this.servers.isDown(index)) this.servers.noteDown(index, since);
    }
    if (!found?.stored) return null;
    return openBlob({ name: "this device" }, this.keys, found.stored.blob, found.stored).catch(() => null);
  }
  /** @param {(several: Several) => Several} change */
  async remember(change) {
    this.memory = change(this.memory);
    await this.device.noteSeveral(change);
  }
  /**
   * What `saveWallet` takes.
   * @param {Uint8Array} blob
   */
  signed(blob) {
    return { encrypted_data: toBase64(blob), signature: this.keys.sign(blobDigest(blob)) };
  }
  /**
   * What each server has is the base of what it is told next.
   * @param {Seat[]} seats
   * @param {Omit<Shown, "lines" | "quorum">} [how]
   */
  note(seats, how = { holders: 0, certain: true, rolledBack: null }) {
    this.heads = seats.map(({ line }) => line.head);
    this.#shown = { ...how, lines: seats.map(({ line }) => line) };
    const failed2 = Object.fromEntries(this.servers.names.flatMap((name, index) => this.servers.isDown(index) ? [[name, Date.now()]] : []));
    this.tell();
    if (!this.heads.some(Boolean) && this.memory.deleted === null && !this.memory.change) return;
    void this.remember((several) => ({ ...withHeads(several, seats.map(({ line }) => [line.server, line.head])), failed: failed2 }));
  }
  /**
   * Those who answered have it, by their own word.
   * @param {import("./servers.js").Answer<unknown>[]} report
   * @param {Head} head
   */
  confirmed(report, head) {
    const did = report.map(({ outcome }) => outcome === "answered");
    this.heads = this.heads.map((before, index) => did[index] && (before?.revision ?? 0) <= head.revision ? head : before);
    this.show(report, head);
    void this.remember((several) => withHeads(several, report.map(({ server }, index) => [server, did[index] ? head : null])));
  }
  /**
   * What each server did with a write is what is shown, unless a later one is shown already.
   * @param {import("./servers.js").Answer<unknown>[]} report
   * @param {Head} head
   */
  show(report, head) {
    if (this.heads.some((one) => one && one.revision > head.revision)) return;
    this.#shown = { lines: writeLines(report, head, this.#shown.lines), holders: this.#held([head]), certain: true, rolledBack: null };
    this.tell();
  }
  /**
   * @param {State | null} known
   * @param {CallOptions} [options]
   * @param {{ base: Head[], sealed: Sealed }} [chosen] what the owner has chosen, and over what
   * @returns {Promise<Found & { statistics: import("./server.js").Statistics }>}
   */
  async #look(known, options, chosen) {
    const remembered = [known, await this.recall()].filter((one) => one !== null);
    if (this.memory.change?.from === this.keys.publicKey) throw underWay();
    const seats = await seatsOf(this.servers, this.keys, this.memory.heads, options);
    await finishChange(this, seats, options);
    await finishDelete(this, seats, options);
    const top = topOf(seats, remembered, this.quorum);
    const holders = (one) => seats.filter(({ content }) => content?.hash === one.hash).length;
    const most = top.toSorted((a, b) => Number(b.hash === known?.hash) - Number(a.hash === known?.hash) || holders(b) - holders(a))[0];
    if (!most) throw this.#nothing(seats);
    const ofServers = Math.max(0, ...seats.map(({ content }) => content?.revision ?? 0));
    const answered = seats.filter(({ has, line }) => (has === "content" || has === "nothing") && line.was !== "moved");
    const certain = answered.length > seats.length - this.quorum;
    const seen = Math.max(0, ...remembered.map(({ revision }) => revision));
    const rolledBack = certain && seen > ofServers ? ofServers : null;
    const strays = judge(this.memory, seats, top);
    const isKnown = top.every(({ hash }) => chosen?.base.some((head) => head.hash === hash));
    if (top.length === 1) await this.#bringUp(seats, most, options);
    else if (chosen && isKnown) await this.#bringUp(seats, await this.#taken(top, chosen.sealed) ?? most, options);
    this.note(seats, { holders: holders(most), certain, rolledBack });
    const held = holders(most) >= this.quorum;
    if (top.length === 1 && held) await this.remember((several) => ({ ...onTheWay(several, headOf(most)), begun: false }));
    const [times] = seats.flatMap(({ content }) => content?.hash === most.hash && content.updated !== "" ? [content] : []);
    const opened = { ...most, created: times?.created ?? most.created, updated: times?.updated ?? most.updated };
    const others = [...top.filter((one) => one !== most), ...strays];
    return { opened, others, held, statistics: together(seats.flatMap(({ statistics }) => statistics ?? [])) };
  }
  /**
   * The one of these that the owner has chosen, if it is one of them as it is.
   * @param {State[]} top
   * @param {Sealed} choice
   */
  async #taken(top, choice) {
    const { plaintext } = await this.keys.open(choice.blob);
    const taken = top.find((one) => same(one.plaintext, plaintext));
    plaintext.fill(0);
    return taken;
  }
  /**
   * The server has this content in place of `original`, or of what it says that it has instead, if that may be replaced.
   * @param {Server} server
   * @param {{ encrypted_data: string, signature: string }} params
   * @param {Head | undefined} original
   * @param {number} base
   * @param {CallOptions} within
   * @returns {Promise<{ updated: string }>}
   */
  async #replace(server, params, original, base, within) {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await server.saveWallet(original ? { ...params, original_local_hash: original.hash } : params, within);
        confirm(server, answer, this.keys, fromBase64(params.encrypted_data));
        return answer;
      } catch (error) {
        const instead = heldInstead(error);
        if (tries === TRIES2 || !instead || instead.hash === original?.hash || instead.revision > base || !leadsOver(this.memory, instead, base)) throw error;
        original = instead;
      }
    }
  }
  /**
   * @param {Server} server
   * @param {Uint8Array} blob
   * @param {{ code: string, replace: boolean }} with_
   * @param {CallOptions} within
   */
  async #create(server, blob, with_, within) {
    const answer = await server.createWallet(creation(this.keys, blob, with_), within);
    confirm(server, answer, this.keys, blob);
    return answer;
  }
  /**
   * Every server that had less, on the way to the newest, has it now or says why not.
   * @param {Seat[]} seats
   * @param {State} newest
   * @param {CallOptions} [options]
   */
  async #bringUp(seats, newest2, options) {
    const behind = seats.map(({ line }) => line.verdict !== "conflict" && line.head !== null && line.head.revision < newest2.revision);
    const params = this.signed(newest2.blob);
    const report = await this.servers.each(
      (index) => behind[index] === true,
      (server, within) => this.#replace(server, params, seats[this.servers.indexOf(server.name)]?.line.head ?? void 0, newest2.revision, within),
      options
    );
    for (const [index, seat] of seats.entries()) {
      const answer = report[index];
      if (answer?.outcome === "answered") got(seat, newest2);
      if (answer?.outcome === "failed") refused2(seat, answer.error);
    }
  }
  /**
   * How many servers have what the newest of these is, as far as is known.
   * @param {Head[]} base
   */
  #held(base) {
    const newest2 = Math.max(0, ...base.map(({ revision }) => revision));
    const hashes = base.filter(({ revision }) => revision === newest2).map(({ hash }) => hash);
    return this.heads.filter((head) => head && hashes.includes(head.hash)).length;
  }
  /** @param {Seat[]} seats */
  #nothing(seats) {
    this.note(seats);
    const none = seats.filter(({ has }) => has === "nothing");
    if (none.length === 0) return noAnswer();
    const gone = none.filter(({ line }) => line.was);
    const { was, error } = (gone.length > seats.length - this.quorum ? gone[0] : void 0)?.line ?? {};
    const message = "None of the servers has a wallet for these keys. Check the e-mail address, the password and the answers.";
    return new LarimarError("WalletNotFound", message, { data: was ? { was, since: error?.data["since"] } : {} });
  }
};

// client/src/opening.js
async function begin(copies, what, options) {
  const { keeper, keys } = copies;
  await copies.recallHighest();
  try {
    await higherIfStale(async () => {
      const revision = copies.nextRevision;
      const blob = await keys.seal(revision, what.data);
      const hash = toHex(blobDigest(blob));
      const { created, updated } = await copies.reach(() => keeper.create({ blob, hash, revision }, what, options));
      await copies.setStored({ blob, hash, revision, plaintext: what.data.slice(), created, updated });
    });
  } catch (error) {
    if (!LarimarError.is(error, "WalletExists") && !LarimarError.is(error, "InvalidCode")) throw error;
    await copies.pull(options).catch(() => {
    });
    if (!copies.stored || !same(copies.stored.plaintext, what.data)) throw error;
  }
}
async function openFirst(copies, offline, options) {
  await copies.recall();
  copies.online = !offline;
  if (!offline) await copies.pull(options).catch((error) => distrust(copies, error));
  if (!copies.held) {
    throw new LarimarError("WalletNotFound", "This device remembers no wallet for this combination. Connect to the server once.");
  }
}
function distrust(copies, error) {
  if (!copies.held || !LarimarError.is(error) || error.data["was"] !== void 0) throw error;
  if (copies.online) copies.problem ??= error;
}
async function bringIn(copies, name, with_, options) {
  const { keeper } = copies;
  if (keeper instanceof One) throw new LarimarError("NoSuchServer", "This wallet is opened on one server only.");
  const add = () => copies.reach(() => keeper.add(name, with_, options));
  try {
    await add();
  } catch (error) {
    if (!LarimarError.is(error, "Stale")) throw error;
    await copies.lift(options);
    await add();
  }
  await copies.pull(options);
}
async function higherIfStale(work) {
  try {
    await work();
  } catch (error) {
    if (!LarimarError.is(error, "Stale") || error.data["revision"] === void 0) throw error;
    await work();
  }
}

// client/src/move.js
async function move(old, next, options, again, begin2) {
  const { keeper } = old;
  if (!again) {
    await old.adopt();
    if (keeper instanceof One) await old.pull(options);
    if (old.mine || await old.device.othersHaveDrafts()) {
      throw new LarimarError("Unsaved", "There are changes that are not stored yet, here or in another window. Save them, then change the password.");
    }
  }
  await next.recallHighest();
  if (!(keeper instanceof One)) {
    const to = (
      /** @type {import("./federation.js").Federation} */
      next.keeper
    );
    begin2({ keys: next.keys });
    const moved = await old.reach(() => changeKeys(keeper, to, old.stored?.revision ?? 0, options));
    next.statistics = old.statistics;
    return next.setStored(moved);
  }
  await higherIfStale(async () => {
    const request = again?.request ?? await signed(old, next);
    again = null;
    begin2({ keys: next.keys, request });
    const answer = await old.reach(() => keeper.server.changePassword(request.params, options));
    const { blob, revision, plaintext } = request;
    confirm(keeper, answer, next.keys, blob);
    const { local_hash: hash, updated } = answer;
    next.statistics = old.statistics;
    await next.setStored({ blob, hash, revision, plaintext, created: old.stored?.created ?? updated, updated });
  });
}
async function carryOver(old, next) {
  await old.locally(async () => {
    const { mine } = old;
    if (mine) await next.edit(mine.plaintext.slice());
    await old.device.forget();
  });
  await old.wipe();
}
async function signed({ keys: before, stored, nextRevision }, { keys, nextRevision: above }) {
  if (!stored) throw locked();
  const revision = Math.max(nextRevision, above);
  const plaintext = stored.plaintext.slice();
  const blob = await keys.seal(revision, plaintext);
  const params = {
    encrypted_data: toBase64(blob),
    old_signature: before.sign(changePasswordDigest(keys.publicKey, blob)),
    new_signature: keys.sign(blobDigest(blob)),
    original_local_hash: stored.hash
  };
  return { params, blob, revision, plaintext };
}

// client/src/watch.js
async function follow(wallet, ends, options) {
  for (let watched = ""; watched !== wallet.publicKey() && !ends.aborted; ) {
    watched = wallet.publicKey();
    for await (const change of wallet.changes({ ...options, signal: ends })) {
      if (change.event === "disconnected") wallet.offline();
      else await wallet.turn();
      if (ends.aborted || watched !== wallet.publicKey()) break;
      if (change.event === "moved" || change.event === "deleted") await wallet.left(change);
      else if (change.event !== "disconnected" && (change.event !== "saved" || change.local_hash !== wallet.stored())) {
        await untilReached(() => wallet.sync().catch((error) => lost(wallet, error)), ends);
      }
    }
  }
}
async function lost(wallet, error) {
  const { was, since } = LarimarError.is(error, "WalletNotFound") ? error.data : {};
  if (was !== "moved" && was !== "deleted") throw error;
  await wallet.left({ event: was, updated: String(since ?? "") });
}

// client/src/wallet.js
var Wallet = class _Wallet extends EventTarget {
  #server;
  #cache;
  #keys;
  #device;
  #copies;
  /** A change of the password of which nobody knows whether it happened.
   * @type {import("./move.js").Move | null} */
  #move = null;
  /** One call to the server after the other.
   * @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #closed = new AbortController();
  /** Ends what belongs to where it is kept. */
  #elsewhere = new AbortController();
  /**
   * Nothing is asked yet: see `create` and `unlock`.
   * @param {Place} server
   * @param {Keys} keys
   * @param {import("./cache.js").Cache} cache
   */
  constructor(server, keys, cache) {
    super();
    this.#server = server;
    this.#cache = cache;
    [this.#keys, this.#device, this.#copies] = this.#under(keys);
  }
  /**
   * Creates a wallet with a code that came by e-mail; on several servers, with a code of each, by their names: who has none yet is brought in by `addServer`.
   * @param {Place} server
   * @param {Credentials | Keys} who
   * @param {{ code: string | Record<string, string>, data: Uint8Array, replace?: boolean } & CacheOptions & DeriveOptions} options `replace` takes the
   *   e-mail address away from an older wallet
   * @throws {LarimarError} `InvalidCode`, `EmailInUse`, `WalletExists`, and those of the way
   */
  static async create(server, who, { code, data, replace = false, cache = defaultCache(), ...options }) {
    return _Wallet.#begun(server, who, cache, options, (copies) => begin(copies, { code, data, replace }, options));
  }
  /**
   * Opens the wallet. If the server cannot be reached, or what it says cannot be trusted, it opens what this device remembers, if
   * it does: then `online` is false, or `problem` says what is wrong.
   * @param {Place} server
   * @param {Credentials | Keys} who
   * @param {{ offline?: boolean } & CacheOptions & DeriveOptions} [options] `offline`: the server is not asked
   * @throws {LarimarError} `WalletNotFound`: no wallet for this combination of e-mail address, password and answers; `Tampered`,
   *   `RolledBack`, `NotSealed`, `WrongAnswer`, and those of the way
   */
  static async unlock(server, who, { offline = false, cache = defaultCache(), ...options } = {}) {
    return _Wallet.#begun(server, who, cache, options, (copies) => openFirst(copies, offline, options));
  }
  /** @type {(server: Place, who: Credentials | Keys, cache: import("./cache.js").Cache, options: DeriveOptions, work: (copies: Copies) => Promise<void>) => Promise<Wallet>} */
  static async #begun(server, who, cache, options, work) {
    const wallet = new _Wallet(server, await keysOf(who, options), cache);
    try {
      await wallet.#next(() => work(wallet.#copies));
    } catch (error) {
      await wallet.#drop();
      if (!(who instanceof Keys)) wallet.#keys.wipe();
      throw error;
    }
    return wallet;
  }
  /** The name of the wallet: 66 hex digits. */
  get publicKey() {
    return this.#keys.publicKey;
  }
  /** The server that keeps it. */
  get server() {
    return this.#server;
  }
  /** What it holds, unsaved changes included; a copy. */
  get data() {
    const { held } = this.#copies;
    if (!held || this.#isLocked) throw locked();
    return held.plaintext.slice();
  }
  /** `saved`: the server has it. `unsaved`: only this device has it. `conflict`: both have something new. */
  get state() {
    return this.#copies.state;
  }
  /** Whether the server did what it was asked the last time. */
  get online() {
    return this.#copies.online;
  }
  /** Whether this device can remember: if not, changes that are not stored are lost with the page. */
  get remembers() {
    return this.#device.remembers;
  }
  /**
   * Why the server's word is not taken: `Tampered`, `RolledBack`, `NotSealed`, `WrongAnswer`, or `WalletNotFound` for a wallet that this device
   * remembers. What is shown is what this device remembers.
   */
  get problem() {
    return this.#copies.problem;
  }
  /** Who has been asking, as of the last time the server was asked; `null` if it was not reached. */
  get statistics() {
    return this.#copies.statistics;
  }
  /** What the server stores, as far as is known; no secret in it. */
  get stored() {
    if (!this.#copies.stored) return null;
    const { hash, revision, created, updated, blob } = this.#copies.stored;
    return { hash, revision, created, updated, bytes: blob.length };
  }
  /** The sealed blob that the server stores: a backup that is as safe as the password. */
  get sealedBlob() {
    return this.#copies.stored?.blob.slice() ?? null;
  }
  /**
   * What a sealed blob from elsewhere, a backup, holds.
   * @param {Uint8Array} blob
   * @returns {Promise<{ revision: number, plaintext: Uint8Array }>}
   * @throws {LarimarError} `Tampered`: not sealed under these credentials; `NotSealed`
   */
  openSealed(blob) {
    return this.#keys.open(blob);
  }
  /** The sides of a conflict. */
  get conflict() {
    return this.#copies.conflict;
  }
  /**
   * Takes a change without sending it. When this comes back, the device remembers it, sealed, until it is stored; it waits for no
   * server.
   * @param {Uint8Array | ((held: Uint8Array) => Uint8Array)} change what it is to hold; or how that is made of what it holds by then
   */
  async edit(change) {
    if (this.#isLocked) throw locked();
    await this.#copies.edit(change);
  }
  /**
   * Stores it on the server; what is given, or what was edited.
   * @param {Uint8Array} [plaintext]
   * @param {CallOptions} [options]
   * @throws {ConflictError} if something else was stored meanwhile: nothing is overwritten
   * @throws {LarimarError} `Transport` and its like: the change is kept, and sent at the next `save` or `sync`
   */
  async save(plaintext, options) {
    if (plaintext) await this.edit(plaintext);
    await this.#next(() => this.#push(options));
  }
  /**
   * Fetches what others stored and sends what is not stored yet, also what a window that is gone left; true if what it
   * holds was changed by that.
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   * @throws {LarimarError}
   */
  sync(options) {
    return this.#next(async () => {
      await this.#copies.adopt();
      const changed = await this.#copies.pull(this.#with(options));
      await this.#push(options);
      return changed;
    });
  }
  /**
   * Ends a conflict: this is stored instead of both sides.
   * @param {Conflict} conflict the one that was looked at
   * @param {Uint8Array} plaintext
   * @param {CallOptions} [options]
   * @throws {ConflictError} if one of the sides has changed since: nothing is overwritten
   */
  async resolve(conflict2, plaintext, options) {
    if (!await this.#copies.resolve(conflict2, plaintext)) throw new ConflictError(this);
    await this.#next(() => this.#push(options));
  }
  /**
   * Stores what this device holds over what a server has that went back in time, or that does not open. What can be trusted by now
   * is taken instead.
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   */
  repair(options) {
    return this.#next(async () => {
      if (this.#copies.theirs) throw new ConflictError(this);
      await this.#copies.repair(this.#with(options));
    });
  }
  /**
   * What is stored now and what was before, newest first.
   * @param {CallOptions} [options]
   */
  versions(options) {
    return this.#copies.keeper.versions(options);
  }
  /**
   * What an older version holds.
   * @param {string} hash
   * @param {CallOptions} [options]
   * @throws {LarimarError} `VersionNotFound`, `Tampered`, `NotSealed`, `WrongAnswer`
   */
  version(hash, options) {
    return this.#copies.keeper.version(hash, options);
  }
  /** Of several servers: what each did the last time it was asked, and how that is to be taken. */
  get report() {
    return this.#copies.keeper.report;
  }
  /**
   * Brings a server, new or with a code that came late, to what the others have. The code is spent.
   * @param {string} name of one of the servers
   * @param {{ code: string, replace?: boolean }} with_ `replace` takes the e-mail address away from an older wallet there
   * @param {CallOptions} [options]
   * @throws {ConflictError}
   * @throws {LarimarError} `NoSuchServer`, `InvalidCode`, `EmailInUse`, `NoQuorum`, and those of the way
   */
  addServer(name, with_, options) {
    return this.#next(() => bringIn(this.#copies, name, with_, this.#with(options)));
  }
  /**
   * From now on it is opened on these servers: those that have none of it are brought in by `addServer`, those that are left out keep what they have. Whoever
   * follows it has to `watch` anew.
   * @param {Place} place
   * @param {CallOptions} [options]
   * @throws {LarimarError} those of the way, when it is on these servers already; what is not stored comes along
   */
  keepOn(place, options) {
    return this.#next(async () => {
      const [before, old] = [this.#device, this.#copies];
      if (!old.stored) throw locked();
      this.#server = place;
      const [, device, copies] = this.#under(this.#keys);
      before.release();
      await copies.recall();
      if ((copies.stored?.revision ?? 0) < old.stored.revision) await copies.setStored({ ...old.stored, plaintext: old.stored.plaintext.slice() });
      if (old.mine && !copies.mine) await copies.edit(old.mine.plaintext.slice());
      await before.noteDraft(null);
      [this.#device, this.#copies] = [device, copies];
      await old.wipe();
      this.#elsewhere.abort();
      this.#elsewhere = new AbortController();
      await this.#copies.pull(this.#with(options));
    });
  }
  /**
   * Moves the wallet to new credentials; the old ones open nothing on the server any more. If it fails on the way (`Transport`, `Timeout`), say
   * it again with the same credentials: it then says the very same bytes.
   * @param {Credentials | Keys} next
   * @param {DeriveOptions} [options]
   * @throws {LarimarError} `Unsaved` if there are changes that are not stored, here or in another window; `KeyUnchanged`, `KeyRetired`, `WalletExists`
   */
  async changePassword(next, options = {}) {
    const keys = await keysOf(next, options);
    try {
      await this.#next(() => this.#moveTo(keys, options));
    } finally {
      const needed = [this.#keys, this.#move?.keys].includes(keys);
      if (!needed && !(next instanceof Keys)) keys.wipe();
    }
  }
  /**
   * Deletes the wallet from the server, and from this device.
   * @param {CallOptions} [options]
   * @throws {LarimarError} `Conflict` if something was stored since the last `sync`; `ServerNameNotListed`
   */
  async remove(options) {
    await this.#next(async () => {
      const { stored } = this.#copies;
      if (!stored) throw locked();
      await this.#copies.keeper.remove(stored, this.#with(options));
      await this.#device.forget();
    });
    await this.lock();
  }
  /** Makes this device forget the wallet, unsaved changes too. The server keeps what it has. */
  forget() {
    return this.#next(() => this.#device.forget());
  }
  /**
   * Follows the changes that others make, until the signal ends it, or the wallet is locked or gone.
   * @param {import("./changes.js").ChangesOptions} [options]
   */
  watch({ signal, ...options } = {}) {
    const ends = AbortSignal.any([...signal ? [signal] : [], this.#closed.signal, this.#elsewhere.signal]);
    const followed = {
      publicKey: () => this.publicKey,
      changes: (within) => this.#copies.keeper.changes(within),
      stored: () => this.#copies.stored?.hash,
      turn: () => this.#turn,
      sync: () => this.sync({ signal: ends }),
      offline: () => this.#copies.setOnline(false),
      left: (change) => this.#left(change)
    };
    return follow(followed, ends, options);
  }
  /**
   * Ends calls that are under way, and wipes keys and contents from memory. Changes that were begun are still remembered, sealed.
   */
  async lock() {
    await this.#drop();
    this.#keys.wipe();
  }
  /** @returns {string} */
  toJSON() {
    return "***";
  }
  get #isLocked() {
    return this.#closed.signal.aborted || !this.#keys.usable;
  }
  async #drop() {
    this.#closed.abort(locked());
    await this.#copies.wipe();
    this.#move?.keys.wipe();
    this.#device.release();
  }
  /**
   * @param {Keys} keys
   * @returns {[Keys, Device, Copies]}
   */
  #under(keys) {
    const device = new Device(this.#cache, this.#server instanceof Servers ? SEVERAL : this.#server.name, keys.publicKey);
    const tell2 = (what) => void this.dispatchEvent(new Event(what));
    const keeper = this.#server instanceof Servers ? new Federation(this.#server, keys, device, () => tell2("state")) : new One(this.#server, keys);
    return [keys, device, new Copies(keeper, keys, device, tell2)];
  }
  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #next(work) {
    const done = this.#turn.then(() => {
      if (this.#isLocked) throw locked();
      return work();
    });
    this.#turn = done.catch(() => {
    });
    return done;
  }
  /** @param {CallOptions} [options] */
  #with({ signal } = {}) {
    return { signal: signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal };
  }
  /** @param {CallOptions} [options] */
  async #push(options) {
    if (this.#copies.mine && !await this.#copies.push(this.#with(options))) throw new ConflictError(this);
  }
  /**
   * @param {Keys} keys
   * @param {CallOptions} options
   */
  async #moveTo(keys, options) {
    const again = this.#move?.keys.publicKey === keys.publicKey ? this.#move : null;
    const next = this.#under(keys);
    try {
      this.#move = again;
      await move(this.#copies, next[2], this.#with(options), again, (begun) => this.#move = begun);
    } catch (error) {
      if (LarimarError.is(error) && isRefusal(error)) this.#move = null;
      next[1].release();
      throw error;
    }
    const [keysBefore, device, copies] = [this.#keys, this.#device, this.#copies];
    [this.#keys, this.#device, this.#copies] = next;
    await carryOver(copies, this.#copies);
    this.#move = null;
    keysBefore.wipe();
    device.release();
  }
  /** @param {Left} change */
  async #left(change) {
    if (change.event === "moved" && this.#move) {
      const done = await this.changePassword(this.#move.keys).then(() => true, () => false);
      if (done) return;
    }
    this.dispatchEvent(new CustomEvent("gone", { detail: change }));
  }
};
export {
  Address,
  ConflictError,
  Keys,
  LarimarError,
  MAX_REVISION,
  Server,
  Servers,
  Wallet,
  advice,
  blobDigest,
  changePasswordDigest,
  defaultCache,
  deleteWalletDigest,
  deriveKeys,
  entriesToBytes,
  indexedDbCache,
  inlineKdf,
  memoryCache,
  mergeEntries,
  needsACode,
  newEntryId,
  noEntries,
  normalAnswer,
  normalEmail,
  normalPassword,
  parseEntries,
  revisionOf,
  workerKdf
};
