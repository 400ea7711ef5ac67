import type Stripe from "stripe";
import { type CheckoutPort, lookupKeyOf, type PlanTerms, type ProrationPreview } from "@/lib/billing/ports";
import { sha256Hex } from "@/lib/platform/crypto";
import { AppError } from "@/lib/platform/errors";
import { fromStripeAmount } from "./amount";
import { PORTAL_MARK } from "./catalog";
import { type StripeConfig, stripeClient, underKey } from "./client";
import { isOurs } from "./records/subscription-record";
import { instantOf, refOf } from "./records/told";

type Ask = <T>(request: (stripe: Stripe) => Promise<T>) => Promise<T>;

/** Subscribing, and changing what is subscribed to. Every failure is `unavailable`: whoever presses the button can only try again later. */
export function stripeCheckout(config: StripeConfig): CheckoutPort {
  const client = stripeClient(config);
  const ask: Ask = (request) =>
    client.ask(request).catch((cause: unknown) => {
      throw new AppError("unavailable", "Stripe could not do this just now.", { cause });
    });

  return {
    async createCustomer({ orgId, name, email, cause }) {
      // What may differ between two who ask at once comes second: a key stands for one request alone.
      const customer = await ask((stripe) =>
        underKey<Stripe.Customer>(
          keyOf(cause),
          (key) => stripe.customers.create({ metadata: { org_id: orgId } }, key),
          () => findCustomer(stripe, orgId),
        ),
      );
      await ask((stripe) => stripe.customers.update(customer.id, { name, ...(email ? { email } : {}) }));
      return { customerRef: customer.id };
    },

    async createCheckout({ orgId, customerRef, returnUrl, cancelUrl, cause, ...terms }) {
      const ofCustomer = { customer: customerRef, limit: 100 };
      const [subscriptions, sessions, { plan, minutes }] = await Promise.all([
        ask((stripe) => stripe.subscriptions.list({ ...ofCustomer, status: "all" })),
        ask((stripe) => stripe.checkout.sessions.list(ofCustomer)),
        findPrices(ask, terms),
      ]);
      if (subscriptions.data.some((each) => isOurs(each) && !OVER.has(each.status))) return "subscribed";
      const [latest] = sessions.data;
      const wanted = lookupKeyOf(terms, "plan");
      const params: Stripe.Checkout.SessionCreateParams = {
        mode: "subscription",
        customer: customerRef,
        client_reference_id: orgId,
        metadata: { org_id: orgId, terms: wanted },
        line_items: [{ price: plan, quantity: 1 }, { price: minutes }],
        subscription_data: { billing_mode: { type: "flexible" }, metadata: { org_id: orgId } },
        success_url: returnUrl,
        cancel_url: cancelUrl,
      };
      const isSame = (session: Stripe.Checkout.Session) =>
        session.status === "open" && session.metadata?.terms === wanted && session.success_url === returnUrl;
      const open = latest && isSame(latest) ? latest : undefined;
      // Named after the latest one, so that two who ask at once make one, and who comes when it is over makes another.
      const key = `${cause}:${latest?.id ?? ""}:${JSON.stringify(params)}`;
      const session =
        open ??
        (await ask((stripe) => underKey(keyOf(key), (options) => stripe.checkout.sessions.create(params, options))));
      return { url: await closeOthers(ask, customerRef, session) };
    },

    async openPortal({ customerRef, returnUrl }) {
      const { data } = await ask((stripe) => stripe.billingPortal.configurations.list({ limit: 100, active: true }));
      const ours = data.find(({ metadata }) => metadata?.[PORTAL_MARK]);
      const { url } = await ask((stripe) =>
        stripe.billingPortal.sessions.create({
          customer: customerRef,
          return_url: returnUrl,
          ...(ours ? { configuration: ours.id } : {}),
        }),
      );
      return { url };
    },

    async previewChange({ subscriptionRef, to, at }) {
      const { items, ofMinutes } = await changedItems(ask, subscriptionRef, to);
      const invoice = await ask((stripe) =>
        stripe.invoices.createPreview({
          subscription: subscriptionRef,
          subscription_details: { items, proration_date: seconds(at), proration_behavior: "always_invoice" },
        }),
      );
      return previewOf(invoice, ofMinutes);
    },

    async changePlan({ subscriptionRef, to, at, cause }) {
      const { items, latestInvoice, isWaiting } = await changedItems(ask, subscriptionRef, to);
      if (isWaiting && latestInvoice)
        await voidOpen(ask, await ask((stripe) => stripe.invoices.retrieve(latestInvoice)));
      const params: Stripe.SubscriptionUpdateParams = {
        items,
        proration_date: seconds(at),
        proration_behavior: "always_invoice",
        payment_behavior: "pending_if_incomplete",
      };
      // After a card was declined, whose invoice is then the latest, the same change is another request.
      const options = { idempotencyKey: keyOf(`${cause}:${latestInvoice}`) };
      const changed = await ask((stripe) => stripe.subscriptions.update(subscriptionRef, params, options));
      if (!changed.pending_update) return "changed";
      return settlePending(ask, changed);
    },

    async setCancelAtPeriodEnd({ subscriptionRef, cancel, cause }) {
      const params = { cancel_at_period_end: cancel };
      await ask((stripe) => underKey(keyOf(cause), (key) => stripe.subscriptions.update(subscriptionRef, params, key)));
    },

    /** Pages first: what is paid on one at this moment is a subscription that is found then. */
    async endAll(customer) {
      for (const { id } of await listOpen(ask, customer))
        await ask((stripe) => stripe.checkout.sessions.expire(id)).catch(() => undefined);
      if ((await listOpen(ask, customer)).length > 0)
        throw new AppError("unavailable", "Stripe did not close a page to pay on.");
      const { data } = await ask((stripe) => stripe.subscriptions.list({ customer, limit: 100 }));
      for (const { id } of data.filter(goesOn))
        await ask((stripe) => stripe.subscriptions.update(id, { cancel_at_period_end: true }));
    },
  };
}

