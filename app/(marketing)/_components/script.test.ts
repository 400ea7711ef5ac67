import { expect, it } from "vitest";
import { script, startsOf } from "./script";

it("tells the call in order, each beat after the one before, within twenty seconds", () => {
  const starts = startsOf(script);
  expect(starts).toHaveLength(script.length);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect(new Set(starts).size).toBe(script.length);
  expect(starts.at(-1)).toBeLessThan(20_000);
});
