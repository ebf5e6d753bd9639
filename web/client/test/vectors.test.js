/** The worked examples of the protocol, with every step in between. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromHex, toHex, utf8 } from "../src/bytes.js";
import { keysOfSeed, scryptInput } from "../src/derive.js";
import { Keys, blobDigest, changePasswordDigest, deleteWalletDigest, deriveKeys, normalAnswer, normalEmail } from "../src/index.js";

const file = new URL("../../../tests/vectors/larimar-v1.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8"));

assert.ok(vectors.length >= 4);
for (const vector of vectors) {
  test(`vector ${vector.name}`, async () => {
    const { email, password, answers } = vector;
    assert.equal(normalEmail(email), vector.normalised_email);
    assert.deepEqual(answers.map(normalAnswer), vector.normalised_answers);
    const { input, salt } = scryptInput({ email, password, answers });
    assert.equal(toHex(input), vector.scrypt_password_input);
    assert.equal(toHex(salt), vector.scrypt_salt);

    const { signing, encryption } = keysOfSeed(fromHex(vector.scrypt_output));
    assert.equal(toHex(signing), vector.private_key);
    assert.equal(toHex(encryption), vector.encryption_key);
    const keys = await Keys.of(signing, encryption);
    assert.equal(keys.publicKey, vector.publickey);

    const blob = await keys.seal(vector.revision, utf8(vector.plaintext), fromHex(vector.nonce));
    assert.equal(toHex(blob), vector.encrypted_data_hex);
    assert.equal(toHex(blobDigest(blob)), vector.local_hash);
    assert.equal(keys.sign(blobDigest(blob)), vector.signature);
    const opened = await keys.open(blob);
    assert.deepEqual(opened, { revision: vector.revision, plaintext: utf8(vector.plaintext) });
    assert.equal(keys.sign(deleteWalletDigest(vector.delete.server, vector.local_hash)), vector.delete.signature);

    const move = vector.change_password;
    const moved = fromHex(move.encrypted_data_hex);
    assert.equal(keys.sign(changePasswordDigest(move.new_publickey, moved)), move.old_signature);
    const next = await deriveKeys({ email, password: move.new_password, answers });
    assert.equal(next.publicKey, move.new_publickey);
    assert.equal(next.sign(blobDigest(moved)), move.new_signature);
    assert.deepEqual((await next.open(moved)).plaintext, utf8(vector.plaintext));
  });
}

test("scrypt itself is that of the vectors, tells its progress, and can be cancelled", async () => {
  const [vector] = vectors;
  /** @type {number[]} */
  const told = [];
  const keys = await deriveKeys(vector, { onProgress: (fraction) => told.push(fraction) });
  assert.equal(keys.publicKey, vector.publickey);
  assert.ok(told.length > 1 && told.length < 1000, `${told.length} reports`);
  assert.equal(told.at(-1), 1);
  assert.deepEqual(told, told.toSorted((a, b) => a - b));

  const cancelled = new AbortController();
  const deriving = deriveKeys(vector, { signal: cancelled.signal, onProgress: () => cancelled.abort() });
  await assert.rejects(deriving, { name: "AbortError" });
});
