import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DiskBlobStore } from "@/lib/platform/blobs";
import { serveRecording } from "./serve-recording";

const directory = mkdtempSync(path.join(tmpdir(), "caly-recording-"));
const blobs = new DiskBlobStore(directory);
const sound = Buffer.from("0123456789");
const recording = { blobKey: "org_x/call_y.wav", fileName: "call_y.wav" };

beforeAll(() => blobs.put(recording.blobKey, sound, { contentType: "text/html" }));
afterAll(() => rmSync(directory, { recursive: true }));

const ask = (headers: Record<string, string> = {}, { method = "GET", query = "" } = {}) =>
  serveRecording(new Request(`http://localhost/recording${query}`, { method, headers }), blobs, recording);

describe("serveRecording", () => {
  it("gives the whole, always as sound, never kept or guessed at", async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("0123456789");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "audio/wav",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
      "accept-ranges": "bytes",
      "content-length": "10",
      "content-disposition": 'inline; filename="call_y.wav"',
    });
  });

  it.each([
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-4", "6789", "bytes 6-9/10"],
    ["bytes=8-500", "89", "bytes 8-9/10"],
    ["bytes=-500", "0123456789", "bytes 0-9/10"],
  ])("gives %s", async (range, text, contentRange) => {
    const response = await ask({ range });
    expect(response.status).toBe(206);
    expect(await response.text()).toBe(text);
    expect(response.headers.get("content-range")).toBe(contentRange);
    expect(response.headers.get("content-length")).toBe(String(text.length));
  });

  it.each(["bytes=10-", "bytes=99-100", "bytes=-0"])("has nothing of %s", async (range) => {
    const response = await ask({ range });
    expect(response.status).toBe(416);
    expect(response.headers.get("content-range")).toBe("bytes */10");
    expect(await response.text()).toBe("");
  });

  it("knows a refused range from a store that another module instance made", async () => {
    const refusal = Object.assign(new Error("elsewhere"), { name: "RangeNotSatisfiable", size: 10 });
    const foreign = { get: () => Promise.reject(refusal), stat: blobs.stat.bind(blobs) };
    const response = await serveRecording(
      new Request("http://localhost/", { headers: { range: "bytes=99-" } }),
      foreign,
      recording,
    );
    expect(response.status).toBe(416);
    expect(response.headers.get("content-range")).toBe("bytes */10");
  });

  it("gives the whole where a range is broken, manifold or conditional", async () => {
    for (const range of ["bytes=5-2", "bytes=0-1,3-4", "lines=1-2"]) expect((await ask({ range })).status).toBe(200);
    expect((await ask({ range: "bytes=0-1", "if-range": '"x"' })).status).toBe(200);
  });

  it("answers HEAD without a body, offers a download by name, and says when the file is gone", async () => {
    const head = await ask({}, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("10");
    expect(await head.text()).toBe("");
    const download = await ask({}, { query: "?download=1" });
    expect(download.headers.get("content-disposition")).toBe('attachment; filename="call_y.wav"');
    await download.body?.cancel();
    const gone = serveRecording(new Request("http://localhost/"), blobs, { ...recording, blobKey: "org_x/none.wav" });
    await expect(gone).rejects.toMatchObject({ code: "not_found" });
  });
});
