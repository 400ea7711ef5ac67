import { beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { bookAppointment } from "@/lib/scheduling";
import { createPublicSalon } from "@/tests/booking-page";
import { pgliteDatabase } from "@/tests/database";
import { loadMonth } from "./month-of-times";

let salon: Awaited<ReturnType<typeof createPublicSalon>>;
const businessZone = "America/New_York";

beforeAll(async () => {
  const database: Database = await pgliteDatabase();
  salon = await createPublicSalon(database);
});

const load = (zone: string, more: { month?: string; date?: string; staffId?: string } = {}) =>
  loadMonth(salon.visitor, { serviceId: salon.haircut.id, horizonDays: 60, zone, businessZone, ...more });
const countsOf = (month: Awaited<ReturnType<typeof load>>) =>
  Object.fromEntries(month.weeks.flat().flatMap((day) => (day?.count ? [[day.iso, day.count]] : [])));

test("without a wish it opens on the first day that has a time, with the whole month's counts", async () => {
  const month = await load(businessZone);
  expect([month.month, month.monthBefore, month.monthAfter, month.date]).toEqual([
    "2026-11",
    null,
    "2026-12",
    "2026-11-20",
  ]);
  // Friday from 11:00 (an hour's notice), then Monday to Friday, and the 30th.
  expect(countsOf(month)).toEqual({
    "2026-11-20": 12,
    ...Object.fromEntries(["23", "24", "25", "26", "27", "30"].map((day) => [`2026-11-${day}`, 16])),
  });
  expect(month.times.map((slot) => slot.startsAt.slice(11, 16)).slice(0, 2)).toEqual(["11:00", "11:30"]);
});

test("days are the visitor's: what New York opens on Monday morning is Monday night and Tuesday in Auckland", async () => {
  const month = await load("Pacific/Auckland", { date: "2026-11-24" });
  const first = month.times[0];
  expect(first?.startsAt).toBe("2026-11-23T09:00:00-05:00");
  expect(month.times).toHaveLength(16);
  expect(countsOf(month)["2026-11-28"]).toBe(16);
  expect(countsOf(month)["2026-11-23"]).toBeUndefined();
});

test("months can be turned as far as the horizon, and wishes beyond lead back into it", async () => {
  const last = await load(businessZone, { month: "2027-01" });
  expect([last.monthBefore, last.monthAfter]).toEqual(["2026-12", null]);
  expect(Object.keys(countsOf(last)).at(-1)).toBe("2027-01-19");
  for (const month of ["2031-01", "1999-01", "0000-00", "x", "2026-13"])
    expect((await load(businessZone, { month })).month).toMatch(/^(2026-11|2027-01)$/);
  expect((await load(businessZone, { date: "2026-02-31" })).date).toBe("2026-11-20");
});

test("a day that is full or closed can be looked at, and says that nothing is free", async () => {
  expect(await load(businessZone, { date: "2026-11-22" })).toMatchObject({ date: "2026-11-22", times: [] });
  const anna = { staffId: salon.anna.id, serviceId: salon.haircut.id };
  await bookAppointment(salon.ctx, { ...anna, startsAt: "2026-11-24T10:00:00-05:00", name: "Ann" });
  const hers = await load(businessZone, { date: "2026-11-24", staffId: salon.anna.id });
  expect(hers.times.map((slot) => slot.startsAt.slice(11, 16))).not.toContain("10:00");
  const anyone = await load(businessZone, { date: "2026-11-24" });
  expect(anyone.times.find((slot) => slot.startsAt.slice(11, 16) === "10:00")?.staff).toBe("Ben Okafor");
});
