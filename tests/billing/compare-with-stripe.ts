import { type BillingTables, balancesOf } from "./billing-tables";
import type { Engine } from "./stripe-life";

/** What the ledger says and what Stripe's own objects add up to, for one customer: both lists have to be the same. */
export async function compareWithStripe({ stripe }: Engine, customerRef: string, tables: BillingTables) {
  const [customer, invoices, charges] = await Promise.all([
    stripe.customers.retrieve(customerRef),
    stripe.invoices.list({ customer: customerRef, limit: 100 }),
    stripe.charges.list({ customer: customerRef, limit: 100 }),
  ]);
  const sum = (amounts: number[]) => BigInt(amounts.reduce((all, amount) => all + amount, 0));
  const open = invoices.data.filter(({ status }) => status === "open").map((invoice) => invoice.amount_remaining);
  const givenByHand = invoices.data
    .filter(({ status }) => status === "paid" || status === "open")
    .flatMap(({ lines }) => lines.data.filter((line) => line.parent?.invoice_item_details && line.amount < 0));
  const inHand = "balance" in customer ? customer.balance : 0;
  const unknown = tables.items.map(({ subject }) => String(subject));
  const known = charges.data.filter(({ paid, id }) => paid && !unknown.includes(id));
  const disputes = await Promise.all(
    known.filter(({ disputed }) => disputed).map(({ id }) => stripe.disputes.list({ charge: id })),
  );
  const lost = disputes.flatMap(({ data }) => data.filter(({ status }) => status !== "won"));
  const elsewhere = invoices.data.filter(
    ({ status, amount_paid, amount_due }) => status === "paid" && amount_paid === 0 && amount_due > 0,
  );
  const found = balancesOf(tables);
  const of = (account: string) => found[`billing.${account}`] ?? 0n;
  return {
    ledger: { receivable: of("receivable"), credits: of("credits"), cash: of("cash") },
    stripe: {
      receivable: sum(open),
      credits: sum([inHand, ...givenByHand.map(({ amount }) => -amount)]),
      cash: sum([
        ...known.map(({ amount, amount_refunded }) => amount - amount_refunded),
        ...lost.map(({ amount }) => -amount),
        ...elsewhere.map(({ amount_due }) => amount_due),
      ]),
    },
  };
}
