import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { bookingSeries, bookings, followUps, services, staff, waitlistEntries } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { eraseContact, getContact, isErased, listContacts, upsertContactByPhone } from "./index";

describe("eraseContact", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function knownCaller() {
    const org = await createTestOrganization(database);
    const contact = await upsertContactByPhone(org.ctx, { phone: "+12025550143", name: "Ann Bell" });
    const callId = await seedCall(database, org.orgId, {
      connectionId: await seedConnection(database, org.orgId),
      contactId: contact.id,
    });
    const [serviceId, staffId, bookingId] = [newId("service"), newId("staff"), newId("booking")];
    const { orgId } = org;
    await withTenant(database, orgId, async (tx) => {
      await tx.insert(services).values({ id: serviceId, orgId, name: "Haircut", durationMinutes: 30 });
      await tx.insert(staff).values({ id: staffId, orgId, name: "Sam" });
      const start = Date.parse("2026-11-24T10:00:00.000Z");
      await tx.insert(bookings).values({
        id: bookingId,
        orgId,
        serviceId,
        staffId,
        contactId: contact.id,
        status: "confirmed",
        source: "agent",
        startsAt: new Date(start),
        endsAt: new Date(start + 1_800_000),
        blockStartMs: start,
        blockEndMs: start + 1_800_000,
        timeZone: "UTC",
        attendeeName: "Ann Bell",
        attendeePhone: "+12025550143",
        notes: "allergic",
      });
      const who = { attendeeName: "Ann Bell", attendeePhone: "+12025550143", contactId: contact.id };
      const what = { orgId, serviceId, staffId, source: "agent" as const };
      await tx.insert(bookingSeries).values({
        ...{ id: newId("series"), ...what, ...who, timeZone: "UTC", startsOn: "2026-11-24", startMinute: 600 },
        rule: "FREQ=WEEKLY;COUNT=2",
      });
      await tx.insert(waitlistEntries).values({
        ...{
          id: newId("waitlistEntry"),
          ...what,
          ...who,
          joinedAt: new Date(start),
          attendeeEmail: "ann@example.test",
        },
        notes: "Ann is allergic",
      });
      await tx.insert(followUps).values({
        id: newId("followUp"),
        orgId,
        callId,
        contactId: contact.id,
        kind: "callback",
        text: "Ann wants a call back",
        callerName: "Ann Bell",
        callerPhone: "+12025550143",
      });
    });
    return { ...org, contact, callId, bookingId };
  }

  it("leaves nothing that tells who it was, in any table, and keeps the rows", async () => {
    const { as, orgId, contact, bookingId } = await knownCaller();
    const erasedCalls: string[] = [];
    await eraseContact(as("admin"), { contactId: contact.id }, { eraseCalls: async (_, id) => erasedCalls.push(id) });
    expect(erasedCalls).toEqual([contact.id]);
    expect(isErased(await getContact(as("viewer"), contact.id))).toBe(true);
    expect((await listContacts(as("viewer"))).items).toEqual([]);
    await withTenant(database, orgId, async (tx) => {
      const [booking] = await tx.select().from(bookings).where(eq(bookings.id, bookingId));
      expect(booking).toMatchObject({ status: "confirmed", attendeeName: "", attendeePhone: null, notes: "" });
      for (const table of [
        ...["contacts", "bookings", "booking_series", "waitlist_entries", "follow_ups", "audit_entries", "events"],
      ]) {
        const { rows } = await tx.execute(sql`select row_to_json(t)::text as row from ${sql.raw(table)} t`);
        expect(JSON.stringify(rows), table).not.toMatch(/Ann|ann@|2025550143|allergic/);
      }
      expect((await tx.select().from(waitlistEntries))[0]?.status).toBe("left");
      expect((await tx.select().from(followUps))[0]?.doneAt).toBeInstanceOf(Date);
    });
  });

  it("is undone as a whole when the calls cannot be erased", async () => {
    const { ctx, contact } = await knownCaller();
    const eraseCalls = () => Promise.reject(new Error("no"));
    await expect(eraseContact(ctx, { contactId: contact.id }, { eraseCalls })).rejects.toThrow("no");
    expect((await getContact(ctx, contact.id)).name).toBe("Ann Bell");
  });

  it("is for admins, inside their own organisation", async () => {
    const { as, contact } = await knownCaller();
    const other = await createTestOrganization(database);
    const ports = { eraseCalls: async () => {} };
    await expect(eraseContact(as("member"), { contactId: contact.id }, ports)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(eraseContact(other.as("owner"), { contactId: contact.id }, ports)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("lets the number come back as a new contact", async () => {
    const { ctx, contact } = await knownCaller();
    await eraseContact(ctx, { contactId: contact.id }, { eraseCalls: async () => {} });
    const again = await upsertContactByPhone(ctx, { phone: "+12025550143" });
    expect(again.id).not.toBe(contact.id);
    expect(again.name).toBe("");
  });
});
