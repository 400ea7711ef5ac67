import { afterAll, describe, expect, it } from "vitest";
import { randomRequests } from "../testing/random-requests";
import { errorOf, wrong } from "../testing/refused";
import { makeCatalogue, makeCustomer, openStripe } from "../testing/sdk";

const test = await openStripe();
const { stripe } = test;
const catalogue = await makeCatalogue(stripe);
afterAll(() => test.close());

describe("requests that Stripe refuses", () => {
  const line = () => [{ price: catalogue.starter.id, quantity: 1 }];
  const cases: [string, () => Promise<unknown>, { code?: string; param: string }][] = [
    [
      "`url` of a payment intent",
      () => stripe.paymentIntents.create(wrong({ amount: 100, currency: "usd", url: "https://a.example" })),
      { code: "parameter_unknown", param: "url" },
    ],
    [
      "`payment_method_types`, which this version removed",
      () =>
        stripe.checkout.sessions.create(
          wrong({
            mode: "subscription",
            success_url: "https://a.example",
            payment_method_types: ["card"],
            line_items: line(),
          }),
        ),
      { code: "parameter_unknown", param: "payment_method_types" },
    ],
    [
      "`payment_method_types` of an intent",
      () => stripe.paymentIntents.create(wrong({ amount: 100, currency: "usd", payment_method_types: ["card"] })),
      { code: "parameter_unknown", param: "payment_method_types" },
    ],
    [
      "an unknown field deep inside",
      () => stripe.subscriptions.create(wrong({ customer: "cus_1", items: [{ price: "price_1", qty: 2 }] })),
      { code: "parameter_unknown", param: "items[0][qty]" },
    ],
    [
      "`coupon`, which is now in discounts",
      () => stripe.subscriptions.create(wrong({ customer: "cus_1", items: [], coupon: "x" })),
      { code: "parameter_unknown", param: "coupon" },
    ],
    [
      "a value that an enum lacks",
      () => stripe.refunds.create(wrong({ payment_intent: "pi_1", reason: "regret" })),
      { param: "reason" },
    ],
    [
      "an enum deep inside",
      () =>
        stripe.prices.create(
          wrong({ currency: "usd", unit_amount: 1, product: "p", recurring: { interval: "fortnight" } }),
        ),
      { param: "recurring[interval]" },
    ],
    [
      "a missing currency",
      () => stripe.prices.create(wrong({ unit_amount: 100, product: "prod_1" })),
      { code: "parameter_missing", param: "currency" },
    ],
    [
      "a missing currency of an intent",
      () => stripe.paymentIntents.create(wrong({ amount: 100 })),
      { code: "parameter_missing", param: "currency" },
    ],
    [
      "an amount that is no number",
      () => stripe.paymentIntents.create(wrong({ amount: "ten", currency: "usd" })),
      { code: "parameter_invalid_integer", param: "amount" },
    ],
    [
      "an amount that is not whole",
      () => stripe.paymentIntents.create({ amount: 99.5, currency: "usd" }),
      { code: "parameter_invalid_integer", param: "amount" },
    ],
    [
      "a currency there is not",
      () => stripe.paymentIntents.create({ amount: 100, currency: "zzz" }),
      { param: "currency" },
    ],
    [
      "too little",
      () => stripe.paymentIntents.create({ amount: 49, currency: "usd" }),
      { code: "amount_too_small", param: "amount" },
    ],
    [
      "tiers with transform_quantity",
      () =>
        stripe.prices.create({
          currency: "usd",
          product: catalogue.product.id,
          billing_scheme: "tiered",
          tiers_mode: "graduated",
          tiers: [{ up_to: "inf", unit_amount: 1 }],
          transform_quantity: { divide_by: 60, round: "up" },
          recurring: { interval: "month", usage_type: "metered", meter: catalogue.meter.id },
        }),
      { param: "transform_quantity" },
    ],
    [
      "a metered price without a meter",
      () =>
        stripe.prices.create({
          currency: "usd",
          product: catalogue.product.id,
          unit_amount: 1,
          recurring: { interval: "month", usage_type: "metered" },
        }),
      { code: "parameter_missing", param: "recurring[meter]" },
    ],
    [
      "a customer there is not",
      () => stripe.subscriptions.create({ customer: "cus_none", items: line() }),
      { code: "resource_missing", param: "customer" },
    ],
    [
      "something to expand that cannot be",
      () => stripe.products.retrieve(catalogue.product.id, { expand: ["owner"] }),
      { param: "expand" },
    ],
    [
      "a page of 101",
      () => stripe.products.list({ limit: 101 }),
      { code: "parameter_invalid_integer", param: "limit" },
    ],
    [
      "more metadata than there may be",
      () =>
        stripe.customers.create({ metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, "v"])) }),
      { param: "metadata" },
    ],
    [
      "metadata that is too long, deep inside",
      () =>
        stripe.checkout.sessions.create({
          mode: "subscription",
          success_url: "https://a.example",
          line_items: line(),
          subscription_data: { metadata: { note: "v".repeat(501) } },
        }),
      { param: "subscription_data[metadata][note]" },
    ],
    [
      "an address that is none",
      () => stripe.checkout.sessions.create({ mode: "subscription", success_url: "/back", line_items: line() }),
      { code: "url_invalid", param: "success_url" },
    ],
    [
      "a trial that ends tomorrow",
      () =>
        stripe.checkout.sessions.create({
          mode: "subscription",
          success_url: "https://a.example",
          line_items: line(),
          subscription_data: { trial_end: Math.floor(Date.now() / 1000) + 86_400 },
        }),
      { param: "subscription_data[trial_end]" },
    ],
    [
      "a third decimal where cards have two",
      () => stripe.paymentIntents.create({ amount: 1001, currency: "kwd" }),
      { code: "parameter_invalid_integer", param: "amount" },
    ],
    [
      "to search by what nothing is searched by",
      () => stripe.customers.search({ query: "colour:'red'" }),
      { param: "query" },
    ],
    [
      "what is not played",
      () => stripe.subscriptions.create({ customer: "cus_1", items: line(), application_fee_percent: 2 }),
      { code: "not_played", param: "application_fee_percent" },
    ],
  ];
  it.each(cases)("%s", async (_, work, expected) => {
    const error = await errorOf(work());
    expect(error).toMatchObject({ type: "StripeInvalidRequestError", rawType: "invalid_request_error", ...expected });
    expect(error.requestId).toMatch(/^req_/);
    expect([400, 404]).toContain(error.statusCode);
    if (expected.code) expect(error.doc_url).toContain(expected.code.replaceAll("_", "-"));
  });

  it("a request without a key, with a live one, or for another version", async () => {
    const ask = (headers: Record<string, string>) => fetch(`${test.emulator.url}/v1/customers`, { headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: `Bearer sk_${"live"}_1` })).status).toBe(401);
    expect((await ask({ authorization: "Bearer sk_test_1", "stripe-version": "2024-06-20" })).status).toBe(400);
    expect((await ask({ authorization: "Bearer sk_test_1" })).status).toBe(200);
  });

  it("a body that nests without end, keys that belong to JavaScript, and bytes that are no form change nothing", async () => {
    const headers = { authorization: "Bearer sk_test_1", "content-type": "application/x-www-form-urlencoded" };
    const bodies = [
      `metadata${"[a]".repeat(50)}=1`,
      "__proto__[polluted]=1",
      "constructor[prototype][x]=1",
      "%ff%fe=%00",
      "[]=1",
      "email[]=1",
      "a=1&a[b]=2",
    ];
    for (const body of bodies) {
      const { status } = await fetch(`${test.emulator.url}/v1/customers`, { method: "POST", headers, body });
      expect(status, body).toBe(400);
    }
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("requests nobody would send", () => {
  it("get an answer below 500, all of them, and leave the emulator at work", async () => {
    const { customer, clock } = await makeCustomer(stripe);
    const items = [{ price: catalogue.starter.id }, { price: catalogue.usage.id }];
    const subscription = await stripe.subscriptions.create({ customer, items });
    const ids = [
      customer,
      clock,
      subscription.id,
      String(subscription.latest_invoice),
      ...items.map(({ price }) => price),
    ];
    const next = randomRequests(7, () => ids);
    for (let count = 0; count < 250; count++) {
      const { name, method, path, body } = next();
      const type = path.startsWith("/v2") ? "application/json" : "application/x-www-form-urlencoded";
      const headers = { authorization: "Bearer sk_test_1", "content-type": type };
      const response = await fetch(test.emulator.url + path, {
        method,
        headers,
        ...(method === "POST" ? { body } : {}),
      });
      expect(response.status, `${name} ${path} ${body}`).toBeLessThan(500);
      const { id } = (await response.json()) as { id?: unknown };
      if (typeof id === "string") ids.push(id);
    }
    expect((await stripe.prices.retrieve(catalogue.pro.id)).unit_amount).toBe(29_700);
  });
});
