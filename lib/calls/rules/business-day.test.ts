import { describe, expect, it } from "vitest";
import { businessDate, businessDay, localHour } from "./business-day";

describe("businessDay", () => {
  it.each([
    ["2026-11-20T03:00:00Z", "America/New_York", "2026-11-19", "2026-11-19T05:00:00.000Z", 24],
    ["2026-11-20T15:00:00Z", "Asia/Kolkata", "2026-11-20", "2026-11-19T18:30:00.000Z", 24],
    ["2027-03-14T12:00:00Z", "America/New_York", "2027-03-14", "2027-03-14T05:00:00.000Z", 23],
    ["2026-11-01T12:00:00Z", "America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z", 25],
    // Clocks go forward at midnight here: the day begins at one o'clock.
    ["2026-09-06T12:00:00Z", "America/Santiago", "2026-09-06", "2026-09-06T04:00:00.000Z", 23],
  ])("%s in %s is %s", (now, zone, date, start, hours) => {
    const day = businessDay(new Date(now), zone);
    expect(day.date).toBe(date);
    expect(day.start.toISOString()).toBe(start);
    expect((day.end.getTime() - day.start.getTime()) / 3_600_000).toBe(hours);
  });

  it("reads a date and refuses what is none", () => {
    expect(businessDate("2026-11-20", "UTC")?.start.toISOString()).toBe("2026-11-20T00:00:00.000Z");
    for (const wrong of ["2026-02-30", "yesterday", "2026-1-1", "", "9999-12-31", "0000-01-01"])
      expect(businessDate(wrong, "UTC")).toBeUndefined();
  });

  it("knows the hour on the wall", () => {
    expect(localHour(new Date("2026-11-20T18:45:00Z"), "Asia/Kolkata")).toBe(0);
    expect(localHour(new Date("2026-11-20T18:45:00Z"), "America/New_York")).toBe(13);
  });
});
