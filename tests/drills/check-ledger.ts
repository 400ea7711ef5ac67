import { foldLedger, listBalances } from "@/lib/ledger";
import { testContext } from "../organization";
import type { DrillOrg } from "./year";
import type { AtStripe, ToldInvoice } from "./year-at-stripe";
import { type Checked, type Checking, type HeardCalls, tell } from "./year-checking";

/** The books: balanced, and each account what calls and Stripe add up to. */
export async function checkLedger(
  { database, examples, planted }: Checking,
  n: number,
  org: DrillOrg,
  heards: HeardCalls,
  stripe: AtStripe,
  faults: Checked["faults"],
  { isCaughtUp }: { isCaughtUp: boolean },
) {
  const ctx = testContext(database, org.orgId);
  await foldLedger(ctx);
  const balances = await listBalances(ctx);
  const net = (account: string, unit: string) =>
    balances.find((each) => each.account === account && each.unit === unit)?.net ?? 0n;
  for (const unit of new Set(balances.map((each) => each.unit)))
    if (balances.filter((each) => each.unit === unit).reduce((sum, each) => sum + each.net, 0n) !== 0n)
      faults.unbalanced++;
  const sum = (of: (invoice: ToldInvoice) => number) => stripe.invoices.reduce((all, invoice) => all + of(invoice), 0);
  const credited = stripe.items
    .filter(({ amount, cause }) => amount < 0 && cause)
    .reduce((all, { amount }) => all + amount, 0);
  const notes = planted.notes.filter((note) => note.org === n && (isCaughtUp || !note.isUntold));
  const noted = (part: "plan" | "beyond") => notes.reduce((all, { of, amount }) => all + (of === part ? amount : 0), 0);
  const taken = planted.disputes
    .filter((dispute) => dispute.org === n && !dispute.isWon)
    .reduce((all, { amount }) => all + amount, 0);
  const should: [string, string, number][] = [
    ["billing.minutes_used", "minutes", heards.reduce((all, { minutes }) => all + minutes, 0)],
    ["billing.cash", org.currency, stripe.paid - stripe.refunded - taken],
    ["billing.refunds", org.currency, stripe.refunded + taken],
    ["billing.subscription_revenue", org.currency, noted("plan") - sum(({ plan, proration }) => plan + proration)],
    [
      "billing.overage_revenue",
      org.currency,
      noted("beyond") - (sum(({ overage: beyond, charged }) => beyond + charged) + credited),
    ],
  ];
  for (const [account, unit, amount] of should)
    if (net(account, unit) !== BigInt(amount)) {
      faults.ledgersWrong++;
      tell(examples, "ledger", org.orgId, account, unit, net(account, unit), amount);
    }
}
