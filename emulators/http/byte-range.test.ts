import { describe, expect, it } from "vitest";
import { byteRangeReply } from "./byte-range";

const bytes = Buffer.from("0123456789");

describe("byte ranges", () => {
  it.each([
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=5-99", 206, "56789", "bytes 5-9/10"],
    ["bytes=10-", 416, undefined, "bytes */10"],
    ["bytes=-0", 416, undefined, "bytes */10"],
    ["bytes=0-1,3-4", 200, "0123456789", undefined],
    ["lines=1-2", 200, "0123456789", undefined],
    [undefined, 200, "0123456789", undefined],
  ])("answers %s with %i", (range, status, text, contentRange) => {
    const reply = byteRangeReply(bytes, range, "audio/wav");
    expect(reply.status).toBe(status);
    expect(reply.headers?.["content-range"]).toBe(contentRange);
    expect(reply.body === undefined ? undefined : String(reply.body)).toBe(text);
  });
});
