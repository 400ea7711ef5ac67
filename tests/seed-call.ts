import type { Database } from "@/db/client";
import { calls, connections, toolCalls, turns } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";

/** A connection row, for tests that need calls but not what a connection does. */
export async function seedConnection(database: Database, orgId: string): Promise<string> {
  const id = newId("connection");
  await withTenant(database, orgId, (tx) =>
    tx.insert(connections).values({
      id,
      orgId,
      provider: "vapi",
      mode: "emulated",
      name: "Test line",
      webhookAuth: { method: "secret_header" },
      webhookSecretEnc: "sealed",
    }),
  );
  return id;
}

type Row = Partial<typeof calls.$inferInsert> & { connectionId: string };

/** A call row as a test wants it: ended, one minute long, answered, unless told otherwise. */
export async function seedCall(database: Database, orgId: string, row: Row): Promise<string> {
  const id = row.id ?? newId("call");
  const startedAt = row.startedAt ?? new Date("2026-11-20T10:00:00.000Z");
  const isEnded = (row.status ?? "ended") === "ended";
  await withTenant(database, orgId, (tx) =>
    tx.insert(calls).values({
      externalId: id,
      status: "ended",
      outcome: isEnded ? "answered" : null,
      answeredAt: startedAt,
      endedAt: isEnded ? new Date(startedAt.getTime() + 60_000) : null,
      durationSeconds: isEnded ? 60 : null,
      fromNumber: "+12025550143",
      ...row,
      id,
      orgId,
      startedAt,
      lastEventAt: row.lastEventAt ?? startedAt,
    }),
  );
  return id;
}

export async function seedTurns(
  database: Database,
  orgId: string,
  callId: string,
  said: readonly { role: "agent" | "caller"; text: string }[],
): Promise<void> {
  await withTenant(database, orgId, (tx) =>
    tx.insert(turns).values(
      said.map((turn, n) => ({
        id: newId("turn"),
        orgId,
        callId,
        ...turn,
        offsetMs: n * 3000,
        durationMs: 2500,
        source: "report" as const,
        dedupeKey: `t${n}`,
      })),
    ),
  );
}

export async function seedToolCall(
  database: Database,
  orgId: string,
  row: Partial<typeof toolCalls.$inferInsert> & { callId: string },
): Promise<string> {
  const id = newId("toolCall");
  await withTenant(database, orgId, (tx) =>
    tx.insert(toolCalls).values({
      externalId: id,
      name: "find_slots",
      arguments: { service: "haircut" },
      status: "ok",
      offsetMs: 4000,
      durationMs: 12,
      ...row,
      id,
      orgId,
    }),
  );
  return id;
}
