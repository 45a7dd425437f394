import assert from "node:assert/strict";
import test from "node:test";
import { partOf, rangeOf } from "../src/ranges.js";

test("a range names its first and last byte, its first alone, or how many there are at the end", () => {
  assert.deepEqual(rangeOf("bytes=0-99", 1000), [0, 99]);
  assert.deepEqual(rangeOf("bytes=900-", 1000), [900, 999]);
  assert.deepEqual(rangeOf("bytes=-100", 1000), [900, 999]);
});

test("a range that goes past the end stops there", () => {
  assert.deepEqual(rangeOf("bytes=990-2000", 1000), [990, 999]);
  assert.deepEqual(rangeOf("bytes=-2000", 1000), [0, 999]);
});

test("there is nothing past the end, and nothing in no bytes", () => {
  assert.equal(rangeOf("bytes=1000-", 1000), null);
  assert.equal(rangeOf("bytes=-0", 1000), null);
  assert.equal(rangeOf("bytes=0-", 0), null);
});

test("what cannot be read, or asks for several parts, is answered with the whole file", () => {
  for (const header of ["bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2", ""]) {
    assert.equal(rangeOf(header, 1000), undefined, header);
  }
});

test("a part says which it is, and how long", async () => {
  const whole = () =>
    new Response("0123456789", { headers: { "Content-Type": "application/pdf", "Content-Length": "10" } });
  const part = await partOf(whole(), "bytes=2-4");
  assert.equal(part.status, 206);
  assert.equal(part.headers.get("Content-Range"), "bytes 2-4/10");
  assert.equal(part.headers.get("Content-Length"), "3");
  assert.equal(part.headers.get("Content-Type"), "application/pdf");
  assert.equal(await part.text(), "234");
  const none = await partOf(whole(), "bytes=10-");
  assert.equal(none.status, 416);
  assert.equal(none.headers.get("Content-Range"), "bytes */10");
  const all = await partOf(whole(), "bytes=0-1,3-4");
  assert.equal(all.status, 200);
  assert.equal(await all.text(), "0123456789");
});
