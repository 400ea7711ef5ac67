import "server-only";
import { findSubscription, startCheckout } from "@/lib/billing";
import { systemActor } from "@/lib/platform/context";
import { contextFor } from "./app";
import { billingFor } from "./billing";
import type { BootTask } from "./boot-tasks";
import { ensureDemo, hasDemo } from "./demo";

/** The card that always works, of a person who does not exist. */
const PAYMENT = { card: { number: "4242424242424242" }, email: "owner@marlowe-finch.example", name: "Marlowe & Finch" };

/** The demo has a plan it pays for with a made-up card, bought as any owner buys one; what follows comes by webhook. Once. */
export const demoBillingTask: BootTask = {
  name: "demo-billing",
  when: (app) => hasDemo(app) && billingFor(app.env.stripe)?.at === "emulator",
  async run(app) {
    const { port } = billingFor(app.env.stripe) ?? {};
    const { orgId, slug } = await ensureDemo(app);
    const ctx = contextFor(app, orgId, systemActor("demo"));
    if (!port || (await findSubscription(ctx))?.customerRef) return;
    const page = `${app.env.appUrl}/o/${slug}/billing`;
    try {
      const started = await startCheckout(ctx, port, {
        plan: "growth",
        every: "month",
        returnUrl: page,
        cancelUrl: page,
      });
      if (!started.ok) throw new Error(started.reason);
      const session = new URL(started.value.url).pathname.split("/").at(-1);
      const answer = await fetch(`${app.env.stripe.emulatorUrl}/_emulator/checkout/${session}/complete`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(PAYMENT),
      });
      if (!answer.ok) throw new Error(`the emulator answered ${answer.status}`);
    } catch (error) {
      // Nobody is kept from looking around: the demo stays in its trial.
      app.log.warn({ err: error }, "the demo has no plan");
    }
  },
};
