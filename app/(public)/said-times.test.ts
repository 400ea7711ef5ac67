import { expect, test } from "vitest";
import { saySpan } from "./said-times";

test("an appointment is said with its weekday and its year, on the clock of the zone", () => {
  const [from, to] = [new Date("2027-01-01T03:30:00Z"), new Date("2027-01-01T04:15:00Z")];
  expect(saySpan(from, to, "Europe/London")).toBe("Friday, 1 January 2027, 03:30 – 04:15");
  expect(saySpan(from, to, "America/New_York")).toBe("Thursday, 31 December 2026, 22:30 – 23:15");
});
