/** Name of the meta tag through which a page tells the browser where errors go; absent where no DSN is configured. */
export const SENTRY_META = "caly-sentry-dsn";

/** Loads Sentry only on pages that name a DSN: without one the browser gets nothing of it. */
export function startBrowserSentry(document: Pick<Document, "querySelector">): Promise<void> | undefined {
  const dsn = document.querySelector<HTMLMetaElement>(`meta[name="${SENTRY_META}"]`)?.content;
  if (!dsn) return undefined;
  return import("@sentry/nextjs").then((sentry) => void sentry.init({ dsn }));
}
