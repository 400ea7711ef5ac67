import type Stripe from "stripe";
import type { DrillOrg } from "./year";

export type ToldInvoice = {
  plan: number;
  proration: number;
  minutes: number;
  overage: number;
  added: number;
  charged: number;
  total: number;
};
export type AtStripe = {
  invoices: ToldInvoice[];
  items: { id: string; amount: number; cause: string | undefined; isInvoiced: boolean }[];
  paid: number;
  refunded: number;
};

/** Prices by which minutes are charged. */
export async function metered(stripe: Stripe): Promise<Set<string>> {
  const prices = await stripe.prices.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  return new Set(prices.filter(({ recurring }) => recurring?.usage_type === "metered").map(({ id }) => id));
}

/** What Stripe has of an organisation at the end. */
export async function readStripe(
  stripe: Stripe,
  { customerRef: customer }: DrillOrg,
  prices: Set<string>,
): Promise<AtStripe> {
  if (!customer) return { invoices: [], items: [], paid: 0, refunded: 0 };
  const all = await stripe.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 });
  const invoices: ToldInvoice[] = [];
  for (const invoice of all.reverse()) {
    if (invoice.status === "draft") continue;
    const told: ToldInvoice = {
      plan: 0,
      proration: 0,
      minutes: 0,
      overage: 0,
      added: 0,
      charged: 0,
      total: invoice.total,
    };
    const lines = await stripe.invoices
      .listLineItems(invoice.id ?? "", { limit: 100 })
      .autoPagingToArray({ limit: 1000 });
    for (const line of lines) {
      const price = String(line.pricing?.price_details?.price ?? "");
      const { subscription_item_details: item, invoice_item_details: added } = line.parent ?? {};
      if (prices.has(price)) {
        told.minutes += line.quantity ?? 0;
        told.overage += line.amount;
      } else if (item?.proration || added?.proration) told.proration += line.amount;
      else if (item) told.plan += line.amount;
      else {
        told.added += line.amount;
        told.charged += Math.max(0, line.amount);
      }
    }
    invoices.push(told);
  }
  const items = await stripe.invoiceItems.list({ customer, limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const charges = await stripe.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const paid = charges.filter((charge) => charge.paid);
  return {
    invoices,
    items: items.map(({ id, amount, metadata, invoice }) => ({
      id,
      amount,
      cause: metadata?.caly_cause,
      isInvoiced: invoice !== null,
    })),
    paid: paid.reduce((sum, { amount }) => sum + amount, 0),
    refunded: paid.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0),
  };
}

export const chargesOf = async (stripe: Stripe, { customerRef: customer }: DrillOrg): Promise<string[]> =>
  customer
    ? (await stripe.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: 10_000 })).map(({ id }) => id)
    : [];
