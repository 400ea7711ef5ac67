import { expect, test } from "vitest";
import { visitorZone, zoneNames } from "./visitor-zone";

test.each([
  ["Europe/London", "Europe/London"],
  ["europe/london", "Europe/London"],
  ["America/Argentina/Ushuaia", "America/Argentina/Ushuaia"],
  ["UTC", "UTC"],
])("%s is a zone, and written one way", (asked, expected) => {
  expect(visitorZone(asked)).toBe(expected);
});

test.each([undefined, "", "+02:00", "Nowhere/City", "Europe/London\0", "x".repeat(80), "../../etc"])(
  "%j is none",
  (asked) => {
    expect(visitorZone(asked)).toBeUndefined();
  },
);

test("the business's zone is among the choices, under whichever name", () => {
  expect(zoneNames("Asia/Calcutta").filter((name) => name === "Asia/Calcutta")).toHaveLength(1);
  expect(zoneNames("UTC").length).toBeGreaterThan(300);
});
