import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { inboxEvents } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { upsertContactByPhone } from "@/lib/contacts";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection, seedToolCall, seedTurns } from "@/tests/seed-call";
import { getCall } from "./get-call";
import { listCallEvents } from "./list-call-events";

describe("getCall", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  it("tells what was said and done in order, and by whom", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const contact = await upsertContactByPhone(ctx, { phone: "+12025550143", name: "Ann" });
    const connectionId = await seedConnection(database, orgId);
    const callId = await seedCall(database, orgId, { connectionId, contactId: contact.id, costMicros: 83_400 });
    await seedTurns(database, orgId, callId, [
      { role: "agent", text: "Good morning." },
      { role: "caller", text: "A haircut, please." },
    ]);
    await seedToolCall(database, orgId, { callId });
    const call = await getCall(ctx, callId);
    expect(call.turns.map((turn) => turn.text)).toEqual(["Good morning.", "A haircut, please."]);
    expect(call.toolCalls).toMatchObject([{ name: "find_slots", offsetMs: 4000, status: "ok" }]);
    expect(call).toMatchObject({
      contact: { name: "Ann" },
      agent: null,
      recording: null,
      bookings: [],
      costMicros: 83_400,
    });
  });

  it("lists what the provider sent, as it came", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const connectionId = await seedConnection(database, orgId);
    const callId = await seedCall(database, orgId, { connectionId });
    const kinds = ["status-update", "transcript", "end-of-call-report"];
    await withTenant(database, orgId, (tx) =>
      tx.insert(inboxEvents).values(
        kinds.map((kind, n) => ({
          id: newId("inbox"),
          orgId,
          connectionId,
          callId,
          kind,
          dedupeKey: kind,
          body: "{}",
          receivedAt: new Date(Date.parse("2026-11-20T10:00:00Z") + n * 1000),
        })),
      ),
    );
    expect((await listCallEvents(ctx, callId)).map((event) => event.kind)).toEqual(kinds);
  });

  it("does not exist for another organisation, nor does what is no id", async () => {
    const a = await createTestOrganization(database);
    const b = await createTestOrganization(database);
    const callId = await seedCall(database, a.orgId, { connectionId: await seedConnection(database, a.orgId) });
    for (const id of [callId, "call_x", "a\0b", ""])
      await expect(getCall(b.ctx, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await getCall(a.as("viewer"), callId)).id).toBe(callId);
  });
});
