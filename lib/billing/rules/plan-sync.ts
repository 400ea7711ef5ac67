import { type BillingCatalog, type PriceSpec, sayTerms, type Terms } from "./billing-catalog";

/** undefined for a price that is built unlike any of ours. */
export type FoundTerms = (Terms & { currency: string; every: string }) | undefined;

/** What stands at Stripe. */
export type FoundCatalog = {
  meter: { id: string; isActive: boolean } | undefined;
  products: Map<string, { name: string; isActive: boolean }>;
  /** By lookup key. */
  prices: Map<string, { id: string; isActive: boolean; terms: FoundTerms }>;
  portal: { id: string; version: string } | undefined;
};

export type SyncStep =
  | { do: "create_meter"; meter: BillingCatalog["meter"] }
  | { do: "reactivate_meter"; id: string }
  | { do: "create_product" | "update_product"; product: BillingCatalog["products"][number] }
  | { do: "create_price"; price: PriceSpec }
  | { do: "reactivate_price"; id: string; lookupKey: string }
  | { do: "create_portal"; portal: BillingCatalog["portal"] }
  | { do: "update_portal"; id: string; portal: BillingCatalog["portal"] };

/** A price that stands there under our key with other terms. Prices cannot be changed at Stripe: the file has to get a new version. */
export type Conflict = { lookupKey: string; found: string; wanted: string };

/** The steps that make what is found what is wanted, in the order in which they work; none where it is already. Nothing is ever taken away. */
export function planSync(wanted: BillingCatalog, found: FoundCatalog): { steps: SyncStep[]; conflicts: Conflict[] } {
  const steps: SyncStep[] = [];
  const conflicts: Conflict[] = [];
  if (!found.meter) steps.push({ do: "create_meter", meter: wanted.meter });
  else if (!found.meter.isActive) steps.push({ do: "reactivate_meter", id: found.meter.id });
  for (const product of wanted.products) {
    const there = found.products.get(product.id);
    if (!there) steps.push({ do: "create_product", product });
    else if (!there.isActive || there.name !== product.name) steps.push({ do: "update_product", product });
  }
  for (const price of wanted.prices) {
    const there = found.prices.get(price.lookupKey);
    const wants = sayTerms(price);
    const has = there?.terms ? sayTerms(there.terms) : "something else";
    if (!there) steps.push({ do: "create_price", price });
    else if (has !== wants) conflicts.push({ lookupKey: price.lookupKey, found: has, wanted: wants });
    else if (!there.isActive) steps.push({ do: "reactivate_price", id: there.id, lookupKey: price.lookupKey });
  }
  if (!found.portal) steps.push({ do: "create_portal", portal: wanted.portal });
  else if (found.portal.version !== wanted.portal.version)
    steps.push({ do: "update_portal", id: found.portal.id, portal: wanted.portal });
  return { steps, conflicts };
}

export function sayStep(step: SyncStep): string {
  switch (step.do) {
    case "create_meter":
      return `create meter     ${step.meter.eventName}`;
    case "reactivate_meter":
      return `reactivate meter ${step.id}`;
    case "create_product":
      return `create product   ${step.product.id} (${step.product.name})`;
    case "update_product":
      return `update product   ${step.product.id} (${step.product.name})`;
    case "create_price":
      return `create price     ${step.price.lookupKey}: ${sayTerms(step.price)}`;
    case "reactivate_price":
      return `reactivate price ${step.lookupKey}`;
    case "create_portal":
      return `create portal    version ${step.portal.version}`;
    case "update_portal":
      return `update portal    to version ${step.portal.version}`;
  }
}
