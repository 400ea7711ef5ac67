import { describe, expect, test } from "vitest";
import { retryAfterSeconds } from "./retry-after";

describe("how long to wait", () => {
  test.each([
    [{ "retry-after": "17" }, 17],
    [{ "retry-after": "0" }, 0],
    [{}, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-3" }, undefined],
  ])("%j", (headers, seconds) => {
    expect(retryAfterSeconds(new Headers(headers as Record<string, string>))).toBe(seconds);
  });

  test("a date counts from the answer's own clock, which may be years away from ours", () => {
    const headers = { date: "Tue, 01 Jan 2019 00:00:00 GMT", "retry-after": "Tue, 01 Jan 2019 00:02:00 GMT" };
    expect(retryAfterSeconds(new Headers(headers))).toBe(120);
  });

  test("a date that is past asks for no waiting", () => {
    const headers = { date: "Tue, 01 Jan 2019 00:05:00 GMT", "retry-after": "Tue, 01 Jan 2019 00:02:00 GMT" };
    expect(retryAfterSeconds(new Headers(headers))).toBe(0);
  });
});
