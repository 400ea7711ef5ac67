import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type Refusal, refuse } from "@/lib/platform/result";
import { mostViews } from "./call-view";
import { listCallViews } from "./list-call-views";

export type ViewRefusal = "name_taken" | "too_many_views";

/** Everybody's are for whoever works with the calls to change, one's own for any member. */
export function authoriseView(ctx: Context, { isShared }: { isShared: boolean }): void {
  authorise(ctx, isShared ? "calls.write" : "read");
}

/** Until the transaction's end nobody else of the organisation saves, changes or deletes a view. */
export const lockViews = (ctx: Context) =>
  inTenant(ctx, (tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`views ${ctx.orgId}`}, 0))`));

/** Why there is no room for it among one's own or everybody's; asked under `lockViews`. */
export async function findNoRoom(
  ctx: Context,
  { id, name, isShared }: { id: string; name: string; isShared: boolean },
): Promise<Refusal<ViewRefusal> | undefined> {
  const beside = (await listCallViews(ctx)).filter((each) => each.isShared === isShared && each.id !== id);
  if (beside.some((each) => each.name.toLowerCase() === name.toLowerCase())) return refuse("name_taken");
  return beside.length >= mostViews ? refuse("too_many_views") : undefined;
}
