import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { bookings, followUps, services, staff } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { getOverview } from "./get-overview";

// Half past nine in the evening in New York, already tomorrow in UTC.
const now = "2026-11-21T02:30:00.000Z";
const timeZone = "America/New_York";

describe("getOverview", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  it("counts the business's own day, by the hour on its wall", async () => {
    const { ctx, orgId } = await createTestOrganization(database, { now, timeZone });
    const connectionId = await seedConnection(database, orgId);
    const seed = (iso: string, row: Partial<Parameters<typeof seedCall>[2]> = {}) =>
      seedCall(database, orgId, { connectionId, startedAt: new Date(iso), ...row });
    await seed("2026-11-20T04:59:59.000Z", { outcome: "booked" }); // yesterday, 23:59 in New York
    await seed("2026-11-20T05:00:00.000Z", { outcome: "missed", durationSeconds: 0, answeredAt: null });
    await seed("2026-11-21T01:15:00.000Z", { durationSeconds: 90 });
    await seed("2026-11-21T02:00:00.000Z", { status: "in_progress", needsReview: true });
    const slow = new Date("2026-11-21T01:20:10.000Z");
    const callId = await seed("2026-11-21T01:20:00.000Z", { outcome: "booked", durationSeconds: 60, answeredAt: slow });
    const [serviceId, staffId] = [newId("service"), newId("staff")];
    await withTenant(database, orgId, async (tx) => {
      await tx.insert(services).values({ id: serviceId, orgId, name: "Haircut", durationMinutes: 30 });
      await tx.insert(staff).values({ id: staffId, orgId, name: "Sam" });
      const statuses = ["confirmed", "cancelled"] as const;
      for (const [n, status] of statuses.entries()) {
        const start = Date.parse("2026-11-24T15:00:00.000Z") + n * 3_600_000;
        await tx.insert(bookings).values({
          id: newId("booking"),
          orgId,
          serviceId,
          staffId,
          callId,
          status,
          source: "agent",
          startsAt: new Date(start),
          endsAt: new Date(start + 1_800_000),
          blockStartMs: start,
          blockEndMs: start + 1_800_000,
          timeZone,
          priceCents: 4500,
        });
      }
      await tx.insert(followUps).values({ id: newId("followUp"), orgId, kind: "message", text: "Call back" });
    });
    const overview = await getOverview(ctx, { timeZone });
    expect(overview).toMatchObject({
      date: "2026-11-20",
      calls: 4,
      booked: 1,
      missed: 1,
      minutes: 3,
      needsYou: 2,
      bookedValueCents: 4500,
      hasAnyCall: true,
    });
    expect(overview.answeredFast).toBeCloseTo(2 / 3);
    expect(overview.hours).toHaveLength(24);
    expect(overview.hours[0]).toEqual({ hour: 0, answered: 0, missed: 1, booked: 0 });
    expect(overview.hours[20]).toEqual({ hour: 20, answered: 2, missed: 0, booked: 1 });
    expect(overview.hours[21]).toEqual({ hour: 21, answered: 1, missed: 0, booked: 0 });
  });

  it("says when there has never been a call", async () => {
    const { as } = await createTestOrganization(database, { now, timeZone });
    expect(await getOverview(as("viewer"), { timeZone })).toMatchObject({
      calls: 0,
      minutes: 0,
      answeredFast: undefined,
      hasAnyCall: false,
    });
  });
});
