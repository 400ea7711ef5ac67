import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { dayOf, isoOf, isoTime } from "./civil";
import { instantsAt, isTimeZone, localDayOf, localMinuteOf, offsetAt, toInstant, zoneOf } from "./zone";

const names = [
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Africa/Casablanca",
  "Pacific/Apia",
  "UTC",
];

describe.each(names)("zone table of %s", (name) => {
  it("gives Temporal's offset at every quarter of an hour around a transition and once a week between", () => {
    const zone = zoneOf(name);
    const instants: number[] = [];
    for (let t = Date.UTC(2011, 0, 1); t < Date.UTC(2036, 0, 1); t += 7.13 * 86_400_000) instants.push(Math.floor(t));
    for (const start of zone.starts) for (let k = -8; k <= 8; k++) instants.push(start + k * 900_000, start - 1);
    const differing = instants.flatMap((at) => {
      const expected = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name).offsetNanoseconds / 1e6;
      const ours = offsetAt(zone, at);
      return ours === expected ? [] : [{ at, ours, expected }];
    });
    expect(instants.length).toBeGreaterThan(1_000);
    expect(differing).toEqual([]);
  });

  it("turns wall-clock time into the instant Temporal calls compatible, gaps and folds included", () => {
    const zone = zoneOf(name);
    const days = new Set<number>();
    for (const start of zone.starts.slice(1, 60)) {
      const day = localDayOf(zone, start);
      for (let k = -1; k <= 1; k++) days.add(day + k);
    }
    for (let k = 0; k < 40; k++) days.add(dayOf(2024, 1, 1) + k * 37);
    const differing: object[] = [];
    for (const day of days) {
      for (let minute = 0; minute < 1440; minute += 10) {
        const local = Temporal.PlainDateTime.from(`${isoOf(day)}T${isoTime(minute)}`);
        const expected = local.toZonedDateTime(name, { disambiguation: "compatible" }).epochMilliseconds;
        const ours = toInstant(zone, day, minute);
        if (ours !== expected) differing.push({ day: isoOf(day), minute, ours, expected });
      }
    }
    expect(days.size).toBeGreaterThanOrEqual(40);
    expect(differing).toEqual([]);
  });
});

it("answers outside its table too", () => {
  const zone = zoneOf("America/New_York");
  for (const text of ["1999-04-04T02:30", "1999-10-31T01:30", "2070-07-01T09:00", "1985-01-01T00:00"]) {
    const local = Temporal.PlainDateTime.from(text);
    const expected = local.toZonedDateTime("America/New_York").epochMilliseconds;
    const at = toInstant(zone, dayOf(local.year, local.month, local.day), local.hour * 60 + local.minute);
    expect([text, at]).toEqual([text, expected]);
  }
});

it("reads an instant back on the wall clock", () => {
  const zone = zoneOf("Asia/Kolkata");
  const at = Date.UTC(2026, 10, 24, 20, 0);
  expect([isoOf(localDayOf(zone, at)), localMinuteOf(zone, at)]).toEqual(["2026-11-25", 90]);
});

it("knows which names are zones", () => {
  expect([isTimeZone("Europe/Paris"), isTimeZone("Mars/Olympus"), isTimeZone("")]).toEqual([true, false, false]);
});

it("knows the instants that a wall clock may mean: none in a gap, both in a fold", () => {
  const local = (text: string) => Date.parse(`${text}Z`);
  const said = (name: string, text: string) =>
    instantsAt(zoneOf(name), local(text)).map((at) => new Date(at).toISOString());
  expect(said("America/New_York", "2027-03-14T02:30")).toEqual([]);
  expect(said("America/New_York", "2027-11-07T01:30")).toEqual([
    "2027-11-07T05:30:00.000Z",
    "2027-11-07T06:30:00.000Z",
  ]);
  expect(said("Australia/Lord_Howe", "2027-10-03T02:15")).toEqual([]);
  expect(said("Asia/Kolkata", "2027-03-14T02:30")).toEqual(["2027-03-13T21:00:00.000Z"]);
});
