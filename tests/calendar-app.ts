import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { inTenant } from "@/db/tenant";
import type { Clock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import type { AppError } from "@/lib/platform/errors";
import { problemOf } from "@/lib/platform/http/problem";
import { createLogger } from "@/lib/platform/logger";
import type { Mail } from "@/lib/platform/mail";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import type { App } from "@/lib/wiring/app";
import {
  beginConnect,
  CONNECT_COOKIE,
  finishConnect,
  type OAuthVendor,
  pendingConnect,
} from "@/lib/wiring/calendar-connect";
import { handleCalendarPush } from "@/lib/wiring/calendar-push";
import { calendarSubscriptions, calendarTasks } from "@/lib/wiring/calendar-workers";

export type CalendarApp = App & { mails: Mail[] };

/** What of an App calendars use, over a test database and a clock that the test moves. */
export function calendarApp(
  database: Database,
  keys: App["keys"],
  options: { clock: Clock; appUrl: string; google?: string; microsoft?: string; privateOrigins?: string[] },
): CalendarApp {
  const mails: Mail[] = [];
  return {
    env: {
      appUrl: options.appUrl,
      mode: "embedded",
      trustedProxy: undefined,
      calendars: {
        google: { client: undefined, emulatorUrl: options.google },
        microsoft: { client: undefined, emulatorUrl: options.microsoft },
        privateOrigins: options.privateOrigins ?? [],
      },
    },
    database,
    clock: options.clock,
    log: createLogger({ level: "silent" }),
    keys,
    limiter: new MemoryRateLimiter(),
    jobs: { poke: () => {} },
    mailer: { send: async (mail: Mail) => void mails.push(mail) },
    mails,
  } as unknown as CalendarApp;
}

/** Runs what the server would run now: the periodic tasks, and the jobs of events that have none yet. */
export async function runCalendars(app: App, ctx: Context, done: Set<string>): Promise<void> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(
      sql`select id, kind, subject_id as "subjectId" from events where org_id = ${ctx.orgId} order by tx, seq`,
    ),
  );
  for (const { id, kind, subjectId } of rows as { id: string; kind: string; subjectId: string }[]) {
    if (done.has(id)) continue;
    done.add(id);
    for (const { on, run } of Object.values(calendarSubscriptions))
      if ((on as readonly string[]).includes(kind))
        await run(app, { orgId: ctx.orgId, subjectId, eventId: id }, AbortSignal.timeout(60_000));
  }
  for (const task of calendarTasks) await task.run(app, AbortSignal.timeout(60_000));
}

/** Connects an emulated account as a browser would: to the page of consent, through it, and back with the cookie. */
export async function connectInBrowser(
  app: App,
  ctx: Context,
  input: { vendor: OAuthVendor; staffId: string; accountId: string },
): Promise<string> {
  const begun = await beginConnect(app, ctx, { vendor: input.vendor, slug: "salon", staffId: input.staffId });
  if (!begun.ok) throw new Error(begun.reason);
  const url = new URL(begun.value.url);
  const answer = await fetch(url.origin + url.pathname, {
    method: "POST",
    body: new URLSearchParams([...url.searchParams, ["_account", input.accountId]]),
    redirect: "manual",
  });
  const back = new URL(answer.headers.get("location") ?? "");
  const pending = pendingConnect(app, input.vendor, begun.value.cookie, back.searchParams.get("state"));
  if (!pending) throw new Error(`${CONNECT_COOKIE} was not recognised`);
  const finished = await finishConnect(app, ctx, pending, back.searchParams.get("code") ?? "");
  if (!finished.ok) throw new Error(finished.reason);
  return finished.value;
}

/** The address vendors push to, over HTTP, with what was answered. */
export async function servePushes(app: () => App) {
  const answered: number[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    );
    const request = new Request(`http://127.0.0.1${incoming.url}`, {
      method: "POST",
      headers: headers as [string, string][],
      body: Buffer.concat(chunks),
    });
    const vendor = incoming.url?.includes("google") ? "google" : "microsoft";
    const answer = await handleCalendarPush(app(), vendor, request).catch(
      (error: AppError) => problemOf(error) ?? new Response(String(error.stack), { status: 500 }),
    );
    answered.push(answer.status);
    outgoing.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    outgoing.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
