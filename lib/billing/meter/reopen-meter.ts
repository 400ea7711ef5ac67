import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { closeItems } from "../items/keep-item";
import type { MeterPort } from "../ports";
import { itemOf, requeueRefused } from "./refuse-event";

/**
 * Where the engine told that its meter is not active: what it took meanwhile and did not count is sent again once it is. False: it is not, and
 * nothing is to be sent into it. Throws where the engine cannot be asked.
 */
export async function reopenMeter(ctx: Context, port: MeterPort): Promise<boolean> {
  const item = itemOf(ctx, "inactive");
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select id from billing_items where org_id = ${ctx.orgId} and kind = ${item.kind} and subject = ${item.subject} and is_open`),
  );
  const [open] = rows as { id: string }[];
  if (!open) return true;
  if (!(await port.isMeterActive())) return false;
  await inTenant(ctx, async (_, joined) => {
    await requeueRefused(joined, "inactive", open.id.slice(-8));
    await closeItems(joined, item, "gone");
  });
  return true;
}
