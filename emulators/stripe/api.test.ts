import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomRequests } from "./testing/random-requests";
import { type Catalogue, makeCatalogue, makeCustomer, openStripe, sdkAt, type TestStripe } from "./testing/sdk";

let test: TestStripe;
let stripe: Stripe;
let catalogue: Catalogue;
beforeAll(async () => {
  test = await openStripe();
  stripe = test.stripe;
  catalogue = await makeCatalogue(stripe);
});
afterAll(() => test.close());

/** What the types would not let through. */
const wrong = <T>(value: object): T => value as T;

async function errorOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  return work.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: Stripe.errors.StripeError) => error,
  );
}

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

describe("idempotency", () => {
  it("replays what a key answered, and refuses the key for anything else", async () => {
    const idempotencyKey = "customer:1";
    const first = await stripe.customers.create({ email: "a@b.example" }, { idempotencyKey });
    const again = await stripe.customers.create({ email: "a@b.example" }, { idempotencyKey });
    expect(again.id).toBe(first.id);
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(await errorOf(stripe.customers.create({ email: "c@d.example" }, { idempotencyKey }))).toMatchObject({
      type: "StripeIdempotencyError",
      statusCode: 400,
    });
  });

  it("keeps a refusal of the work but not of the form, and says when a key is in use", async () => {
    const idempotencyKey = "card:1";
    const decline = () =>
      stripe.paymentIntents.create(
        { amount: 500, currency: "usd", confirm: true, payment_method: "pm_card_visa_chargeDeclined" },
        { idempotencyKey },
      );
    const [one, two] = [await errorOf(decline()), await errorOf(decline())];
    expect(one).toMatchObject({ type: "StripeCardError", code: "card_declined", decline_code: "generic_decline" });
    expect(two.payment_intent?.id).toBe(one.payment_intent?.id);
    await errorOf(stripe.customers.create(wrong({ nme: "x" }), { idempotencyKey: "form:1" }));
    await stripe.customers.create({ name: "x" }, { idempotencyKey: "form:1" });
    await test.control("POST", "/faults", { meterEventMs: 100 });
    const { id } = await stripe.customers.create({});
    const event = () =>
      stripe.billing.meterEvents.create(
        { event_name: catalogue.meter.event_name, payload: { stripe_customer_id: id, value: "1" } },
        { idempotencyKey: "use:1" },
      );
    const [slow, refused] = await Promise.all([
      event(),
      errorOf(new Promise((resolve) => setTimeout(resolve, 30)).then(event)),
    ]);
    await test.control("DELETE", "/faults");
    expect(slow.event_name).toBe(catalogue.meter.event_name);
    expect(refused).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
  });
});

