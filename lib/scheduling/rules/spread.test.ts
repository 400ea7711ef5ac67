import fc from "fast-check";
import { expect, it } from "vitest";
import { parseIsoDay } from "./civil";
import { settled, spread } from "./spread";
import { localDayOf, localMinuteOf, toInstant, zoneOf } from "./zone";

const zone = zoneOf("Europe/London");
const day = parseIsoDay("2026-11-24") ?? 0;
const hourly = (n: number) => [9, 10, 11, 12, 13, 14, 15, 16].map((hour) => toInstant(zone, day + n, hour * 60));
const week = [0, 1, 2, 3, 4].flatMap(hourly);
const read = (starts: number[]) =>
  starts.map((at) => `${localDayOf(zone, at) - day}:${localMinuteOf(zone, at) / 60}`).join(" ");

it("spreads over one day", () => {
  expect(read(spread(hourly(0), { zone, count: 3, namesDay: true }))).toBe("0:9 0:13 0:16");
});
it("samples the days of a range", () => {
  expect(read(spread(week, { zone, count: 3, namesDay: true }))).toBe("0:9 2:9 4:9");
});
it("offers the soonest when no day was named", () => {
  expect(read(spread(week, { zone, count: 3, namesDay: false }))).toBe("0:9 0:16 1:9");
});
it("stays near the time that was asked for", () => {
  expect(read(spread(hourly(0), { zone, count: 3, at: 14 * 60 + 10, namesDay: true }))).toBe("0:13 0:14 0:15");
  expect(read(spread(week, { zone, count: 3, at: 600, namesDay: false }))).toBe("0:10 1:10 2:10");
});
it("gives what there is", () => {
  expect(spread([], { zone, count: 3, namesDay: true })).toEqual([]);
  expect(read(spread(hourly(0).slice(0, 2), { zone, count: 3, namesDay: true }))).toBe("0:9 0:10");
});

it("is settled for as many of the soonest as no later start can change", () => {
  const starts = fc.array(fc.record({ n: fc.nat(6), hour: fc.integer({ min: 9, max: 16 }) }), { maxLength: 25 });
  fc.assert(
    fc.property(starts, fc.nat(6), (drawn, lastDay) => {
      const all = [...new Set(drawn.map(({ n, hour }) => toInstant(zone, day + n, hour * 60)))].sort((a, b) => a - b);
      const first = all.filter((at) => localDayOf(zone, at) <= day + lastDay);
      if (settled(first, zone) < 3) return;
      const asked = { zone, count: 3, namesDay: false };
      expect(read(spread(first, asked))).toBe(read(spread(all, asked)));
    }),
  );
});
