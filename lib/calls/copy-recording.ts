import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { BlobStore } from "@/lib/platform/blobs";
import type { Context } from "@/lib/platform/context";
import type { DownloadedRecording, VoiceProvider } from "./ports";
import { failureText } from "./receive-event";
import { readWav } from "./rules/wav";

/** After so many failures the recording is shown as failed; a job that is put back by hand tries again. */
const MAX_ATTEMPTS = 6;

/**
 * Copies a call's recording into our store, because the provider keeps it for days only. Nothing to do when there is none, or it is stored.
 * Throws to be tried again; the failure stands on the recording meanwhile.
 */
export async function copyRecording(
  ctx: Context,
  callId: string,
  ports: { provider: VoiceProvider | undefined; blobs: BlobStore },
): Promise<"stored" | "nothing_to_do"> {
  authorise(ctx, "calls.write");
  const externalId = await findWaiting(ctx, callId);
  if (!externalId) return "nothing_to_do";
  try {
    if (!ports.provider) throw new Error("the connection has no key for the provider's API");
    const recording = await ports.provider.downloadRecording(externalId);
    if (!recording) throw new Error("the provider has no recording of this call");
    return await store(ctx, callId, recording, ports.blobs);
  } catch (error) {
    await noteFailure(ctx, callId, error);
    throw error;
  }
}

async function findWaiting(ctx: Context, callId: string): Promise<string | undefined> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select k.external_id from recordings r join calls k on k.id = r.call_id
      where r.org_id = ${ctx.orgId} and r.call_id = ${callId} and r.state in ('pending', 'failed') and k.erased_at is null`),
  );
  return (rows[0] as { external_id: string } | undefined)?.external_id;
}

async function store(
  ctx: Context,
  callId: string,
  { bytes, contentType }: DownloadedRecording,
  blobs: BlobStore,
): Promise<"stored" | "nothing_to_do"> {
  const facts = readWav(bytes);
  const type = facts ? "audio/wav" : contentType;
  const key = `${ctx.orgId}/recordings/${callId}.${facts ? "wav" : "audio"}`;
  await blobs.put(key, bytes, { contentType: type });
  const now = ctx.clock.now().toISOString();
  const isKept = await inTenant(ctx, async (tx, scope) => {
    const { rows } = await tx.execute(sql`
      update recordings r set state = 'stored', blob_key = ${key}, content_type = ${type}, bytes = ${bytes.byteLength}::int,
        duration_ms = ${facts?.durationMs ?? null}::int, channels = ${facts?.channels ?? null}::int,
        peaks = ${facts ? JSON.stringify(facts.peaks) : null}::jsonb, error = null, attempts = attempts + 1,
        stored_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
      from calls k where k.id = r.call_id and k.erased_at is null
        and r.org_id = ${ctx.orgId} and r.call_id = ${callId} and r.state in ('pending', 'failed') returning r.id`);
    if (rows.length > 0)
      await publishEvent(scope, tx, {
        kind: "recording.stored",
        subjectId: callId,
        payload: { durationMs: facts?.durationMs ?? null },
      });
    return rows.length > 0;
  });
  if (isKept) return "stored";
  await deleteUnlessStored(ctx, callId, key, blobs);
  return "nothing_to_do";
}

/** Erased while it was fetched: it must not stay. Stored by another run meanwhile: it is that run's. */
async function deleteUnlessStored(ctx: Context, callId: string, key: string, blobs: BlobStore): Promise<void> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select 1 from recordings where org_id = ${ctx.orgId} and call_id = ${callId} and state = 'stored' and blob_key = ${key}`),
  );
  if (rows.length === 0) await blobs.delete(key);
}

async function noteFailure(ctx: Context, callId: string, error: unknown): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await inTenant(ctx, async (tx, scope) => {
    const { rows } = await tx.execute(sql`
      update recordings set attempts = attempts + 1, error = ${failureText(error)}, updated_at = ${now}::timestamptz,
        state = case when attempts + 1 >= ${MAX_ATTEMPTS} then 'failed' else state end
      where org_id = ${ctx.orgId} and call_id = ${callId} and state in ('pending', 'failed') returning attempts`);
    if ((rows[0] as { attempts: number } | undefined)?.attempts === MAX_ATTEMPTS)
      await publishEvent(scope, tx, { kind: "recording.failed", subjectId: callId });
  });
}
