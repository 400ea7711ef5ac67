import { describe, expect, it } from "vitest";
import { readSpans, readWeek } from "./read-hours-form";

const formOf = (values: Record<string, string>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
};

describe("the form of weekly hours", () => {
  it("reads several spans a day in any order, closed days and midnight", () => {
    const week = readWeek(
      formOf({
        "1.1.from": "13:00",
        "1.1.to": "17:30",
        "1.0.from": "09:00",
        "1.0.to": "12:00",
        "6.0.from": "18:00",
        "6.0.to": "00:00",
      }),
    );
    expect(week[1]).toEqual([
      { startMinute: 540, endMinute: 720 },
      { startMinute: 780, endMinute: 1050 },
    ]);
    expect(week[6]).toEqual([{ startMinute: 1080, endMinute: 1440 }]);
    expect(week.filter((spans) => spans.length === 0)).toHaveLength(5);
  });

  it("names every day that cannot be read", () => {
    const wrong = formOf({ "2.0.from": "17:00", "2.0.to": "09:00", "3.0.from": "09:00", "3.0.to": "" });
    expect(() => readWeek(wrong)).toThrow(
      expect.objectContaining({
        options: { fields: [expect.objectContaining({ path: "day2" }), expect.objectContaining({ path: "day3" })] },
      }),
    );
  });

  it.each([
    [{ "x.0.from": "09:00", "x.0.to": "12:00", "x.1.from": "11:00", "x.1.to": "15:00" }, "Two spans overlap."],
    [{ "x.0.from": "09:00", "x.0.to": "" }, "Give both a start and an end, or leave both empty."],
    [{ "x.0.from": "9", "x.0.to": "10" }, "Give both a start and an end, or leave both empty."],
    [
      { "x.0.from": "12:00", "x.0.to": "12:00" },
      "12:00 to 12:00: the end must come after the start. Past midnight, end at 00:00 and go on the next day from 00:00.",
    ],
  ])("%o is refused", (values, said) => {
    expect(readSpans(formOf(values as Record<string, string>), "x")).toBe(said);
  });

  it("leaves an empty pair out", () => {
    expect(readSpans(formOf({ "x.0.from": "", "x.0.to": "" }), "x")).toEqual([]);
  });
});
