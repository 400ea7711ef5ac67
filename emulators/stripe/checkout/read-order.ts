import type Stripe from "stripe";
import { type Call, need } from "../call";
import { invalid } from "../errors";
import { decimalText, priced, wire } from "../money/amounts";
import { amountOf } from "../money/price-amount";
import { createPrice } from "../resources/prices";
import { idOf, newId } from "../state/ids";

type Params = Stripe.Checkout.SessionCreateParams;

/** Which parameters belong to which mode. */
export function checkMode(params: Params, mode: string): void {
  if (mode === "setup") {
    if (!params.currency) throw invalid("Missing required param: currency.", "currency", "parameter_missing");
    if (params.line_items) throw invalid("You may not pass `line_items` in `setup` mode.", "line_items");
  } else if (!params.line_items?.length)
    throw invalid("Missing required param: line_items.", "line_items", "parameter_missing");
  if (mode !== "subscription" && params.subscription_data)
    throw invalid("You can not pass `subscription_data` in `payment` mode.", "subscription_data");
  if (mode !== "payment" && params.payment_intent_data)
    throw invalid(`You can not pass \`payment_intent_data\` in \`${mode}\` mode.`, "payment_intent_data");
  if (mode === "subscription" && params.customer_creation)
    throw invalid("`customer_creation` can only be used in `payment` and `setup` mode.", "customer_creation");
  if (mode !== "subscription" && params.payment_method_collection)
    throw invalid("`payment_method_collection` can only be set in `subscription` mode.", "payment_method_collection");
  const data = params.subscription_data;
  if (data?.trial_end !== undefined && data.trial_period_days !== undefined)
    throw invalid(
      "You may only specify one of these parameters: trial_end, trial_period_days.",
      "subscription_data[trial_end]",
    );
  if (data?.trial_settings && data.trial_end === undefined && data.trial_period_days === undefined)
    throw invalid("`trial_settings` can only be set with a trial.", "subscription_data[trial_settings]");
}

/** The order's lines, each with what it costs; at least one, all in one currency. */
export function itemsFor(call: Call<Params>, params: Params, mode: string): Stripe.LineItem[] {
  const items = (params.line_items ?? []).map((line, index) => {
    const param = `line_items[${index}]`;
    const given = line.price ? need(call.books.prices, line.price, "price", `${param}[price]`) : undefined;
    if (!given && !line.price_data)
      throw invalid(`Missing required param: ${param}[price].`, `${param}[price]`, "parameter_missing");
    const price = given ?? createPrice(call, line.price_data as unknown as Stripe.PriceCreateParams);
    if (!price.active)
      throw invalid("The price specified is inactive. This field only accepts active prices.", `${param}[price]`);
    if (mode === "payment" && price.recurring)
      throw invalid(
        "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
        param,
      );
    const isMetered = price.recurring?.usage_type === "metered";
    if (isMetered && line.quantity !== undefined)
      throw invalid("Quantity should not be specified where usage_type is `metered`.", `${param}[quantity]`);
    if (!isMetered && line.quantity === undefined)
      throw invalid(
        "Quantity is required. Add `quantity` to the line item.",
        `${param}[quantity]`,
        "parameter_missing",
      );
    const quantity = isMetered ? 0 : (line.quantity ?? 1);
    const unit = decimalText(price.unit_amount_decimal);
    const amount = isMetered
      ? 0
      : wire(
          price.billing_scheme === "tiered" ? amountOf(price, BigInt(quantity)) : priced(BigInt(quantity), unit ?? "0"),
        );
    const product = call.books.products.get(idOf(price.product));
    return {
      ...{ id: newId("li"), object: "item", adjustable_quantity: null, amount_discount: 0, amount_subtotal: amount },
      ...{
        amount_tax: 0,
        amount_total: amount,
        currency: price.currency,
        description: product?.name ?? null,
        discounts: [],
      },
      ...{ metadata: {}, price, quantity: isMetered ? null : quantity, taxes: [] },
    } as unknown as Stripe.LineItem;
  });
  if (mode === "subscription" && !items.some(({ price }) => price?.recurring))
    throw invalid(
      "You must provide at least one recurring price in `subscription` mode when using prices.",
      "line_items",
    );
  if (mode === "subscription" && items.some(({ price }) => !price?.recurring))
    throw invalid("The emulator does not play one-time prices in `subscription` mode.", "line_items", "not_played");
  const [first] = items;
  if (items.some(({ currency }) => currency !== first?.currency))
    throw invalid("All prices must have the same currency.", "line_items");
  return items;
}
