import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { cancelBooking } from "./cancel-booking";
import { findSlots } from "./find-slots";
import { getBooking } from "./get-booking";
import { rescheduleBooking } from "./reschedule-booking";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

async function withBooking(time = "10:00") {
  const salon = await createSalon(database);
  const base = { serviceId: salon.haircut.id, staffId: salon.anna.id, name: "Mary" };
  const booked = await bookAppointment(salon.ctx, { ...base, startsAt: tuesday(time) });
  if (!booked.ok) throw new Error(booked.reason);
  return { salon, base, booking: booked.value };
}

describe("rescheduleBooking", () => {
  it("moves to another time and person, frees the old time, and keeps the history", async () => {
    const { salon, base, booking } = await withBooking();
    const moved = await rescheduleBooking(salon.ctx, {
      bookingId: booking.id,
      startsAt: tuesday("15:00"),
      staffId: salon.ben.id,
    });
    expect(moved.ok && moved.value).toMatchObject({ staffName: "Ben Okafor", status: "confirmed" });
    expect((await getBooking(salon.ctx, booking.id)).startsAt.toISOString()).toBe("2026-11-24T20:00:00.000Z");
    expect((await bookAppointment(salon.ctx, { ...base, startsAt: tuesday("10:00") })).ok).toBe(true);
    const { items } = await listAuditEntries(salon.ctx, { subjectId: booking.id });
    expect(items[0]).toMatchObject({
      action: "booking.rescheduled",
      changes: {
        startsAt: { from: "2026-11-24T15:00:00.000Z", to: "2026-11-24T20:00:00.000Z" },
        staff: { from: "Anna Berg", to: "Ben Okafor" },
      },
    });
  });

  it("may overlap its own old time", async () => {
    const { salon, booking } = await withBooking();
    expect(
      (await rescheduleBooking(salon.as("member"), { bookingId: booking.id, startsAt: tuesday("10:15") })).ok,
    ).toBe(true);
  });

  it("changes nothing when the new time is taken, out of hours or of another service", async () => {
    const { salon, base, booking } = await withBooking();
    await bookAppointment(salon.ctx, { ...base, startsAt: tuesday("11:00") });
    const taken = await rescheduleBooking(salon.ctx, { bookingId: booking.id, startsAt: tuesday("11:00") });
    expect(taken.ok || [taken.reason, taken.detail.alternatives.length]).toEqual(["slot_taken", 3]);
    const closed = await rescheduleBooking(salon.ctx, { bookingId: booking.id, startsAt: tuesday("20:00") });
    expect(closed.ok || closed.reason).toBe("outside_hours");
    const { slots } = await findSlots(salon.ctx, {
      serviceId: salon.colour.id,
      fromDate: "2026-11-24",
      toDate: "2026-11-24",
    });
    const other = await rescheduleBooking(salon.ctx, { bookingId: booking.id, slot: slots.at(-1)?.slot });
    expect(other.ok || other.reason).toBe("other_service");
    expect(await getBooking(salon.ctx, booking.id)).toMatchObject({
      startsAt: booking.startsAt,
      staffId: booking.staffId,
    });
    expect((await listAuditEntries(salon.ctx, { subjectId: booking.id })).items).toHaveLength(1);
  });

  it("is no change at the same time and place, refused once cancelled, and unknown to others", async () => {
    const { salon, booking } = await withBooking();
    expect((await rescheduleBooking(salon.ctx, { bookingId: booking.id, startsAt: tuesday("10:00") })).ok).toBe(true);
    expect((await listAuditEntries(salon.ctx, { subjectId: booking.id })).items).toHaveLength(1);
    const stranger = await createSalon(database);
    await expect(
      rescheduleBooking(stranger.ctx, { bookingId: booking.id, startsAt: tuesday("11:00") }),
    ).rejects.toMatchObject({ code: "not_found" });
    await cancelBooking(salon.ctx, { bookingId: booking.id });
    const refused = await rescheduleBooking(salon.ctx, { bookingId: booking.id, startsAt: tuesday("11:00") });
    expect(refused.ok || refused.reason).toBe("not_confirmed");
  });
});
