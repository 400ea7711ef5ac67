import type Stripe from "stripe";
import type { SeededRandom } from "@/emulators/http/seeded-random";
import type { emulatedStripe } from "@/tests/emulated-stripe";

export type Engine = Awaited<ReturnType<typeof emulatedStripe>>;

const DAY = 86_400;
const START = Date.UTC(2026, 0, 15, 9) / 1000;

/**
 * What a customer goes through at Stripe in some months, on a test clock, in steps that differ with the seed: trial, paying, usage, a change
 * of plan, credit, refunds, disputes, cards that fail and work again, invoices given up and made void, the end and a beginning anew.
 */
export async function stripeLife(engine: Engine, random: SeededRandom) {
  const { stripe, control } = engine;
  const all = await stripe.prices.list({ limit: 100 }).autoPagingToArray({ limit: 100 });
  const price = (key: string) => all.find(({ lookup_key }) => lookup_key === `caly_${key}`)?.id ?? "";
  const itemsOf = (plan: string) => [
    { price: price(`${plan}_v1_usd_month`) },
    { price: price(`${plan}_v1_usd_month_minutes`) },
  ];
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const { id: customer } = await stripe.customers.create({ test_clock: clock.id, email: "owner@example.test" });
  let now = START;
  const some = (least: number, most: number) => Math.floor(random.between(least, most));

  const pass = async (seconds: number) => {
    now += seconds;
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: now });
    while ((await stripe.testHelpers.testClocks.retrieve(clock.id)).status !== "ready");
  };
  const takeCard = async (card: string) => {
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  };
  const subscription = async () => (await stripe.subscriptions.list({ customer, limit: 1 })).data[0];
  const toNextPeriod = async () => {
    const end = (await subscription())?.items.data[0]?.current_period_end ?? now + 31 * DAY;
    await pass(Math.max(1, end - now) + 2 * 3600);
  };
  const use = async (minutes: number) => {
    await stripe.billing.meterEvents.create({
      event_name: "caly_minutes",
      timestamp: now,
      payload: { stripe_customer_id: customer, value: String(minutes) },
    });
  };
  const invoices = async (status?: Stripe.InvoiceListParams.Status) =>
    (await stripe.invoices.list({ customer, ...(status ? { status } : {}), limit: 100 })).data;
  const lastPaid = async () => (await invoices("paid")).find(({ amount_paid }) => amount_paid > 2_000);
  const lastCharge = async () =>
    (await stripe.charges.list({ customer, limit: 100 })).data.find(
      (charge) => charge.paid && charge.amount - charge.amount_refunded > 1_000,
    );
  const change = async (plan: string) => {
    const current = await subscription();
    if (!current) return;
    const [fixed, minutes] = itemsOf(plan);
    await stripe.subscriptions.update(current.id, {
      items: current.items.data.map(({ id, price: { recurring } }) => ({
        id,
        ...(recurring?.usage_type === "metered" ? minutes : fixed),
      })),
      proration_behavior: "always_invoice",
      payment_behavior: "pending_if_incomplete",
    });
  };
  const addByHand = async (amount: number) => {
    await stripe.invoiceItems.create({ customer, amount, currency: "usd", description: "By hand" });
    const made = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: "include",
      auto_advance: false,
    });
    return stripe.invoices.finalizeInvoice(made.id, { auto_advance: false });
  };

  const steps: (() => Promise<unknown>)[] = [
    () => takeCard("pm_card_visa"),
    () =>
      stripe.subscriptions.create({
        customer,
        items: itemsOf("starter"),
        billing_mode: { type: "flexible" },
        ...(random.chance(0.7) ? { trial_period_days: 3 } : {}),
      }),
    () => pass(3 * DAY + 2 * 3600),
    async () => {
      await use(some(310, 700));
      await pass(some(1, 12) * DAY);
      await change("growth");
    },
    async () => {
      const invoice = await lastPaid();
      const amount = some(100, 900);
      if (invoice) await stripe.creditNotes.create({ invoice: invoice.id, amount, credit_amount: amount });
    },
    () => stripe.invoiceItems.create({ customer, amount: -some(1, 500), currency: "usd", description: "Sorry" }),
    () => use(some(900, 1500)),
    toNextPeriod,
    async () => {
      const charge = await lastCharge();
      if (charge) await stripe.refunds.create({ charge: charge.id, amount: some(1, 900) });
    },
    async () => {
      const invoice = await lastPaid();
      const line = invoice?.lines.data.find(({ amount }) => amount > 900);
      if (!invoice || !line) return;
      const amount = some(10, 500);
      await stripe.creditNotes.create({
        invoice: invoice.id,
        lines: [{ type: "invoice_line_item", invoice_line_item: line.id, amount }],
        refund_amount: amount,
      });
    },
    async () => {
      const charge = await lastCharge();
      if (charge) await control(`/charges/${charge.id}/dispute`, { reason: "general" });
    },
    async () => {
      await pass(DAY);
      const open = (await stripe.disputes.list({ limit: 100 })).data.filter(
        ({ status }) => status === "needs_response",
      );
      for (const { id, charge } of open) {
        const of = await stripe.charges.retrieve(String(charge));
        if (of.customer === customer)
          await control(`/disputes/${id}/close`, { status: random.chance(0.5) ? "won" : "lost" });
      }
    },
    () => takeCard("pm_card_chargeCustomerFail"),
    toNextPeriod,
    async () => {
      const [open] = await invoices("open");
      if (open) await stripe.creditNotes.create({ invoice: open.id, amount: some(1, 800) });
    },
    () => pass(4 * DAY),
    async () => {
      await takeCard("pm_card_visa");
      for (const { id } of await invoices("open")) await stripe.invoices.pay(id);
    },
    () => change("starter"),
    async () => {
      const made = await addByHand(some(600, 3_000));
      if (made.status !== "open") return;
      await stripe.invoices.markUncollectible(made.id);
      const what = some(0, 3);
      if (what === 0) await stripe.invoices.pay(made.id);
      if (what === 1) await stripe.invoices.voidInvoice(made.id);
    },
    async () => {
      const made = await addByHand(some(600, 3_000));
      if (made.status !== "open") return;
      if (random.chance(0.5)) await stripe.invoices.voidInvoice(made.id);
      else await stripe.invoices.pay(made.id, { paid_out_of_band: true });
    },
    () => addByHand(some(1, 40)),
    () => stripe.invoices.create({ customer, auto_advance: false }),
    () =>
      stripe.paymentIntents.create({
        customer,
        amount: some(500, 900),
        currency: "usd",
        payment_method: "pm_card_visa",
        confirm: true,
        off_session: true,
      }),
    toNextPeriod,
    async () => {
      const current = await subscription();
      if (current) await stripe.subscriptions.update(current.id, { cancel_at_period_end: true });
    },
    () => use(some(1, 900)),
    toNextPeriod,
    async () => {
      if (random.chance(0.5))
        await stripe.subscriptions.create({ customer, items: itemsOf("scale"), billing_mode: { type: "flexible" } });
    },
    () => pass(5 * DAY),
  ];
  return { customer, steps };
}
