import { describe, expect, it } from "vitest";
import { instantIn, readTime } from "./read-forms";

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

describe("the time a form asks for", () => {
  it("is a free one by its id", () => {
    expect(readTime(formOf({ slot: "slot_abc", date: "2026-11-24", time: "09:00" }), "Europe/London")).toEqual({
      slot: "slot_abc",
    });
  });

  it("or one by hand, in the business's zone on both sides of a clock change", () => {
    const other = { slot: "other", staffId: "stf_1", time: "09:30", override: "on" };
    expect(readTime(formOf({ ...other, date: "2026-10-23" }), "Europe/London")).toEqual({
      staffId: "stf_1",
      startsAt: "2026-10-23T09:30:00+01:00",
      override: true,
    });
    expect(instantIn("Europe/London", "2026-10-26", 570)).toBe("2026-10-26T09:30:00+00:00");
  });

  it("names everything that is missing", () => {
    expect(() => readTime(formOf({ slot: "other", date: "tomorrow" }), "UTC")).toThrow(
      expect.objectContaining({
        options: { fields: ["date", "time", "staffId"].map((path) => expect.objectContaining({ path })) },
      }),
    );
    expect(() => readTime(formOf({}), "UTC")).toThrow("Choose a time.");
  });
});
