import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { matchingCalls } from "./call-filter";
import { type CallSummary, callLines } from "./call-lines";

const most = 50;

/** Calls that have not ended, newest first, at most fifty. */
export async function listLiveCalls(ctx: Context): Promise<CallSummary[]> {
  authorise(ctx, "read");
  const source = sql`select calls.* from calls where ${matchingCalls(ctx.orgId, { state: "live" })}
    order by calls.started_at desc, calls.id desc limit ${most}`;
  return inTenant(ctx, (tx) => callLines(tx, source));
}
