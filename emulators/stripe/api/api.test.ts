import { afterAll, describe, expect, it } from "vitest";
import { errorOf, wrong } from "../testing/refused";
import { makeCatalogue, openStripe, sdkAt } from "../testing/sdk";

const test = await openStripe();
const { stripe } = test;
const catalogue = await makeCatalogue(stripe);
afterAll(() => test.close());

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
    await test.control("POST", "/faults", { meterEventMs: 400 });
    const { id } = await stripe.customers.create({});
    const event = () =>
      stripe.billing.meterEvents.create(
        { event_name: catalogue.meter.event_name, payload: { stripe_customer_id: id, value: "1" } },
        { idempotencyKey: "use:1" },
      );
    // Which of the two arrives first is theirs.
    const both = await Promise.allSettled([event(), event()]);
    await test.control("DELETE", "/faults");
    const [taken] = both.flatMap((each) => (each.status === "fulfilled" ? [each.value.event_name] : []));
    const [refused] = both.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    expect(taken).toBe(catalogue.meter.event_name);
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
