import { expect, test } from "vitest";
import { compareAround, daysOfChange, type Report } from "../slot-oracle";

test("slots equal a search on Temporal in every zone, at every clock change from 2020 to 2035", () => {
  const startedAt = Date.now();
  const zones = Intl.supportedValuesOf("timeZone");
  const report: Report = { cases: 0, slots: 0, differing: [] };
  let changes = 0;
  for (const name of zones)
    for (const day of daysOfChange(name)) {
      changes++;
      compareAround(name, day, report);
    }
  const seconds = (Date.now() - startedAt) / 1000;
  const { cases, slots, differing } = report;
  console.log(
    JSON.stringify({ zones: zones.length, changes, cases, slots, differing: differing.length, seconds }, null, 2),
  );
  expect(differing.slice(0, 5)).toEqual([]);
  expect(changes).toBeGreaterThan(3000);
  expect(slots).toBeGreaterThan(1_000_000);
});
