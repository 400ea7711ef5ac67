import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import type { CalendarVendors } from "./ports";
import { removeAccounts, withdraw } from "./remove-accounts";
import { settleTentative } from "./settle-tentative";

/**
 * Forgets an account with everything known from its calendars, then ends what we had at the vendor as far as it listens. Events that were
 * written stay in the calendar. Throws `not_found`.
 */
export async function disconnectAccount(
  ctx: Context,
  input: { accountId: string },
  vendors: CalendarVendors,
): Promise<void> {
  authorise(ctx, "connections.manage");
  const gone = await inTenant(ctx, async (tx) => {
    const [account] = await removeAccounts(ctx, tx, sql`a.id = ${input.accountId}`);
    if (!account) throw notFound("This account");
    await settleTentative(ctx, tx, account.staffId);
    await recordChange(ctx, tx, {
      action: "calendar.changed",
      subject: { kind: "calendar_account", id: account.id },
      changes: { disconnected: account.vendor, account: account.label },
      payload: { staffId: account.staffId },
    });
    return account;
  });
  await withdraw(ctx, gone, vendors);
}
