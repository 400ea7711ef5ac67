import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Catalogue, makeCatalogue, makeCustomer, openStripe, start, type TestStripe } from "./testing/sdk";

interface Got {
  path: string;
  signature: string;
  body: string;
}

let test: TestStripe;
let stripe: Stripe;
let prices: Catalogue;
let receiver: Server;
let got: Got[] = [];
let answers: number[] = [];
let url = "";

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      got.push({
        path: request.url ?? "",
        signature: String(request.headers["stripe-signature"]),
        body: Buffer.concat(parts).toString("utf8"),
      });
      response.writeHead((request.url === "/full" ? answers.shift() : undefined) ?? 200).end();
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => receiver.once("listening", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  test = await openStripe({
    webhooks: [
      { url: `${url}/full`, secret: "whsec_full" },
      {
        url: `${url}/thin`,
        secret: "whsec_old whsec_new",
        isThin: true,
        events: ["v1.customer.created", "v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found"],
      },
    ],
    settings: { webhookRetryMs: [10, 20], meterErrorDelayMs: 5 },
  });
  stripe = test.stripe;
  prices = await makeCatalogue(stripe);
});
afterAll(async () => {
  await test.close();
  receiver.close();
});
beforeEach(async () => {
  await settle();
  got = [];
});

const settle = () => test.control("POST", "/deliveries/settle", { timeoutMs: 5000 });
const full = () => got.filter(({ path }) => path === "/full");
const thin = () => got.filter(({ path }) => path === "/thin");

