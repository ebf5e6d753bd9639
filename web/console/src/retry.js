/** Tries again by itself what the server could not do, and leaves it be if waiting does not help. */

/** @typedef {import("larimar-client").LarimarError} LarimarError */

const FIRST = 30_000;
const LONGEST = 600_000;

/** What is over one day without anybody doing anything on this device. @type {LarimarError["code"][]} */
const PASSING = ["Transport", "Timeout", "HttpStatus", "Unreadable", "RateLimited", "StoreUnavailable", "Internal", "Stale", "NoQuorum", "Unknown", "NoAnswer"];

export class Retry {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #failures = 0;
  #work;

  /** @param {() => Promise<void>} work */
  constructor(work) {
    this.#work = work;
  }

  /** Each time after twice as long. @param {LarimarError} error */
  after({ code, retryAfter = 0 }) {
    this.stop();
    if (!PASSING.includes(code)) return;
    const pause = Math.min(FIRST * 2 ** this.#failures++, LONGEST);
    this.#timer = setTimeout(() => void this.#work(), Math.max(pause, retryAfter * 1000));
  }

  now() {
    this.reset();
    void this.#work();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  reset() {
    this.stop();
    this.#failures = 0;
  }
}
