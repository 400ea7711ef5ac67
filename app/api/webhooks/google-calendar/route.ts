import { routes } from "@/lib/platform/http";
import { app } from "@/lib/wiring/app";
import { handleCalendarPush } from "@/lib/wiring/calendar-push";

export const { GET, POST, PUT, PATCH, DELETE } = routes(
  { POST: async (request) => handleCalendarPush(await app(), "google", request) },
  { name: "webhooks.google-calendar" },
);
