import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { events, recordings } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { getCall } from "./get-call";
import { retryRecording } from "./retry-recording";

describe("retryRecording", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function callWithRecording(state: "failed" | "stored", erasedAt?: Date) {
    const org = await createTestOrganization(database);
    const { orgId } = org;
    const connectionId = await seedConnection(database, orgId);
    const callId = await seedCall(database, orgId, { connectionId, ...(erasedAt ? { erasedAt } : {}) });
    const id = newId("recording");
    await withTenant(database, orgId, (tx) =>
      tx.insert(recordings).values({ id, orgId, callId, state, attempts: 6, error: "timeout" }),
    );
    return { ...org, callId };
  }

  it("puts a failed one back to the start and tells whoever fetches", async () => {
    const { as, orgId, callId } = await callWithRecording("failed");
    expect(await retryRecording(as("member"), { callId })).toMatchObject({ ok: true });
    expect((await getCall(as("viewer"), callId)).recording).toMatchObject({
      state: "pending",
      attempts: 0,
      error: null,
    });
    const told = await withTenant(database, orgId, (tx) =>
      tx.select().from(events).where(eq(events.subjectId, callId)),
    );
    expect(told.map((event) => event.kind)).toEqual(["recording.requested"]);
    expect(await retryRecording(as("member"), { callId })).toMatchObject({ reason: "not_failed" });
  });

  it("leaves one that is stored, erased or another's", async () => {
    const stored = await callWithRecording("stored");
    expect(await retryRecording(stored.ctx, { callId: stored.callId })).toMatchObject({ reason: "not_failed" });
    const erased = await callWithRecording("failed", new Date());
    expect(await retryRecording(erased.ctx, { callId: erased.callId })).toMatchObject({ reason: "not_failed" });
    const failed = await callWithRecording("failed");
    expect(await retryRecording(stored.ctx, { callId: failed.callId })).toMatchObject({ reason: "not_failed" });
    await expect(retryRecording(failed.as("viewer"), { callId: failed.callId })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
