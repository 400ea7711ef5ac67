import { describe, expect, it } from "vitest";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { book, had, reasonOf, startsOf } from "@/tests/salon-bookings";
import { bookAppointment } from "./book-appointment";
import { rescheduleBooking } from "./reschedule-booking";
import { updateService } from "./update-service";
import { updateStaff } from "./update-staff";

const database = await pgliteDatabase();

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
