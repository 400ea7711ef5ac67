import { type SQL, sql } from "drizzle-orm";
import type { CauseKind } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { type Account, bookOf, type Unit } from "./rules/accounts";

/** `occasion` 0 is the first time; what corrects it later has 1, 2, … */
export type Cause = { kind: CauseKind; id: string; occasion?: number };

/** Moves `amount` (more than 0, in the unit's whole numbers) from the credited account to the debited one. */
export type Line = { debit: Account; credit: Account; unit: Unit; amount: bigint };

export type Posting = { cause: Cause; effectiveAt: Date; lines: readonly Line[] };

/** Throws for a posting that is none: a mistake of ours, refused before the database has to. */
export function checkPosting({ cause, lines }: Posting): void {
  if (lines.length === 0 || cause.id === "") throw new RangeError("a posting needs a cause and a line");
  for (const { debit, credit, amount } of lines)
    if (amount <= 0n || debit === credit || bookOf(debit) !== bookOf(credit))
      throw new RangeError("a line moves more than nothing between two accounts of one book");
}

/**
 * INSERT of a posting as the parts of a WITH, for those who write something of their own in the same statement; `posted` then holds a row if
 * it was written and none if its cause was there before. `given` names a part of the WITH without whose rows nothing is posted.
 * Whoever writes the same cause at the same moment waits at its first line, so that a cause is written whole or not at all.
 */
export function postingParts(ctx: Context, posting: Posting, given?: SQL): SQL {
  checkPosting(posting);
  const [first, ...others] = posting.lines.map((line, n) => valuesOf(ctx, posting, line, n));
  const parts = [
    sql`posted as (insert into ledger_entries ${columns} select * from (values ${first}) as entry
      ${given ? sql`where exists (select from ${given})` : sql``}
      on conflict (org_id, cause_kind, cause_id, occasion, line) do nothing returning id)`,
  ];
  if (others.length > 0)
    parts.push(sql`posted_too as (insert into ledger_entries ${columns} select * from (values ${sql.join(others, sql`, `)}) as entry
      where exists (select from posted))`);
  return sql.join(parts, sql`, `);
}

const columns = sql.raw(
  "(id, org_id, debit_account, credit_account, unit, amount, cause_kind, cause_id, occasion, line, effective_at, created_at)",
);

const valuesOf = (ctx: Context, { cause, effectiveAt }: Posting, line: Line, n: number): SQL => sql`
  (${newId("ledgerEntry")}, ${ctx.orgId}, ${line.debit}, ${line.credit}, ${line.unit}, ${line.amount.toString()}::bigint, ${cause.kind},
    ${cause.id}, ${cause.occasion ?? 0}::int, ${n}::int, ${effectiveAt.toISOString()}::timestamptz, ${ctx.clock.now().toISOString()}::timestamptz)`;
