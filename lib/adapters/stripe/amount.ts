import Stripe from "stripe";
import type { BillingCatalog } from "@/lib/billing/ports";

type Currency = BillingCatalog["prices"][number]["currency"];

/** The SDK takes amounts as numbers. Throws beyond what a number holds exactly: more than ninety million million dollars. */
export function toStripeAmount(minorUnits: bigint): number {
  const amount = Number(minorUnits);
  if (!Number.isSafeInteger(amount)) throw new RangeError("an amount beyond what Stripe's SDK can carry");
  return amount;
}

/** Amounts for each minute may be parts of a minor unit at Stripe; ours are whole. */
export const toStripeDecimal = (minorUnits: bigint) => Stripe.Decimal.from(minorUnits.toString());

/** undefined for what is not a whole minor unit. */
export function fromStripeAmount(told: number | { toString(): string } | null): bigint | undefined {
  const text = told === null ? "" : String(told);
  return /^-?\d+(\.0+)?$/.test(text) ? BigInt(text.replace(/\..*$/, "")) : undefined;
}

/** For answers in which nothing but whole minor units makes sense. Throws for anything else. */
export function readStripeAmount(told: number | null | undefined): bigint {
  if (!Number.isSafeInteger(told ?? 0))
    throw new RangeError("an amount that is not whole, or beyond what Stripe's SDK can carry");
  return BigInt(told ?? 0);
}

export const sumOf = (told: readonly Pick<Stripe.Invoice.TotalTax, "amount">[] | null | undefined): bigint =>
  (told ?? []).reduce((sum, { amount }) => sum + readStripeAmount(amount), 0n);

/** Currencies whose smallest unit at Stripe is not the one of ISO 4217 (https://docs.stripe.com/currencies#special-cases) are not sold in. */
export const toStripeCurrency = (currency: Currency): string => currency.toLowerCase();
