import "server-only";
import type { Env } from "@/lib/platform/env";
import { redactPhones } from "@/lib/platform/logger";
import { onShutdown } from "@/lib/platform/shutdown";

/** Loads and starts Sentry only where a DSN is set. Telephone numbers, headers, cookies and bodies stay here. */
export async function startSentry(env: Pick<Env, "sentryDsn" | "sentryEnvironment">): Promise<boolean> {
  if (!env.sentryDsn) return false;
  const Sentry = await import("@sentry/nextjs");
  Sentry.init({
    dsn: env.sentryDsn,
    environment: env.sentryEnvironment,
    beforeSend(event) {
      if (event.request)
        event.request = { method: event.request.method, url: event.request.url?.split("?")[0] } as typeof event.request;
      for (const exception of event.exception?.values ?? [])
        if (exception.value) exception.value = redactPhones(exception.value);
      return event;
    },
  });
  onShutdown(() => Sentry.flush(500), "work");
  return true;
}
