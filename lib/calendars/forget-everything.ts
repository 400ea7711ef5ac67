import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { CalendarVendors } from "./ports";
import { removeAccounts, withdraw } from "./remove-accounts";

/** After the organisation was closed: no account, no address of a feed and nothing that opens one stays; vendors are told as far as they listen. */
export async function forgetEverything(ctx: Context, vendors: CalendarVendors): Promise<void> {
  authorise(ctx, "connections.manage");
  const gone = await inTenant(ctx, async (tx) => {
    await tx.execute(sql`delete from calendar_feeds where org_id = ${ctx.orgId}`);
    const accounts = await removeAccounts(ctx, tx, sql`true`);
    for (const { id, vendor, label, staffId } of accounts)
      await recordChange(ctx, tx, {
        action: "calendar.changed",
        subject: { kind: "calendar_account", id },
        changes: { disconnected: vendor, account: label },
        payload: { staffId },
      });
    return accounts;
  });
  for (const account of gone) await withdraw(ctx, account, vendors);
}
