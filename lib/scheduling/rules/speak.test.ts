import { expect, it } from "vitest";
import { parseIsoDay } from "./civil";
import { isoInZone, sayDay, sayInstant, sayInstants, sayMinute, saySpans } from "./speak";
import { toInstant, zoneOf } from "./zone";

const zone = zoneOf("America/New_York");
const day = parseIsoDay("2026-11-24") ?? 0;
const now = toInstant(zone, day - 4, 600);
const at = (n: number, minute: number) => toInstant(zone, day + n, minute);

it("names days as one says them", () => {
  expect([sayDay(day, day), sayDay(day + 1, day), sayDay(day, day - 4)]).toEqual([
    "today",
    "tomorrow",
    "Tuesday the 24th",
  ]);
  expect(sayDay(parseIsoDay("2027-01-01") ?? 0, day)).toBe("Friday the 1st of January");
  expect(sayDay(parseIsoDay("2026-12-11") ?? 0, day)).toBe("Friday the 11th");
});

it.each([
  [630, "10:30 in the morning"],
  [720, "12 noon"],
  [735, "12:15 in the afternoon"],
  [840, "2 in the afternoon"],
  [1110, "6:30 in the evening"],
  [1320, "10 at night"],
  [1440, "midnight"],
  [5, "12:05 in the morning"],
])("says minute %i as %s", (minute, expected) => {
  expect(sayMinute(minute)).toBe(expected);
});

it("says the day once for several times, on one line", () => {
  expect(sayInstant(zone, at(0, 630), now)).toBe("Tuesday the 24th at 10:30 in the morning");
  expect(sayInstants(zone, [at(0, 540), at(0, 630), at(1, 855)], now)).toBe(
    "Tuesday the 24th at 9 in the morning or 10:30 in the morning, or Wednesday the 25th at 2:15 in the afternoon",
  );
});

it("says opening hours", () => {
  expect(saySpans([{ startMinute: 540, endMinute: 1020 }])).toBe("from 9 in the morning to 5 in the afternoon");
  expect(saySpans([{ startMinute: 0, endMinute: 1440 }])).toBe("all day");
});

it("writes instants with the zone's offset", () => {
  expect(isoInZone(zone, at(0, 630))).toBe("2026-11-24T10:30:00-05:00");
  expect(isoInZone(zoneOf("Asia/Kolkata"), Date.UTC(2026, 10, 24, 5, 0))).toBe("2026-11-24T10:30:00+05:30");
});
