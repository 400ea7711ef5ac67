import { eventCursor, eventStream, readStream, streamPosition, takeStreamPlace } from "@/lib/events";
import { loadMembership } from "@/lib/organizations";
import { AppError } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { isShuttingDown, onShutdown } from "@/lib/platform/shutdown";
import { app } from "@/lib/wiring/app";
import { memberRoute } from "@/lib/wiring/member-context";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

const second = 1000;
const batch = 200;
/** A page is read before it listens: what happened in between is told as well. */
const secondsBack = 10;

/** What happens in the organisation, as server-sent events, for as long as the reader stays a member. */
const live = memberRoute<{ slug: string }>(
  async (request, { ctx, org, member, viewer }) => {
    if (isShuttingDown()) throw new AppError("unavailable", "This server is stopping.", { retryAfterSeconds: 1 });
    const { env, database } = await app();
    const cursor = startOf(request) ?? (await streamPosition(ctx, { secondsBack }));
    const leave = takeStreamPlace(member.id);
    if (!leave)
      throw new AppError("rate_limited", "You have this open in too many windows. Close some.", {
        retryAfterSeconds: 30,
      });
    const stop = new AbortController();
    const forget = onShutdown(() => stop.abort());
    request.signal.addEventListener("abort", () => stop.abort(), { once: true });
    const stream = eventStream({
      cursor,
      read: (cursor) => readStream(ctx, { cursor, limit: batch }),
      isAllowed: async () => (await loadMembership(database, { orgId: org.id, userId: viewer.userId })) !== undefined,
      signal: stop.signal,
      times: {
        pollMs: second / 2,
        heartbeatMs: 15 * second,
        recheckMs: 20 * second,
        // Vercel ends a function after maxDuration; before that the reader is asked to come back.
        lifeMs: (env.serverless ? 55 : 300) * second,
      },
      onError: (error) => ctx.log.warn({ err: error }, "live stream ended"),
      onEnd() {
        forget();
        leave();
      },
    });
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        // no-transform keeps the server from gathering messages to compress them.
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
      },
    });
  },
  { partOfPage: true },
);

/** A browser that resumes says so in a header, which is newer than the address it was first given. */
function startOf(request: Request): string | undefined {
  const { searchParams } = new URL(request.url);
  const candidates = [request.headers.get("last-event-id"), searchParams.get("lastEventId"), searchParams.get("after")];
  return candidates.map((place) => eventCursor.safeParse(place).data).find((place) => place !== undefined);
}

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ slug: string }>({ GET: live }, { name: "live" });
