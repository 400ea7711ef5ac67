import { describe, expect, it } from "vitest";
import { instantIn, readConsent, readRepeat, readScope, readTime } from "./read-forms";

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

describe("how a form says a booking repeats", () => {
  const weekly = { repeat: "weekly", every: "2", times: "6", except: "2026-12-24, 2026-12-31" };
  it("is a rule and the dates to leave out, or nothing", () => {
    expect(readRepeat(formOf(weekly))).toEqual({
      rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=6",
      exceptOn: ["2026-12-24", "2026-12-31"],
    });
    const daily = { repeat: "daily", every: "", times: "", until: "2026-12-04" };
    expect(readRepeat(formOf(daily))).toEqual({ rule: "FREQ=DAILY;UNTIL=20261204", exceptOn: [] });
    expect(readRepeat(formOf({ times: "6" }))).toBeUndefined();
  });

  it.each([
    [{ times: "" }, "times"],
    [{ until: "2026-12-04" }, "times"],
    [{ times: "1" }, "times"],
    [{ every: "0" }, "every"],
    [{ times: "", until: "2026-02-30" }, "until"],
    [{ except: "christmas" }, "except"],
  ])("refuses %j by its field", (wrong, path) => {
    expect(() => readRepeat(formOf({ ...weekly, ...wrong }))).toThrow(
      expect.objectContaining({ options: { fields: [expect.objectContaining({ path })] } }),
    );
  });
});

it("a change means one booking unless the form says more; a fee is accepted only as a number", () => {
  expect(readScope(formOf({}))).toBe("one");
  expect(readScope(formOf({ scope: "everything" }))).toBe("one");
  expect(readScope(formOf({ scope: "following" }))).toBe("following");
  expect(readConsent(formOf({ acceptedFeeCents: "2250", waive: "on", waiveReason: "Snow" }))).toEqual({
    acceptedFeeCents: 2250,
    waive: true,
    waiveReason: "Snow",
  });
  expect(readConsent(formOf({ acceptedFeeCents: "much" }))).toEqual({ waive: false, waiveReason: "" });
});
