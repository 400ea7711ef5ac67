import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { CalendarServer } from "../calendar/server";
import { openJsonStore } from "../http/json-store";
import { GraphError, invalid } from "./errors";
import type { Body } from "./read-event";

interface Subscription {
  id: string;
  accountId: string;
  calendarId: string;
  resource: string;
  changeTypes: string[];
  notificationUrl: string;
  lifecycleNotificationUrl: string | undefined;
  clientState: string | undefined;
  expiresMs: number;
}

export interface Subscriptions {
  create(accountId: string, body: Body): Promise<object>;
  renew(accountId: string, id: string, body: Body): object;
  remove(accountId: string, id: string): void;
  /** Tells a subscriber something of the subscription itself: `missed`, `reauthorizationRequired`, `subscriptionRemoved`. */
  tellLifecycle(id: string, lifecycleEvent: string): void;
  list(): object[];
  flush(): Promise<void>;
}

/** The older of the two figures in the documentation: a client that keeps to it fits both. */
const maxMinutes = 4230;
const minMinutes = 45;

/** Change notifications (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks). */
export function openSubscriptions(
  server: CalendarServer,
  dataDir: string,
  calendarOf: (accountId: string, resource: string) => string,
): Subscriptions {
  const store = openJsonStore<Subscription>(join(dataDir, "subscriptions"));
  const closing = new AbortController();

  server.store.onChange((record, kind) => {
    for (const subscription of store.list()) {
      if (subscription.expiresMs <= server.clock.now()) void store.delete(subscription.id);
      else if (subscription.calendarId === record.calendarId && subscription.changeTypes.includes(kind)) {
        const resource = `Users/${subscription.accountId}/Events/${record.eventId}`;
        const resourceData = { "@odata.type": "#Microsoft.Graph.Event", "@odata.id": resource, id: record.eventId };
        tell(subscription, subscription.notificationUrl, { changeType: kind, resource, resourceData });
      }
    }
  });

  function tell(subscription: Subscription, url: string, what: object): void {
    const notice = {
      subscriptionId: subscription.id,
      subscriptionExpirationDateTime: new Date(subscription.expiresMs).toISOString(),
      ...(subscription.clientState === undefined ? {} : { clientState: subscription.clientState }),
      tenantId: "9188040d-6c67-4c5b-b112-36a304b66dad",
      ...what,
    };
    const headers = { "Content-Type": "application/json; charset=utf-8" };
    server.pusher.send({ channelId: subscription.id, url, headers, body: JSON.stringify({ value: [notice] }) });
  }

  /** The address must show within ten seconds that it wants what will come. */
  async function handshake(address: string): Promise<void> {
    const token = `Validation: Testing client application reachability ${randomUUID()}`;
    const url = new URL(address);
    url.searchParams.set("validationToken", token);
    const headers = { "Content-Type": "text/plain; charset=utf-8" };
    const outcome = await server.poster.post({
      url: url.href,
      headers,
      body: "",
      timeoutMs: 10_000,
      signal: closing.signal,
    });
    if ("error" in outcome || outcome.status !== 200 || outcome.body !== token)
      throw new GraphError(
        400,
        "ValidationError",
        "Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.",
      );
  }

  function find(accountId: string, id: string): Subscription {
    const subscription = store.get(id);
    if (subscription?.accountId !== accountId)
      throw new GraphError(404, "ResourceNotFound", "The object was not found.");
    return subscription;
  }

  const show = (each: Subscription): object => ({
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity",
    id: each.id,
    resource: each.resource,
    changeType: each.changeTypes.join(","),
    clientState: each.clientState ?? null,
    notificationUrl: each.notificationUrl,
    lifecycleNotificationUrl: each.lifecycleNotificationUrl ?? null,
    expirationDateTime: new Date(each.expiresMs).toISOString(),
  });

  function expiryOf(body: Body): number {
    const at = Date.parse(String(body.expirationDateTime));
    const now = server.clock.now();
    if (Number.isNaN(at) || at <= now) throw invalid("Subscription expiration time must be in the future.");
    if (at > now + maxMinutes * 60_000)
      throw new GraphError(
        400,
        "InvalidRequest",
        `Subscription expiration can only be ${maxMinutes} minutes in the future.`,
      );
    return Math.max(at, now + minMinutes * 60_000);
  }

  return {
    async create(accountId, body) {
      const { resource, notificationUrl, lifecycleNotificationUrl, clientState } = body;
      const changeTypes = String(body.changeType ?? "").split(",");
      if (!changeTypes.every((each) => ["created", "updated", "deleted"].includes(each))) throw invalid("changeType");
      if (clientState !== undefined && (typeof clientState !== "string" || clientState.length > 128))
        throw invalid("clientState may have 128 characters");
      const expiresMs = expiryOf(body);
      const calendarId = calendarOf(accountId, String(resource));
      const addresses = [notificationUrl, lifecycleNotificationUrl].filter((each) => each !== undefined).map(String);
      if (notificationUrl === undefined || !addresses.every(isReachable))
        throw invalid("NotificationUrl must be https.");
      for (const address of addresses) await handshake(address);
      const subscription: Subscription = {
        id: randomUUID(),
        accountId,
        calendarId,
        resource: String(resource),
        changeTypes,
        notificationUrl: String(notificationUrl),
        lifecycleNotificationUrl: lifecycleNotificationUrl === undefined ? undefined : String(lifecycleNotificationUrl),
        clientState,
        expiresMs,
      };
      void store.put(subscription);
      return show(subscription);
    },
    renew(accountId, id, body) {
      const renewed = { ...find(accountId, id), expiresMs: expiryOf(body) };
      void store.put(renewed);
      return show(renewed);
    },
    remove: (accountId, id) => void store.delete(find(accountId, id).id),
    tellLifecycle(id, lifecycleEvent) {
      const subscription = store.get(id);
      if (!subscription) return;
      tell(subscription, subscription.lifecycleNotificationUrl ?? subscription.notificationUrl, { lifecycleEvent });
      if (lifecycleEvent === "subscriptionRemoved") void store.delete(id);
    },
    list: () => store.list().map(show),
    async flush() {
      closing.abort();
      await store.flush();
    },
  };
}

/** Only addresses with a certificate are called; on this machine, plain ones as well. */
function isReachable(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.protocol === "https:" || ["127.0.0.1", "localhost"].includes(url.hostname));
}
