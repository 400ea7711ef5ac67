import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { auditEntries, events } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { findContactByPhone, getContact, upsertContactByPhone } from "./index";

describe("upsertContactByPhone", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  const changesOf = (orgId: string, id: string) =>
    withTenant(database, orgId, async (tx) => ({
      events: (await tx.select().from(events).where(eq(events.subjectId, id))).length,
      audit: (
        await tx
          .select()
          .from(auditEntries)
          .where(and(eq(auditEntries.subjectId, id)))
      ).length,
    }));

  it("makes a contact once, fills its name once, and tells only of what changed", async () => {
    let now = "2026-11-20T10:00:00.000Z";
    const { ctx, orgId } = await createTestOrganization(database, { now: { now: () => new Date(now) } });
    const phone = "+12025550143";
    const first = await upsertContactByPhone(ctx, { phone });
    expect(first).toMatchObject({ phone, name: "" });
    expect(await changesOf(orgId, first.id)).toEqual({ events: 1, audit: 1 });

    now = "2026-11-20T11:00:00.000Z";
    const named = await upsertContactByPhone(ctx, { phone, name: "  Anna   Bell " });
    expect(named).toMatchObject({ id: first.id, name: "Anna Bell", lastSeenAt: new Date(now) });
    expect(await changesOf(orgId, first.id)).toEqual({ events: 2, audit: 2 });

    const again = await upsertContactByPhone(ctx, { phone, name: "Hannah Bell" });
    expect(again.name).toBe("Anna Bell");
    expect(await changesOf(orgId, first.id)).toEqual({ events: 2, audit: 2 });
  });

  it("never moves the last sight of a caller back", async () => {
    let now = "2026-11-20T10:00:00.000Z";
    const { ctx } = await createTestOrganization(database, { now: { now: () => new Date(now) } });
    await upsertContactByPhone(ctx, { phone: "+12025550144" });
    now = "2026-11-19T10:00:00.000Z";
    const late = await upsertContactByPhone(ctx, { phone: "+12025550144" });
    expect(late.lastSeenAt?.toISOString()).toBe("2026-11-20T10:00:00.000Z");
  });

  it("refuses text that is not E.164 and an actor who may not write", async () => {
    const { ctx, as } = await createTestOrganization(database);
    await expect(upsertContactByPhone(ctx, { phone: "0202 555" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(upsertContactByPhone(as("viewer"), { phone: "+12025550145" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("keeps the same number of two organisations apart", async () => {
    const a = await createTestOrganization(database);
    const b = await createTestOrganization(database);
    const ofA = await upsertContactByPhone(a.ctx, { phone: "+12025550146", name: "Ann" });
    expect(await findContactByPhone(b.ctx, "+12025550146")).toBeUndefined();
    await expect(getContact(b.ctx, ofA.id)).rejects.toMatchObject({ code: "not_found" });
    const ofB = await upsertContactByPhone(b.ctx, { phone: "+12025550146", name: "Ben" });
    expect(ofB.id).not.toBe(ofA.id);
    expect((await getContact(a.ctx, ofA.id)).name).toBe("Ann");
  });
});
