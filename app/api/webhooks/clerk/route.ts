import { routes } from "@/lib/platform/http";
import { takeClerkWebhook } from "@/lib/wiring/clerk-webhook";

export const { GET, POST, PUT, PATCH, DELETE } = routes({ POST: takeClerkWebhook }, { name: "webhooks.clerk" });
