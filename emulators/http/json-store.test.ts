import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJsonStore } from "./json-store";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "json-store-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("the JSON store", () => {
  it("keeps the last of many writes and no temporary file", async () => {
    const store = openJsonStore<{ id: string; n: number }>(directory);
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.put({ id: "a", n })));
    expect(readdirSync(directory)).toEqual(["a.json"]);
    expect(openJsonStore<{ id: string; n: number }>(directory).get("a")).toEqual({ id: "a", n: 49 });
  });

  it("forgets a deleted document for good", async () => {
    const store = openJsonStore<{ id: string }>(directory);
    await store.put({ id: "../a" });
    await store.delete("../a");
    expect(openJsonStore(directory).list()).toEqual([]);
  });

  it("opens beside a torn file", () => {
    writeFileSync(join(directory, "torn.json"), '{"id":"torn"');
    expect(openJsonStore(directory).list()).toEqual([]);
  });
});
