import type { ErrorEvent } from "@sentry/nextjs";
import { redactPhones } from "./redact-phones";

/** Name of the meta tag through which a page tells the browser where errors go; absent where no DSN is configured. */
export const SENTRY_META = "caly-sentry-dsn";

/** Loads Sentry only on pages that name a DSN: without one the browser gets nothing of it. */
export async function startBrowserSentry(document: Pick<Document, "querySelector">): Promise<boolean> {
  const dsn = document.querySelector<HTMLMetaElement>(`meta[name="${SENTRY_META}"]`)?.content;
  if (!dsn) return false;
  const sentry = await import("@sentry/nextjs");
  sentry.init({ dsn, maxBreadcrumbs: 0, tracesSampleRate: 0, beforeSend: withoutPersonalData });
  return true;
}

/** Neither telephone numbers nor what stands behind the question mark of an address. */
export function withoutPersonalData(event: ErrorEvent): ErrorEvent {
  const url = event.request?.url?.split(/[?#]/)[0];
  if (event.request) event.request = url ? { url } : {};
  for (const exception of event.exception?.values ?? [])
    if (exception.value) exception.value = redactPhones(exception.value);
  if (event.message) event.message = redactPhones(event.message);
  return event;
}
