import { expect, test } from "vitest";
import { readInstant } from "./find-offer";

test("an instant of an address is one around which there are dates, or none", () => {
  expect(readInstant("2026-11-22T10:15:00.000Z")).toBe(Date.UTC(2026, 10, 22, 10, 15));
  for (const odd of ["9999-12-31T00:00:00Z", "0000-01-01T00:00Z", "1969-12-31T00:00Z", "2026-11-22", "constructor", ""])
    expect(readInstant(odd)).toBeUndefined();
});
