import { reconcileBilling } from "@/lib/billing";
import { fixedClock } from "@/lib/platform/clock";
import { testContext } from "../organization";
import type { DrillOrg } from "./year";
import { type AtStripe, chargesOf } from "./year-at-stripe";
import { type Checked, type Checking, type HeardCalls, tell } from "./year-checking";
import { HOUR, START } from "./year-plan";

/** The comparison of the sides has to find what was planted, and the calls that really got stuck, and nothing else. */
export async function checkFound(
  { database, engine, year, planted, now, examples }: Checking,
  n: number,
  org: DrillOrg,
  heards: HeardCalls,
  stripe: AtStripe,
  faults: Checked["faults"],
): Promise<number> {
  const ctx = testContext(database, org.orgId, { clock: fixedClock(new Date(now)) });
  const { found } = await reconcileBilling(ctx, engine.port, { from: new Date(START), to: new Date(now) });
  const expected = new Set<string>();
  const told = new Set(heards.map(({ callId }) => callId));
  for (const { id, org: of, answeredAt } of year.calls)
    if (of === n && !told.has(id) && answeredAt.getTime() < now - 6 * HOUR) expected.add(`stuck_call ${id}`);
  for (const { callId, isStuck } of heards) if (isStuck) expected.add(`stuck_call ${callId}`);
  for (const { callId } of planted.lost.filter((one) => one.org === n)) expected.add(`lost_meter_event ${callId}`);
  for (const { callId } of planted.doubled.filter((one) => one.org === n)) expected.add(`billed_twice ${callId}`);
  for (const { id } of planted.notes.filter((one) => one.org === n && one.isUntold))
    expected.add(`invoice_differs ${id}`);
  const own = new Set(stripe.items.filter(({ isInvoiced, cause }) => isInvoiced && !cause).map(({ id }) => id));
  let items = planted.items.filter((id) => own.has(id)).length;
  const charges = (await chargesOf(engine.stripe, org)).filter((id) => planted.refunds.includes(id));
  let refunds = charges.length;
  for (const { kind, subject, facts } of found) {
    if (expected.delete(`${kind} ${subject}`)) continue;
    if (kind === "refunded_twice" && charges.includes(String(facts.charge)) && refunds > 0) refunds--;
    else if (kind === "overbilled" && facts.why === "added_by_hand" && items > 0) items--;
    else {
      faults.falselyFound++;
      tell(examples, "false", org.orgId, kind, subject, facts);
    }
  }
  if (expected.size > 0) tell(examples, "missed", org.orgId, [...expected], items, refunds);
  faults.plantedNotFound += expected.size + items + refunds;
  return found.length;
}
