import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StripeEmulator, startStripeEmulator } from "@/emulators/stripe";
import { applyCatalogSync, planCatalogSync } from "@/lib/billing";
import type { SyncStep } from "@/lib/billing/ports";
import { stripeBilling } from ".";
import { API_VERSION } from "./client";

let emulator: StripeEmulator;
let stripe: Stripe;
beforeAll(async () => {
  emulator = await startStripeEmulator({ port: 0 });
  const { host, port } = emulator;
  stripe = new Stripe("sk_test_emulated", { apiVersion: API_VERSION, host, port, protocol: "http", telemetry: false });
});
afterAll(() => emulator.close());

const port = () => stripeBilling({ secretKey: "sk_test_emulated", baseUrl: emulator.url });
const ignore = () => {};
const kindsOf = (steps: readonly SyncStep[]) => [...new Set(steps.map((step) => step.do))];

it("the plans stand at Stripe after a sync whose answers were lost on the way, once, and another finds nothing to do", async () => {
  const { steps, conflicts } = await planCatalogSync(port());
  expect(conflicts).toEqual([]);
  expect(kindsOf(steps)).toEqual(["create_meter", "create_product", "create_price", "create_portal"]);
  await fetch(`${emulator.url}/_emulator/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ requests: [{ kind: "reset-after", times: 2, method: "POST" }] }),
  });
  await applyCatalogSync(port(), steps, ignore);
  await applyCatalogSync(port(), steps, ignore);
  expect(await planCatalogSync(port())).toEqual({ steps: [], conflicts: [] });
  const prices = await stripe.prices.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  expect(prices).toHaveLength(24);
  const { data } = await stripe.prices.list({
    lookup_keys: ["caly_starter_v1_usd_month", "caly_starter_v1_usd_month_minutes"],
    expand: ["data.tiers"],
  });
  expect(data.find((price) => price.recurring?.usage_type === "licensed")?.unit_amount).toBe(9700);
  const metered = data.find((price) => price.recurring?.usage_type === "metered");
  expect(metered?.tiers?.map((tier) => [tier.up_to, String(tier.unit_amount_decimal)])).toEqual([
    [300, "0"],
    [null, "25"],
  ]);
});

it("what somebody switched off is switched on again, and a price with other terms is told, not touched", async () => {
  const { data } = await stripe.prices.list({ lookup_keys: ["caly_growth_v1_inr_year", "caly_scale_v1_usd_month"] });
  const [growth] = data.filter((price) => price.lookup_key === "caly_growth_v1_inr_year");
  await stripe.prices.update(growth?.id ?? "", { active: false });
  await stripe.products.update("caly_scale", { name: "Large" });
  const first = await planCatalogSync(port());
  expect(kindsOf(first.steps)).toEqual(["update_product", "reactivate_price"]);
  await stripe.prices.create({
    product: "caly_scale",
    currency: "usd",
    unit_amount: 1,
    recurring: { interval: "month" },
    lookup_key: "caly_scale_v1_usd_month",
    transfer_lookup_key: true,
  });
  const { conflicts } = await planCatalogSync(port());
  expect(conflicts).toEqual([
    { lookupKey: "caly_scale_v1_usd_month", found: "plan 1 USD month", wanted: "plan 59700 USD month" },
  ]);
});
