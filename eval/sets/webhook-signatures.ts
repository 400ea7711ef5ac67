import { verifyStripeSignature } from "../../lib/adapters/stripe/verify";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Row = { id: string; provider: string; expect: boolean; contested?: string } & Record<string, unknown>;

type Verifier = (row: Row) => boolean;

/** A provider without a verifier of ours is not covered. */
const verifiers: Record<string, Verifier> = {
  stripe: (row) =>
    verifyStripeSignature(
      { header: (row.value as string | null) ?? null, rawBody: String(row.payload ?? "") },
      [String(row.secret ?? "")],
      new Date(Number(row.now) * 1000),
      Number(row.tolerance_s),
    ),
};

/**
 * Signed webhooks, right and wrong ones, with the clock set to the row's `now`: each has to be accepted or refused as the vendor does.
 * Contested rows are left out. What was accepted and should not have been is told apart: it must be none.
 */
export const evaluate: Evaluate = async (rows) => {
  const judged = (rows as Row[]).filter((row) => !row.contested).map(judge);
  const { length } = judged.filter(({ got, expected, isCovered }) => isCovered && got === true && expected === false);
  return { ...scoreOf(judged), notes: length === 0 ? [] : [`${length} wrongly accepted`] };
};

function judge(row: Row): Judged {
  const verify = verifiers[row.provider];
  const got = verify?.(row);
  return { id: row.id, expected: row.expect, got, isCovered: verify !== undefined, isCorrect: got === row.expect };
}
