import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { bookAppointment, setDateOverride } from "@/lib/scheduling";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { loadFreeTimes, toChoice } from "./free-times";
import { refused } from "./refused";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const timeZone = "America/New_York";

describe("free times for a form", () => {
  it("counts a week of days from today and lists the chosen one on the business's wall clock", async () => {
    const { ctx, haircut, anna } = await createSalon(database);
    const free = await loadFreeTimes(ctx, { serviceId: haircut.id, staffId: anna.id, date: "2026-11-24", timeZone });
    expect(free.week.map((day) => day.iso)).toEqual(
      ["20", "21", "22", "23", "24", "25", "26"].map((d) => `2026-11-${d}`),
    );
    expect(free.week.map((day) => day.count)).toEqual([12, 0, 0, 16, 16, 16, 16]);
    expect(free.weekBefore).toBeNull();
    expect(free.times.map(toChoice)[0]).toMatchObject({ time: "09:00", staff: "Anna Berg" });
  });

  it("without a day begins at the first that has any, also when that is in the week after", async () => {
    const { ctx, haircut } = await createSalon(database);
    for (const day of [20, 23, 24, 25, 26, 27])
      await setDateOverride(ctx, { staffId: null, onDate: `2026-11-${day}`, spans: [] });
    const free = await loadFreeTimes(ctx, { serviceId: haircut.id, date: undefined, timeZone });
    expect(free).toMatchObject({ date: "2026-11-30", weekBefore: "2026-11-20", weekAfter: "2026-12-04" });
    expect(free.times.length).toBeGreaterThan(0);
  });

  it("a day that is past, or at the end of all years, becomes today", async () => {
    const { ctx, haircut } = await createSalon(database);
    for (const date of ["2020-01-01", "9999-12-31"])
      expect(await loadFreeTimes(ctx, { serviceId: haircut.id, date, timeZone })).toMatchObject({ date: "2026-11-20" });
  });

  it("a time that is taken comes back with others that can be had, in words", async () => {
    const { ctx, haircut, anna } = await createSalon(database);
    const asked = { serviceId: haircut.id, staffId: anna.id, startsAt: tuesday("10:00") };
    await bookAppointment(ctx, asked);
    const again = await bookAppointment(ctx, asked);
    if (again.ok) throw new Error("booked twice");
    const state = refused(again, timeZone);
    expect(state).toMatchObject({ ok: false, message: "That time overlaps another booking or a hold." });
    expect(state.offers?.length).toBeGreaterThan(0);
    expect(state.offers?.[0]?.label).toMatch(/^Tue 24 Nov, \d\d:\d\d, Anna Berg$/);
  });
});
