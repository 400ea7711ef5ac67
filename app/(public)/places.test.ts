import { expect, test } from "vitest";
import { clockOf } from "./places";

const places = [
  { id: "west", timeZone: "America/Los_Angeles" },
  { id: "east", timeZone: "America/New_York" },
];

test("a time is read on the clock of the place where it is; of several that differ, on the business's", () => {
  expect(clockOf(places, "west", "Europe/London")).toBe("America/Los_Angeles");
  expect(clockOf(places, null, "Europe/London")).toBe("Europe/London");
  expect(clockOf(places.slice(1), undefined, "Europe/London")).toBe("America/New_York");
  expect(clockOf([], undefined, "Europe/London")).toBe("Europe/London");
  expect(clockOf(places, "gone", "Europe/London")).toBe("Europe/London");
});
