import { describe, expect, it } from "vitest";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { book, had, liveRows, reasonOf, startsOf, TUESDAY } from "@/tests/salon-bookings";
import { bookAppointment } from "./book-appointment";
import { cancelBooking } from "./cancel-booking";
import { createService } from "./create-service";
import { createStaff } from "./create-staff";
import { findSlots } from "./find-slots";
import { getAvailability } from "./get-availability";
import { getBooking } from "./get-booking";
import { holdSlot } from "./hold-slot";
import { getStaff } from "./list-staff";
import { rescheduleBooking } from "./reschedule-booking";
import { parseIsoDay } from "./rules/civil";
import { updateStaff } from "./update-staff";

const database = await pgliteDatabase();

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
    expect(await liveRows(database, salon.orgId)).toHaveLength(3);
    expect(reasonOf(await book(salon, salon.haircut.id, "10:00", salon.ben.id))).toBe("slot_taken");
    now = "2026-11-20T15:06:00Z";
    expect(reasonOf(await book(salon, salon.haircut.id, "10:00", salon.ben.id))).toBe(true);
    expect(reasonOf(await book(salon, all.id, "10:00"))).toBe("not_enough_staff");
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
      expect(await getBooking(salon.ctx, booked.id)).toMatchObject({
        assignedBy: "round_robin",
        assignedWhy: expect.stringMatching(/^\d of \d turns so far$/),
      });
    }
    expect(names.filter((name) => name === "Anna Berg")).toHaveLength(4);
    expect((await liveRows(database, salon.orgId)).map((row) => row.assigned_why)).toEqual([
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
