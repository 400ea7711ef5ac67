import type { CalendarVendorName, Freshness } from "@/lib/calendars/schemas";

export const vendorNames: Record<CalendarVendorName, string> = {
  google: "Google",
  microsoft: "Microsoft 365",
  caldav: "CalDAV",
  feed: "Subscribed file",
};

export const freshnessWords: Record<Freshness, string> = {
  current: "Up to date",
  waiting: "Being read for the first time",
  partial: "Not read in full",
  stale: "Not up to date",
  revoked: "Access withdrawn",
};
