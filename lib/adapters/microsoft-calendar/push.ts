import { z } from "zod";
import type {
  CalendarPort,
  PushChannel,
  PushMessage,
  PushNotice,
  PushReading,
  PushRequest,
} from "@/lib/calendars/ports";
import { answeredAtMs } from "@/lib/platform/http/retry-after";
import { ok, refuse } from "@/lib/platform/result";
import type { Client } from "./client";
import { type Outcome, read } from "./http";

const subscriptionShape = z.object({ id: z.string(), expirationDateTime: z.string() });
/** Below both figures the documentation gives for the longest (4,230 and 10,080 minutes). */
const LIFETIME_MS = 4200 * 60_000;
/** Clocks that differ by less are not the reason for a refusal. */
const SKEW_MS = 60_000;

/**
 * Subscriptions (https://learn.microsoft.com/graph/api/subscription-post-subscriptions). Renewing makes another one, since a subscription
 * keeps the secret it was made with.
 */
export function push(client: Client): NonNullable<CalendarPort["push"]> {
  const ask = (calendarId: string, { address, secret }: PushRequest, nowMs: number) =>
    client.send({
      method: "POST",
      path: "/subscriptions",
      body: {
        changeType: "created,updated,deleted",
        notificationUrl: address,
        lifecycleNotificationUrl: address,
        resource: `/me/calendars/${calendarId}/events`,
        expirationDateTime: new Date(nowMs + LIFETIME_MS).toISOString(),
        clientState: secret,
      },
      name: "subscribe",
      expects: [400, 404],
    });

  async function subscribe(calendarId: string, request: PushRequest): Promise<Outcome<PushChannel>> {
    let reply = await ask(calendarId, request, Date.now());
    if (!reply.ok) return reply;
    // The end is named by the clock: where ours is wrong, it is reckoned again by theirs.
    const theirs = answeredAtMs(reply.value.headers);
    if (reply.value.status === 400 && Math.abs(theirs - Date.now()) > SKEW_MS) {
      reply = await ask(calendarId, request, theirs);
      if (!reply.ok) return reply;
    }
    if (reply.value.status === 404) return refuse("gone");
    if (reply.value.status >= 400) return refuse("rejected", { what: "Microsoft refused subscribe: 400" });
    const subscription = read(subscriptionShape, reply.value);
    if (!subscription.ok) return subscription;
    const leftMs = Date.parse(subscription.value.expirationDateTime) - answeredAtMs(reply.value.headers);
    const expiresInSeconds = Math.max(0, Math.floor(leftMs / 1000) || 0);
    return ok({ channelId: subscription.value.id, resourceId: undefined, expiresInSeconds });
  }

  async function unsubscribe({ channelId }: PushChannel): Promise<Outcome<void>> {
    const path = `/subscriptions/${encodeURIComponent(channelId)}`;
    const reply = await client.send({ method: "DELETE", path, name: "unsubscribe", expects: [404] });
    return reply.ok ? ok(undefined) : reply;
  }

  return {
    subscribe,
    unsubscribe,
    async renew(calendarId, current, request) {
      const fresh = await subscribe(calendarId, request);
      // The old one ends by itself in any case.
      if (fresh.ok) await unsubscribe(current);
      return fresh;
    },
  };
}

const noticesShape = z.object({
  value: z
    .array(
      z.object({
        subscriptionId: z.string().regex(/^[\w-]{1,100}$/),
        clientState: z.string().nullish(),
        lifecycleEvent: z.string().nullish(),
      }),
    )
    .max(1000),
});

const LIFECYCLE: Record<string, PushNotice["what"]> = {
  missed: "missed",
  reauthorizationRequired: "ending",
  subscriptionRemoved: "ended",
};

/** Notifications, and the question whether an address wants them, which must be answered within ten seconds (…/change-notifications-delivery-webhooks). */
export function readPush({ query, body }: PushMessage): PushReading {
  const token = query.get("validationToken");
  if (token !== null) return { kind: "handshake", answer: token };
  const message = noticesShape.safeParse(parsed(body));
  if (!message.success) return { kind: "unreadable" };
  const notices = message.data.value.map(({ subscriptionId, clientState, lifecycleEvent }) => ({
    channelId: subscriptionId,
    secret: clientState ?? "",
    what: lifecycleEvent ? (LIFECYCLE[lifecycleEvent] ?? "missed") : ("changed" as const),
  }));
  return { kind: "notices", notices };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
