import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import type { BillingItemKind } from "../rules/differences";

export type FoundItem = {
  kind: BillingItemKind;
  subject: string;
  facts: Record<string, string | number | null>;
  proposal: string;
};

/** Opens an item; found again it is the same open one, with what is known now. What was dismissed with these facts stays so. Returns its id. */
export async function openItem(ctx: Context, { kind, subject, facts, proposal }: FoundItem): Promise<string> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (tx) => {
    const dismissed = await tx.execute(sql`
      select id from billing_items where org_id = ${ctx.orgId} and kind = ${kind} and subject = ${subject} and not is_open
        and closed_because like 'dismissed:%' and facts = ${JSON.stringify(facts)}::jsonb limit 1`);
    if (dismissed.rows[0]) return (dismissed.rows[0] as { id: string }).id;
    const { rows } = await tx.execute(sql`
      insert into billing_items (id, org_id, kind, subject, facts, proposal, found_at)
      values (${newId("billingItem")}, ${ctx.orgId}, ${kind}, ${subject}, ${JSON.stringify(facts)}::jsonb, ${proposal},
        ${ctx.clock.now().toISOString()}::timestamptz)
      on conflict (org_id, kind, subject) where is_open do update set facts = excluded.facts, proposal = excluded.proposal
      returning id, xmax = 0 as is_new`);
    const { id, is_new } = rows[0] as { id: string; is_new: boolean };
    if (is_new)
      await recordChange(ctx, tx, {
        action: "billing_item.changed",
        subject: { kind: "billing_item", id },
        changes: { kind, about: subject, proposal },
      });
    return id;
  });
}

/** Closes the open items of a kind about a subject; `because` is a word: "gone", "applied", "corrected". */
export async function closeItems(
  ctx: Context,
  { kind, subject }: Pick<FoundItem, "kind" | "subject">,
  because: string,
): Promise<void> {
  authorise(ctx, "ledger.write");
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update billing_items set is_open = false, closed_at = ${ctx.clock.now().toISOString()}::timestamptz, closed_because = ${because}
      where org_id = ${ctx.orgId} and kind = ${kind} and subject = ${subject} and is_open`),
  );
}
