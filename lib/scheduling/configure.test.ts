import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, weekdays } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { cancelBooking } from "./cancel-booking";
import { closeResource } from "./close-resource";
import { createResource } from "./create-resource";
import { createService } from "./create-service";
import { createStaff } from "./create-staff";
import { findSlots } from "./find-slots";
import { getAvailability } from "./get-availability";
import { getOpeningHours } from "./get-opening-hours";
import { listDisplaced } from "./list-displaced";
import { listServices } from "./list-services";
import { getStaff, listStaff } from "./list-staff";
import { removeDateOverride } from "./remove-date-override";
import { parseIsoDay } from "./rules/civil";
import { setDateOverride } from "./set-date-override";
import { setDateOverrides } from "./set-date-overrides";
import { setServiceStaff } from "./set-service-staff";
import { setWeeklyHours } from "./set-weekly-hours";
import { archiveService, updateService } from "./update-service";
import { archiveStaff, updateStaff } from "./update-staff";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const TUESDAY = "2026-11-24";
type Salon = Awaited<ReturnType<typeof createSalon>>;
const startsOf = async (salon: Salon, options: { staffId?: string; on?: string } = {}) => {
  const on = options.on ?? TUESDAY;
  const { slots } = await findSlots(salon.ctx, {
    serviceId: salon.haircut.id,
    staffId: options.staffId,
    fromDate: on,
    toDate: on,
  });
  return slots.map((slot) => slot.startsAt.slice(11, 16));
};
const short = [{ startMinute: 600, endMinute: 660 }];

describe("what is booked in a time that is closed afterwards", () => {
  it("stays, and is listed for the business and whom it concerns until it is moved or cancelled", async () => {
    const salon = await createSalon(database);
    const { ctx, anna, ben, haircut } = salon;
    const book = async (staffId: string, time: string) => {
      const startsAt = `${TUESDAY}T${time}:00-05:00`;
      const made = await bookAppointment(ctx, { serviceId: haircut.id, staffId, startsAt, name: time });
      if (!made.ok) throw new Error(made.reason);
      return made.value.id;
    };
    const [nine, ten] = [await book(anna.id, "09:00"), await book(anna.id, "10:00")];
    await book(ben.id, "10:00");
    const displaced = async (whose: Parameters<typeof listDisplaced>[1]) =>
      (await listDisplaced(ctx, whose)).map(({ id, attendeeName }) => (id === nine ? "nine" : attendeeName));
    expect(await displaced({})).toEqual([]);
    await setDateOverride(ctx, { staffId: anna.id, onDate: TUESDAY, spans: [{ startMinute: 600, endMinute: 720 }] });
    expect([await displaced({}), await displaced({ staffId: anna.id }), await displaced({ staffId: ben.id })]).toEqual([
      ["nine"],
      ["nine"],
      [],
    ]);
    await setDateOverride(ctx, { staffId: null, onDate: TUESDAY, spans: [] });
    expect([(await displaced({})).length, await displaced({ staffId: ben.id })]).toEqual([3, ["10:00"]]);
    await cancelBooking(ctx, { bookingId: ten });
    expect((await displaced({})).length).toBe(2);
  });

  it("is listed also behind many that lie within the hours of a date that differs", async () => {
    const salon = await createSalon(database);
    const on = { serviceId: salon.haircut.id, staffId: salon.anna.id };
    await bookAppointment(salon.ctx, { ...on, startsAt: "2026-11-25T09:00:00-05:00", name: "Wednesday" });
    await withTenant(database, salon.orgId, (tx) =>
      tx.execute(sql`
        insert into bookings (id, org_id, service_id, staff_id, status, source, starts_at, ends_at, block_start_ms, block_end_ms, time_zone)
        select 'bkg_' || n || ${salon.orgId}, ${salon.orgId}, ${on.serviceId}, ${on.staffId}, 'confirmed', 'dashboard', t.at,
          t.at + interval '5 minutes', extract(epoch from t.at) * 1000, extract(epoch from t.at) * 1000 + 300000, 'America/New_York'
        from generate_series(0, 200) n, lateral (select '2026-11-24T05:00:00Z'::timestamptz + n * interval '5 minutes' as at) t`),
    );
    await setDateOverride(salon.ctx, { staffId: null, onDate: TUESDAY, spans: [{ startMinute: 0, endMinute: 1440 }] });
    await setDateOverride(salon.ctx, { staffId: null, onDate: "2026-11-25", spans: [] });
    expect((await listDisplaced(salon.ctx, {})).map((each) => each.attendeeName)).toEqual(["Wednesday"]);
  });

  it("is listed for the room that is closed, also where it takes several", async () => {
    const salon = await createSalon(database);
    const room = await createResource(salon.ctx, { name: "Room" });
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[room.id]] });
    const on = { serviceId: salon.haircut.id, staffId: salon.anna.id };
    for (const time of ["09:00", "10:00"])
      await bookAppointment(salon.ctx, { ...on, startsAt: `${TUESDAY}T${time}:00-05:00`, name: time });
    const when = { fromDate: TUESDAY, fromMinute: 600, untilDate: TUESDAY, untilMinute: 660 };
    expect((await closeResource(salon.ctx, { resourceId: room.id, ...when })).booked).toBe(1);
    expect((await listDisplaced(salon.ctx, { resourceId: room.id })).map((each) => each.attendeeName)).toEqual([
      "10:00",
    ]);
  });
});

