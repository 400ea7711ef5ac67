import type { Database } from "@/db/client";
import { calls, connections } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";

/** A call in progress, for what must belong to one. Returns its id. For tests. */
export async function aCall(database: Database, ctx: Context, fromNumber: string | null = null): Promise<string> {
  const callId = newId("call");
  const connectionId = newId("connection");
  const now = ctx.clock.now();
  await withTenant(database, ctx.orgId, async (tx) => {
    await tx.insert(connections).values({
      id: connectionId,
      orgId: ctx.orgId,
      provider: "vapi",
      mode: "emulated",
      name: "Test",
      webhookAuth: { method: "secret_header" },
      webhookSecretEnc: "x",
    });
    await tx.insert(calls).values({
      id: callId,
      orgId: ctx.orgId,
      connectionId,
      externalId: callId,
      status: "in_progress",
      fromNumber,
      startedAt: now,
      lastEventAt: now,
    });
  });
  return callId;
}
