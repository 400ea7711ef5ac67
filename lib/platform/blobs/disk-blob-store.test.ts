import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { DiskBlobStore, RangeNotSatisfiable } from ".";

const root = mkdtempSync(path.join(tmpdir(), "caly-blobs-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let directory = "";
let store = new DiskBlobStore(root);
beforeEach(() => {
  directory = mkdtempSync(path.join(root, "store-"));
  store = new DiskBlobStore(path.join(directory, "blobs"));
});

const wav = { contentType: "audio/wav" };
const bytes = Buffer.from("0123456789");
const textOf = async (stream: ReadableStream<Uint8Array> | undefined) => stream && new Response(stream).text();

describe("a blob on disk", () => {
  test("is read back with its size and type", async () => {
    await store.put("org_1/2026/11/call.wav", bytes, wav);
    const blob = await store.get("org_1/2026/11/call.wav");
    expect(blob).toMatchObject({ size: 10, contentType: "audio/wav" });
    expect(await textOf(blob?.stream)).toBe("0123456789");
    expect(await store.stat("org_1/2026/11/call.wav")).toEqual({ size: 10, contentType: "audio/wav" });
  });

  test("can be written from a stream, and over what was there", async () => {
    await store.put("a", new Response("first").body as ReadableStream<Uint8Array>, wav);
    await store.put("a", new Response("second").body as ReadableStream<Uint8Array>, { contentType: "text/plain" });
    const blob = await store.get("a");
    expect([await textOf(blob?.stream), blob?.contentType]).toEqual(["second", "text/plain"]);
  });

  test("that breaks off while written leaves the old one and no remains", async () => {
    await store.put("a", bytes, wav);
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from("half"));
      },
      pull(controller) {
        controller.error(new Error("connection lost"));
      },
    });
    await expect(store.put("a", broken, wav)).rejects.toThrow("connection lost");
    expect(await textOf((await store.get("a"))?.stream)).toBe("0123456789");
    expect(readdirSync(path.join(directory, "blobs")).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("is readable by its owner alone", async () => {
    await store.put("a", bytes, wav);
    expect(statSync(path.join(directory, "blobs", "a")).mode & 0o077).toBe(0);
  });

  test.each([
    [{ start: 0, end: 1 }, "01", { start: 0, end: 1 }],
    [{ start: 4 }, "456789", { start: 4, end: 9 }],
    [{ start: 8, end: 100 }, "89", { start: 8, end: 9 }],
    [{ suffix: 3 }, "789", { start: 7, end: 9 }],
    [{ suffix: 30 }, "0123456789", { start: 0, end: 9 }],
  ])("gives the range %o", async (range, text, resolved) => {
    await store.put("a", bytes, wav);
    const blob = await store.get("a", { range });
    expect(await textOf(blob?.stream)).toBe(text);
    expect(blob).toMatchObject({ size: 10, range: resolved });
  });

  test.each([{ start: 10 }, { start: 5, end: 4 }, { suffix: 0 }])("has nothing in the range %o", async (range) => {
    await store.put("a", bytes, wav);
    await expect(store.get("a", { range })).rejects.toBeInstanceOf(RangeNotSatisfiable);
  });

  test("that does not exist is undefined, and deleting it is no error", async () => {
    expect([await store.get("no"), await store.stat("no/such")]).toEqual([undefined, undefined]);
    await store.delete("no");
    await store.put("a", bytes, wav);
    await store.delete("a");
    expect(await store.stat("a")).toBeUndefined();
    expect(readdirSync(path.join(directory, "blobs"))).toEqual([]);
  });

  test("goes with its prefix, a neighbour of similar name stays", async () => {
    for (const key of ["org_1/a", "org_1/b/c", "org_10/a"]) await store.put(key, bytes, wav);
    await store.deletePrefix("org_1/");
    expect([await store.stat("org_1/a"), await store.stat("org_1/b/c")]).toEqual([undefined, undefined]);
    expect(await store.stat("org_10/a")).toBeDefined();
  });

  test.each([
    "../secret",
    "a/../../secret",
    "/etc/passwd",
    "a//b",
    "",
    ".hidden",
    "a/.b.type",
    "a\\b",
    "a\0b",
    "a/..",
    "ü",
  ])("cannot be reached by the key %o", async (key) => {
    writeFileSync(path.join(directory, "secret"), "secret");
    for (const attempt of [store.get(key), store.put(key, bytes, wav), store.stat(key), store.delete(key)])
      await expect(attempt).rejects.toThrow("Not a blob key");
    await expect(store.deletePrefix(key)).rejects.toThrow("Not a blob key");
  });

  test("the check says when nothing can be written", async () => {
    await Promise.all([store.check(), store.check()]);
    expect(readdirSync(path.join(directory, "blobs"))).toEqual([]);
    writeFileSync(path.join(directory, "file"), "");
    await expect(new DiskBlobStore(path.join(directory, "file")).check()).rejects.toThrow();
  });
});
