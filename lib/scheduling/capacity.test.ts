import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { calendarBusy } from "@/db/schema";
import { constraintOf, withTenant } from "@/db/tenant";
import { connectForTest } from "@/lib/calendars/testing/connected";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { cancelBooking } from "./cancel-booking";
import { closeResource } from "./close-resource";
import { createLocation } from "./create-location";
import { createResource } from "./create-resource";
import { createService } from "./create-service";
import { createStaff } from "./create-staff";
import { findSlots } from "./find-slots";
import { getAvailability } from "./get-availability";
import { getBooking } from "./get-booking";
import { holdSlot } from "./hold-slot";
import { getResource } from "./list-resources";
import { getService } from "./list-services";
import { getStaff } from "./list-staff";
import { reopenResource } from "./reopen-resource";
import { rescheduleBooking } from "./reschedule-booking";
import { parseIsoDay } from "./rules/civil";
import { setDateOverride } from "./set-date-override";
import { setWeeklyHours } from "./set-weekly-hours";
import { updateBooking } from "./update-booking";
import { updateLocation } from "./update-location";
import { updateResource } from "./update-resource";
import { updateService } from "./update-service";
import { updateStaff } from "./update-staff";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

type Salon = Awaited<ReturnType<typeof createSalon>>;
const TUESDAY = "2026-11-24";

async function startsOf(salon: Salon, serviceId: string, options: { staffId?: string; on?: string } = {}) {
  const on = options.on ?? TUESDAY;
  const found = await findSlots(salon.ctx, { serviceId, staffId: options.staffId, fromDate: on, toDate: on });
  return found.slots.map((slot) => slot.startsAt.slice(11, 16));
}

const book = (salon: Salon, serviceId: string, time: string, staffId = salon.anna.id) =>
  bookAppointment(salon.ctx, { serviceId, staffId, startsAt: tuesday(time), name: "Mary" });
