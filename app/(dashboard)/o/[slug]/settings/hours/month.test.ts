import { expect, test } from "vitest";
import { monthAfter, monthOf, readMonth } from "./month";

const nineToFive = [{ startMinute: 540, endMinute: 1020 }];
const weekly = [[], nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, []];
const date = (onDate: string, staffId: string | null, reason = "") => ({
  id: onDate + staffId,
  staffId,
  locationId: null,
  onDate,
  spans: [],
  reason,
});

test("a month is whole weeks from Monday, with what holds on each day", () => {
  const weeks = monthOf("2026-12", {
    today: "2026-12-10",
    weekly,
    dates: [
      date("2026-12-25", null, "Christmas"),
      { ...date("2026-12-24", null, "Early"), spans: nineToFive },
      date("2026-12-25", "stf_a", "Mine"),
      date("2026-12-24", "stf_a", "Off"),
    ],
    holidays: [
      { onDate: "2026-12-25", name: "Christmas Day" },
      { onDate: "2026-12-28", name: "Boxing Day" },
    ],
    whose: { staffId: "stf_a", locationId: null },
  });
  expect(weeks.map((week) => week.map((day) => day?.dayOfMonth ?? 0))).toEqual([
    [0, 1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12, 13],
    [14, 15, 16, 17, 18, 19, 20],
    [21, 22, 23, 24, 25, 26, 27],
    [28, 29, 30, 31, 0, 0, 0],
  ]);
  const days = weeks.flat();
  const on = (iso: string) => days.find((day) => day?.iso === iso);
  expect(on("2026-12-24")?.override?.reason).toBe("Off");
  expect(on("2026-12-25")).toMatchObject({ spans: [], override: { reason: "Christmas" } });
  expect(on("2026-12-25")?.holiday).toBeUndefined();
  expect(on("2026-12-28")).toMatchObject({ spans: [], override: undefined, holiday: "Boxing Day" });
  expect(on("2026-12-09")).toMatchObject({ isPast: true, spans: nineToFive });
  expect(on("2026-12-12")?.spans).toEqual([]);
});

test("a date of the place where somebody works counts for them, before the business's", () => {
  const atPlace = { ...date("2026-12-24", null, "Market day"), locationId: "loc_a" };
  const [days, elsewhere] = ["loc_a", undefined].map((worksAt) =>
    monthOf("2026-12", {
      today: "2026-12-10",
      weekly,
      dates: [{ ...date("2026-12-24", null, "Early"), spans: nineToFive }, atPlace],
      holidays: [],
      whose: { staffId: "stf_a", locationId: null },
      worksAt,
    }).flat(),
  );
  const on = (month: typeof days) => month?.find((day) => day?.iso === "2026-12-24");
  expect(on(days)).toMatchObject({ spans: [], override: { reason: "Market day" } });
  expect(on(elsewhere)).toMatchObject({ spans: nineToFive, override: { reason: "Early" } });
});

test("a place may be open on a date that closes the business", () => {
  const own = { ...date("2026-12-25", null, "Market"), locationId: "loc_a", spans: nineToFive };
  const weeks = monthOf("2026-12", {
    today: "2026-12-10",
    weekly,
    dates: [date("2026-12-25", null), own],
    holidays: [{ onDate: "2026-12-28", name: "Boxing Day" }],
    whose: { staffId: null, locationId: "loc_a" },
  });
  const on = (iso: string) => weeks.flat().find((day) => day?.iso === iso);
  expect(on("2026-12-25")).toMatchObject({ spans: nineToFive, override: { reason: "Market" } });
  expect(on("2026-12-28")).toMatchObject({ spans: [], holiday: "Boxing Day" });
});

test("months are counted over years, and what is none is not read", () => {
  expect([monthAfter("2026-12", 1), monthAfter("2026-01", -1), monthAfter("2026-11", 14)]).toEqual([
    "2027-01",
    "2025-12",
    "2028-01",
  ]);
  for (const text of ["2026-13", "2026-00", "99999-01", "9999-12", "1969-12", "x", "", undefined])
    expect(readMonth(text)).toBeUndefined();
  expect(readMonth("2026-11")).toBe("2026-11");
});
