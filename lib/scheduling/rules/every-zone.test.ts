import { expect, it } from "vitest";
import { compareAround, daysOfChange, type Report } from "@/tests/slot-oracle";

/** Small and the same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** All zones and all of their changes: tests/long/slots.test.ts. */
it("slots equal a search on Temporal at clock changes of zones taken at random", () => {
  const random = seeded(20_261_124);
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
  const zones = Intl.supportedValuesOf("timeZone");
  const report: Report = { cases: 0, slots: 0, differing: [] };
  // Those whose clocks change at midnight, by half an hour, or several times a year, besides twenty-five others.
  const names = ["Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut", "America/Havana"];
  for (const name of [...names, ...Array.from({ length: 25 }, () => pick(zones))]) {
    const days = daysOfChange(name);
    compareAround(name, pick(days), report);
    compareAround(name, pick(days), report);
  }
  expect(report.differing).toEqual([]);
  expect(report.slots).toBeGreaterThan(15_000);
});
