import { expect, test } from "vitest";
import { readClosureForm } from "./read-closure-form";

const read = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return readClosureForm(form);
};

test("a time for which something is closed: whole days unless times are given, one day unless a last one is", () => {
  expect(read({ fromDate: "2026-12-01" })).toEqual({
    fromDate: "2026-12-01",
    fromMinute: 0,
    untilDate: "2026-12-01",
    untilMinute: 1440,
    reason: "",
  });
  expect(
    read({ fromDate: "2026-12-01", fromTime: "13:30", untilDate: "2026-12-03", untilTime: "09:00", reason: " Paint " }),
  ).toMatchObject({ fromMinute: 810, untilDate: "2026-12-03", untilMinute: 540, reason: "Paint" });
  expect(() => read({ fromDate: "2026-12-01", fromTime: "25:00" })).toThrow(
    expect.objectContaining({ options: { fields: [expect.objectContaining({ path: "fromTime" })] } }),
  );
});