describe("services", () => {
  it("are listed in order, changed with an audit row, archived out of sight, and brought back", async () => {
    const salon = await createSalon(database);
    await updateService(salon.ctx, { serviceId: salon.haircut.id, name: "Cut", durationMinutes: 45 });
    expect((await listServices(salon.ctx)).map((service) => service.name)).toEqual(["Cut", "Colour"]);
    await archiveService(salon.ctx, salon.colour.id);
    expect((await listServices(salon.ctx)).map((service) => service.name)).toEqual(["Cut"]);
    await expect(findSlots(salon.ctx, { serviceId: salon.colour.id })).rejects.toMatchObject({ code: "not_found" });
    await updateService(salon.ctx, { serviceId: salon.colour.id, active: true });
    expect(await listServices(salon.ctx)).toHaveLength(2);
    const { items } = await listAuditEntries(salon.ctx, { subjectId: salon.haircut.id });
    expect(items[0]?.changes).toEqual({ name: { from: "Haircut", to: "Cut" }, durationMinutes: { from: 30, to: 45 } });
  });

  it("refuse what cannot be, in words per field, and whoever may not", async () => {
    const salon = await createSalon(database);
    const wrong = createService(salon.ctx, { name: " ", durationMinutes: 3, slotGridMinutes: 15 });
    await expect(wrong).rejects.toMatchObject({
      code: "invalid_input",
      options: {
        fields: [
          { path: "name", message: "Give it a name." },
          { path: "durationMinutes", message: "Length: at least 5 minutes." },
        ],
      },
    });
    await expect(createService(salon.as("member"), { name: "X", durationMinutes: 30 })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      updateService((await createSalon(database)).ctx, { serviceId: salon.haircut.id, name: "Mine" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("staff", () => {
  it("do every service and follow the opening hours until told otherwise", async () => {
    const salon = await createSalon(database);
    expect(await getStaff(salon.ctx, salon.anna.id)).toMatchObject({
      serviceIds: [salon.haircut.id, salon.colour.id].sort(),
      weekly: null,
    });
    expect(await startsOf(salon, { staffId: salon.anna.id })).toHaveLength(16);
    await updateStaff(salon.ctx, { staffId: salon.anna.id, serviceIds: [salon.colour.id] });
    expect(await startsOf(salon, { staffId: salon.anna.id })).toEqual([]);
    await archiveStaff(salon.ctx, salon.ben.id);
    expect(await startsOf(salon)).toEqual([]);
    expect((await listStaff(salon.ctx)).map((person) => person.name)).toEqual(["Anna Berg"]);
    expect(await listStaff(salon.ctx, { includeArchived: true })).toHaveLength(2);
  });

  it("work their own hours within the opening hours, in their own zone", async () => {
    const salon = await createSalon(database);
    const week = weekdays.map((spans) => (spans.length ? [{ startMinute: 480, endMinute: 600 }] : []));
    await setWeeklyHours(salon.ctx, { staffId: salon.anna.id, weekly: week });
    expect(await startsOf(salon, { staffId: salon.anna.id })).toEqual(["09:00", "09:30"]);
    await updateStaff(salon.ctx, { staffId: salon.anna.id, timeZone: "America/Chicago" });
    expect(await startsOf(salon, { staffId: salon.anna.id })).toEqual(["09:00", "09:30", "10:00", "10:30"]);
    await setWeeklyHours(salon.ctx, { staffId: salon.anna.id, weekly: null });
    expect((await getStaff(salon.ctx, salon.anna.id)).weekly).toBeNull();
  });

  it("cannot have an unknown zone, an empty week, overlapping spans or another organisation's hours", async () => {
    const salon = await createSalon(database);
    await expect(createStaff(salon.ctx, { name: "X", timeZone: "Mars/Base" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    const empty = weekdays.map(() => []);
    await expect(setWeeklyHours(salon.ctx, { staffId: salon.anna.id, weekly: empty })).rejects.toMatchObject({
      code: "invalid_input",
    });
    const overlapping = weekdays.map(() => [...short, { startMinute: 630, endMinute: 700 }]);
    await expect(setWeeklyHours(salon.ctx, { staffId: null, weekly: overlapping })).rejects.toMatchObject({
      code: "invalid_input",
    });
    const stranger = await createSalon(database);
    await expect(setWeeklyHours(stranger.ctx, { staffId: salon.anna.id, weekly: weekdays })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

it("a service names who does it on which terms, and leaves alone whoever it does not concern", async () => {
  const salon = await createSalon(database);
  const { haircut, colour, anna, ben } = salon;
  await updateStaff(salon.ctx, { staffId: anna.id, terms: [{ serviceId: colour.id, durationMinutes: 60, weight: 3 }] });
  const people = [{ staffId: anna.id, durationMinutes: 45, weight: 2 }];
  await setServiceStaff(salon.ctx, { serviceId: haircut.id, people });
  expect(await getStaff(salon.ctx, anna.id)).toMatchObject({
    serviceIds: [haircut.id, colour.id].sort(),
    terms: [
      { serviceId: haircut.id, durationMinutes: 45, weight: 2 },
      { serviceId: colour.id, durationMinutes: 60, weight: 3 },
    ].sort((a, b) => (a.serviceId < b.serviceId ? -1 : 1)),
  });
  expect((await getStaff(salon.ctx, ben.id)).serviceIds).toEqual([colour.id]);
  const rows = async () => (await listAuditEntries(salon.ctx, { subjectId: ben.id })).items.length;
  const before = await rows();
  await setServiceStaff(salon.ctx, { serviceId: haircut.id, people });
  expect(await rows()).toBe(before);
  for (const staffId of ["stf_none", (await createSalon(database)).anna.id])
    await expect(
      setServiceStaff(salon.ctx, { serviceId: haircut.id, people: [{ staffId, durationMinutes: null, weight: 1 }] }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  await expect(setServiceStaff(salon.as("member"), { serviceId: haircut.id, people: [] })).rejects.toMatchObject({
    code: "forbidden",
  });
});

describe("dates that differ", () => {
  it("close the business or change a person's day, replace each other, and go again", async () => {
    const salon = await createSalon(database);
    await setDateOverride(salon.ctx, { staffId: null, onDate: TUESDAY, spans: [], reason: "Holiday" });
    expect(await startsOf(salon)).toEqual([]);
    const replaced = await setDateOverride(salon.ctx, {
      staffId: null,
      onDate: TUESDAY,
      spans: short,
      reason: "Half day",
    });
    expect(await startsOf(salon)).toEqual(["10:00", "10:30"]);
    expect(await getOpeningHours(salon.ctx)).toMatchObject({
      today: "2026-11-20",
      overrides: [{ id: replaced.id, onDate: TUESDAY, spans: short, reason: "Half day" }],
    });
    await removeDateOverride(salon.ctx, replaced.id);
    await removeDateOverride(salon.ctx, replaced.id);
    expect(await startsOf(salon)).toHaveLength(16);
    await setDateOverride(salon.ctx, { staffId: salon.anna.id, onDate: TUESDAY, spans: short, reason: "" });
    expect(await startsOf(salon, { staffId: salon.anna.id })).toEqual(["10:00", "10:30"]);
    expect(await startsOf(salon, { staffId: salon.ben.id })).toHaveLength(16);
  });
});

it("dates in a row are closed together or not at all", async () => {
  const salon = await createSalon(database);
  const closed = { staffId: null, spans: [], reason: "Winter" };
  expect(await setDateOverrides(salon.ctx, { ...closed, onDate: "2026-12-30", untilDate: "2027-01-02" })).toBe(4);
  expect(await setDateOverrides(salon.ctx, { ...closed, onDate: "2026-12-24" })).toBe(1);
  const dates = async () => (await getOpeningHours(salon.ctx)).overrides.map((date) => date.onDate);
  const all = ["2026-12-24", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"];
  expect(await dates()).toEqual(all);
  for (const untilDate of ["2026-12-29", "2027-06-01"])
    await expect(setDateOverrides(salon.ctx, { ...closed, onDate: "2026-12-30", untilDate })).rejects.toMatchObject({
      code: "invalid_input",
    });
  await expect(
    setDateOverrides(salon.ctx, { ...closed, staffId: "stf_none", onDate: "2026-12-01", untilDate: "2026-12-03" }),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await dates()).toEqual(all);
});

it("getAvailability gives a week in the business's wall-clock minutes, closures named", async () => {
  const salon = await createSalon(database);
  await setDateOverride(salon.ctx, { staffId: null, onDate: "2026-11-26", spans: [], reason: "Thanksgiving" });
  const week = await getAvailability(salon.ctx, {
    from: parseIsoDay("2026-11-23") ?? 0,
    days: 7,
    staffId: salon.anna.id,
  });
  expect(week).toMatchObject({
    timeZone: "America/New_York",
    todayIso: "2026-11-20",
    nowMinute: 600,
    staff: [{ name: "Anna Berg" }],
  });
  expect(week.days[3]).toEqual({ iso: "2026-11-26", closure: "Thanksgiving", isClosed: true });
  expect(week.openings.map((each) => each.dayIso)).toEqual(["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-27"]);
  expect(week.openings[0]).toEqual({ staffId: salon.anna.id, dayIso: "2026-11-23", startMinute: 540, endMinute: 1020 });
});
