import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { manageLinks } from "@/db/schema";
import type { Context } from "@/lib/platform/context";

/**
 * The booking the same form has made before, if it has. Until the transaction ends nobody else gets an answer for this form: of two
 * that are sent at once, the second sees what the first has made.
 */
export async function findSubmission(
  ctx: Pick<Context, "orgId">,
  tx: Tx,
  submissionHash: string,
): Promise<string | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.orgId} ${submissionHash}`}, 0))`);
  const [found] = await tx
    .select({ bookingId: manageLinks.bookingId })
    .from(manageLinks)
    .where(and(eq(manageLinks.orgId, ctx.orgId), eq(manageLinks.submissionHash, submissionHash)));
  return found?.bookingId;
}
