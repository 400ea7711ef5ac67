import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { CalendarServer } from "../calendar/server";
import { openJsonStore } from "../http/json-store";
import { GoogleError, invalid, required } from "./errors";
import type { Body } from "./read-event";

interface Channel {
  /** The document's name on disk: clients choose ids of any letters. */
  id: string;
  channelId: string;
  resourceId: string;
  calendarId: string;
  accountId: string;
  address: string;
  token: string | undefined;
  expiresMs: number;
  messages: number;
}

export interface Channels {
  watch(accountId: string, calendarId: string, body: Body): object;
  stop(accountId: string, body: Body): void;
  list(): object[];
  flush(): Promise<void>;
}

const dayMs = 86_400_000;
/** Seven days unless the client asks for less; what it may ask for at most is not documented for events. */
const defaultMs = 7 * dayMs;

/** Notification channels (https://developers.google.com/workspace/calendar/api/guides/push): headers tell all, the body is empty. */
export function openChannels(server: CalendarServer, dataDir: string): Channels {
  const store = openJsonStore<Channel>(join(dataDir, "channels"));
  const resourceOf = (calendarId: string) => createHash("sha256").update(calendarId).digest("base64url").slice(0, 27);
  const uriOf = (calendarId: string) =>
    `${server.origin()}/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events?alt=json`;

  function tell(channel: Channel, state: "sync" | "exists"): void {
    const told = { ...channel, messages: channel.messages + 1 };
    void store.put(told);
    server.pusher.send({
      channelId: channel.channelId,
      url: channel.address,
      headers: {
        "Content-Type": "application/json; UTF-8",
        "X-Goog-Channel-ID": channel.channelId,
        ...(channel.token === undefined ? {} : { "X-Goog-Channel-Token": channel.token }),
        "X-Goog-Channel-Expiration": new Date(channel.expiresMs).toUTCString(),
        "X-Goog-Resource-ID": channel.resourceId,
        "X-Goog-Resource-URI": uriOf(channel.calendarId),
        "X-Goog-Resource-State": state,
        "X-Goog-Message-Number": String(told.messages),
      },
      body: "",
    });
  }

  server.store.onChange(({ calendarId }) => {
    for (const channel of store.list()) {
      if (channel.expiresMs <= server.clock.now()) void store.delete(channel.id);
      else if (channel.calendarId === calendarId) tell(channel, "exists");
    }
  });

  return {
    watch(accountId, calendarId, body) {
      const { id, type, address, token } = body;
      if (typeof id !== "string") throw required("id");
      if (!/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id)) throw invalid("Invalid channel id");
      if (type !== "web_hook") throw invalid("Unknown channel type");
      if (typeof address !== "string" || !URL.canParse(address)) throw required("address");
      if (!isReachable(new URL(address)))
        throw new GoogleError(400, "push.webhookUrlNotHttps", `WebHook callback must be HTTPS: ${address}`);
      if (token !== undefined && (typeof token !== "string" || token.length > 256))
        throw invalid("Invalid channel token");
      if (store.list().some((each) => each.channelId === id))
        throw new GoogleError(400, "channelIdNotUnique", `Channel id ${id} not unique`);
      const channel: Channel = {
        id: randomUUID(),
        channelId: id,
        resourceId: resourceOf(calendarId),
        calendarId,
        accountId,
        address,
        token,
        expiresMs: server.clock.now() + lifetime(body, server.clock.now()),
        messages: 0,
      };
      tell(channel, "sync");
      return {
        kind: "api#channel",
        id,
        resourceId: channel.resourceId,
        resourceUri: uriOf(calendarId),
        ...(token === undefined ? {} : { token }),
        expiration: String(channel.expiresMs),
      };
    },
    stop(accountId, { id, resourceId }) {
      const channel = store
        .list()
        .find((each) => each.channelId === id && each.resourceId === resourceId && each.accountId === accountId);
      if (!channel) throw new GoogleError(404, "notFound", `Channel '${id}' not found for project`);
      void store.delete(channel.id);
    },
    list: () =>
      store.list().map(({ channelId, calendarId, address, expiresMs, messages }) => ({
        ...{ channelId, calendarId, address, messages },
        expires: new Date(expiresMs).toISOString(),
      })),
    flush: () => store.flush(),
  };
}

/** Only addresses with a certificate are called; on this machine, plain ones as well. */
const isReachable = (url: URL): boolean =>
  url.protocol === "https:" || ["127.0.0.1", "localhost"].includes(url.hostname);

function lifetime({ expiration, params }: Body, nowMs: number): number {
  const seconds = Number((params as { ttl?: unknown } | undefined)?.ttl ?? Number.NaN);
  const askedMs = Number.isNaN(seconds) ? Number(expiration ?? Number.NaN) - nowMs : seconds * 1000;
  return askedMs > 0 ? Math.min(askedMs, 30 * dayMs) : defaultMs;
}
