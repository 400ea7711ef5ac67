import { describe, expect, it } from "vitest";
import { pgliteDatabase } from "@/tests/database";
import { createSalon } from "@/tests/salon";
import { had, startsOf, TUESDAY } from "@/tests/salon-bookings";
import { bookAppointment } from "./book-appointment";
import { createLocation } from "./create-location";
import { findSlots } from "./find-slots";
import { setDateOverride } from "./set-date-override";
import { setWeeklyHours } from "./set-weekly-hours";
import { updateService } from "./update-service";
import { updateStaff } from "./update-staff";

const database = await pgliteDatabase();

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
