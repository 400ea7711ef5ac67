import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { auditEntries, events } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { correctCall } from "./correct-call";
import { getCall } from "./get-call";

describe("correctCall", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function organizationWithCall(row: Partial<Parameters<typeof seedCall>[2]> = {}) {
    const org = await createTestOrganization(database);
    const callId = await seedCall(database, org.orgId, {
      connectionId: await seedConnection(database, org.orgId),
      summary: "Asked for the price.",
      needsReview: true,
      ...row,
    });
    const history = () =>
      withTenant(database, org.orgId, async (tx) => ({
        audit: await tx.select().from(auditEntries).where(eq(auditEntries.subjectId, callId)),
        events: await tx
          .select()
          .from(events)
          .where(and(eq(events.subjectId, callId), eq(events.kind, "call.corrected"))),
      }));
    return { ...org, callId, history };
  }

  it("keeps who corrected what, in the call and in the audit", async () => {
    const { as, callId, history } = await organizationWithCall();
    const fixed = await correctCall(as("member"), {
      callId,
      outcome: "message",
      summary: "Left word for Sam.",
      needsReview: false,
    });
    expect(fixed).toMatchObject({ ok: true });
    expect(await getCall(as("viewer"), callId)).toMatchObject({
      outcome: "message",
      outcomeCorrectedBy: "member",
      summary: "Left word for Sam.",
      summaryCorrectedBy: "member",
      needsReview: false,
    });
    const { audit, events: published } = await history();
    expect(audit.map((entry) => entry.changes)).toEqual([
      { outcome: { from: "answered", to: "message" }, summary: "changed", needsReview: { from: true, to: false } },
    ]);
    expect(published).toHaveLength(1);
    expect(JSON.stringify(audit)).not.toContain("Sam");
  });

  it("writes nothing when nothing changes", async () => {
    const { ctx, callId, history } = await organizationWithCall();
    await correctCall(ctx, { callId, outcome: "answered", summary: " Asked for the price. " });
    expect(await history()).toEqual({ audit: [], events: [] });
    expect((await getCall(ctx, callId)).outcomeCorrectedBy).toBeNull();
  });

  it("waits for the call to end", async () => {
    const { ctx, callId } = await organizationWithCall({ status: "in_progress" });
    expect(await correctCall(ctx, { callId, outcome: "booked" })).toMatchObject({ ok: false, reason: "still_live" });
  });

  it("is not for viewers, nor across organisations, nor with an outcome we do not know", async () => {
    const { as, callId } = await organizationWithCall();
    const other = await createTestOrganization(database);
    await expect(correctCall(as("viewer"), { callId, outcome: "booked" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(correctCall(other.ctx, { callId, outcome: "booked" })).rejects.toMatchObject({ code: "not_found" });
    await expect(correctCall(as("owner"), { callId, outcome: "won" as "booked" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
