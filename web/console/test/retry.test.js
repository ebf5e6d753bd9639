/** How often a server that fails is asked again. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { LarimarError } from "larimar-client";
import { Retry } from "../src/retry.js";

test("pauses double up to ten minutes, are as long as the server says, and begin anew when it answers", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const retry = new Retry(async () => void asked++);
  const after = (/** @type {number} */ seconds, more = {}) => {
    const before = asked;
    retry.after(new LarimarError("Transport", "away", more));
    mock.timers.tick(seconds * 1000 - 1);
    assert.equal(asked, before, `not before ${seconds} s`);
    mock.timers.tick(1);
    assert.equal(asked, before + 1, `after ${seconds} s`);
  };
  for (const seconds of [30, 60, 120, 240, 480, 600, 600]) after(seconds);
  retry.reset();
  after(30);
  after(900, { data: { retry_after: 900 } });
  retry.after(new LarimarError("Transport", "away"));
  retry.now();
  const before = asked;
  retry.after(new LarimarError("InvalidSignature", "waiting does not help"));
  mock.timers.tick(3_600_000);
  assert.equal(asked, before);
  mock.timers.reset();
});
