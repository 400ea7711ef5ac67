import "server-only";
import type { captureRequestError, ErrorEvent } from "@sentry/nextjs";
import type { Env } from "@/lib/platform/env";
import { noteOutage } from "@/lib/platform/http/outage";
import { redactPhones } from "@/lib/platform/redact-phones";
import { redactTokens } from "@/lib/platform/redact-tokens";
import { processEnv, processLog } from "@/lib/platform/runtime";
import { onShutdown } from "@/lib/platform/shutdown";

/** Loads and starts Sentry only where a DSN is set. Telephone numbers, links' tokens, headers, cookies and bodies stay here. */
export async function startSentry(env: Pick<Env, "sentryDsn" | "sentryEnvironment">): Promise<boolean> {
  if (!env.sentryDsn) return false;
  const Sentry = await import("@sentry/nextjs");
  Sentry.init({
    dsn: env.sentryDsn,
    environment: env.sentryEnvironment,
    includeLocalVariables: false,
    maxBreadcrumbs: 0,
    beforeSend: withoutPersonalData,
  });
  onShutdown(() => Sentry.flush(500), "work");
  return true;
}

/** Logs what a page or route failed with, and reports it where a DSN is set. */
export async function reportRequestError(
  ...[error, request, context]: Parameters<typeof captureRequestError>
): Promise<void> {
  noteOutage(error);
  processLog().error({ err: error, path: path(request.path), route: context.routePath }, "request error");
  if (!processEnv().sentryDsn) return;
  const Sentry = await import("@sentry/nextjs");
  Sentry.captureRequestError(error, { ...request, path: redactTokens(request.path) }, context);
}

const path = (url: string): string => redactTokens(url.split("?")[0] ?? "");
const redact = (text: string): string => redactTokens(redactPhones(text));

function withoutPersonalData(event: ErrorEvent): ErrorEvent {
  const { method, url } = event.request ?? {};
  if (event.request) event.request = { ...(method ? { method } : {}), ...(url ? { url: path(url) } : {}) };
  const next = event.contexts?.nextjs;
  if (typeof next?.request_path === "string") next.request_path = path(next.request_path);
  for (const exception of event.exception?.values ?? []) if (exception.value) exception.value = redact(exception.value);
  if (event.transaction) event.transaction = redactTokens(event.transaction);
  if (event.message) event.message = redact(event.message);
  return event;
}
