import { catchUp } from "@/lib/billing";
import { fixedClock } from "@/lib/platform/clock";
import { testContext } from "../organization";
import { checkCalls } from "./check-calls";
import { checkFound } from "./check-found";
import { checkInvoices } from "./check-invoices";
import { checkLedger } from "./check-ledger";
import { metered, readStripe } from "./year-at-stripe";
import type { Checked, Checking, HeardCalls } from "./year-checking";
import { START, type Told } from "./year-plan";
import { heardOf } from "./year-recount";

/** What came of a year, by other means than it came about. */
export async function checkYear(given: Omit<Checking, "examples">): Promise<Checked> {
  const examples: string[] = [];
  const checking: Checking = { ...given, examples };
  const { year, orgs, planted } = given;
  const faults: Checked["faults"] = {
    callsNotCountedOnce: 0,
    callsCountedWrong: 0,
    callsBilledWrong: 0,
    invoicesWrong: 0,
    spansWrong: 0,
    ledgersWrong: 0,
    unbalanced: 0,
    plantedNotFound: 0,
    falselyFound: 0,
  };
  const totals = { invoices: 0, minutes: 0, credits: 0, lateCharges: 0, found: 0 };
  const prices = await metered(checking.engine.stripe);
  const byCall = Map.groupBy(year.told, ({ call }) => call);
  for (const [n, org] of orgs.entries()) {
    const heards = year.calls.flatMap((call, index): HeardCalls => {
      const heard = call.org === n ? heardOf(call, byCall.get(index) ?? ([] as Told[])) : undefined;
      const last = heard?.values.at(-1);
      return heard && last ? [{ callId: call.id, minutes: last.minutes, heard, isStuck: call.lastHeard !== null }] : [];
    });
    totals.minutes += heards.reduce((sum, { minutes }) => sum + minutes, 0);
    await checkCalls(checking, org, heards, faults);
    const stripe = await readStripe(checking.engine.stripe, org, prices);
    totals.invoices += stripe.invoices.length;
    totals.credits += stripe.items.filter(({ amount, cause }) => amount < 0 && cause).length;
    totals.lateCharges += stripe.items.filter(({ amount, cause }) => amount > 0 && cause).length;
    checkInvoices(checking, n, org, heards, stripe, faults);
    await checkLedger(checking, n, org, heards, stripe, faults, { isCaughtUp: false });
    totals.found += await checkFound(checking, n, org, heards, stripe, faults);
    if (!planted.notes.some((note) => note.org === n && note.isUntold)) continue;
    const ctx = testContext(given.database, org.orgId, { clock: fixedClock(new Date(given.now)) });
    await catchUp(ctx, given.engine.port, { from: new Date(START), to: new Date(given.now) });
    await checkLedger(checking, n, org, heards, stripe, faults, { isCaughtUp: true });
  }
  const count = Object.values(planted).reduce((sum, some) => sum + some.length, 0);
  return { ...totals, planted: count, examples, faults };
}
