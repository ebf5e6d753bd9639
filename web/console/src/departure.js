/**
 * What this window itself does to the wallet that others see as its end: a new password, the deletion. The answer may be lost on the
 * way; what the server then says of it is no news of somebody else.
 */
import { LarimarError, deriveKeys } from "larimar-client";
import { T } from "./messages.js";
import { kdf } from "./policy.js";
import { rememberPerson, rememberedPerson } from "./preferences.js";
import { awayOf } from "./several.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {{ keys: import("larimar-client").Keys, name: string, answers: number }} Move */

const ATTEMPTS = 3;
const PAUSE = 2000;

export class Departure {
  #session;
  /** The new password that the server was asked for. @type {Move | null} */
  #move = null;
  #removes = false;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  get changes() {
    return this.#move !== null;
  }

  /**
   * @param {{ password: string, answers: string[] }} next
   * @param {{ signal: AbortSignal, onProgress: (fraction: number) => void }} options
   */
  async change({ password, answers }, options) {
    const keys = await deriveKeys({ email: this.#session.person.email, password, answers }, { kdf, ...options });
    this.#move = { keys, name: keys.publicKey, answers: answers.length };
    try {
      await this.#persistently(() => this.#changed(keys));
    } catch (error) {
      // only where nobody knows what became of it may it still come true
      if (!LarimarError.is(error) || !error.isOffline) this.#move = null;
      throw error;
    }
  }

  async remove() {
    const { wallet, signal } = this.#session;
    await wallet.sync({ signal }).catch(() => {});
    this.#removes = true;
    try {
      await this.#persistently(() => wallet.remove({ signal }));
    } catch (error) {
      if (LarimarError.is(error, "WalletNotFound") && error.data["was"] === "deleted") return this.#removed();
      if (!LarimarError.is(error) || !error.isOffline) this.#removes = false;
      throw error;
    }
    await this.#removed();
  }

  /** Whether the new password has become true, by whatever way that was learnt. */
  look() {
    const { wallet, person } = this.#session;
    if (wallet.publicKey !== this.#move?.name) return;
    this.#session.person = { ...person, answers: this.#move.answers };
    this.#move = null;
    if (rememberedPerson()) rememberPerson(this.#session.person);
  }

  /**
   * Whether what the server says of the wallet was done by this window; then it is brought to its end.
   * @param {import("./session.js").Gone["event"]} event
   */
  explains(event) {
    if (event === "deleted" && this.#removes) {
      void this.#removed();
      return true;
    }
    if (event !== "moved" || !this.#move) return false;
    const { keys } = this.#move;
    void this.#changed(keys).catch((error) => {
      // as long as nobody knows what became of it, it may be the own one
      if (!LarimarError.is(error) || error.isOffline) return;
      this.#move = null;
      this.#session.setGone("moved", String(error.data["since"] ?? ""));
    });
    return true;
  }

  end() {
    this.#move?.keys.wipe();
    this.#move = null;
  }

  /** @param {import("larimar-client").Keys} keys */
  async #changed(keys) {
    const { wallet, signal } = this.#session;
    const name = keys.publicKey;
    try {
      // the library may have brought it to its end, when the server told of it
      if (wallet.publicKey !== name) await wallet.changePassword(keys, { signal });
    } catch (error) {
      if (wallet.publicKey !== name) throw error;
    }
    this.look();
  }

  async #removed() {
    this.#removes = false;
    const { wallet } = this.#session;
    rememberPerson(null);
    await wallet.forget().catch(() => {});
    const away = awayOf(this.#session);
    await this.#session.lock(away ? T.remove.doneButFor(away) : T.remove.done(wallet.server.name));
  }

  /**
   * Says the same once more while the answer does not come.
   * @param {() => Promise<void>} work
   */
  async #persistently(work) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!LarimarError.is(error) || !error.isOffline || attempt === ATTEMPTS || this.#session.signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }
}
