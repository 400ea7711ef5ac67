import { z } from "zod";
import type { CalendarPort, PushChannel, PushMessage, PushReading, PushRequest } from "@/lib/calendars/ports";
import { answeredAtMs } from "@/lib/platform/http/retry-after";
import { ok, refuse } from "@/lib/platform/result";
import type { Client } from "./client";
import { type Outcome, read } from "./http";

const channelShape = z.object({ id: z.string(), resourceId: z.string(), expiration: z.coerce.number() });
/** What is asked for; Google gives at most about that, and says how much (…/guides/push, "expiration"). */
const WEEK_SECONDS = 604_800;

/** Channels cannot be prolonged: another is made, and the old one stopped once the new one stands. */
export function push(client: Client): NonNullable<CalendarPort["push"]> {
  async function subscribe(calendarId: string, request: PushRequest): Promise<Outcome<PushChannel>> {
    const { address, secret, channelId } = request;
    const reply = await client({
      method: "POST",
      path: `/calendars/${encodeURIComponent(calendarId)}/events/watch`,
      body: { id: channelId, type: "web_hook", address, token: secret, params: { ttl: String(WEEK_SECONDS) } },
      name: "events.watch",
      expects: [404],
    });
    if (!reply.ok) return reply;
    if (reply.value.status === 404) return refuse("gone");
    const channel = read(channelShape, reply.value);
    if (!channel.ok) return channel;
    const { id, resourceId, expiration } = channel.value;
    const leftMs = expiration - answeredAtMs(reply.value.headers);
    return ok({ channelId: id, resourceId, expiresInSeconds: Math.max(0, Math.floor(leftMs / 1000)) });
  }

  async function unsubscribe({ channelId, resourceId }: PushChannel): Promise<Outcome<void>> {
    const body = { id: channelId, resourceId };
    const reply = await client({ method: "POST", path: "/channels/stop", body, name: "channels.stop", expects: [404] });
    return reply.ok ? ok(undefined) : reply;
  }

  return {
    subscribe,
    unsubscribe,
    async renew(calendarId, current, request) {
      const fresh = await subscribe(calendarId, request);
      // The old channel ends by itself in any case.
      if (fresh.ok && current.channelId !== fresh.value.channelId) await unsubscribe(current);
      return fresh;
    },
  };
}

/** A message is its headers; the body is empty (…/guides/push, "Receive notifications"). */
export function readPush({ headers }: PushMessage): PushReading {
  const channelId = headers.get("x-goog-channel-id");
  const state = headers.get("x-goog-resource-state");
  if (!channelId || !state || !/^[\w\-+/=]{1,64}$/.test(channelId)) return { kind: "unreadable" };
  const secret = headers.get("x-goog-channel-token") ?? "";
  return { kind: "notices", notices: [{ channelId, secret, what: state === "sync" ? "hello" : "changed" }] };
}
