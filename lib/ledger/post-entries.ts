import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { type Line, type Posting, postingParts } from "./posting";

/**
 * Writes what a cause moves, whole or not at all. The same posting again changes nothing ("already"). Refusal: `cause_differs`, where the
 * cause stands there with other lines: what was wrong is put right under the next occasion.
 */
export async function postEntries(
  ctx: Context,
  posting: Posting,
): Promise<Result<"posted" | "already", "cause_differs">> {
  authorise(ctx, "ledger.write");
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`with ${postingParts(ctx, posting)} select id from posted`);
    if (rows.length > 0) return ok("posted");
    const { cause } = posting;
    const found = await tx.execute(sql`
      select debit_account, credit_account, unit, amount::text as amount from ledger_entries
      where org_id = ${ctx.orgId} and cause_kind = ${cause.kind} and cause_id = ${cause.id} and occasion = ${cause.occasion ?? 0}
      order by line`);
    const written = found.rows.map((row) =>
      [row.debit_account, row.credit_account, row.unit, row.amount].map(String).join(" "),
    );
    return written.join() === posting.lines.map(spelt).join() ? ok("already") : refuse("cause_differs");
  });
}

const spelt = ({ debit, credit, unit, amount }: Line) => `${debit} ${credit} ${unit} ${amount}`;
