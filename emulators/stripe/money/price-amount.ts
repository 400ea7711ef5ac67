import type Stripe from "stripe";
import { decimalText, priced } from "./amounts";

/** A part of a price's amount: one for each tier that is reached, or one alone. */
export interface AmountPart {
  quantity: bigint;
  /** Per unit, in minor units. */
  unit: string;
  amount: bigint;
  /** "Tier 2", "Tier 2 flat fee". */
  label: string | undefined;
}

/** What `quantity` of a price costs, each part rounded by itself as Stripe's invoice lines are. */
export function amountParts(price: Stripe.Price, quantity: bigint): AmountPart[] {
  if (price.billing_scheme !== "tiered") {
    const unit = decimalText(price.unit_amount_decimal) ?? String(price.unit_amount ?? 0);
    const packs = packsOf(price, quantity);
    return [{ quantity, unit, amount: priced(packs, unit), label: undefined }];
  }
  return price.tiers_mode === "volume" ? volumeParts(price, quantity) : graduatedParts(price, quantity);
}

export const amountOf = (price: Stripe.Price, quantity: bigint): bigint =>
  amountParts(price, quantity).reduce((total, part) => total + part.amount, 0n);

function packsOf(price: Stripe.Price, quantity: bigint): bigint {
  const pack = price.transform_quantity;
  if (!pack) return quantity;
  const by = BigInt(pack.divide_by);
  return pack.round === "up" ? (quantity + by - 1n) / by : quantity / by;
}

function graduatedParts(price: Stripe.Price, quantity: bigint): AmountPart[] {
  const parts: AmountPart[] = [];
  let from = 0n;
  for (const [index, tier] of (price.tiers ?? []).entries()) {
    const upTo = tier.up_to === null ? quantity : BigInt(tier.up_to);
    const inTier = (quantity < upTo ? quantity : upTo) - from;
    // The first tier stands on every invoice, also of nothing.
    if (inTier <= 0n && index > 0) break;
    parts.push(...tierParts(tier, inTier > 0n ? inTier : 0n, `Tier ${index + 1}`));
    from = upTo;
    if (quantity <= upTo) break;
  }
  return parts;
}

function volumeParts(price: Stripe.Price, quantity: bigint): AmountPart[] {
  const tiers = price.tiers ?? [];
  const index = tiers.findIndex(({ up_to: upTo }) => upTo === null || quantity <= BigInt(upTo));
  const tier = tiers[index];
  return tier ? tierParts(tier, quantity, `Tier ${index + 1}`) : [];
}

function tierParts(tier: Stripe.Price.Tier, quantity: bigint, name: string): AmountPart[] {
  const unit = decimalText(tier.unit_amount_decimal) ?? "0";
  const flat = decimalText(tier.flat_amount_decimal);
  const parts: AmountPart[] = [{ quantity, unit, amount: priced(quantity, unit), label: name }];
  if (flat !== undefined && quantity > 0n)
    parts.push({ quantity: 1n, unit: flat, amount: priced(1n, flat), label: `${name} flat fee` });
  return parts;
}