/** Those that never began, or are over: who has them may subscribe. */
const OVER = new Set<Stripe.Subscription.Status>(["canceled", "incomplete", "incomplete_expired"]);

const goesOn = (subscription: Stripe.Subscription): boolean =>
  isOurs(subscription) &&
  !OVER.has(subscription.status) &&
  !subscription.cancel_at_period_end &&
  subscription.cancel_at === null;

const listOpen = async (ask: Ask, customer: string): Promise<Stripe.Checkout.Session[]> =>
  (await ask((stripe) => stripe.checkout.sessions.list({ customer, status: "open", limit: 100 }))).data;

/** One of the time that Stripe repeats answers for; search would not show yet what was made a moment ago. */
async function findCustomer(stripe: Stripe, orgId: string): Promise<Stripe.Customer | undefined> {
  const created = { gte: seconds(new Date(Date.now() - 2 * 86_400_000)) };
  const customers = await stripe.customers.list({ created, limit: 100 }).autoPagingToArray({ limit: 10_000 });
  return customers.find(({ metadata }) => metadata.org_id === orgId);
}

const keyOf = (cause: string): string => `caly-${sha256Hex(cause).slice(0, 48)}`;

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

async function findPrices(ask: Ask, terms: PlanTerms): Promise<{ plan: string; minutes: string }> {
  const keys = [lookupKeyOf(terms, "plan"), lookupKeyOf(terms, "minutes")];
  const { data } = await ask((stripe) => stripe.prices.list({ lookup_keys: keys, limit: 100 }));
  const [plan, minutes] = keys.map((key) => data.find((price) => price.lookup_key === key)?.id);
  if (!plan || !minutes)
    throw new AppError("unavailable", `The prices ${keys.join(" and ")} do not stand at Stripe: npm run billing:sync.`);
  return { plan, minutes };
}

/** The subscription's own two items with the prices of other terms. */
async function changedItems(ask: Ask, ref: string, to: PlanTerms) {
  const [subscription, prices] = await Promise.all([
    ask((stripe) => stripe.subscriptions.retrieve(ref)),
    findPrices(ask, to),
  ]);
  const items = subscription.items.data.map(({ id, price }) => ({
    id,
    price: price.recurring?.usage_type === "metered" ? prices.minutes : prices.plan,
  }));
  const isWaiting = subscription.pending_update !== null;
  const ofMinutes = new Set([
    prices.minutes,
    ...subscription.items.data.flatMap(({ price }) => (price.recurring?.usage_type === "metered" ? [price.id] : [])),
  ]);
  return { items, ofMinutes, isWaiting, latestInvoice: refOf(subscription.latest_invoice) };
}

/** Leaves a customer one page to pay on, the newest; two could both be paid. */
async function closeOthers(ask: Ask, customer: string, made: Stripe.Checkout.Session): Promise<string> {
  const [newest = made, ...others] = await listOpen(ask, customer);
  // One that was paid or ran out at this moment refuses, and is no page to pay on any more.
  for (const { id } of others) await ask((stripe) => stripe.checkout.sessions.expire(id)).catch(() => undefined);
  if (!newest.url) throw new AppError("unavailable", "Stripe gave no page to pay on.");
  return newest.url;
}

/**
 * A change that waits for money would come about whenever the money does: it is given up with its invoice, unless all that is missing is the
 * payer's word to their bank, for which Stripe keeps it a day.
 */
async function settlePending(ask: Ask, changed: Stripe.Subscription) {
  const ref = refOf(changed.latest_invoice);
  if (!ref) return "declined" as const;
  const invoice = await ask((stripe) => stripe.invoices.retrieve(ref, { expand: ["payments"] }));
  if (invoice.status === "paid") return "changed" as const;
  const intent = refOf(invoice.payments?.data.find(({ status }) => status === "open")?.payment.payment_intent);
  const payment = intent && (await ask((stripe) => stripe.paymentIntents.retrieve(intent)));
  if (payment && payment.status === "requires_action" && invoice.hosted_invoice_url)
    return { confirmAt: invoice.hosted_invoice_url };
  await voidOpen(ask, invoice);
  return "declined" as const;
}

async function voidOpen(ask: Ask, { id, status }: Stripe.Invoice): Promise<void> {
  if (status === "open") await ask((stripe) => stripe.invoices.voidInvoice(id));
}

/** `ofMinutes` are the prices of minutes, before and after: a preview's lines name their price and do not show it. */
function previewOf(invoice: Stripe.Invoice, ofMinutes: ReadonlySet<string>): ProrationPreview {
  const exact = (told: number): bigint => {
    const units = fromStripeAmount(told);
    if (units === undefined) throw new AppError("unavailable", "Stripe told an amount that is not whole.");
    return units;
  };
  const ends = invoice.lines.data.map(({ period }) => period.end);
  return {
    dueNow: exact(invoice.total < 0 ? invoice.total : invoice.amount_due),
    currency: invoice.currency.toUpperCase(),
    lines: invoice.lines.data.map((line) => ({
      kind: ofMinutes.has(refOf(line.pricing?.price_details?.price) ?? "") ? ("minutes" as const) : ("plan" as const),
      description: line.description ?? "",
      quantity: line.quantity === null ? null : BigInt(line.quantity),
      amount: exact(line.amount),
    })),
    nextInvoiceAt: instantOf(Math.max(...ends)),
  };
}
