import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "./json";

describe("parseJson", () => {
  test("agrees with JSON.parse on everything JSON.stringify writes, but for what cannot be stored", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        if (/\\u(0000|d[89a-f])/i.test(text)) return;
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("nesting is limited, brackets inside strings do not count", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(nested(64))).toBeDefined();
    expect(() => parseJson(nested(65))).toThrow(/nested deeper than 64/);
    expect(() => parseJson(`{"a":`.repeat(100_000))).toThrow(/nested/);
    expect(parseJson(JSON.stringify({ a: `${"[{".repeat(500)}\\"[` }))).toBeDefined();
  });

  test("characters PostgreSQL refuses are replaced, in names and in values", () => {
    expect(parseJson('{"a\\u0000":"b\\u0000c","d":["\\ud800x","\\ud83d\\ude00"]}')).toEqual({
      "a\uFFFD": "b\uFFFDc",
      d: ["\uFFFDx", "😀"],
    });
  });

  test("a name like __proto__ changes no prototype", () => {
    const value = parseJson('{"__proto__":{"admin":true},"x":"\\u0000"}') as Record<string, unknown>;
    expect(value.admin).toBeUndefined();
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});
