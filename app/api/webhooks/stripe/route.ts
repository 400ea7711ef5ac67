import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { takeStripeWebhook } from "@/lib/wiring/stripe-webhook";

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  { POST: async (request, { log }) => takeStripeWebhook(await app(), request, log) },
  { name: "webhooks.stripe" },
);
