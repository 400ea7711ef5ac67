import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { searchPage } from "../answers/search";
import { type Call, emptied, type Handlers, handler, mergeMetadata, need } from "../call";
import { invalid } from "../errors";
import { recordEvent } from "../events/record-event";
import { decimal, decimalText, readCurrency, readDecimal, wholeOf } from "../money/amounts";
import { newId } from "../state/ids";
import { nowOf } from "../world";

const url = "/v1/prices";
type CreateParams = Stripe.PriceCreateParams;

export const priceHandlers: Handlers<
  "Prices.create" | "Prices.retrieve" | "Prices.update" | "Prices.list" | "Prices.search"
> = {
  "Prices.create": handler<CreateParams>((call) => createPrice(call, call.params)),
  "Prices.retrieve": handler(({ books, ids }) => need(books.prices, ids.id, "price")),
  "Prices.update": handler<Stripe.PriceUpdateParams>(update),
  "Prices.list": handler<Stripe.PriceListParams>(list),
  "Prices.search": handler<Stripe.PriceSearchParams>(({ books, params }) =>
    searchPage(books.prices, params, `${url}/search`),
  ),
};

/** Validates as Stripe does and keeps the price; also for `default_price_data` and `product_data`. */
export function createPrice(call: Pick<Call, "world" | "books">, params: CreateParams): Stripe.Price {
  const { world, books } = call;
  const currency = readCurrency(params.currency);
  if ((params.product === undefined) === (params.product_data === undefined))
    throw invalid("You must specify either `product` or `product_data` when creating a price.", "product");
  const created = nowOf(world, books, null);
  const recurring = params.recurring && recurringOf(call, params.recurring);
  const amounts = amountsOf(params);
  checkShape(params, recurring);
  if (params.lookup_key) claimLookupKey(call, params.lookup_key, params.transfer_lookup_key ?? false);
  const product = params.product
    ? need(books.products, params.product, "product", "product").id
    : makeProduct(call, params);
  const price: Stripe.Price = {
    id: newId("price"),
    object: "price",
    active: params.active ?? true,
    billing_scheme: params.billing_scheme ?? "per_unit",
    created,
    currency,
    currency_options: {},
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring: recurring ?? null,
    tax_behavior: params.tax_behavior ?? "unspecified",
    ...(params.tiers ? { tiers: params.tiers.map((tier) => tierOf(tier)) } : {}),
    tiers_mode: params.tiers_mode ?? null,
    transform_quantity: params.transform_quantity ?? null,
    type: recurring ? "recurring" : "one_time",
    unit_amount: amounts.whole,
    unit_amount_decimal: amounts.text === undefined ? null : decimal(amounts.text),
  };
  books.prices.save(price);
  recordEvent(world, books, "price.created", hideTiers(price));
  return price;
}

const hideTiers = (price: Stripe.Price): Stripe.Price => {
  const { tiers: _tiers, currency_options: _options, ...shown } = price;
  return shown;
};

function makeProduct({ world, books }: Pick<Call, "world" | "books">, params: CreateParams): string {
  const data = params.product_data;
  const created = nowOf(world, books, null);
  const product: Stripe.Product = {
    ...{ id: data?.id ?? newId("prod", 14), object: "product", active: data?.active ?? true, created },
    ...{ default_price: null, description: null, images: [], livemode: false, marketing_features: [] },
    ...{ metadata: mergeMetadata({}, data?.metadata), name: data?.name ?? "", package_dimensions: null },
    ...{ shippable: null, statement_descriptor: data?.statement_descriptor ?? null, tax_code: data?.tax_code ?? null },
    ...{ tax_details: null, type: "service", unit_label: data?.unit_label ?? null, updated: created, url: null },
  };
  books.products.save(product);
  recordEvent(world, books, "product.created", product);
  return product.id;
}

function recurringOf(
  { books }: Pick<Call, "books">,
  given: NonNullable<CreateParams["recurring"]>,
): Stripe.Price.Recurring {
  const count = given.interval_count ?? 1;
  const most: Record<string, number> = { day: 1095, week: 156, month: 36, year: 3 };
  if (count < 1 || count > (most[given.interval] ?? 3))
    throw invalid("The interval count must be between 1 and three years.", "recurring[interval_count]");
  const usage = given.usage_type ?? "licensed";
  if (usage === "metered") {
    if (!given.meter)
      throw invalid(
        "Metered prices must be backed by a meter: `recurring[meter]` is required.",
        "recurring[meter]",
        "parameter_missing",
      );
    const meter = need(books.meters, given.meter, "billing meter", "recurring[meter]");
    if (meter.status !== "active") throw invalid("The meter is not active.", "recurring[meter]");
  } else if (given.meter)
    throw invalid("`recurring[meter]` may only be set when `usage_type=metered`.", "recurring[meter]");
  return {
    interval: given.interval,
    interval_count: count,
    meter: given.meter ?? null,
    trial_period_days: given.trial_period_days ?? null,
    usage_type: usage,
  };
}

function amountsOf(params: CreateParams): { text: string | undefined; whole: number | null } {
  const text = decimalText(params.unit_amount_decimal);
  if (params.unit_amount !== undefined && text !== undefined)
    throw invalid("You may only specify one of these parameters: unit_amount, unit_amount_decimal.", "unit_amount");
  const given = params.unit_amount === undefined ? text : String(params.unit_amount);
  if (given === undefined) return { text: undefined, whole: null };
  if (readDecimal(given).numerator < 0n)
    throw invalid("Invalid non-negative integer", "unit_amount", "parameter_invalid_integer");
  return { text: given, whole: wholeOf(given) };
}

