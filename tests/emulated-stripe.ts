import { eq } from "drizzle-orm";
import Stripe from "stripe";
import { subscriptions } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { type StripeEmulator, startStripeEmulator } from "@/emulators/stripe";
import { API_VERSION, stripeBilling } from "@/lib/adapters/stripe";
import { applyCatalogSync, planCatalogSync } from "@/lib/billing";
import type { Context } from "@/lib/platform/context";

/** An emulated Stripe with the plans, its SDK beside our adapter, and what a person would do on its pages. */
export async function emulatedStripe() {
  const emulator: StripeEmulator = await startStripeEmulator({ port: 0 });
  const { host, port: number } = emulator;
  const key = "sk_test_emulated";
  const stripe = new Stripe(key, { apiVersion: API_VERSION, host, port: number, protocol: "http", telemetry: false });
  const port = stripeBilling({ secretKey: key, baseUrl: emulator.url });
  const { steps } = await planCatalogSync(port);
  await applyCatalogSync(port, steps, () => {});
  const control = async (path: string, body: object) => {
    const answer = await fetch(`${emulator.url}/_emulator${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const pay = (url: string, number = "4242424242424242") =>
    control(`/checkout/${url.split("/").at(-1)}/complete`, { card: { number }, email: "owner@example.test" });
  return { emulator, stripe, port, control, pay };
}

/** The organisation's row as it stands. */
export const subscriptionRow = (ctx: Context) =>
  withTenant(ctx.database, ctx.orgId, async (tx) => {
    const [row] = await tx.select().from(subscriptions).where(eq(subscriptions.orgId, ctx.orgId));
    return row;
  });
