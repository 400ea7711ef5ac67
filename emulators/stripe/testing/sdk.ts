import Stripe from "stripe";
import { type StripeEmulator, type StripeEmulatorOptions, startStripeEmulator } from "../index";

export interface TestStripe {
  emulator: StripeEmulator;
  stripe: Stripe;
  control<T = Record<string, unknown>>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<T>;
  advance(clock: string, to: number): Promise<void>;
  close(): Promise<void>;
}

export const start = Date.UTC(2026, 0, 15, 9) / 1000;
export const day = 86_400;

/** The real SDK at an emulator of its own, by host and port alone. */
export async function openStripe(options: Partial<StripeEmulatorOptions> = {}): Promise<TestStripe> {
  const emulator = await startStripeEmulator({ port: 0, ...options });
  const stripe = sdkAt(emulator);
  return {
    emulator,
    stripe,
    async control<T>(method: string, path: string, body?: object): Promise<T> {
      const init = { method, ...(body ? { body: JSON.stringify(body) } : {}) };
      const response = await fetch(`${emulator.url}/_emulator${path}`, init);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async advance(clock, to) {
      await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
      for (;;) {
        const { status } = await stripe.testHelpers.testClocks.retrieve(clock);
        if (status === "ready") return;
        if (status !== "advancing") throw new Error(`the clock is ${status}`);
      }
    },
    close: () => emulator.close(),
  };
}

export const sdkAt = (emulator: { host: string; port: number }): Stripe =>
  new Stripe("sk_test_emulated", {
    apiVersion: "2026-10-28.endive",
    host: emulator.host,
    port: emulator.port,
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
  });

export interface Catalogue {
  meter: Stripe.Billing.Meter;
  product: Stripe.Product;
  starter: Stripe.Price;
  pro: Stripe.Price;
  yearly: Stripe.Price;
  usage: Stripe.Price;
  proUsage: Stripe.Price;
}

/** 300 minutes included, then 25 cents; 1,000 and 20 for the larger plan. */
export async function makeCatalogue(stripe: Stripe): Promise<Catalogue> {
  const meter = await stripe.billing.meters.create({
    display_name: "Minutes",
    event_name: `minutes_${Math.random().toString(36).slice(2)}`,
    default_aggregation: { formula: "sum" },
  });
  const product = await stripe.products.create({ name: "Plan", unit_label: "minute" });
  const fixed = (unit_amount: number, interval: "month" | "year") =>
    stripe.prices.create({ product: product.id, currency: "usd", unit_amount, recurring: { interval } });
  const metered = (included: number, unit: string) =>
    stripe.prices.create({
      product: product.id,
      currency: "usd",
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      recurring: { interval: "month", usage_type: "metered", meter: meter.id },
      tiers: [
        { up_to: included, unit_amount: 0 },
        { up_to: "inf", unit_amount_decimal: Stripe.Decimal.from(unit) },
      ],
    });
  const [starter, pro, yearly, usage, proUsage] = await Promise.all([
    fixed(9700, "month"),
    fixed(29_700, "month"),
    fixed(97_000, "year"),
    metered(300, "25"),
    metered(1000, "20.5"),
  ]);
  return { meter, product, starter, pro, yearly, usage, proUsage };
}

/** A customer on a test clock with a card that is charged by itself. */
export async function makeCustomer(stripe: Stripe, card: string | undefined = "pm_card_visa", frozen_time = start) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time });
  const customer = await stripe.customers.create({ email: "owner@salon.example", test_clock: clock.id });
  const method = card ? await stripe.paymentMethods.attach(card, { customer: customer.id }) : undefined;
  if (method) await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  return { clock: clock.id, customer: customer.id, method: method?.id };
}
