import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { publishEvent, recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { BlobStore } from "@/lib/platform/blobs";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";

/**
 * Removes what was said in a call and who said it: messages as received, events' contents, turns, tool calls, transcript, summary and
 * numbers. The row stays with its times, outcome and cost; a call that is still running counts as ended, because nothing of it is taken any
 * more. The recording is refused at once and its file removed by `call.erased`'s job.
 * Erasing twice changes nothing.
 */
export async function eraseCall(ctx: Context, callId: string): Promise<void> {
  authorise(ctx, "contacts.erase");
  await inTenant(ctx, async (tx, scope) => {
    const { rows } = await tx.execute(
      sql`select erased_at from calls where org_id = ${ctx.orgId} and id = ${callId} for update`,
    );
    if (rows.length === 0) throw notFound("This call");
    await erase(scope, tx, rows[0]?.erased_at === null ? [callId] : []);
  });
}

/** Every call of a contact, in the transaction of `ctx`: what erasing the contact needs (lib/contacts/ports.ts). */
export async function eraseContactCalls(ctx: Context, contactId: string): Promise<number> {
  authorise(ctx, "contacts.erase");
  return inTenant(ctx, (tx, scope) => eraseWhere(scope, tx, sql`contact_id = ${contactId}`, 100_000));
}

/** Erases what began before the organisation's retention period, at most `limit` calls; returns how many, to be called until it is 0. */
export async function applyRetention(ctx: Context, limit = 200): Promise<number> {
  authorise(ctx, "contacts.erase");
  return inTenant(ctx, async (tx, scope) => {
    const { rows } = await tx.execute(sql`select retention_days from organizations where id = ${ctx.orgId}`);
    const days = (rows[0] as { retention_days: number }).retention_days;
    const before = new Date(ctx.clock.now().getTime() - days * 86_400_000).toISOString();
    await tx.execute(sql`
      delete from inbox_events where org_id = ${ctx.orgId} and call_id is null and received_at < ${before}::timestamptz`);
    return eraseWhere(scope, tx, sql`started_at < ${before}::timestamptz and status = 'ended'`, limit);
  });
}

async function eraseWhere(ctx: Context, tx: Tx, which: SQL, limit: number): Promise<number> {
  const { rows } = await tx.execute(sql`
    select id from calls where org_id = ${ctx.orgId} and erased_at is null and ${which} order by id limit ${limit} for update`);
  const ids = (rows as { id: string }[]).map((row) => row.id);
  await erase(ctx, tx, ids);
  return ids.length;
}

async function erase(ctx: Context, tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const now = ctx.clock.now().toISOString();
  const those = sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
  const ended = await tx.execute(sql`
    update calls set status = 'ended', ended_at = greatest(ended_at, ${now}::timestamptz),
      answered_at = coalesce(answered_at, case when status in ('in_progress', 'forwarding') then started_at end),
      outcome = coalesce(outcome, case when status in ('in_progress', 'forwarding') then 'answered' else 'missed' end)
    where org_id = ${ctx.orgId} and id in ${those} and status <> 'ended' returning id, outcome`);
  await tx.execute(sql`
    delete from inbox_events i using calls k where i.org_id = ${ctx.orgId} and k.id in ${those}
      and i.connection_id = k.connection_id and (i.call_id = k.id or i.call_external_id = k.external_id)`);
  await tx.execute(sql`update events set payload = '{}'::jsonb where org_id = ${ctx.orgId} and subject_id in ${those}`);
  await tx.execute(sql`delete from turns where org_id = ${ctx.orgId} and call_id in ${those}`);
  await tx.execute(sql`delete from tool_calls where org_id = ${ctx.orgId} and call_id in ${those}`);
  await tx.execute(sql`
    update follow_ups set text = '', caller_name = '', caller_phone = null, done_at = coalesce(done_at, ${now}::timestamptz),
      done_by = coalesce(done_by, 'erased') where org_id = ${ctx.orgId} and call_id in ${those}`);
  await tx.execute(sql`
    update recordings set state = 'deleted', peaks = null, updated_at = ${now}::timestamptz where org_id = ${ctx.orgId} and call_id in ${those}`);
  await tx.execute(sql`
    update calls set summary = '', transcript = '', from_number = null, to_number = null, contact_id = null, needs_review = false,
      reconcile_after = null, erased_at = ${now}::timestamptz, updated_at = ${now}::timestamptz
    where org_id = ${ctx.orgId} and id in ${those}`);
  for (const id of ids) await recordChange(ctx, tx, { action: "call.erased", subject: { kind: "call", id } });
  for (const { id, outcome } of ended.rows as { id: string; outcome: string }[])
    await publishEvent(ctx, tx, { kind: "call.ended", subjectId: id, payload: { outcome, endedReason: null } });
}

/** Removes the file of an erased call's recording; repeatable. */
export async function deleteErasedRecording(ctx: Context, callId: string, blobs: BlobStore): Promise<void> {
  authorise(ctx, "contacts.erase");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select blob_key from recordings where org_id = ${ctx.orgId} and call_id = ${callId} and state = 'deleted' and blob_key is not null`),
  );
  const key = (rows[0] as { blob_key: string } | undefined)?.blob_key;
  if (!key) return;
  await blobs.delete(key);
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update recordings set blob_key = null, bytes = null where org_id = ${ctx.orgId} and call_id = ${callId} and state = 'deleted'`),
  );
}
