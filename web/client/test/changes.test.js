/** A connection that is dead without a word is noticed. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Address } from "../src/address.js";
import { watchChanges } from "../src/changes.js";

/** A WebSocket that answers while it is well. */
class Stub {
  static well = true;
  static opened = 0;
  OPEN = 1;
  readyState = 1;
  /** @type {any} */ onopen;
  /** @type {any} */ onmessage;
  constructor() {
    Stub.opened++;
    queueMicrotask(() => this.onopen?.());
  }
  /** @param {string} text */
  send(text) {
    if (Stub.well) queueMicrotask(() => this.onmessage?.({ data: JSON.stringify({ id: JSON.parse(text).id, result: 7 }) }));
  }
  close() {
    this.readyState = 3;
  }
}

test("it is closed after two beats without an answer, and opened again", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const end = new AbortController();
  const changes = watchChanges(new Address("http://localhost:1"), /** @type {any} */ (Stub), "02aa", { signal: end.signal });
  assert.deepEqual((await changes.next()).value, { event: "connected" });
  const next = changes.next();
  let told = false;
  void next.then(() => (told = true));
  for (let beat = 0; beat < 5; beat++) {
    mock.timers.tick(60_000);
    await settled();
  }
  assert.equal(told, false, "what answers is kept");
  Stub.well = false;
  mock.timers.tick(60_000);
  await settled();
  assert.equal(told, false);
  mock.timers.tick(60_000);
  assert.deepEqual((await next).value, { event: "disconnected" });
  Stub.well = true;
  const again = changes.next();
  await settled();
  mock.timers.tick(2000);
  assert.deepEqual((await again).value, { event: "reconnected" });
  assert.equal(Stub.opened, 2);
  const over = changes.next();
  end.abort();
  assert.equal((await over).done, true);
  mock.timers.reset();
});

/** Everything that waits for nothing but its turn. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
