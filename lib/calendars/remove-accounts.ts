import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { ok } from "@/lib/platform/result";
import { unsealSecret } from "./account-secret";
import type { AccessToken, AccountRef, CalendarOAuth, CalendarSecret, CalendarVendors } from "./ports";

export type RemovedAccount = AccountRef & {
  label: string;
  staffId: string;
  secretEnc: string;
  channels: { channelId: string; resourceId: string | null }[];
};

/** Forgets accounts with everything known from their calendars; what is returned is the last there is of their secrets. */
export async function removeAccounts(ctx: Context, tx: Tx, where: SQL): Promise<RemovedAccount[]> {
  const { rows } = await tx.execute(sql`
    delete from calendar_accounts a where a.org_id = ${ctx.orgId} and ${where}
    returning a.id, a.vendor, a.mode, a.label, a.staff_id as "staffId", a.secret_enc as "secretEnc",
      coalesce((select json_agg(json_build_object('channelId', c.push_channel_id, 'resourceId', c.push_resource_id))
        from calendars c where c.account_id = a.id and c.push_channel_id is not null), '[]') as channels`);
  return rows as RemovedAccount[];
}

/** Ends at the vendor what we had there, pushes and permission, as far as it listens: here it is forgotten whether it answers or not. */
export async function withdraw(ctx: Context, account: RemovedAccount, vendors: CalendarVendors): Promise<void> {
  const secret = unsealSecret(ctx.keys, account.id, account.secretEnc);
  const oauth = vendors.oauth(account);
  if (secret.kind !== "oauth" || !oauth) return;
  const attempt = async (what: string, ask: () => Promise<{ ok: boolean; reason?: string }> | undefined) => {
    const answer = await ask()?.catch((error: unknown) => ({ ok: false, reason: String(error) }));
    if (answer && !answer.ok) ctx.log.warn({ accountId: account.id, reason: answer.reason }, `calendar ${what}`);
  };
  const access = accessInMemory(ctx, oauth, secret);
  const { push } = vendors.open({ ...account, secret }, access.token) ?? {};
  await Promise.all(
    account.channels.map(({ channelId, resourceId }) =>
      attempt("push not stopped", () =>
        push?.unsubscribe({ channelId, resourceId: resourceId ?? undefined, expiresInSeconds: 0 }),
      ),
    ),
  );
  await attempt("permission not withdrawn", () => oauth.revoke(access.refreshToken()));
}

/** The account's tokens without the row they stood in. */
function accessInMemory(ctx: Context, oauth: CalendarOAuth, secret: Extract<CalendarSecret, { kind: "oauth" }>) {
  let { accessToken, refreshToken } = secret;
  let expired = secret.expiresAtMs <= ctx.clock.now().getTime() ? accessToken : undefined;
  let refreshing: ReturnType<AccessToken> | undefined;
  const refresh: AccessToken = async () => {
    const answer = await oauth.refresh(refreshToken);
    if (!answer.ok) return answer;
    ({ accessToken } = answer.value);
    refreshToken = answer.value.refreshToken ?? refreshToken;
    return ok(accessToken);
  };
  const token: AccessToken = async (refused) => {
    expired = refused ?? expired;
    if (accessToken !== expired) return ok(accessToken);
    // Channels are stopped side by side: a refresh token may serve once.
    refreshing ??= refresh();
    return refreshing;
  };
  return { token, refreshToken: () => refreshToken };
}
