import { instancesOf } from "../calendar/instances";
import type { AccountRecord, CalendarRecord } from "../calendar/records";
import type { CalendarServer } from "../calendar/server";
import { boundsOf, isoSeconds } from "../calendar/times";
import type { HttpReply, HttpRequest, Route } from "../http/router";
import type { Channels } from "./channels";
import { invalid, notFound, required } from "./errors";
import { placeOf, readObject } from "./event-routes";

/** Everything of the API but events. */
export function calendarRoutes(
  server: CalendarServer,
  channels: Channels,
  holderOf: (request: HttpRequest) => AccountRecord,
): Route[] {
  const listed = (calendar: CalendarRecord) => ({
    kind: "calendar#calendarListEntry",
    etag: `"${calendar.syncEpoch}"`,
    id: calendar.id,
    summary: calendar.name,
    timeZone: calendar.zone,
    selected: true,
    accessRole: calendar.isWritable ? "owner" : "reader",
    ...(calendar.isPrimary ? { primary: true } : {}),
  });

  return [
    {
      method: "GET",
      pattern: "/calendar/v3/users/me/calendarList",
      handle(request) {
        const { calendars } = holderOf(request);
        const size = Math.min(Number(request.query.get("maxResults") ?? 100) || 100, 250);
        const from = Number(request.query.get("pageToken") ?? 0) || 0;
        const next = from + size < calendars.length ? { nextPageToken: String(from + size) } : {};
        const items = calendars.slice(from, from + size).map(listed);
        return { status: 200, body: { kind: "calendar#calendarList", etag: '"p1"', ...next, items } };
      },
    },
    {
      method: "GET",
      pattern: "/calendar/v3/users/me/calendarList/:calendar",
      handle: (request) => ({ status: 200, body: listed(placeOf(request, holderOf).calendar) }),
    },
    { method: "POST", pattern: "/calendar/v3/freeBusy", handle: freeBusy },
    {
      method: "POST",
      pattern: "/calendar/v3/calendars/:calendar/events/watch",
      async handle(request) {
        const { account, calendar } = placeOf(request, holderOf);
        return { status: 200, body: channels.watch(account.id, calendar.id, await readObject(request)) };
      },
    },
    {
      method: "POST",
      pattern: "/calendar/v3/channels/stop",
      async handle(request) {
        const account = holderOf(request);
        channels.stop(account.id, await readObject(request));
        return { status: 204 };
      },
    },
  ];

  async function freeBusy(request: HttpRequest): Promise<HttpReply> {
    const account = holderOf(request);
    const { timeMin, timeMax, items } = await readObject(request);
    if (typeof timeMin !== "string" || typeof timeMax !== "string") throw required("timeMin, timeMax");
    const window = { fromMs: Date.parse(timeMin), toMs: Date.parse(timeMax) };
    if (!(window.fromMs < window.toMs) || !Array.isArray(items)) throw invalid("The specified time range is empty.");
    const ids = items.map((item: unknown) => String((item as { id?: unknown } | null)?.id));
    const calendars = Object.fromEntries(ids.map((id) => [id, busyOf(account, id, window)]));
    return { status: 200, body: { kind: "calendar#freeBusy", timeMin, timeMax, calendars } };
  }

  function busyOf(account: AccountRecord, id: string, window: { fromMs: number; toMs: number }): object {
    const calendar = account.calendars.find((each) => each.id === id || (id === "primary" && each.isPrimary));
    if (!calendar) return { errors: [{ domain: "global", reason: notFound().reason }], busy: [] };
    const busy: { startMs: number; endMs: number }[] = [];
    const blocks = instancesOf(server.store, calendar.id, window)
      .filter(({ isCancelled, record }) => !isCancelled && record.showing !== "free" && record.response !== "declined")
      .map(({ times }) => boundsOf(times))
      .sort((a, b) => a.startMs - b.startMs);
    for (const { startMs, endMs } of blocks) {
      const last = busy.at(-1);
      if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
      else busy.push({ startMs: Math.max(startMs, window.fromMs), endMs });
    }
    return {
      busy: busy.map(({ startMs, endMs }) => ({
        start: isoSeconds(startMs),
        end: isoSeconds(Math.min(endMs, window.toMs)),
      })),
    };
  }
}
