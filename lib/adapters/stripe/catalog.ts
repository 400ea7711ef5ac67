import type Stripe from "stripe";
import type { BillingCatalog, CatalogPort, FoundCatalog, FoundTerms, PriceSpec, SyncStep } from "@/lib/billing/ports";
import { sha256Hex } from "@/lib/platform/crypto";
import { fromStripeAmount, toStripeAmount, toStripeCurrency, toStripeDecimal } from "./amount";
import { type StripeConfig, stripeClient } from "./client";

/** Marks the portal configuration that is ours, and says which version of it. */
export const PORTAL_MARK = "caly_portal";
/** Stripe takes so many keys in one list. */
const KEYS_AT_ONCE = 10;

/** The plans at Stripe. */
export function stripeCatalog(config: StripeConfig): CatalogPort {
  const { ask } = stripeClient(config);

  async function findMeter(eventName: string) {
    const meters = await ask((stripe) => stripe.billing.meters.list({ limit: 100 }).autoPagingToArray({ limit: 1000 }));
    return meters.find((meter) => meter.event_name === eventName);
  }

  async function readPrices(keys: readonly string[]): Promise<FoundCatalog["prices"]> {
    const found: FoundCatalog["prices"] = new Map();
    for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
      const lookup_keys = keys.slice(from, from + KEYS_AT_ONCE);
      const { data } = await ask((stripe) => stripe.prices.list({ lookup_keys, limit: 100, expand: ["data.tiers"] }));
      for (const price of data)
        if (price.lookup_key)
          found.set(price.lookup_key, { id: price.id, isActive: price.active, terms: termsOf(price) });
    }
    return found;
  }

  return {
    async readCatalog(wanted: BillingCatalog): Promise<FoundCatalog> {
      const meter = await findMeter(wanted.meter.eventName);
      const products = await ask((stripe) =>
        stripe.products.list({ ids: wanted.products.map(({ id }) => id), limit: 100 }),
      );
      const portals = await ask((stripe) =>
        stripe.billingPortal.configurations.list({ limit: 100 }).autoPagingToArray({ limit: 1000 }),
      );
      const portal = portals.find(({ active, metadata }) => active && metadata?.[PORTAL_MARK]);
      return {
        meter: meter && { id: meter.id, isActive: meter.status === "active" },
        products: new Map(products.data.map(({ id, name, active }) => [id, { name, isActive: active }])),
        prices: await readPrices(wanted.prices.map(({ lookupKey }) => lookupKey)),
        portal: portal && { id: portal.id, version: portal.metadata?.[PORTAL_MARK] ?? "" },
      };
    },

    async apply(step: SyncStep): Promise<void> {
      const once = { idempotencyKey: keyOf(step) };
      switch (step.do) {
        case "create_meter": {
          const { eventName, name } = step.meter;
          const params: Stripe.Billing.MeterCreateParams = {
            display_name: name,
            event_name: eventName,
            default_aggregation: { formula: "sum" },
            customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
            value_settings: { event_payload_key: "value" },
          };
          await ask((stripe) => stripe.billing.meters.create(params, once));
          return;
        }
        case "reactivate_meter":
          await ask((stripe) => stripe.billing.meters.reactivate(step.id));
          return;
        case "create_product":
          await ask((stripe) => stripe.products.create({ id: step.product.id, name: step.product.name }, once));
          return;
        case "update_product":
          await ask((stripe) => stripe.products.update(step.product.id, { name: step.product.name, active: true }));
          return;
        case "create_price": {
          const meter = step.price.kind === "minutes" ? await findMeter(step.price.meterEvent) : undefined;
          await ask((stripe) => stripe.prices.create(priceParams(step.price, meter?.id), once));
          return;
        }
        case "reactivate_price":
          await ask((stripe) => stripe.prices.update(step.id, { active: true }));
          return;
        case "create_portal":
          await ask((stripe) =>
            stripe.billingPortal.configurations.create(
              { features: portalFeatures, metadata: { [PORTAL_MARK]: step.portal.version } },
              once,
            ),
          );
          return;
        case "update_portal":
          await ask((stripe) =>
            stripe.billingPortal.configurations.update(step.id, {
              features: portalFeatures,
              metadata: { [PORTAL_MARK]: step.portal.version },
            }),
          );
      }
    },
  };
}

/** Derived from what is asked for: the same step again within a day is the same request, another content is another. */
const keyOf = (step: SyncStep): string =>
  `caly-sync-${sha256Hex(JSON.stringify(step, (_, value) => (typeof value === "bigint" ? value.toString() : value))).slice(0, 40)}`;

/** Plans are changed on our own page, with a preview; cancelling counts from the period's end. */
const portalFeatures: Stripe.BillingPortal.ConfigurationCreateParams.Features = {
  customer_update: { enabled: true, allowed_updates: ["email", "name", "address", "tax_id"] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: true, mode: "at_period_end" },
  subscription_update: { enabled: false },
};

function priceParams(price: PriceSpec, meterId: string | undefined): Stripe.PriceCreateParams {
  const base = {
    product: price.productId,
    currency: toStripeCurrency(price.currency),
    lookup_key: price.lookupKey,
    nickname: price.name,
  };
  if (price.kind === "plan")
    return {
      ...base,
      unit_amount: toStripeAmount(price.amount),
      recurring: { interval: price.every, usage_type: "licensed" },
    };
  if (!meterId) throw new Error("a metered price needs the meter first");
  return {
    ...base,
    recurring: { interval: price.every, usage_type: "metered", meter: meterId },
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    tiers: [
      { up_to: price.included, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: toStripeDecimal(price.perMinute) },
    ],
  };
}

function termsOf(price: Stripe.Price): FoundTerms {
  const rest = { currency: price.currency.toUpperCase(), every: price.recurring?.interval ?? "once" };
  if (price.recurring?.usage_type === "licensed") {
    const amount = fromStripeAmount(price.unit_amount);
    return amount === undefined ? undefined : { kind: "plan", amount, ...rest };
  }
  const [free, beyond, ...more] = price.tiers ?? [];
  const perMinute = fromStripeAmount(beyond?.unit_amount_decimal ?? null);
  const isLike =
    price.tiers_mode === "graduated" && more.length === 0 && free?.unit_amount === 0 && beyond?.up_to === null;
  return isLike && free.up_to !== null && perMinute !== undefined
    ? { kind: "minutes", included: free.up_to, perMinute, ...rest }
    : undefined;
}