describe("webhooks", () => {
  it("are signed as the SDK verifies, full and thin, by every secret of a rotation", async () => {
    const { id } = await stripe.customers.create({ name: "Ann" });
    await settle();
    const [one] = full();
    const event = stripe.webhooks.constructEvent(one?.body ?? "", one?.signature ?? "", "whsec_full");
    expect(event).toMatchObject({
      type: "customer.created",
      api_version: "2026-10-28.endive",
      data: { object: { id, name: "Ann" } },
    });
    expect(() => stripe.webhooks.constructEvent(`${one?.body} `, one?.signature ?? "", "whsec_full")).toThrow(
      /signature/,
    );
    const [two] = thin();
    for (const secret of ["whsec_old", "whsec_new"]) {
      const notice = stripe.parseEventNotification(two?.body ?? "", two?.signature ?? "", secret);
      expect(notice).toMatchObject({ type: "v1.customer.created", related_object: { id, type: "customer" } });
      if (notice.type !== "v1.customer.created") throw new Error(notice.type);
      expect(await notice.fetchRelatedObject()).toMatchObject({ id, name: "Ann" });
      expect(await notice.fetchEvent()).toMatchObject({ id: notice.id, type: notice.type });
    }
    expect(await stripe.events.retrieve(event.id)).toMatchObject({ id: event.id, type: event.type });
  });

  it("come again until they are taken, and not for ever", async () => {
    answers = [500, 302, 200];
    await stripe.customers.update((await stripe.customers.create({})).id, { name: "B" });
    await settle();
    const updated = full().filter(({ body }) => body.includes("customer."));
    expect(updated.length).toBe(4);
    const bodies = new Set(updated.map(({ body }) => body));
    expect(bodies.size).toBe(2);
    answers = [500, 500, 500, 500];
    const { id } = await stripe.products.create({ name: "never taken" });
    await settle();
    expect(full().filter(({ body }) => body.includes(id))).toHaveLength(3);
    answers = [];
  });

  it("are repeated, mixed up, lost and held back when told to", async () => {
    await test.control("POST", "/faults", { webhooks: { duplicate: 1 } });
    const { id } = await stripe.products.create({ name: "twice" });
    await settle();
    expect(full().filter(({ body }) => body.includes(id))).toHaveLength(2);
    await test.control("POST", "/faults", { webhooks: { drop: 1 } });
    const lost = await stripe.products.create({ name: "lost" });
    await test.control("POST", "/faults", { webhooks: { shuffle: 12, seed: 3 } });
    got = [];
    const made: string[] = [];
    for (let index = 0; index < 12; index++) made.push((await stripe.products.create({ name: `n${index}` })).id);
    await settle();
    const order = full().map(({ body }) => (JSON.parse(body) as { data: { object: { id: string } } }).data.object.id);
    expect([...order].sort()).toEqual([...made].sort());
    expect(order).not.toEqual(made);
    await test.control("POST", "/faults", { webhooks: { hold: true } });
    const held = await stripe.products.create({ name: "held" });
    await settle();
    expect(got.some(({ body }) => body.includes(held.id))).toBe(false);
    await test.control("DELETE", "/faults");
    await settle();
    expect(got.some(({ body }) => body.includes(held.id))).toBe(true);
    expect(got.some(({ body }) => body.includes(lost.id))).toBe(false);
    const event = (await stripe.events.list({ type: "product.created", limit: 100 })).data.find(
      ({ data }) => (data.object as { id: string }).id === lost.id,
    );
    await test.control("POST", `/events/${event?.id}/resend`, { copies: 2 });
    await settle();
    expect(full().filter(({ body }) => body.includes(lost.id))).toHaveLength(2);
  });

  it("tell in thin events of meter events that could not be counted, by their identifiers", async () => {
    const { customer } = await makeCustomer(stripe);
    const event = (identifier: string, more: object) =>
      stripe.billing.meterEvents.create({
        event_name: prices.meter.event_name,
        identifier,
        timestamp: start,
        payload: { stripe_customer_id: customer, value: "1" },
        ...more,
      });
    await event("late", { timestamp: start - 36 * 86_400 });
    await event("early", { timestamp: start + 301 });
    await event("stranger", { payload: { stripe_customer_id: "cus_unknown", value: "1" } });
    await event("part", { payload: { stripe_customer_id: customer, value: "1.5" } });
    await event("good", {});
    await event("nowhere", { event_name: "no_such_meter" });
    await settle();
    const notices = thin().map(({ body, signature }) => stripe.parseEventNotification(body, signature, "whsec_new"));
    const found = new Map<string, string[]>();
    for (const notice of notices) {
      if (
        notice.type !== "v1.billing.meter.error_report_triggered" &&
        notice.type !== "v1.billing.meter.no_meter_found"
      )
        continue;
      const { data } = await notice.fetchEvent();
      for (const { code, sample_errors } of data.reason.error_types)
        found.set(code, [...(found.get(code) ?? []), ...sample_errors.map(({ request }) => request.identifier)]);
      if (notice.type === "v1.billing.meter.error_report_triggered")
        expect(await notice.fetchRelatedObject()).toMatchObject({ id: prices.meter.id });
    }
    expect(Object.fromEntries(found)).toEqual({
      timestamp_too_far_in_past: ["late"],
      timestamp_in_future: ["early"],
      meter_event_customer_not_found: ["stranger"],
      meter_event_invalid_value: ["part"],
      no_meter: ["nowhere"],
    });
    const window = { start_time: start - (start % 60) - 60, end_time: start - (start % 60) + 600 };
    expect(
      (await stripe.billing.meters.listEventSummaries(prices.meter.id, { customer, ...window })).data[0]
        ?.aggregated_value,
    ).toBe(1);
    const listed: string[] = [];
    for await (const each of stripe.v2.core.events.list({ object_id: prices.meter.id })) listed.push(each.type);
    expect(listed).toContain("v1.billing.meter.error_report_triggered");
  });

  it("of a connected account name it", async () => {
    const stripeAccount = "acct_salon";
    await stripe.webhookEndpoints.create(
      { url: `${url}/connect`, enabled_events: ["customer.created"] },
      { stripeAccount },
    );
    await stripe.customers.create({}, { stripeAccount });
    await settle();
    const [event] = got.filter(({ path }) => path === "/connect");
    expect(JSON.parse(event?.body ?? "{}")).toMatchObject({ type: "customer.created", account: stripeAccount });
  });
});
