import "server-only";
import type { CalendarVendors } from "@/lib/calendars/ports";
import type { App } from "./app";

/** Each vendor as this server is configured. */
export function calendarVendorsFor(app: App): CalendarVendors {
  return {
    open: () => undefined,
    oauth: () => undefined,
    pushAddress: (vendor) =>
      app.env.appUrl.startsWith("https:") ? `${app.env.appUrl}/api/calendars/${vendor}/push` : undefined,
  };
}
