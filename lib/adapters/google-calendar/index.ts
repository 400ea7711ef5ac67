import "server-only";
import type { OAuthCalendars, OAuthCalendarsConfig, RemoteCalendar } from "@/lib/calendars/ports";
import { ok } from "@/lib/platform/result";
import { changesSince } from "./changes";
import { type Client, client } from "./client";
import { endpointsOf } from "./endpoints";
import { deleteEvent, upsertEvent } from "./events";
import { type Outcome, read } from "./http";
import { calendarsShape, toCalendar } from "./map";
import { oauth } from "./oauth";
import { push, readPush } from "./push";

/** Google Calendar, API v3, over plain HTTP. */
export function googleCalendar(config: OAuthCalendarsConfig): OAuthCalendars {
  const endpoints = endpointsOf(config);
  return {
    oauth: oauth(config, endpoints),
    readPush,
    account(access) {
      const send = client(endpoints, access);
      return {
        listCalendars: () => listCalendars(send),
        changesSince: (calendarId, request) => changesSince(send, calendarId, request),
        upsertEvent: (calendarId, event, known) => upsertEvent(send, calendarId, event, known),
        deleteEvent: (calendarId, key, known) => deleteEvent(send, calendarId, key, known),
        push: push(send),
      };
    },
  };
}

/** Those whose events may be read; 2,500 are more than anybody has. */
async function listCalendars(send: Client): Promise<Outcome<RemoteCalendar[]>> {
  const calendars: RemoteCalendar[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < 10; page++) {
    const reply = await send({
      method: "GET",
      path: "/users/me/calendarList",
      query: { minAccessRole: "reader", maxResults: "250", pageToken },
      name: "calendarList.list",
    });
    if (!reply.ok) return reply;
    const answer = read(calendarsShape, reply.value);
    if (!answer.ok) return answer;
    calendars.push(...answer.value.items.map(toCalendar));
    pageToken = answer.value.nextPageToken;
    if (pageToken === undefined) break;
  }
  return ok(calendars);
}

export { readPush } from "./push";
