import { describe, expect, test } from "vitest";
import { AppError } from "../errors";
import { readJson, readRawBody, requireContentType } from "./body";

const post = (body: BodyInit | ReadableStream, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" } as RequestInit);

const streamOf = (...chunks: (string | Error)[]) =>
  new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = chunks.shift();
      if (next === undefined) controller.close();
      else if (next instanceof Error) controller.error(next);
      else controller.enqueue(new TextEncoder().encode(next));
    },
  });

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  return error instanceof AppError ? error.code : String(error);
};

describe("readRawBody", () => {
  test("gives the bytes exactly as sent", async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 32]);
    expect(await readRawBody(post(bytes))).toEqual(bytes);
    expect(await readRawBody(new Request("http://localhost/"))).toEqual(Buffer.alloc(0));
  });

  test("refuses what is announced as too large without reading it", async () => {
    let read = 0;
    const body = new ReadableStream<Uint8Array>({ pull: () => void read++ }, { highWaterMark: 0 });
    expect(await codeOf(readRawBody(post(body, { "content-length": "5000" }), { maxBytes: 100 }))).toBe(
      "payload_too_large",
    );
    expect(read).toBe(0);
  });

  test("stops at the limit when the announced length was a lie", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(64));
      },
    });
    expect(await codeOf(readRawBody(post(endless, { "content-length": "10" }), { maxBytes: 1_000 }))).toBe(
      "payload_too_large",
    );
    expect(pulled).toBeLessThan(40);
  });

  test("takes a body of exactly the limit", async () => {
    expect((await readRawBody(post("x".repeat(100)), { maxBytes: 100 })).length).toBe(100);
  });

  test("a body that breaks off is the sender's fault", async () => {
    expect(await codeOf(readRawBody(post(streamOf("{", new Error("reset")))))).toBe("invalid_input");
  });
});

describe("readJson", () => {
  const json = { "content-type": "application/json; charset=utf-8" };

  test("reads a value", async () => {
    expect(await readJson(post('{"a":[1]}', json))).toEqual({ a: [1] });
  });

  test.each([
    ["no type", post("{}", { "content-type": "text/plain" }), "unsupported_media_type"],
    ["empty", post("", json), "invalid_input"],
    ["not UTF-8", post(Buffer.from([0x22, 0xff, 0x22]), json), "invalid_input"],
    ["cut off", post('{"a":', json), "invalid_input"],
  ])("refuses a body that is %s", async (_name, request, code) => {
    expect(await codeOf(readJson(request))).toBe(code);
  });

  test("content types are compared without case and parameters", () => {
    expect(() =>
      requireContentType(post("", { "content-type": "Application/JSON;charset=x" }), "application/json"),
    ).not.toThrow();
  });
});
