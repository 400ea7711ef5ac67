import { propfind } from "tsdav";
import type { CalendarEvent, CalendarRefusal, WrittenEvent } from "@/lib/calendars/ports";
import { ok, refuse } from "@/lib/platform/result";
import { eventFile } from "./event-file";
import { noAnswer, refusalOf, type Transport } from "./transport";

type Answer<T> = { ok: true; value: T } | CalendarRefusal;

/** A file of our own beside the others, named by the key. */
const fileUrl = (calendarUrl: string, key: string): string =>
  new URL(`${key}.ics`, calendarUrl.endsWith("/") ? calendarUrl : `${calendarUrl}/`).href;

/** The condition under which a file is written: not there yet, or still the version we know. */
type Condition = { "if-none-match": "*" } | { "if-match": string };

export async function upsertEvent(
  calendarUrl: string,
  event: CalendarEvent,
  known: WrittenEvent | undefined,
  transport: Transport,
): Promise<Answer<WrittenEvent>> {
  const url = known?.externalId ?? fileUrl(calendarUrl, event.key);
  const write = (condition: Condition) => put(url, eventFile(event), condition, transport);
  try {
    const first = await write(known?.etag ? { "if-match": known.etag } : { "if-none-match": "*" });
    if (first.ok || first.reason !== "conflict") return first.ok ? first : calendarOr(first);
    const current = await etagOf(url, transport);
    if (!current.ok) {
      if (current.reason !== "gone") return current;
      // Somebody has removed it, or the calendar is not there.
      return calendarOr(await write({ "if-none-match": "*" }));
    }
    if (known?.etag) return refuse("conflict");
    return await write(current.value ? { "if-match": current.value } : { "if-none-match": "*" });
  } catch (error) {
    return transport.refusal() ?? noAnswer(error);
  }

  /** Writing where there is no calendar is answered 409 or 404 (RFC 4918 §9.7.1): the one and the other are told apart by looking. */
  async function calendarOr(answer: Answer<WrittenEvent>): Promise<Answer<WrittenEvent>> {
    if (answer.ok || (answer.reason !== "conflict" && answer.reason !== "gone")) return answer;
    const calendar = await etagOf(calendarUrl, transport);
    return !calendar.ok && calendar.reason === "gone" ? refuse("gone") : refuse("conflict");
  }
}

async function put(
  url: string,
  body: string,
  condition: Condition,
  transport: Transport,
): Promise<Answer<WrittenEvent>> {
  const response = await transport.fetch(url, {
    method: "PUT",
    headers: { "content-type": "text/calendar; charset=utf-8", ...condition },
    body,
  });
  await response.body?.cancel();
  if (!response.ok)
    return refusalOf(response) ?? refuse("unavailable", { what: `The server answered ${response.status}.` });
  const etag = response.headers.get("etag");
  if (etag) return ok({ externalId: url, etag });
  const current = await etagOf(url, transport);
  return ok({ externalId: url, etag: current.ok ? current.value : undefined });
}

async function etagOf(url: string, transport: Transport): Promise<Answer<string | undefined>> {
  const props = { "d:getetag": {}, "d:resourcetype": {} };
  const [answer] = await propfind({ url, props, depth: "0", fetch: transport.fetch });
  if (!answer?.ok)
    return (
      transport.refusal() ?? refusalOf({ status: answer?.status ?? 500, headers: new Headers() }) ?? refuse("gone")
    );
  const etag = (answer.props as { getetag?: unknown }).getetag;
  return ok(typeof etag === "string" ? etag : undefined);
}

export async function deleteEvent(
  calendarUrl: string,
  key: string,
  known: WrittenEvent | undefined,
  transport: Transport,
): Promise<Answer<void>> {
  try {
    const response = await transport.fetch(known?.externalId ?? fileUrl(calendarUrl, key), { method: "DELETE" });
    await response.body?.cancel();
    if (response.ok || response.status === 404 || response.status === 410) return ok(undefined);
    return refusalOf(response) ?? refuse("unavailable", { what: `The server answered ${response.status}.` });
  } catch (error) {
    return transport.refusal() ?? noAnswer(error);
  }
}
