import "server-only";
import { findCalendarFeed } from "@/db/system";
import { writeFeed } from "@/lib/adapters/ics";
import { feedTokenHash, readCalendarFeed } from "@/lib/calendars";
import { keepRequestsWithinPlan } from "@/lib/plans";
import { systemActor } from "@/lib/platform/context";
import { sha256Hex } from "@/lib/platform/crypto";
import { notFound } from "@/lib/platform/errors";
import { type App, contextFor } from "./app";

const EVERY_MINUTES = 15;
const NAME = /^([\w-]{43})\.ics$/;

/** The calendar file behind a secret address, 304 where the subscriber has it. Addresses that are none, or none any more, are all 404. */
export async function serveCalendarFile(app: App, file: string, request: Request): Promise<Response> {
  const token = NAME.exec(file)?.[1];
  const feed = token && (await findCalendarFeed(app.database, feedTokenHash(token)));
  if (!feed) throw notFound("This calendar");
  const ctx = contextFor(app, feed.orgId, systemActor("calendar-file"));
  // Its readers are programs of whoever has the address: they use up nothing but the file's own allowance.
  await keepRequestsWithinPlan(ctx, app.limiter, { of: feed.id });
  const content = await readCalendarFeed(ctx, feed.id);
  if (!content) throw notFound("This calendar");
  const events = content.events.map((event) => ({ ...event, sequence: Math.floor(event.changedMs / 1000) % 2 ** 31 }));
  const text = writeFeed({ name: content.name, everyMinutes: EVERY_MINUTES, events });
  const etag = `"${sha256Hex(text).slice(0, 32)}"`;
  const headers = {
    etag,
    "cache-control": "private, no-cache",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
  };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(text, {
    headers: {
      ...headers,
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="bookings.ics"',
      "x-content-type-options": "nosniff",
    },
  });
}
