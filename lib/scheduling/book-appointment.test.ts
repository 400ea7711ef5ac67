import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { findContactByPhone } from "@/lib/contacts";
import { listAuditEntries } from "@/lib/events";
import { countStatements } from "@/tests/count-statements";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { findSlots } from "./find-slots";
import { getBooking } from "./get-booking";
import { holdSlot } from "./hold-slot";
import { setDateOverride } from "./set-date-override";
import { updateStaff } from "./update-staff";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

const at = (salon: Awaited<ReturnType<typeof createSalon>>, time: string) => ({
  serviceId: salon.haircut.id,
  staffId: salon.anna.id,
  startsAt: tuesday(time),
  name: "Mary Jones",
});

async function eventsOf(orgId: string) {
  const { rows } = await withTenant(database, orgId, (tx) =>
    tx.execute(sql`select kind, subject_id from events where kind like 'booking.%' order by tx, seq`),
  );
  return rows as { kind: string; subject_id: string }[];
}

describe("bookAppointment", () => {
  it("books a slot that was offered, with its contact, audit row and event", async () => {
    const salon = await createSalon(database);
    const { slots } = await findSlots(salon.ctx, {
      serviceId: salon.haircut.id,
      fromDate: "2026-11-24",
      toDate: "2026-11-24",
    });
    expect(slots).toHaveLength(16);
    const slot = slots[3];
    const result = await bookAppointment(salon.ctx, { slot: slot?.slot, name: "Mary Jones", phone: "(202) 555-0123" });
    if (!result.ok) throw new Error(result.reason);
    expect(result.value).toMatchObject({
      status: "confirmed",
      serviceName: "Haircut",
      attendeePhone: "+12025550123",
      priceCents: 4500,
    });
    expect(result.value.startsAt.toISOString()).toBe("2026-11-24T15:30:00.000Z");
    expect(await getBooking(salon.ctx, result.value.id)).toMatchObject({ ...result.value });
    expect((await findContactByPhone(salon.ctx, "+12025550123"))?.id).toBe(result.value.contactId);
    expect(await eventsOf(salon.orgId)).toEqual([{ kind: "booking.created", subject_id: result.value.id }]);
    const audit = await listAuditEntries(salon.ctx, { subjectId: result.value.id });
    expect(audit.items.map((entry) => entry.action)).toEqual(["booking.created"]);
  });

  it("refuses an overlap, offers alternatives and writes nothing", async () => {
    const salon = await createSalon(database);
    expect((await bookAppointment(salon.ctx, at(salon, "10:30"))).ok).toBe(true);
    const again = await bookAppointment(salon.ctx, at(salon, "10:30"));
    if (again.ok) throw new Error("booked twice");
    expect(again.reason).toBe("slot_taken");
    expect(again.detail.alternatives.map((offer) => offer.startsAt.slice(11, 16))).toEqual(["09:30", "10:00", "11:00"]);
    const taken = again.detail.alternatives[0];
    expect((await bookAppointment(salon.ctx, { slot: taken?.slot, name: "Ann" })).ok).toBe(true);
    expect(await eventsOf(salon.orgId)).toHaveLength(2);
  });

  it("keeps buffers free on both sides", async () => {
    const salon = await createSalon(database);
    const colour = { ...at(salon, "11:00"), serviceId: salon.colour.id };
    expect((await bookAppointment(salon.ctx, colour)).ok).toBe(true);
    for (const [time, expected] of [
      ["10:30", "slot_taken"],
      ["12:30", "slot_taken"],
      ["10:00", true],
      ["13:00", true],
    ] as const) {
      const result = await bookAppointment(salon.ctx, at(salon, time));
      expect([time, result.ok || result.reason]).toEqual([time, expected]);
    }
  });

  it.each([
    ["2026-11-20T09:00:00-05:00", "in_the_past"],
    ["2026-11-20T10:30:00-05:00", "too_soon"],
    ["2027-03-01T10:30:00-05:00", "too_far"],
    ["2026-11-21T10:30:00-05:00", "outside_hours"],
    ["2026-11-24T16:45:00-05:00", "outside_hours"],
    ["2026-11-24T08:30:00-05:00", "outside_hours"],
  ])("%s is refused as %s, and a member may waive it but an agent may not", async (startsAt, reason) => {
    const salon = await createSalon(database);
    const input = { ...at(salon, "10:00"), startsAt };
    const refused = await bookAppointment(salon.ctx, input);
    expect(refused.ok || refused.reason).toBe(reason);
    const agent = { ...salon.ctx, actor: { kind: "agent", callId: "call_x", agentId: null, label: "Agent" } as const };
    expect((await bookAppointment(agent, { ...input, override: true })).ok).toBe(false);
    expect((await bookAppointment(salon.as("member"), { ...input, override: true })).ok).toBe(true);
    const overlap = await bookAppointment(salon.as("member"), { ...input, override: true });
    expect(overlap.ok || overlap.reason).toBe("slot_taken");
  });

  it("refuses closed dates, people who do not do the service, unknown slots and unreadable numbers", async () => {
    const salon = await createSalon(database);
    await setDateOverride(salon.ctx, { staffId: null, onDate: "2026-11-25", spans: [], reason: "Holiday" });
    const closed = await bookAppointment(salon.ctx, { ...at(salon, "10:00"), startsAt: "2026-11-25T10:00:00-05:00" });
    expect(closed.ok || closed.reason).toBe("outside_hours");
    await updateStaff(salon.ctx, { staffId: salon.ben.id, serviceIds: [salon.colour.id] });
    const unable = await bookAppointment(salon.ctx, { ...at(salon, "10:00"), staffId: salon.ben.id });
    expect(unable.ok || unable.reason).toBe("staff_cannot");
    const unknown = await bookAppointment(salon.ctx, { slot: "slot_0000000000000000000000000000000", name: "X" });
    expect(unknown.ok || unknown.reason).toBe("unknown_slot");
    const unreadable = await bookAppointment(salon.ctx, { ...at(salon, "10:00"), phone: "call me" });
    expect(unreadable.ok || unreadable.reason).toBe("invalid_phone");
    expect(await eventsOf(salon.orgId)).toEqual([]);
  });

  it("does not accept another organisation's slot or staff", async () => {
    const [a, b] = [await createSalon(database), await createSalon(database)];
    const { slots } = await findSlots(b.ctx, { serviceId: b.haircut.id, fromDate: "2026-11-24", toDate: "2026-11-24" });
    const slot = await bookAppointment(a.ctx, { slot: slots[0]?.slot, name: "X" });
    expect(slot.ok || slot.reason).toBe("unknown_slot");
    const staff = await bookAppointment(a.ctx, { ...at(a, "10:00"), staffId: b.anna.id });
    expect(staff.ok || staff.reason).toBe("unknown_service");
  });

  it("lets viewers read only", async () => {
    const salon = await createSalon(database);
    await expect(bookAppointment(salon.as("viewer"), at(salon, "10:00"))).rejects.toMatchObject({ code: "forbidden" });
  });

  it("takes the place of an expired hold, not of a live one", async () => {
    let now = FRIDAY_TEN;
    const salon = await createSalon(database, { now: { now: () => new Date(now) } });
    const { slots } = await findSlots(salon.ctx, {
      serviceId: salon.haircut.id,
      staffId: salon.anna.id,
      fromDate: "2026-11-24",
      toDate: "2026-11-24",
    });
    const slot = slots.find((each) => each.startsAt === tuesday("10:30"));
    expect((await holdSlot(salon.ctx, { slot: slot?.slot ?? "" })).ok).toBe(true);
    const during = await bookAppointment(salon.ctx, at(salon, "10:30"));
    expect(during.ok || during.reason).toBe("slot_taken");
    now = "2026-11-20T15:05:00Z";
    expect((await bookAppointment(salon.ctx, at(salon, "10:30"))).ok).toBe(true);
  });

  it("books an offered time whose notice ran out while the caller decided", async () => {
    let now = FRIDAY_TEN;
    const salon = await createSalon(database, { now: { now: () => new Date(now) } });
    const { slots } = await findSlots(salon.ctx, {
      serviceId: salon.haircut.id,
      fromDate: "2026-11-20",
      toDate: "2026-11-20",
    });
    expect(slots[0]?.startsAt).toBe("2026-11-20T11:00:00-05:00");
    now = "2026-11-20T15:10:00Z";
    const stale = await bookAppointment(salon.ctx, { ...at(salon, "10:00"), startsAt: "2026-11-20T11:00:00-05:00" });
    expect(stale.ok || stale.reason).toBe("too_soon");
    expect((await bookAppointment(salon.ctx, { slot: slots[0]?.slot, name: "Mary" })).ok).toBe(true);
  });

  it("needs three statements in an open transaction once it has seen what is configured", async () => {
    const salon = await createSalon(database);
    await bookAppointment(salon.ctx, at(salon, "14:00"));
    await withTenant(database, salon.orgId, async (tx) => {
      const book = () => bookAppointment({ ...salon.ctx, tx }, at(salon, "10:30"));
      const [result, statements] = await countStatements(tx, book);
      expect([result.ok, statements]).toEqual([true, 3]);
    });
  });
});
