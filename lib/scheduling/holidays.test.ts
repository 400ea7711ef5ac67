import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { dateHolidays } from "@/lib/adapters/date-holidays";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { extendHolidays } from "./extend-holidays";
import { findSlots } from "./find-slots";
import { getHolidays } from "./get-holidays";
import { removeDateOverride } from "./remove-date-override";
import { sayOpeningHours } from "./say-opening-hours";
import { setDateOverride } from "./set-date-override";
import { setHolidays } from "./set-holidays";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const ports = { holidays: dateHolidays };
const lazily = { holidays: async () => dateHolidays };
const THANKSGIVING = "2026-11-26";

it("closes the business on the public holidays an owner has chosen, unless a date of their own says otherwise", async () => {
  const salon = await createSalon(database);
  const slotsOn = async (on: string) =>
    (await findSlots(salon.ctx, { serviceId: salon.haircut.id, fromDate: on, toDate: on })).slots.length;
  expect(await getHolidays(salon.ctx)).toBeUndefined();
  expect(await slotsOn(THANKSGIVING)).toBeGreaterThan(0);
  const chosen = await setHolidays(
    salon.ctx,
    { country: "US", closedOn: ["Thanksgiving Day", "Christmas Day"] },
    ports,
  );
  expect(chosen).toMatchObject({ country: "US", region: null, knownUntil: "2031-12-31" });
  expect(chosen.coming[0]).toEqual({ onDate: THANKSGIVING, name: "Thanksgiving Day", closes: true });
  expect(chosen.coming.find((each) => each.onDate === "2027-01-01")).toMatchObject({ closes: false });
  expect(await slotsOn(THANKSGIVING)).toBe(0);
  expect(await slotsOn("2027-01-01")).toBeGreaterThan(0);
  const refused = await bookAppointment(salon.ctx, {
    serviceId: salon.haircut.id,
    staffId: salon.anna.id,
    startsAt: `${THANKSGIVING}T10:00:00-05:00`,
  });
  expect(refused.ok || [refused.reason, refused.detail.rule, refused.detail.say]).toEqual([
    "outside_hours",
    "holiday",
    "We are closed on Thursday the 26th for Thanksgiving Day",
  ]);
  expect((await sayOpeningHours(salon.ctx, { day: "thursday" })).say).toContain("Thanksgiving Day");
  const short = [{ startMinute: 600, endMinute: 660 }];
  const own = await setDateOverride(salon.ctx, { staffId: null, onDate: THANKSGIVING, spans: short });
  expect(await slotsOn(THANKSGIVING)).toBe(2);
  await removeDateOverride(salon.ctx, own.id);
  expect(await slotsOn(THANKSGIVING)).toBe(0);
  await setHolidays(salon.ctx, { country: "US", closedOn: [] }, ports);
  expect(await slotsOn(THANKSGIVING)).toBeGreaterThan(0);
  const { items } = await listAuditEntries(salon.ctx, { subjectId: salon.orgId });
  expect(items[0]?.changes).toMatchObject({ holidays: { from: { closedOn: ["Thanksgiving Day", "Christmas Day"] } } });
});

it("writes further years before they are needed, and not before", async () => {
  let now = FRIDAY_TEN;
  const salon = await createSalon(database, { now: { now: () => new Date(now) } });
  expect(await extendHolidays(salon.ctx, lazily)).toBe(false);
  await setHolidays(salon.ctx, { country: "GB", region: "ENG", closedOn: ["Boxing Day"] }, ports);
  expect(await extendHolidays(salon.ctx, lazily)).toBe(false);
  now = "2028-02-01T12:00:00Z";
  expect(await extendHolidays(salon.ctx, lazily)).toBe(true);
  const settings = await getHolidays(salon.ctx);
  expect(settings).toMatchObject({ region: "ENG", closedOn: ["Boxing Day"], knownUntil: "2033-12-31" });
  expect(settings?.coming).toContainEqual({ onDate: "2033-12-26", name: "Boxing Day", closes: true });
});

it("refuses places nobody knows, and members who may not", async () => {
  const salon = await createSalon(database);
  await expect(setHolidays(salon.ctx, { country: "XX", closedOn: [] }, ports)).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(setHolidays(salon.ctx, { country: "US", region: "BY", closedOn: [] }, ports)).rejects.toMatchObject({
    code: "invalid_input",
  });
  await expect(setHolidays(salon.as("viewer"), { country: "US", closedOn: [] }, ports)).rejects.toMatchObject({
    code: "forbidden",
  });
});
