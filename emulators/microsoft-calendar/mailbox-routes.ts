import { instancesOf } from "../calendar/instances";
import type { AccountRecord, CalendarRecord } from "../calendar/records";
import type { CalendarServer } from "../calendar/server";
import { boundsOf } from "../calendar/times";
import type { HttpReply, HttpRequest, Route } from "../http/router";
import { invalid } from "./errors";
import { readObject } from "./event-routes";
import type { Subscriptions } from "./subscriptions";
import { readMoment, showMoment } from "./zones";

/** Everything of the API but events. */
export function mailboxRoutes(
  server: CalendarServer,
  subscriptions: Subscriptions,
  holderOf: (request: HttpRequest) => AccountRecord,
): Route[] {
  const id = (request: HttpRequest) => request.params.id ?? "";
  return [
    {
      method: "GET",
      pattern: "/v1.0/me",
      handle(request) {
        const { id, name, email } = holderOf(request);
        return { status: 200, body: { id, displayName: name, mail: email, userPrincipalName: email } };
      },
    },
    { method: "GET", pattern: "/v1.0/me/calendars", handle: calendars },
    { method: "POST", pattern: "/v1.0/me/calendar/getSchedule", handle: getSchedule },
    {
      method: "POST",
      pattern: "/v1.0/subscriptions",
      async handle(request) {
        const account = holderOf(request);
        return { status: 201, body: await subscriptions.create(account.id, await readObject(request)) };
      },
    },
    {
      method: "PATCH",
      pattern: "/v1.0/subscriptions/:id",
      async handle(request) {
        const account = holderOf(request);
        return { status: 200, body: subscriptions.renew(account.id, id(request), await readObject(request)) };
      },
    },
    {
      method: "DELETE",
      pattern: "/v1.0/subscriptions/:id",
      handle(request) {
        subscriptions.remove(holderOf(request).id, id(request));
        return { status: 204 };
      },
    },
  ];

  function calendars(request: HttpRequest): HttpReply {
    const account = holderOf(request);
    const top = Math.min(Number(request.query.get("$top") ?? 10) || 10, 1000, server.faults.pageSize());
    const skip = Number(request.query.get("$skip") ?? 0) || 0;
    const link =
      skip + top < account.calendars.length
        ? { "@odata.nextLink": `${server.origin()}${request.path}?$top=${top}&$skip=${skip + top}` }
        : {};
    const value = account.calendars.slice(skip, skip + top).map((calendar) => listed(account, calendar));
    return {
      status: 200,
      body: { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#calendars", ...link, value },
    };
  }

  async function getSchedule(request: HttpRequest): Promise<HttpReply> {
    const account = holderOf(request);
    const { schedules, startTime, endTime } = await readObject(request);
    if (!Array.isArray(schedules)) throw invalid("schedules must be a list");
    const window = { fromMs: readMoment(startTime, "startTime").ms, toMs: readMoment(endTime, "endTime").ms };
    const value = schedules.map((scheduleId) => ({
      scheduleId,
      scheduleItems: scheduleId === account.email ? itemsOf(account, window) : [],
    }));
    return { status: 200, body: { value } };
  }

  /** Free/busy is told of the primary calendar alone. */
  function itemsOf(account: AccountRecord, window: { fromMs: number; toMs: number }): object[] {
    const primary = account.calendars.find((calendar) => calendar.isPrimary);
    return instancesOf(server.store, primary?.id ?? "", window)
      .filter((each) => !each.isCancelled && each.record.response !== "declined")
      .map((each) => ({ bounds: boundsOf(each.times), status: each.record.showing }))
      .sort((a, b) => a.bounds.startMs - b.bounds.startMs)
      .map(({ bounds, status }) => ({
        status,
        start: showMoment(bounds.startMs, "UTC"),
        end: showMoment(bounds.endMs, "UTC"),
      }));
  }
}

const listed = (account: AccountRecord, calendar: CalendarRecord): object => ({
  id: calendar.id,
  name: calendar.name,
  color: "auto",
  isDefaultCalendar: calendar.isPrimary,
  canShare: calendar.isWritable,
  canEdit: calendar.isWritable,
  owner: { name: account.name, address: account.email },
});
