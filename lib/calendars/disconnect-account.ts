import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { unsealSecret } from "./account-secret";
import type { AccountRef, CalendarVendors } from "./ports";
import { settleTentative } from "./settle-tentative";

/**
 * Forgets an account with everything known from its calendars, then withdraws our permission at the vendor as far as it listens: what is
 * forgotten here is forgotten whether it answers or not. Events that were written stay in the calendar. Throws `not_found`.
 */
export async function disconnectAccount(
  ctx: Context,
  input: { accountId: string },
  vendors: CalendarVendors,
): Promise<void> {
  authorise(ctx, "connections.manage");
  const gone = await inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      delete from calendar_accounts where org_id = ${ctx.orgId} and id = ${input.accountId}
      returning id, vendor, mode, label, staff_id as "staffId", secret_enc as "secretEnc"`);
    const account = rows[0] as (AccountRef & { label: string; staffId: string; secretEnc: string }) | undefined;
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
  const secret = unsealSecret(ctx.keys, gone.id, gone.secretEnc);
  if (secret.kind !== "oauth") return;
  const answer = await vendors
    .oauth(gone)
    ?.revoke(secret.refreshToken)
    .catch((error: unknown) => ctx.log.warn({ err: error, accountId: gone.id }, "calendar permission not withdrawn"));
  if (answer && !answer.ok)
    ctx.log.warn({ accountId: gone.id, reason: answer.reason }, "calendar permission not withdrawn");
}
