import type { ErrorEvent } from "@sentry/nextjs";
import { redactPhones } from "./redact-phones";
import { redactTokens } from "./redact-tokens";

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

const redact = (text: string): string => redactTokens(redactPhones(text));

/** Neither telephone numbers nor links' tokens nor what stands behind the question mark of an address. */
export function withoutPersonalData(event: ErrorEvent): ErrorEvent {
  const url = event.request?.url?.split(/[?#]/)[0];
  if (event.request) event.request = url ? { url: redactTokens(url) } : {};
  if (event.transaction) event.transaction = redactTokens(event.transaction);
  for (const exception of event.exception?.values ?? []) {
    if (exception.value) exception.value = redact(exception.value);
    // A script that stands in the page itself has the page's address.
    for (const frame of exception.stacktrace?.frames ?? [])
      if (frame.filename) frame.filename = redactTokens(frame.filename);
  }
  if (event.message) event.message = redact(event.message);
  return event;
}
