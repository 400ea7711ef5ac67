import "server-only";
import type { OAuthCalendars, OAuthCalendarsConfig, RemoteCalendar } from "@/lib/calendars/ports";
import { ok } from "@/lib/platform/result";
import { changesSince } from "./changes";
import { type Client, client } from "./client";
import { endpointsOf } from "./endpoints";
import { deleteEvent, upsertEvent } from "./events";
import { type Outcome, type Reply, read } from "./http";
import { calendarsShape, toCalendar } from "./map";
import { oauth } from "./oauth";
import { push, readPush } from "./push";

/** Calendars of Microsoft 365 and Outlook.com by Microsoft Graph, over plain HTTP. */
export function microsoftCalendar(config: OAuthCalendarsConfig): OAuthCalendars {
  const endpoints = endpointsOf(config);
  return {
    oauth: oauth(config, endpoints),
    readPush,
    account(access) {
      const graph = client(endpoints, access);
      return {
        listCalendars: () => listCalendars(graph),
        changesSince: (calendarId, request) => changesSince(graph, calendarId, request),
        upsertEvent: (calendarId, event, known) => upsertEvent(graph, calendarId, event, known),
        deleteEvent: (calendarId, key, known) => deleteEvent(graph, calendarId, key, known),
        push: push(graph),
      };
    },
  };
}

const MAX_PAGES = 20;

async function listCalendars(graph: Client): Promise<Outcome<RemoteCalendar[]>> {
  const calendars: RemoteCalendar[] = [];
  let path: string | undefined = "/me/calendars?$top=100&$select=id,name,canEdit,isDefaultCalendar";
  for (let page = 0; path !== undefined && page < MAX_PAGES; page++) {
    const reply: Outcome<Reply> = await graph.send({ method: "GET", path, name: "calendars" });
    if (!reply.ok) return reply;
    const answer = read(calendarsShape, reply.value);
    if (!answer.ok) return answer;
    calendars.push(...answer.value.value.map(toCalendar));
    const next = answer.value["@odata.nextLink"];
    const link: Outcome<string> | undefined = next === undefined ? undefined : graph.pathOf(next);
    if (link && !link.ok) return link;
    path = link?.value;
  }
  return ok(calendars);
}

export { readPush } from "./push";