type Booked = Awaited<ReturnType<typeof bookAppointment>>;
const reasonOf = (result: Booked | Awaited<ReturnType<typeof rescheduleBooking>>) => result.ok || result.reason;
function had<T>(result: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

async function liveRows(orgId: string) {
  const { rows } = await withTenant(database, orgId, (tx) =>
    tx.execute(
      sql`select staff_id, resource_id, seat_no, part_of_id, assigned_by, assigned_why from bookings where status in ('held', 'confirmed') order by id`,
    ),
  );
  return rows as Record<string, unknown>[];
}

describe("a group service", () => {
  it("has one row per seat of a start, is offered until the last is taken, and keeps everybody else out of its time", async () => {
    const salon = await createSalon(database);
    const yoga = await createService(salon.ctx, { name: "Yoga", durationMinutes: 60, seats: 3, slotGridMinutes: 30 });
    for (let n = 0; n < 3; n++) {
      expect(await startsOf(salon, yoga.id, { staffId: salon.anna.id })).toContain("10:00");
      expect(reasonOf(await book(salon, yoga.id, "10:00"))).toBe(true);
    }
    expect((await liveRows(salon.orgId)).map((row) => row.seat_no)).toEqual([1, 2, 3]);
    const offered = await startsOf(salon, yoga.id, { staffId: salon.anna.id });
    for (const time of ["09:30", "10:00", "10:30"]) expect([time, offered.includes(time)]).toEqual([time, false]);
    const over = await book(salon, yoga.id, "10:00");
    if (over.ok) throw new Error("over-full");
    expect([over.reason, over.detail.say]).toEqual(["full", "Tuesday the 24th at 10 in the morning is full"]);
    expect(reasonOf(await book(salon, yoga.id, "10:30"))).toBe("slot_taken");
    expect(reasonOf(await book(salon, salon.haircut.id, "10:30"))).toBe("slot_taken");
    expect(reasonOf(await book(salon, salon.haircut.id, "11:00"))).toBe(true);
  });

  it("gives a seat that is cancelled or moved away to the next, and holds are seats", async () => {
    const salon = await createSalon(database);
    const yoga = await createService(salon.ctx, { name: "Yoga", durationMinutes: 60, seats: 2 });
    const first = had(await book(salon, yoga.id, "10:00"));
    const slots = await findSlots(salon.ctx, {
      serviceId: yoga.id,
      staffId: salon.anna.id,
      fromDate: TUESDAY,
      toDate: TUESDAY,
    });
    const ten = slots.slots.find((slot) => slot.startsAt === tuesday("10:00"))?.slot ?? "";
    expect((await holdSlot(salon.ctx, { slot: ten, callId: undefined })).ok).toBe(true);
    expect(reasonOf(await book(salon, yoga.id, "10:00"))).toBe("full");
    const moved = await rescheduleBooking(salon.ctx, { bookingId: first.id, startsAt: tuesday("14:00") });
    expect(reasonOf(moved)).toBe(true);
    const second = had(await book(salon, yoga.id, "10:00"));
    expect(reasonOf(await rescheduleBooking(salon.ctx, { bookingId: first.id, startsAt: tuesday("10:00") }))).toBe(
      "full",
    );
    await cancelBooking(salon.ctx, { bookingId: second.id });
    expect(reasonOf(await rescheduleBooking(salon.ctx, { bookingId: first.id, startsAt: tuesday("10:00") }))).toBe(
      true,
    );
    expect((await updateBooking(salon.ctx, { bookingId: first.id, name: "Ann" })).ok).toBe(true);
  });

  it("is impossible to overfill whatever is written: the constraint speaks", async () => {
    const salon = await createSalon(database);
    const yoga = await createService(salon.ctx, { name: "Yoga", durationMinutes: 60, seats: 2 });
    await book(salon, yoga.id, "10:00");
    const copy = (seat: number) =>
      withTenant(database, salon.orgId, (tx) =>
        tx.execute(sql`insert into bookings (id, org_id, service_id, staff_id, status, source, starts_at, ends_at, block_start_ms, block_end_ms,
          time_zone, seat_no, seats) select 'bkg_' || ${seat}::text || id, org_id, service_id, staff_id, status, source, starts_at, ends_at,
          block_start_ms, block_end_ms, time_zone, ${seat}::integer, seats from bookings limit 1`),
      );
    await expect(copy(1)).rejects.toSatisfy((error) => constraintOf(error) === "bookings_one_per_seat");
    await expect(copy(3)).rejects.toSatisfy((error) => constraintOf(error) === "bookings_seat");
    await expect(
      createService(salon.ctx, { name: "Duo", durationMinutes: 60, seats: 4, staffNeeded: 2 }),
    ).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

describe("somebody's own calendar", () => {
  const takes = async (salon: Salon, staffId: string, from: string, to: string) => {
    const { calendarId } = await connectForTest(salon.ctx, staffId);
    await withTenant(database, salon.orgId, (tx) =>
      tx.insert(calendarBusy).values({
        orgId: salon.orgId,
        calendarId,
        staffId,
        itemId: "event",
        startMs: Date.parse(tuesday(from)),
        endMs: Date.parse(tuesday(to)),
      }),
    );
  };

  it("closes a start that others have booked seats of, and keeps a team whole", async () => {
    const salon = await createSalon(database);
    const yoga = await createService(salon.ctx, { name: "Yoga", durationMinutes: 60, seats: 3 });
    const duo = await createService(salon.ctx, { name: "Bridal", durationMinutes: 60, staffNeeded: 2 });
    expect(reasonOf(await book(salon, yoga.id, "10:00"))).toBe(true);
    const together = had(await book(salon, duo.id, "14:00"));
    await takes(salon, salon.anna.id, "10:30", "11:00");
    await takes(salon, salon.ben.id, "15:00", "16:00");
    expect(await startsOf(salon, yoga.id, { staffId: salon.anna.id })).not.toContain("10:00");
    expect(reasonOf(await book(salon, yoga.id, "10:00"))).toBe("slot_taken");
    const move = (time: string) => rescheduleBooking(salon.ctx, { bookingId: together.id, startsAt: tuesday(time) });
    expect(reasonOf(await move("15:00"))).toBe("not_enough_staff");
    expect(reasonOf(await move("13:00"))).toBe(true);
    expect(await getBooking(salon.ctx, together.id)).toMatchObject({ otherStaff: ["Ben Okafor"] });
  });
});

describe("rooms and chairs", () => {
  it("are occupied one of each pool, by whoever does it, and free again with the booking", async () => {
    const salon = await createSalon(database);
    const chair = await createResource(salon.ctx, { name: "Chair" });
    const [red, blue] = [
      await createResource(salon.ctx, { name: "Red room" }),
      await createResource(salon.ctx, { name: "Blue room" }),
    ];
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[red.id, blue.id], [chair.id]] });
    expect((await getService(salon.ctx, salon.haircut.id)).pools).toEqual([[red.id, blue.id].sort(), [chair.id]]);
    const first = had(await book(salon, salon.haircut.id, "10:00"));
    expect(first.resources).toEqual(["Red room", "Chair"]);
    expect((await getBooking(salon.ctx, first.id)).resources).toEqual(["Chair", "Red room"]);
    const second = await book(salon, salon.haircut.id, "10:00", salon.ben.id);
    if (second.ok) throw new Error("one chair, two people on it");
    expect([second.reason, second.detail.rule]).toEqual(["no_resource", "no_resource"]);
    expect(await startsOf(salon, salon.haircut.id, { staffId: salon.ben.id })).not.toContain("10:00");
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[red.id, blue.id]] });
    const beside = had(await book(salon, salon.haircut.id, "10:00", salon.ben.id));
    expect(beside.resources).toEqual(["Blue room"]);
    await cancelBooking(salon.ctx, { bookingId: first.id });
    expect(await liveRows(salon.orgId)).toHaveLength(1);
    expect((await updateBooking(salon.ctx, { bookingId: beside.id, notes: "x" })).ok).toBe(true);
  });

  it("are closed for a time on their place's wall clock, the reason told, and open again", async () => {
    const salon = await createSalon(database);
    const west = await createLocation(salon.ctx, { name: "West", timeZone: "America/Los_Angeles" });
    const room = await createResource(salon.ctx, { name: "Red room" });
    const { haircut } = salon;
    await updateService(salon.ctx, { serviceId: haircut.id, pools: [[room.id]] });
    had(await book(salon, haircut.id, "11:00"));
    const closure = { resourceId: room.id, fromDate: TUESDAY, untilDate: TUESDAY, reason: "Painting" };
    const closed = await closeResource(salon.ctx, { ...closure, fromMinute: 600, untilMinute: 720 });
    expect(closed.booked).toBe(1);
    expect((await startsOf(salon, haircut.id)).slice(0, 4)).toEqual(["09:00", "09:30", "12:00", "12:30"]);
    const refused = await book(salon, haircut.id, "10:30", salon.ben.id);
    expect(refused.ok || [refused.reason, refused.detail.say]).toEqual([
      "no_resource",
      "Red room is closed (Painting) Tuesday the 24th at 10:30 in the morning",
    ]);
    await updateResource(salon.ctx, { resourceId: room.id, locationId: west.id });
    const later = await closeResource(salon.ctx, { ...closure, fromMinute: 780 });
    expect((await getResource(salon.ctx, room.id)).closures).toMatchObject([
      { id: closed.id },
      { id: later.id, startsAt: new Date("2026-11-24T21:00:00Z"), endsAt: new Date("2026-11-25T08:00:00Z") },
    ]);
    await reopenResource(salon.ctx, closed.id);
    await reopenResource(salon.ctx, closed.id);
    expect(await startsOf(salon, haircut.id)).toContain("10:00");
    for (const [fromDate, untilDate] of [
      [TUESDAY, "2026-11-23"],
      ["2026-11-01", "2026-11-02"],
    ] as const)
      await expect(closeResource(salon.ctx, { ...closure, fromDate, untilDate })).rejects.toMatchObject({
        options: { fields: [{ path: "untilDate" }] },
      });
    const stranger = await createSalon(database);
    await reopenResource(stranger.ctx, later.id);
    await expect(closeResource(stranger.ctx, closure)).rejects.toMatchObject({ code: "not_found" });
    expect((await getResource(salon.ctx, room.id)).closures).toHaveLength(1);
  });

  it("stay while a service would be left with none, and places while somebody works there", async () => {
    const salon = await createSalon(database);
    const [red, blue] = [
      await createResource(salon.ctx, { name: "Red room" }),
      await createResource(salon.ctx, { name: "Blue room" }),
    ];
    const west = await createLocation(salon.ctx, { name: "West" });
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[red.id, blue.id]], locationIds: [west.id] });
    await updateResource(salon.ctx, { resourceId: red.id, active: false });
    await expect(updateResource(salon.ctx, { resourceId: blue.id, active: false })).rejects.toMatchObject({
      options: {
        fields: [{ path: "active", message: "Haircut cannot be done without it: change what it needs first." }],
      },
    });
    const closing = () => updateLocation(salon.ctx, { locationId: west.id, active: false });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: west.id });
    await expect(closing()).rejects.toMatchObject({
      options: { fields: [{ message: "Ben Okafor works here: give them another place first." }] },
    });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: null });
    await expect(closing()).rejects.toMatchObject({
      options: { fields: [{ message: "Haircut can be had only here: change where first." }] },
    });
    await updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [], locationIds: [] });
    await closing();
    await updateResource(salon.ctx, { resourceId: blue.id, active: false });
  });

  it("cannot be another organisation's", async () => {
    const [salon, other] = [await createSalon(database), await createSalon(database)];
    const room = await createResource(other.ctx, { name: "Room" });
    await expect(updateService(salon.ctx, { serviceId: salon.haircut.id, pools: [[room.id]] })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

describe("a service that several people do together", () => {
  it("occupies all of them in one booking, is offered only when all are free, moves and goes as one", async () => {
    const salon = await createSalon(database);
    const duo = await createService(salon.ctx, {
      name: "Bridal",
      durationMinutes: 60,
      staffNeeded: 2,
      slotGridMinutes: 60,
    });
    expect(reasonOf(await book(salon, salon.haircut.id, "10:00", salon.ben.id))).toBe(true);
    expect(await startsOf(salon, duo.id)).not.toContain("10:00");
    const early = await book(salon, duo.id, "10:00");
    if (early.ok) throw new Error("Ben is cutting hair");
    expect([early.reason, early.detail.say]).toEqual([
      "not_enough_staff",
      "Bridal takes 2 of us, and not everybody is free Tuesday the 24th at 10 in the morning",
    ]);
    const booked = had(await book(salon, duo.id, "11:00"));
    expect(booked).toMatchObject({ staffName: "Anna Berg", otherStaff: ["Ben Okafor"], assignedBy: "together" });
    expect(await getBooking(salon.ctx, booked.id)).toMatchObject({ otherStaff: ["Ben Okafor"] });
    const week = await getAvailability(salon.ctx, { from: parseIsoDay(TUESDAY) ?? 0, days: 1 });
    expect(
      week.bookings.filter((each) => each.serviceName === "Bridal").map((each) => [each.staffName, each.partOf]),
    ).toEqual([
      ["Anna Berg", null],
      ["Ben Okafor", booked.id],
    ]);
    expect(reasonOf(await book(salon, salon.haircut.id, "11:30", salon.ben.id))).toBe("slot_taken");
    expect(reasonOf(await rescheduleBooking(salon.ctx, { bookingId: booked.id, startsAt: tuesday("14:00") }))).toBe(
      true,
    );
    expect(reasonOf(await book(salon, salon.haircut.id, "11:30", salon.ben.id))).toBe(true);
    expect(reasonOf(await book(salon, salon.haircut.id, "14:30", salon.ben.id))).toBe("slot_taken");
    await cancelBooking(salon.ctx, { bookingId: booked.id });
    expect(reasonOf(await book(salon, salon.haircut.id, "14:30", salon.ben.id))).toBe(true);
    expect(await listAuditEntries(salon.ctx, { subjectId: booked.id })).toMatchObject({ items: [{}, {}, {}] });
  });

  it("needs everybody where everybody does it, and its hold lets all of them go", async () => {
    let now = FRIDAY_TEN;
    const salon = await createSalon(database, { now: { now: () => new Date(now) } });
    const all = await createService(salon.ctx, { name: "Team photo", durationMinutes: 30, staffNeeded: 0 });
    await createStaff(salon.ctx, { name: "Cleo" });
    const { slots } = await findSlots(salon.ctx, { serviceId: all.id, fromDate: TUESDAY, toDate: TUESDAY });
    const ten = slots.find((slot) => slot.startsAt === tuesday("10:00"))?.slot ?? "";
    expect((await holdSlot(salon.ctx, { slot: ten })).ok).toBe(true);
    expect(await liveRows(salon.orgId)).toHaveLength(3);
    expect(reasonOf(await book(salon, salon.haircut.id, "10:00", salon.ben.id))).toBe("slot_taken");
    now = "2026-11-20T15:06:00Z";
    expect(reasonOf(await book(salon, salon.haircut.id, "10:00", salon.ben.id))).toBe(true);
    expect(reasonOf(await book(salon, all.id, "10:00"))).toBe("not_enough_staff");
  });
});

describe("limits", () => {
  it("of a service and of a person hold for a day and a week, for what is offered and what is booked", async () => {
    const salon = await createSalon(database);
    await updateService(salon.ctx, { serviceId: salon.haircut.id, maxPerDay: 2 });
    const first = had(await book(salon, salon.haircut.id, "10:00"));
    expect(reasonOf(await book(salon, salon.haircut.id, "10:00", salon.ben.id))).toBe(true);
    const third = await book(salon, salon.haircut.id, "12:00");
    if (third.ok) throw new Error("three a day");
    expect([third.reason, third.detail.say]).toEqual([
      "limit_reached",
      "We take at most 2 Haircut bookings a day, and that day is full",
    ]);
    expect(await startsOf(salon, salon.haircut.id)).toEqual([]);
    expect(await startsOf(salon, salon.haircut.id, { on: "2026-11-25" })).not.toEqual([]);
    expect(reasonOf(await rescheduleBooking(salon.ctx, { bookingId: first.id, startsAt: tuesday("12:00") }))).toBe(
      true,
    );
    expect(
      (
        await bookAppointment(salon.as("member"), {
          serviceId: salon.haircut.id,
          staffId: salon.anna.id,
          startsAt: tuesday("15:00"),
          override: true,
        })
      ).ok,
    ).toBe(true);
    await updateService(salon.ctx, { serviceId: salon.haircut.id, maxPerDay: null });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, maxPerWeek: 1 });
    expect(await startsOf(salon, salon.colour.id, { staffId: salon.ben.id, on: "2026-11-27" })).toEqual([]);
    expect(await startsOf(salon, salon.colour.id, { staffId: salon.ben.id, on: "2026-11-30" })).not.toEqual([]);
  });
});

describe("who does it", () => {
  it("takes turns by weight where nobody is asked for, says so on the booking, and somebody else steps in", async () => {
    const salon = await createSalon(database);
    await updateStaff(salon.ctx, {
      staffId: salon.anna.id,
      terms: [{ serviceId: salon.haircut.id, durationMinutes: null, weight: 2 }],
    });
    const dates = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"];
    const names: string[] = [];
    for (const date of dates) {
      const { slots } = await findSlots(salon.ctx, { serviceId: salon.haircut.id, fromDate: date, toDate: date });
      const booked = had(await bookAppointment(salon.ctx, { slot: slots[0]?.slot, name: date }));
      names.push(booked.staffName);
      expect(booked.assignedBy).toBe("round_robin");
    }
    expect(names.filter((name) => name === "Anna Berg")).toHaveLength(4);
    expect((await liveRows(salon.orgId)).map((row) => row.assigned_why)).toEqual([
      "0 of 0 turns so far",
      "1 of 1 turns so far",
      "0 of 2 turns so far",
      "2 of 3 turns so far",
      "3 of 4 turns so far",
      "1 of 5 turns so far",
    ]);
    const { slots } = await findSlots(salon.ctx, {
      serviceId: salon.haircut.id,
      fromDate: "2026-12-01",
      toDate: "2026-12-01",
    });
    const slot = slots[0]?.slot;
    const both = [
      await bookAppointment(salon.ctx, { slot, name: "A" }),
      await bookAppointment(salon.ctx, { slot, name: "B" }),
    ];
    expect(new Set(both.map((each) => had(each).staffName)).size).toBe(2);
    expect((await bookAppointment(salon.ctx, { slot, name: "C" })).ok).toBe(false);
  });

  it("is only asked for by name at weight 0, and takes as long as they take", async () => {
    const salon = await createSalon(database);
    await updateStaff(salon.ctx, {
      staffId: salon.ben.id,
      terms: [{ serviceId: salon.haircut.id, durationMinutes: 45, weight: 0 }],
    });
    expect((await getStaff(salon.ctx, salon.ben.id)).terms).toEqual([
      { serviceId: salon.haircut.id, durationMinutes: 45, weight: 0 },
    ]);
    const { slots } = await findSlots(salon.ctx, { serviceId: salon.haircut.id, fromDate: TUESDAY, toDate: TUESDAY });
    expect(new Set(slots.map((slot) => slot.staff))).toEqual(new Set(["Anna Berg"]));
    expect(await startsOf(salon, salon.haircut.id, { staffId: salon.ben.id })).not.toContain("16:30");
    const booked = had(await book(salon, salon.haircut.id, "10:00", salon.ben.id));
    expect(booked.endsAt.toISOString()).toBe("2026-11-24T15:45:00.000Z");
    expect(reasonOf(await book(salon, salon.haircut.id, "10:30", salon.ben.id))).toBe("slot_taken");
  });
});

describe("places", () => {
  it("have a zone, hours and dates of their own, and services and people of theirs", async () => {
    const salon = await createSalon(database);
    const west = await createLocation(salon.ctx, { name: "West", timeZone: "America/Los_Angeles" });
    await updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: west.id });
    expect((await startsOf(salon, salon.haircut.id, { staffId: salon.ben.id })).slice(0, 1)).toEqual(["09:00"]);
    const { slots } = await findSlots(salon.ctx, {
      serviceId: salon.haircut.id,
      staffId: salon.ben.id,
      fromDate: TUESDAY,
      toDate: TUESDAY,
    });
    expect(slots[0]?.startsAt).toBe("2026-11-24T09:00:00-08:00");
    expect(had(await bookAppointment(salon.ctx, { slot: slots[0]?.slot })).timeZone).toBe("America/Los_Angeles");
    const short = [{ startMinute: 600, endMinute: 660 }];
    await setWeeklyHours(salon.ctx, {
      staffId: null,
      locationId: west.id,
      weekly: [[], short, short, short, short, short, []],
    });
    expect(await startsOf(salon, salon.haircut.id, { staffId: salon.ben.id })).toEqual(["10:00", "10:30"]);
    await setDateOverride(salon.ctx, {
      staffId: null,
      locationId: west.id,
      onDate: TUESDAY,
      spans: [],
      reason: "Painting",
    });
    const closed = await bookAppointment(salon.ctx, {
      serviceId: salon.haircut.id,
      staffId: salon.ben.id,
      startsAt: "2026-11-24T10:00:00-08:00",
    });
    expect(closed.ok || closed.detail.say).toBe("We are closed on Tuesday the 24th (Painting)");
    expect(await startsOf(salon, salon.haircut.id, { staffId: salon.anna.id })).toHaveLength(16);
    const east = await createLocation(salon.ctx, { name: "East" });
    await updateService(salon.ctx, { serviceId: salon.colour.id, locationIds: [east.id] });
    expect(await startsOf(salon, salon.colour.id, { staffId: salon.ben.id, on: "2026-11-25" })).toEqual([]);
    const elsewhere = await bookAppointment(salon.ctx, {
      serviceId: salon.colour.id,
      staffId: salon.ben.id,
      startsAt: "2026-11-25T10:00:00-08:00",
    });
    expect(elsewhere.ok || [elsewhere.reason, elsewhere.detail.rule]).toEqual(["staff_cannot", "not_offered_there"]);
    await expect(updateStaff(salon.ctx, { staffId: salon.ben.id, locationId: "loc_x" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
