import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { openStripe, type TestStripe } from "@/emulators/stripe/testing/sdk";
import type { MeterPort } from "@/lib/billing/ports";
import { stripeBilling } from ".";

let open: TestStripe;
let port: MeterPort;
let customerRef: string;
let serial = 0;

beforeAll(async () => {
  open = await openStripe();
  await open.stripe.billing.meters.create({
    display_name: "Minutes of calls",
    event_name: "caly_minutes",
    default_aggregation: { formula: "sum" },
  });
  port = stripeBilling({ secretKey: "sk_test_emulated", baseUrl: open.emulator.url });
});
afterAll(() => open.close());
beforeEach(async () => {
  customerRef = (await open.stripe.customers.create({ email: "owner@salon.example" })).id;
});
afterEach(async () => {
  await open.control("DELETE", "/faults");
  await open.control("POST", "/settings", { meterErrors: "later" });
});

const fault = (requests: object[]) => open.control("POST", "/faults", { requests });
const report = (more: Partial<Parameters<MeterPort["reportMinutes"]>[0]> = {}) =>
  port.reportMinutes({
    identifier: `call_${++serial}_0`,
    customerRef,
    minutes: 3,
    at: new Date(Date.now() - 60_000),
    attempt: 0,
    ...more,
  });
const counted = () => {
  const minute = Math.floor(Date.now() / 60_000);
  return port.countedMinutes({
    customerRef,
    from: new Date((minute - 60) * 60_000),
    to: new Date((minute + 1) * 60_000),
  });
};

it("minutes are counted once, whether the same is reported again or the answer of the first time was lost", async () => {
  const once = { identifier: "call_lost_0", at: new Date(Date.now() - 60_000) };
  await fault([{ kind: "reset-after", times: 1, path: "/v1/billing/meter_events" }]);
  expect(await report(once)).toEqual({ outcome: "taken" });
  expect(await report(once)).toEqual({ outcome: "taken" });
  expect(await report({ ...once, attempt: 1 })).toMatchObject({ outcome: "refused", why: "duplicate" });
  expect(await report({ minutes: 4 })).toEqual({ outcome: "taken" });
  expect(await counted()).toBe(7);
});

it("asked too often, or two at a time for one customer, is busy and not counted; an outage throws", async () => {
  await fault([{ kind: "429", times: 1, path: "/v1/billing/meter_events" }]);
  expect(await report()).toMatchObject({ outcome: "busy" });
  await open.control("POST", "/faults", { requests: [], meterEventMs: 200 });
  const outcomes = (await Promise.all([report(), report()])).map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual(["busy", "taken"]);
  expect(await counted()).toBe(3);
  await open.control("DELETE", "/faults");
  await fault([{ kind: "500", times: 3, path: "/v1/billing/meter_events" }]);
  await expect(report()).rejects.toThrow();
});

it("what can never be counted is refused with the reason, at once or by a thin event later", async () => {
  await open.control("POST", "/settings", { meterErrors: "at-once" });
  const refusal = async (more: Parameters<typeof report>[0]) => {
    const answer = await report(more);
    return answer.outcome === "refused" ? answer.why : answer.outcome;
  };
  const day = 86_400_000;
  expect(await refusal({ customerRef: "cus_nobody" })).toBe("unknown_customer");
  expect(await refusal({ at: new Date(Date.now() - 36 * day) })).toBe("too_late");
  expect(await refusal({ at: new Date(Date.now() + day) })).toBe("in_future");
  await open.control("POST", "/settings", { meterErrors: "later" });
  expect(await refusal({ identifier: "call_thin_0", customerRef: "cus_nobody" })).toBe("taken");
  expect(await refusal({ identifier: "call_thin_1", at: new Date(Date.now() - 36 * day) })).toBe("taken");
  await open.control("POST", "/deliveries/settle", {});
  const [event] = (await open.stripe.v2.core.events.list({ limit: 1 })).data;
  expect(await port.readMeterErrors(event?.id ?? "")).toEqual([
    { why: "unknown_customer", identifier: "call_thin_0", said: expect.stringContaining("cus_nobody") },
    { why: "too_late", identifier: "call_thin_1", said: expect.stringContaining("35 days") },
  ]);
});

it("what was counted is cancelled within a day, once, and not after it", async () => {
  await report({ identifier: "call_wrong_0" });
  await fault([{ kind: "reset-after", times: 1, path: "/v1/billing/meter_event_adjustments" }]);
  expect(await port.cancelMinutes("call_wrong_0", 0)).toBe("cancelled");
  expect(await port.cancelMinutes("call_wrong_0", 1)).toBe("cancelled");
  expect(await port.cancelMinutes("call_never_0", 0)).toBe("unknown");
  expect(await counted()).toBe(0);
  await report({ identifier: "call_old_0" });
  await open.control("POST", "/clock", { skipSeconds: 86_500 });
  expect(await port.cancelMinutes("call_old_0", 0)).toBe("too_late");
});

it("a credit and a charge stand on the next invoice, each cause once, a day later too", async () => {
  const item = { customerRef, amount: 250n, currency: "USD", description: "10 minutes", cause: "call_1_1" } as const;
  const first = await port.giveCredit(item);
  expect(await port.giveCredit(item)).toEqual(first);
  await open.control("POST", "/clock", { skipSeconds: 90_000 });
  expect(await port.giveCredit(item)).toEqual(first);
  await port.addCharge({ ...item, amount: 75n, cause: "call_2_0" });
  const { data } = await open.stripe.invoiceItems.list({ customer: customerRef });
  expect(data.map(({ amount, currency }) => [amount, currency]).sort()).toEqual([
    [-250, "usd"],
    [75, "usd"],
  ]);
});

it("a failure that Stripe repeats for a day keeps neither a credit nor a customer back, and nothing is made twice", async () => {
  const kept = (path: string) => fault([{ kind: "500-kept", times: 1, method: "POST", path }]);
  const credit = { customerRef, amount: 50n, currency: "USD", description: "Credit", cause: "call_kept" } as const;
  await kept("/v1/invoiceitems");
  const refs = await Promise.all([port.giveCredit(credit), port.giveCredit(credit)]);
  expect(refs[0]).toEqual(refs[1]);
  expect((await open.stripe.invoiceItems.list({ customer: customerRef })).data).toHaveLength(1);
  const { createCustomer } = stripeBilling({ secretKey: "sk_test_emulated", baseUrl: open.emulator.url });
  await kept("/v1/customers");
  const made = await createCustomer({ orgId: "org_kept", name: "Salon", email: null, cause: "customer:org_kept" });
  const { data } = await open.stripe.customers.list({ limit: 100 });
  expect(data.filter(({ metadata }) => metadata.org_id === "org_kept").map(({ id }) => id)).toEqual([made.customerRef]);
});
