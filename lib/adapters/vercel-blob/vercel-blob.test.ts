import { createRequire } from "node:module";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { RangeNotSatisfiable } from "@/lib/platform/blobs";
import { vercelBlobStore } from ".";

type Undici = typeof import("undici");
type Stored = { data: Buffer; contentType: string };

// The client brings its own undici: the stand-in must be of that one to be asked at all.
const require = createRequire(import.meta.url);
const { MockAgent, getGlobalDispatcher, setGlobalDispatcher } = createRequire(require.resolve("@vercel/blob"))(
  "undici",
) as Undici;

const STORE = "store1";
const token = `vercel_blob_rw_${STORE}_secret`;
const before = getGlobalDispatcher();
const objects = new Map<string, Stored>();
let requests: { method: string; headers: Record<string, string>; path: string }[] = [];

beforeEach(() => {
  objects.clear();
  requests = [];
  const agent = new MockAgent();
  agent.disableNetConnect();
  setGlobalDispatcher(agent);
  const json = { headers: { "content-type": "application/json" } };
  const described = (pathname: string, { data, contentType }: Stored) => ({
    pathname,
    contentType,
    size: data.length,
    url: `https://${STORE}.private.blob.vercel-storage.com/${pathname}`,
    downloadUrl: "",
    contentDisposition: "",
    cacheControl: "",
    uploadedAt: "2026-11-20T10:00:00.000Z",
    etag: "e",
  });
  const note = (options: { path: string; method: string; headers?: unknown }) => {
    const entries = options.headers instanceof Headers ? [...options.headers] : Object.entries(options.headers ?? {});
    const headers = Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
    requests.push({ method: options.method, path: options.path, headers });
    return headers;
  };
  const api = agent.get("https://vercel.com");
  const anyPath = (path: string) => path.startsWith("/api/blob");
  api
    .intercept({ path: anyPath, method: "GET" })
    .reply((options) => {
      note(options);
      const query = new URL(options.path, "https://vercel.com").searchParams;
      const prefix = query.get("prefix");
      if (prefix !== null) {
        const found = [...objects].filter(([key]) => key.startsWith(prefix)).map(([key, o]) => described(key, o));
        return { statusCode: 200, data: JSON.stringify({ blobs: found, hasMore: false }), responseOptions: json };
      }
      const key = query.get("url") ?? "";
      const found = objects.get(key);
      if (!found)
        return { statusCode: 404, data: JSON.stringify({ error: { code: "not_found" } }), responseOptions: json };
      return { statusCode: 200, data: JSON.stringify(described(key, found)), responseOptions: json };
    })
    .persist();
  api
    .intercept({ path: anyPath, method: "POST" })
    .reply((options) => {
      note(options);
      const { urls } = JSON.parse(String(options.body)) as { urls: string[] };
      for (const url of urls) objects.delete(url.replace(/^https:\/\/[^/]+\//, ""));
      return { statusCode: 200, data: "null", responseOptions: json };
    })
    .persist();
  api
    .intercept({ path: anyPath, method: "PUT" })
    .reply((options) => {
      const headers = note(options);
      const key = new URL(options.path, "https://vercel.com").searchParams.get("pathname") ?? "";
      const stored = { data: Buffer.alloc(0), contentType: headers["x-content-type"] ?? "" };
      objects.set(key, stored);
      return { statusCode: 200, data: JSON.stringify(described(key, stored)), responseOptions: json };
    })
    .persist();
  agent
    .get(`https://${STORE}.private.blob.vercel-storage.com`)
    .intercept({ path: () => true, method: "GET" })
    .reply((options) => {
      const headers = note(options);
      const found = objects.get(options.path.slice(1).split("?")[0] ?? "");
      if (!found || headers.authorization !== `Bearer ${token}`) return { statusCode: 404, data: "" };
      const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "");
      const [start, end] = range ? [Number(range[1]), Number(range[2])] : [0, found.data.length - 1];
      const part = found.data.subarray(start, end + 1);
      const responseHeaders: Record<string, string> = {
        "content-type": found.contentType,
        "content-length": String(part.length),
      };
      if (range) responseHeaders["content-range"] = `bytes ${start}-${end}/${found.data.length}`;
      return { statusCode: range ? 206 : 200, data: part, responseOptions: { headers: responseHeaders } };
    })
    .persist();
});
afterAll(() => setGlobalDispatcher(before));

const keep = (key: string) => objects.set(key, { data: Buffer.from("0123456789"), contentType: "audio/wav" });
const textOf = async (stream: ReadableStream<Uint8Array> | undefined) => stream && new Response(stream).text();

describe("a blob in a private store", () => {
  const store = vercelBlobStore({ token });

  test("is read whole with its size and type, by the token", async () => {
    keep("org_1/call.wav");
    const blob = await store.get("org_1/call.wav");
    expect(blob).toMatchObject({ size: 10, contentType: "audio/wav", range: undefined });
    expect(await textOf(blob?.stream)).toBe("0123456789");
  });

  test("is written privately, under exactly its key, over what was there", async () => {
    keep("org_1/call.wav");
    await store.put("org_1/call.wav", Buffer.from("new"), { contentType: "audio/mpeg" });
    expect([...objects]).toMatchObject([["org_1/call.wav", { contentType: "audio/mpeg" }]]);
    expect(requests.at(-1)?.headers).toMatchObject({
      "x-vercel-blob-access": "private",
      "x-allow-overwrite": "1",
      "x-add-random-suffix": "0",
    });
  });

  test.each([
    [{ start: 4 }, "456789", { start: 4, end: 9 }],
    [{ start: 0, end: 1 }, "01", { start: 0, end: 1 }],
    [{ suffix: 3 }, "789", { start: 7, end: 9 }],
  ])("gives the range %o", async (range, text, resolved) => {
    keep("ranged");
    const blob = await store.get("ranged", { range });
    expect(await textOf(blob?.stream)).toBe(text);
    expect(blob).toMatchObject({ size: 10, range: resolved });
  });

  test("has nothing behind its end", async () => {
    keep("ranged");
    await expect(store.get("ranged", { range: { start: 10 } })).rejects.toBeInstanceOf(RangeNotSatisfiable);
  });

  test("that does not exist is undefined", async () => {
    expect([await store.get("no"), await store.stat("no")]).toEqual([undefined, undefined]);
  });

  test("goes with its prefix, a neighbour of similar name stays", async () => {
    for (const key of ["org_1/a", "org_1/b/c", "org_10/a"]) keep(key);
    await store.deletePrefix("org_1/");
    expect([...objects.keys()]).toEqual(["org_10/a"]);
  });

  test("is asked for with the token only", async () => {
    keep("a");
    await store.stat("a");
    expect(requests.every(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
    await expect(store.get("../a")).rejects.toThrow("Not a blob key");
  });
});
