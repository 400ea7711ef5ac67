import { sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";

const dismissal = z.object({
  reason: z.string().trim().min(3, "Say why, in a few words.").max(300, "Say it in at most 300 letters."),
});

/** Closes a difference that nothing has to be done about, with the reason for who asks later. Found again with the same facts it stays closed. */
export async function dismissItem(
  ctx: Context,
  { itemId, ...given }: { itemId: string; reason: string },
): Promise<Result<undefined, "not_open">> {
  authorise(ctx, "ledger.write");
  const { reason } = parse(dismissal, given);
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      update billing_items set is_open = false, closed_at = ${ctx.clock.now().toISOString()}::timestamptz,
        closed_because = ${`dismissed: ${reason}`}
      where org_id = ${ctx.orgId} and id = ${itemId} and is_open returning kind, subject`);
    const [item] = rows as { kind: string; subject: string }[];
    if (!item) return refuse("not_open");
    await recordChange(ctx, tx, {
      action: "billing_item.changed",
      subject: { kind: "billing_item", id: itemId },
      changes: { kind: item.kind, about: item.subject, dismissed: reason },
    });
    return ok(undefined);
  });
}
