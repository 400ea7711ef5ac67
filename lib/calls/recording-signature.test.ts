import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { recordings } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { findRecording } from "./find-recording";
import { isRecordingSigned, signRecording } from "./recording-signature";

describe("a recording's address", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  it("works for ten minutes, for one call of one organisation", async () => {
    let now = Date.parse("2026-11-20T10:00:00.000Z");
    const clock = { now: () => new Date(now) };
    const a = await createTestOrganization(database, { now: clock });
    const b = await createTestOrganization(database, { now: clock });
    const callId = newId("call");
    const signed = signRecording(a.ctx, callId);
    expect(isRecordingSigned(a.ctx, callId, signed)).toBe(true);
    expect(isRecordingSigned(a.ctx, newId("call"), signed)).toBe(false);
    expect(isRecordingSigned(b.ctx, callId, signed)).toBe(false);
    expect(isRecordingSigned(a.ctx, callId, { ...signed, expires: String(Number(signed.expires) + 60) })).toBe(false);
    expect(isRecordingSigned(a.ctx, callId, { ...signed, signature: "" })).toBe(false);
    expect(isRecordingSigned(a.ctx, callId, { ...signed, expires: "1e99" })).toBe(false);
    now += 599_000;
    expect(isRecordingSigned(a.ctx, callId, signed)).toBe(true);
    now += 1_000;
    expect(isRecordingSigned(a.ctx, callId, signed)).toBe(false);
    // One that was made further ahead than ours ever are, as if with a stolen clock.
    now -= 3_600_000;
    expect(isRecordingSigned(a.ctx, callId, signed)).toBe(false);
  });

  it("leads to a recording only once it is stored", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const callId = await seedCall(database, orgId, { connectionId: await seedConnection(database, orgId) });
    expect(await findRecording(ctx, callId)).toBeUndefined();
    const id = newId("recording");
    await withTenant(database, orgId, (tx) => tx.insert(recordings).values({ id, orgId, callId, state: "pending" }));
    expect(await findRecording(ctx, callId)).toBeUndefined();
    await withTenant(database, orgId, (tx) => tx.update(recordings).set({ state: "stored", blobKey: "k.wav" }));
    expect(await findRecording(ctx, callId)).toEqual({ blobKey: "k.wav" });
    const other = await createTestOrganization(database);
    expect(await findRecording(other.ctx, callId)).toBeUndefined();
  });
});