function checkShape(params: CreateParams, recurring: Stripe.Price.Recurring | undefined): void {
  if (params.custom_unit_amount)
    throw invalid("custom_unit_amount is not played by this emulator.", "custom_unit_amount");
  if (params.billing_scheme === "tiered") {
    if (!recurring) throw invalid("Tiered prices must be recurring.", "billing_scheme");
    if (!params.tiers?.length) throw invalid("Missing required param: tiers.", "tiers", "parameter_missing");
    if (!params.tiers_mode) throw invalid("Missing required param: tiers_mode.", "tiers_mode", "parameter_missing");
    if (params.unit_amount !== undefined || params.unit_amount_decimal !== undefined)
      throw invalid("You cannot set `unit_amount` with `billing_scheme=tiered`.", "unit_amount");
    if (params.transform_quantity)
      throw invalid("`transform_quantity` cannot be combined with `tiers`.", "transform_quantity");
    checkTiers(params.tiers);
  } else {
    if (params.tiers) throw invalid("`tiers` may only be set when `billing_scheme=tiered`.", "tiers");
    if (params.unit_amount === undefined && params.unit_amount_decimal === undefined)
      throw invalid("Missing required param: unit_amount.", "unit_amount", "parameter_missing");
  }
}

function checkTiers(tiers: NonNullable<CreateParams["tiers"]>): void {
  let last = 0;
  for (const [index, tier] of tiers.entries()) {
    const param = `tiers[${index}][up_to]`;
    const isLast = index === tiers.length - 1;
    if (isLast !== (tier.up_to === "inf"))
      throw invalid("The last tier must have `up_to: inf`, and only the last.", param);
    if (tier.up_to !== "inf") {
      if (tier.up_to <= last) throw invalid("Tiers must be in ascending order of `up_to`.", param);
      last = tier.up_to;
    }
    const parts = [tier.unit_amount, tier.unit_amount_decimal, tier.flat_amount, tier.flat_amount_decimal];
    if (parts.every((part) => part === undefined))
      throw invalid("Each tier needs an amount: unit_amount or flat_amount.", `tiers[${index}]`);
    if (tier.unit_amount !== undefined && tier.unit_amount_decimal !== undefined)
      throw invalid(
        "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
        `tiers[${index}]`,
      );
  }
}

function tierOf(tier: NonNullable<CreateParams["tiers"]>[number]): Stripe.Price.Tier {
  const unit = tier.unit_amount === undefined ? decimalText(tier.unit_amount_decimal) : String(tier.unit_amount);
  const flat = tier.flat_amount === undefined ? decimalText(tier.flat_amount_decimal) : String(tier.flat_amount);
  return {
    flat_amount: flat === undefined ? null : wholeOf(flat),
    flat_amount_decimal: flat === undefined ? null : decimal(flat),
    unit_amount: unit === undefined ? null : wholeOf(unit),
    unit_amount_decimal: unit === undefined ? null : decimal(unit),
    up_to: tier.up_to === "inf" ? null : tier.up_to,
  };
}

function claimLookupKey({ books }: Pick<Call, "books">, key: string, isTransferred: boolean): void {
  for (const price of [...books.prices.all("lookup_key", key)].filter((each) => each.lookup_key === key)) {
    if (!isTransferred)
      throw invalid(`A price (\`${price.id}\`) already uses that lookup key.`, "lookup_key", "resource_already_exists");
    price.lookup_key = null;
    books.prices.save(price);
  }
}

function update({ world, books, params, ids }: Call<Stripe.PriceUpdateParams>): object {
  const price = need(books.prices, ids.id, "price");
  if (params.lookup_key && params.lookup_key !== price.lookup_key)
    claimLookupKey({ books }, params.lookup_key, params.transfer_lookup_key ?? false);
  if (params.active !== undefined) price.active = params.active;
  if (params.lookup_key !== undefined) price.lookup_key = emptied(params.lookup_key);
  if (params.nickname !== undefined) price.nickname = emptied(params.nickname);
  if (params.tax_behavior !== undefined) price.tax_behavior = params.tax_behavior;
  price.metadata = mergeMetadata(price.metadata, params.metadata);
  books.prices.save(price);
  recordEvent(world, books, "price.updated", hideTiers(price));
  return price;
}

function list({ books, params }: Call<Stripe.PriceListParams>): object {
  const { active, currency, lookup_keys: keys, product, recurring, type } = params;
  return listPage(books.prices, params, {
    url,
    by: product ? ["product", product] : undefined,
    where: (price) =>
      (active === undefined || price.active === active) &&
      (currency === undefined || price.currency === currency) &&
      (keys === undefined || (price.lookup_key !== null && keys.includes(price.lookup_key))) &&
      (type === undefined || price.type === type) &&
      (recurring?.interval === undefined || price.recurring?.interval === recurring.interval) &&
      (recurring?.meter === undefined || price.recurring?.meter === recurring.meter) &&
      (recurring?.usage_type === undefined || price.recurring?.usage_type === recurring.usage_type),
  });
}
