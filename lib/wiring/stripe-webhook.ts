import "server-only";
import { readStripeEvent, verifyStripeSignature } from "@/lib/adapters/stripe";
import { storeBillingEvent } from "@/lib/billing";
import { AppError, invalid, notFound } from "@/lib/platform/errors";
import { clientAddress, networkOf, parseJson, readRawBody } from "@/lib/platform/http";
import type { Logger } from "@/lib/platform/logger";
import { enforceLimit } from "@/lib/platform/rate-limit";
import type { App } from "./app";
import { startBillingInbox } from "./billing-inbox";

/** An invoice's event holds its first lines; Stripe's are below 100 kB. */
const MAX_BYTES = 1_048_576;
const REJECTIONS = { limit: 600, windowSeconds: 60 };

/**
 * A delivery of Stripe's, full or thin. It is stored before it is acknowledged and worked on afterwards: 503 if it could not be stored, so
 * that it is sent again. What is not signed with one of our secrets, or is no event, is 400 and leaves nothing. 404 while no secret is configured.
 */
export async function takeStripeWebhook(app: App, request: Request, log: Logger): Promise<Response> {
  const { webhookSecrets } = app.env.stripe;
  if (webhookSecrets.length === 0) throw notFound("This address");
  const rawBody = await readRawBody(request, { maxBytes: MAX_BYTES });
  const header = request.headers.get("stripe-signature");
  if (!verifyStripeSignature({ header, rawBody }, webhookSecrets, app.clock.now())) {
    await guard(app, request);
    throw invalid([
      { path: "stripe-signature", message: "The delivery is not signed with this endpoint's secret, or not now." },
    ]);
  }
  const event = readStripeEvent(parseJson(rawBody));
  if (!event) throw invalid([{ path: "", message: "This is no event of Stripe's." }]);
  const outcome = await storeBillingEvent(app, event).catch((cause: unknown) => {
    throw new AppError("unavailable", "The event could not be stored. Send it again.", { cause, retryAfterSeconds: 5 });
  });
  log.info({ eventId: event.id, kind: event.kind, outcome }, "billing event");
  if (outcome === "stored") startBillingInbox(app);
  return Response.json({ received: true });
}

/** Somebody who guesses is slowed down. */
async function guard(app: App, request: Request): Promise<void> {
  const address = networkOf(clientAddress(request, app.env));
  await enforceLimit(app.limiter, `stripe-webhook-rejected:${address}`, REJECTIONS);
}
