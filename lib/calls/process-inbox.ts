import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { applyMessage, contactOf } from "./apply-message";
import type { MessageParser } from "./ports";
import { failureText } from "./receive-event";
import { lockCall, type MessageSource } from "./store-message";

type Row = {
  connection_id: string;
  body: string;
  processed_at: string | null;
  agent_id: string | null;
  time_zone: string;
};

/**
 * Tries a message again that was stored but could not be applied. Tools are not run by it: the caller was told that they failed.
 * "skipped": it was processed meanwhile or is no longer there. A failure is noted on the row and thrown.
 */
export async function processInbox(
  ctx: Context,
  inboxId: string,
  parse: MessageParser,
): Promise<"applied" | "skipped"> {
  authorise(ctx, "calls.write");
  try {
    return await inTenant(ctx, async (tx, scope) => {
      const { rows } = await tx.execute(sql`
        select i.connection_id, i.body, i.processed_at, c.agent_id, o.time_zone from inbox_events i
        join connections c on c.id = i.connection_id join organizations o on o.id = i.org_id
        where i.org_id = ${ctx.orgId} and i.id = ${inboxId} for update of i`);
      const row = rows[0] as Row | undefined;
      if (!row || row.processed_at !== null) return "skipped";
      const message = parse(row.body);
      const source: MessageSource = { id: row.connection_id, agentId: row.agent_id, timeZone: row.time_zone };
      const call = message.call && (await lockCall(ctx, tx, source, message.call));
      await tx.execute(sql`
        update inbox_events set call_id = ${call && !call.erasedAt ? call.id : null}, processed_at = ${ctx.clock.now().toISOString()}::timestamptz,
          error = null, attempts = attempts + 1
        where org_id = ${ctx.orgId} and id = ${inboxId}`);
      if (!call || call.erasedAt) return "applied";
      const contactId = await contactOf(scope, call, message);
      await applyMessage(scope, tx, { call, message, contactId });
      return "applied";
    });
  } catch (error) {
    await inTenant(ctx, (tx) =>
      tx.execute(sql`
        update inbox_events set attempts = attempts + 1, error = ${failureText(error)} where org_id = ${ctx.orgId} and id = ${inboxId}`),
    );
    throw error;
  }
}
