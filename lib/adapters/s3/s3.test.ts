import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RangeNotSatisfiable } from "@/lib/platform/blobs";
import { type S3Server, startS3Server } from "@/tests/s3-server";
import { s3BlobStore } from ".";

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server.close());

const wav = { contentType: "audio/wav" };
const bytes = Buffer.from("0123456789");
const textOf = async (stream: ReadableStream<Uint8Array> | undefined) => stream && new Response(stream).text();

describe("a blob in a bucket", () => {
  test("is read back with its size and type, from bytes and from a stream", async () => {
    const store = s3BlobStore(server);
    await store.put("org_1/2026/call.wav", bytes, wav);
    expect(await store.get("org_1/2026/call.wav")).toMatchObject({ size: 10, contentType: "audio/wav" });
    expect(await store.stat("org_1/2026/call.wav")).toEqual({ size: 10, contentType: "audio/wav" });
    await store.put("streamed", new Response("streamed bytes").body as ReadableStream<Uint8Array>, {
      contentType: "text/plain",
    });
    const streamed = await store.get("streamed");
    expect([await textOf(streamed?.stream), streamed?.contentType]).toEqual(["streamed bytes", "text/plain"]);
  });

  test.each([
    [{ start: 0, end: 1 }, "01", { start: 0, end: 1 }],
    [{ start: 4 }, "456789", { start: 4, end: 9 }],
    [{ suffix: 3 }, "789", { start: 7, end: 9 }],
  ])("gives the range %o", async (range, text, resolved) => {
    const store = s3BlobStore(server);
    await store.put("ranged", bytes, wav);
    const blob = await store.get("ranged", { range });
    expect(await textOf(blob?.stream)).toBe(text);
    expect(blob).toMatchObject({ size: 10, range: resolved, contentType: "audio/wav" });
  });

  test("has nothing behind its end", async () => {
    const store = s3BlobStore(server);
    await store.put("ranged", bytes, wav);
    await expect(store.get("ranged", { range: { start: 10 } })).rejects.toBeInstanceOf(RangeNotSatisfiable);
  });

  test("that is empty has a size", async () => {
    const store = s3BlobStore(server);
    await store.put("empty", Buffer.alloc(0), wav);
    expect((await store.stat("empty"))?.size).toBe(0);
  });

  test("that does not exist is undefined, and deleting it is no error", async () => {
    const store = s3BlobStore(server);
    expect([await store.get("no"), await store.stat("no")]).toEqual([undefined, undefined]);
    await store.delete("no");
    await store.put("gone", bytes, wav);
    await store.delete("gone");
    expect(await store.stat("gone")).toBeUndefined();
  });

  test("goes with its prefix, a neighbour of similar name stays", async () => {
    const store = s3BlobStore(server);
    for (const key of ["org_2/a", "org_2/b/c", "org_20/a"]) await store.put(key, bytes, wav);
    await store.deletePrefix("org_2/");
    expect([await store.stat("org_2/a"), await store.stat("org_2/b/c")]).toEqual([undefined, undefined]);
    expect(await store.stat("org_20/a")).toBeDefined();
  });
});

describe("wrong credentials", () => {
  test.each([["secretAccessKey"], ["accessKeyId"]] as const)(
    "a wrong %s reads, writes and deletes nothing",
    async (field) => {
      await s3BlobStore(server).put("kept", bytes, wav);
      const stranger = s3BlobStore({ ...server, [field]: "WRONG0000000000WRONG" });
      await expect(stranger.get("kept")).rejects.toThrow(/403/);
      await expect(stranger.stat("kept")).rejects.toThrow(/403/);
      await expect(stranger.put("kept", Buffer.from("x"), wav)).rejects.toThrow();
      await expect(stranger.check()).rejects.toThrow();
      expect(await textOf((await s3BlobStore(server).get("kept"))?.stream)).toBe("0123456789");
    },
  );

  test("the right ones pass the check", async () => {
    await s3BlobStore(server).check();
  });
});