describe("reading", () => {
  it("pages forwards and backwards, and by itself, each once and the newest first", async () => {
    const made: string[] = [];
    const own = sdkAt(test.emulator);
    const stripeAccount = "acct_pages";
    for (let index = 0; index < 25; index++)
      made.unshift((await own.customers.create({ name: `n${index}` }, { stripeAccount })).id);
    const seen: string[] = [];
    for await (const customer of own.customers.list({ limit: 7 }, { stripeAccount })) seen.push(customer.id);
    expect(seen).toEqual(made);
    const middle = await own.customers.list({ limit: 3, ending_before: made[10] ?? "" }, { stripeAccount });
    expect(middle.data.map(({ id }) => id)).toEqual(made.slice(7, 10));
    expect(middle.has_more).toBe(true);
    const last = await own.customers.list({ limit: 3, starting_after: made[21] ?? "" }, { stripeAccount });
    expect([last.data.map(({ id }) => id), last.has_more]).toEqual([made.slice(22), false]);
  });

  it("keeps the books of accounts apart", async () => {
    const { id } = await stripe.customers.create({}, { stripeAccount: "acct_one" });
    expect((await stripe.customers.retrieve(id, {}, { stripeAccount: "acct_one" })).id).toBe(id);
    expect(await errorOf(stripe.customers.retrieve(id))).toMatchObject({ statusCode: 404 });
    expect(await errorOf(stripe.customers.retrieve(id, {}, { stripeAccount: "acct_two" }))).toMatchObject({
      statusCode: 404,
    });
  });

  it("expands what is asked for, also in lists, and shows tiers only then", async () => {
    const plain = await stripe.prices.retrieve(catalogue.usage.id);
    expect([plain.tiers, plain.product]).toEqual([undefined, catalogue.product.id]);
    const full = await stripe.prices.retrieve(catalogue.usage.id, { expand: ["tiers", "product"] });
    expect(full.tiers?.map(({ up_to, unit_amount }) => [up_to, unit_amount])).toEqual([
      [300, 0],
      [null, 25],
    ]);
    expect(full.product).toMatchObject({ object: "product", name: "Plan" });
    const list = await stripe.prices.list({ product: catalogue.product.id, expand: ["data.product"] });
    expect(list.data.every(({ product }) => typeof product === "object")).toBe(true);
  });

  it("searches by fields and metadata", async () => {
    await stripe.customers.create({ email: "find@me.example", metadata: { org: "org_7", tier: "a" } });
    await stripe.customers.create({ email: "other@me.example", metadata: { org: "org_8", tier: "a" } });
    const found = await stripe.customers.search({ query: 'metadata["org"]:"org_7" AND -email:"other@me.example"' });
    expect(found.data.map(({ email }) => email)).toEqual(["find@me.example"]);
    expect((await stripe.customers.search({ query: "metadata['tier']:'a'", limit: 1 })).has_more).toBe(true);
    expect(await errorOf(stripe.customers.search({ query: "email is nice" }))).toMatchObject({ param: "query" });
  });

  it("moves a lookup key from one version of a price to the next", async () => {
    const price = (extra: object) =>
      stripe.prices.create({
        product: catalogue.product.id,
        currency: "inr",
        unit_amount: 790_000,
        lookup_key: "starter",
        ...extra,
      });
    const first = await price({});
    expect(await errorOf(price({}))).toMatchObject({ param: "lookup_key" });
    const second = await price({ transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: ["starter"] })).data.map(({ id }) => id)).toEqual([second.id]);
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  });
});

describe("faults on request", () => {
  it("answers 429 and 500, stays silent, cuts the connection before or after the work", async () => {
    const impatient = sdkAt(test.emulator);
    const once = (kind: string, ms = 300) =>
      test.control("POST", "/faults", { requests: [{ kind, times: 1, path: "/v1/customers", ms }] });
    await once("429");
    expect(await errorOf(impatient.customers.create({}))).toMatchObject({
      type: "StripeRateLimitError",
      statusCode: 429,
    });
    await once("500");
    expect(await errorOf(impatient.customers.create({}))).toMatchObject({ type: "StripeAPIError", statusCode: 500 });
    await once("timeout");
    expect(await errorOf(impatient.customers.create({}, { timeout: 100 }))).toMatchObject({
      type: "StripeConnectionError",
    });
    // A cut connection is tried once more by the SDK itself; the key makes the work count once.
    await once("reset-after");
    const customer = await impatient.customers.create({ name: "once" }, { idempotencyKey: "cut:1" });
    expect(customer.lastResponse.headers["idempotent-replayed"]).toBe("true");
    await test.control("POST", "/faults", { requests: [{ kind: "reset", times: 2, path: "/v1/customers" }] });
    expect(await errorOf(impatient.customers.create({}))).toMatchObject({ type: "StripeConnectionError" });
    await test.control("DELETE", "/faults");
  });

  it("counts one meter event of a customer at a time when told to", async () => {
    const { id } = await stripe.customers.create({});
    await test.control("POST", "/faults", { meterEventMs: 60 });
    const event = (customer: string) =>
      stripe.billing.meterEvents.create({
        event_name: catalogue.meter.event_name,
        payload: { stripe_customer_id: customer, value: "1" },
      });
    const other = await stripe.customers.create({});
    const results = await Promise.allSettled([event(id), event(id), event(other.id)]);
    await test.control("DELETE", "/faults");
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(results.find((each) => each.status === "rejected")?.reason).toMatchObject({ statusCode: 429 });
  });
});
