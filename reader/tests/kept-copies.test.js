import assert from "node:assert/strict";
import test from "node:test";
import { cacheNames, cachePrefix, keptAs, visitedPrefix } from "../src/kept-copies.js";

test("a page or a file is kept under one address, whatever is asked of it", () => {
  const page = "https://a.example/scripts/";
  for (const asked of ["", "?q=budget", "#trade", "?v=1#x", "index.html", "index.html?q=1"]) {
    assert.equal(keptAs(page + asked), page, asked);
  }
  assert.equal(keptAs("https://a.example/sales-a4.pdf?utm=x#page=2"), "https://a.example/sales-a4.pdf");
});

test("a handbook's caches are not those of one in a folder below it, nor of one beside it", () => {
  const names = Object.values(cacheNames("https://a.example/v1/", "abc"));
  for (const other of ["https://a.example/", "https://a.example/v2/", "https://a.example/v1/x/"]) {
    for (const name of names) assert.ok(!name.startsWith(cachePrefix(other)), `${name}: ${other}`);
  }
  assert.ok(names.every((name) => name.startsWith(cachePrefix("https://a.example/v1/"))));
});

test("what was visited is told from what every reader has", () => {
  const { key, visited } = cacheNames("https://a.example/", "abc");
  assert.ok(visited.startsWith(visitedPrefix("https://a.example/")));
  assert.ok(!key.startsWith(visitedPrefix("https://a.example/")));
});
