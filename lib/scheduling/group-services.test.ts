import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { calendarBusy } from "@/db/schema";
import { constraintOf, withTenant } from "@/db/tenant";
import { connectForTest } from "@/lib/calendars/testing/connected";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { book, had, liveRows, reasonOf, type Salon, startsOf, TUESDAY } from "@/tests/salon-bookings";
import { cancelBooking } from "./cancel-booking";
import { createService } from "./create-service";
import { findSlots } from "./find-slots";
import { getBooking } from "./get-booking";
import { holdSlot } from "./hold-slot";
import { rescheduleBooking } from "./reschedule-booking";
import { updateBooking } from "./update-booking";

const database = await pgliteDatabase();

describe("a group service", () => {
  it("has one row per seat of a start, is offered until the last is taken, and keeps everybody else out of its time", async () => {
    const salon = await createSalon(database);
    const yoga = await createService(salon.ctx, { name: "Yoga", durationMinutes: 60, seats: 3, slotGridMinutes: 30 });
    for (let n = 0; n < 3; n++) {
      expect(await startsOf(salon, yoga.id, { staffId: salon.anna.id })).toContain("10:00");
      expect(reasonOf(await book(salon, yoga.id, "10:00"))).toBe(true);
    }
    expect((await liveRows(database, salon.orgId)).map((row) => row.seat_no)).toEqual([1, 2, 3]);
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
