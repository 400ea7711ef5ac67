import { describe, expect, it } from "vitest";
import { formatRelative, formatTime } from "./time-format";

describe("formatTime", () => {
  it("reads the instant on the wall of the zone it is given", () => {
    expect(formatTime("2026-11-20T14:02:11Z", "Europe/London", "seconds")).toBe("14:02:11");
    expect(formatTime("2026-11-20T14:02:11Z", "Asia/Kolkata", "time")).toBe("19:32");
    expect(formatTime("2026-07-01T23:30:00Z", "Europe/London", "short")).toBe("Thu 2 Jul, 00:30");
  });

  it("keeps midnight at 00, never 24", () => {
    expect(formatTime("2026-11-20T00:05:00Z", "Etc/UTC", "time")).toBe("00:05");
  });
});

describe("formatRelative", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  it.each([
    ["2026-11-20T11:59:30Z", "just now"],
    ["2026-11-20T11:55:00Z", "5 min ago"],
    ["2026-11-20T14:00:00Z", "in 2 h"],
    ["2026-11-19T12:00:00Z", "yesterday"],
    ["2026-11-17T12:00:00Z", "3 days ago"],
    ["2026-10-01T12:00:00Z", undefined],
  ])("says how far away %s is", (instant, said) => {
    expect(formatRelative(instant, now)).toBe(said);
  });
});
