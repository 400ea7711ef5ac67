import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { ok, refuse } from "@/lib/platform/result";
import { singleton } from "@/lib/platform/singleton";
import { sealSecret, unsealSecret } from "./account-secret";
import type { AccessToken, AccountRef, CalendarPort, CalendarSecret, CalendarVendors } from "./ports";

/** A token that is about to run out is not begun with. */
const MARGIN_MS = 60_000;

type Answer = Awaited<ReturnType<AccessToken>>;
/** One refresh per account at a time in this process; another process that was faster is seen in the row. */
const refreshing = () => singleton("calendar-refreshes", () => new Map<string, Promise<Answer>>());

/** The account's port; undefined where its vendor is not configured. */
export function openAccount(
  ctx: Context,
  vendors: CalendarVendors,
  account: AccountRef & { secretEnc: string },
): CalendarPort | undefined {
  const secret = unsealSecret(ctx.keys, account.id, account.secretEnc);
  return vendors.open({ ...account, secret }, accessTokenOf(ctx, vendors, account, secret));
}

function accessTokenOf(
  ctx: Context,
  vendors: CalendarVendors,
  account: AccountRef,
  first: CalendarSecret,
): AccessToken {
  let secret = first;
  const usable = (refused: string | undefined) =>
    secret.kind === "oauth" &&
    secret.accessToken !== refused &&
    secret.expiresAtMs > ctx.clock.now().getTime() + MARGIN_MS
      ? ok(secret.accessToken)
      : undefined;
  return async (refused) => {
    if (secret.kind !== "oauth") throw new Error("This account has no tokens");
    const held = usable(refused);
    if (held) return held;
    const running = refreshing().get(account.id) ?? refresh(ctx, vendors, account, refused);
    refreshing().set(account.id, running);
    const answer = await running.finally(() => refreshing().delete(account.id));
    if (answer.ok) secret = (await readSecret(ctx, account.id))?.secret ?? secret;
    return answer;
  };
}

async function refresh(
  ctx: Context,
  vendors: CalendarVendors,
  account: AccountRef,
  refused: string | undefined,
): Promise<Answer> {
  const row = await readSecret(ctx, account.id);
  if (row?.secret.kind !== "oauth") return refuse("revoked");
  const stored = row.secret;
  const nowMs = ctx.clock.now().getTime();
  if (stored.accessToken !== refused && stored.expiresAtMs > nowMs + MARGIN_MS) return ok(stored.accessToken);
  const answer = await vendors.oauth(account)?.refresh(stored.refreshToken);
  if (!answer) return refuse("unavailable", { what: "This vendor is not configured." });
  if (!answer.ok) return answer;
  const { accessToken, refreshToken, expiresInSeconds } = answer.value;
  const fresh: CalendarSecret = {
    kind: "oauth",
    accessToken,
    refreshToken: refreshToken ?? stored.refreshToken,
    expiresAtMs: nowMs + expiresInSeconds * 1000,
  };
  await inTenant(ctx, (tx) =>
    tx.execute(sql`update calendar_accounts set secret_enc = ${sealSecret(ctx.keys, account.id, fresh)}
      where org_id = ${ctx.orgId} and id = ${account.id} and secret_enc = ${row.sealed}`),
  );
  return ok(accessToken);
}

type Stored = { sealed: string; secret: CalendarSecret };

/** As it stands now; undefined for an account that is gone or withdrawn. */
async function readSecret(ctx: Context, accountId: string): Promise<Stored | undefined> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(
      sql`select secret_enc as sealed from calendar_accounts where org_id = ${ctx.orgId} and id = ${accountId} and revoked_at is null`,
    ),
  );
  const row = rows[0] as { sealed: string } | undefined;
  return row && { ...row, secret: unsealSecret(ctx.keys, accountId, row.sealed) };
}
