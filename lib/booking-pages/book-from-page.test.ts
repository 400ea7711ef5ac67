import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { findManageLink } from "@/lib/manage-links";
import { bookAppointment, findSlots, getBooking } from "@/lib/scheduling";
import { createPublicSalon } from "@/tests/booking-page";
import { pgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { bookFromPage } from "./book-from-page";
import { saveBookingPage } from "./save-booking-page";

type Salon = Awaited<ReturnType<typeof createPublicSalon>>;

async function formOf(salon: Salon, time = "10:30", serviceId = salon.haircut.id, staffId?: string) {
  const day = "2026-11-24";
  const { slots } = await findSlots(salon.ctx, { serviceId, staffId, fromDate: day, toDate: day });
  const slot = slots.find((each) => each.startsAt.slice(11, 16) === time);
  return {
    serviceId,
    slot: slot?.slot ?? "",
    isAnyone: !staffId,
    name: "Mary Jones",
    phone: "(202) 555-0123",
    email: "mary@example.com",
    notes: "First visit",
    formKey: "0123456789abcdef",
  };
}

const count = async (database: Database, orgId: string) => {
  const { rows } = await withTenant(database, orgId, (tx) =>
    tx.execute(
      sql`select count(*)::int as n, (select count(*)::int from contacts where org_id = ${orgId}) as contacts from bookings where org_id = ${orgId}`,
    ),
  );
  return rows[0] as { n: number; contacts: number };
};

describe("on the embedded database", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  test("what a visitor chose is booked under their name, and the link leads to it", async () => {
    const salon = await createPublicSalon(database);
    const result = await bookFromPage(salon.visitor, await formOf(salon));
    if (!result.ok) throw new Error(result.reason);
    expect(await getBooking(salon.ctx, result.value.bookingId)).toMatchObject({
      source: "link",
      attendeeName: "Mary Jones",
      attendeePhone: "+12025550123",
      attendeeEmail: "mary@example.com",
      notes: "First visit",
      startsAt: new Date("2026-11-24T15:30:00Z"),
    });
    const at = { database, clock: salon.ctx.clock };
    expect(result.value.token).toMatch(/^[\w-]{43}$/);
    expect(await findManageLink(at, result.value.token)).toEqual({
      orgId: salon.orgId,
      bookingId: result.value.bookingId,
    });
  });

  test("the same form sent again books nothing more; another key or another content is another booking", async () => {
    const salon = await createPublicSalon(database);
    const form = await formOf(salon);
    const first = await bookFromPage(salon.visitor, form);
    const again = await bookFromPage(salon.visitor, form);
    if (!first.ok || !again.ok) throw new Error("refused");
    expect(again.value.bookingId).toBe(first.value.bookingId);
    expect(again.value.token).toBe(first.value.token);
    expect((await bookFromPage(salon.visitor, { ...form, formKey: "fedcba9876543210" })).ok).toBe(true);
    expect(await count(database, salon.orgId)).toEqual({ n: 2, contacts: 1 });
  });

  test("who asked for nobody in particular gets whoever is free at that time, who asked for somebody hears alternatives", async () => {
    const salon = await createPublicSalon(database);
    const anyone = await formOf(salon);
    const anna = await formOf(salon, "10:30", salon.haircut.id, salon.anna.id);
    const taken = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: "2026-11-24T15:30:00Z" };
    expect((await bookAppointment(salon.ctx, { ...taken, name: "Faster" })).ok).toBe(true);
    const refused = await bookFromPage(salon.visitor, anna);
    if (refused.ok) throw new Error("booked twice");
    expect([refused.reason, refused.detail.alternatives.length]).toEqual(["slot_taken", 3]);
    const booked = await bookFromPage(salon.visitor, { ...anyone, slot: anna.slot });
    if (!booked.ok) throw new Error(booked.reason);
    expect(await getBooking(salon.ctx, booked.value.bookingId)).toMatchObject({ staffName: "Ben Okafor" });
    const full = await bookFromPage(salon.visitor, { ...anyone, slot: anna.slot, formKey: "fedcba9876543210" });
    expect(full.ok || full.reason).toBe("slot_taken");
  });

  test("a service that is off the page, a page that is off, and another service's time are refused", async () => {
    const salon = await createPublicSalon(database);
    const [haircut, colour] = [await formOf(salon), await formOf(salon, "12:00", salon.colour.id)];
    const swapped = await bookFromPage(salon.visitor, { ...haircut, slot: colour.slot });
    expect(swapped.ok || swapped.reason).toBe("unknown_slot");
    await saveBookingPage(salon.as("owner"), { isOn: true, serviceIds: [salon.haircut.id] });
    const hidden = await bookFromPage(salon.visitor, colour);
    expect(hidden.ok || hidden.reason).toBe("not_on_page");
    await saveBookingPage(salon.as("owner"), { isOn: false, serviceIds: [salon.haircut.id] });
    const off = await bookFromPage(salon.visitor, haircut);
    expect(off.ok || off.reason).toBe("not_on_page");
    const other = await createPublicSalon(database);
    const foreign = await bookFromPage(other.visitor, haircut);
    expect(foreign.ok || foreign.reason).toBe("not_on_page");
    const foreignSlot = await bookFromPage(other.visitor, { ...haircut, serviceId: other.haircut.id });
    expect(foreignSlot.ok || foreignSlot.reason).toBe("unknown_slot");
    expect(await count(database, salon.orgId)).toEqual({ n: 0, contacts: 0 });
  });

  test.each([
    ["name", " "],
    ["name", "x".repeat(121)],
    ["phone", ""],
    ["phone", "1".repeat(41)],
    ["email", "not an address"],
    ["notes", "x".repeat(1001)],
    ["formKey", "short"],
    ["formKey", "x".repeat(65)],
  ])("a %s of %j is refused at its field", async (field, value) => {
    const salon = await createPublicSalon(database);
    const form = { ...(await formOf(salon)), [field]: value };
    await expect(bookFromPage(salon.visitor, form)).rejects.toMatchObject({
      code: "invalid_input",
      options: { fields: [{ path: field }] },
    });
  });

  test("zero bytes and half characters are no fault of the server's", async () => {
    const salon = await createPublicSalon(database);
    const form = { ...(await formOf(salon)), name: "Ma\0ry \ud800", notes: "\0\0", email: "" };
    const result = await bookFromPage(salon.visitor, form);
    if (!result.ok) throw new Error(result.reason);
    expect(await getBooking(salon.ctx, result.value.bookingId)).toMatchObject({ attendeeEmail: null, notes: "" });
    const badPhone = await bookFromPage(salon.visitor, { ...(await formOf(salon, "12:00")), phone: "12" });
    expect(badPhone.ok || badPhone.reason).toBe("invalid_phone");
  });
});

describe.skipIf(postgresUnavailable())("on PostgreSQL", () => {
  test("a form sent ten times at once books once, and ten people after one time get one booking each or an answer", async () => {
    const database = await postgresDatabase({ maxConnections: 12 });
    const salon = await createPublicSalon(database);
    const form = await formOf(salon);
    const same = await Promise.all(Array.from({ length: 10 }, () => bookFromPage(salon.visitor, form)));
    expect(new Set(same.map((each) => each.ok && each.value.bookingId)).size).toBe(1);
    expect((await count(database, salon.orgId)).n).toBe(1);
    const other = await formOf(salon, "14:00");
    const race = await Promise.all(
      Array.from({ length: 10 }, (_, n) => bookFromPage(salon.visitor, { ...other, formKey: `form-number-000${n}` })),
    );
    expect(race.filter((each) => each.ok)).toHaveLength(2);
    for (const each of race) if (!each.ok) expect(each.reason).toBe("slot_taken");
  });
});
