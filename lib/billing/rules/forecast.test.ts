import { expect, it } from "vitest";
import { forecastMinutes } from "./forecast";

it("says nothing before three days are over", () => {
  expect(forecastMinutes(40, [20, 20], 10)).toBeUndefined();
});

it("goes on as the days before went, with no doubt where they were all alike", () => {
  expect(forecastMinutes(60, [20, 20, 20], 10)).toEqual({ expected: 260, low: 260, high: 260 });
});

it("is unsure in the measure of how unlike the days were, and never below what is used", () => {
  const calm = forecastMinutes(100, [18, 20, 22, 20], 10);
  const wild = forecastMinutes(100, [0, 40, 0, 40], 10);
  expect(calm?.expected).toBe(300);
  expect(wild?.expected).toBe(300);
  expect((wild?.high ?? 0) - (wild?.low ?? 0)).toBeGreaterThan((calm?.high ?? 0) - (calm?.low ?? 0));
  expect(forecastMinutes(100, [0, 100, 0, 0], 1)?.low).toBe(100);
});

it("ends at what is used when the period does", () => {
  expect(forecastMinutes(77, [1, 50, 9], 0)).toEqual({ expected: 77, low: 77, high: 77 });
});

it("contains four in five of what comes, where days are like those before", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const day = () => Math.round(10 + 30 * random());
  const month = (days: number) => Array.from({ length: days }, day);
  let hits = 0;
  for (let n = 0; n < 400; n++) {
    const before = month(10);
    const used = before.reduce((a, b) => a + b, 0);
    const end = used + month(20).reduce((a, b) => a + b, 0);
    const forecast = forecastMinutes(used, before, 20);
    if (forecast && end >= forecast.low && end <= forecast.high) hits++;
  }
  expect(hits / 400).toBeGreaterThan(0.7);
  expect(hits / 400).toBeLessThan(0.9);
});
