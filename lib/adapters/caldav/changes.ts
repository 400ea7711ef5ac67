import { calendarMultiGet, calendarQuery, type DAVResponse, propfind, syncCollection } from "tsdav";
import {
  type BusyBlock,
  type CalendarChanges,
  type CalendarFileReader,
  type CalendarItem,
  type CalendarRefusal,
  keyOfUid,
  type SyncRequest,
  type UnreadPart,
} from "@/lib/calendars/ports";
import { ok, type Refusal, refuse } from "@/lib/platform/result";
import { noAnswer, refusalOf, type Transport } from "./transport";

type Answer = { ok: true; value: CalendarChanges } | CalendarRefusal | Refusal<"token_expired">;

const FILES_AT_ONCE = 50;
const DATA = { "d:getetag": {}, "c:calendar-data": {} };

/**
 * What is new in a calendar. The token is the server's sync token (RFC 6578), else its ctag with everything read when that has changed,
 * else nothing. It is asked for before the events, so that what changes in between is read twice rather than never. What reaches into the
 * window is decided here: a server's own time-range loses series whose zone it does not know (Xandikos 0.2.8).
 */
export async function changesSince(
  calendarUrl: string,
  { token, window, zone }: SyncRequest,
  { fetch, refusal }: Transport,
  read: CalendarFileReader,
): Promise<Answer> {
  try {
    if (token?.startsWith("sync ")) return await since(token.slice(5));
    const now = await stateOf();
    if (!now.ok) return now;
    if (token !== undefined && token === now.value) return ok({ isFull: false, items: [], removed: [], token });
    const found = await names();
    const failed = failureIn(found);
    if (failed) return failed;
    const items = await load(
      found.flatMap((answer) => (answer.ok && answer.href && !isCollection(answer.href) ? answer.href : [])),
    );
    return items.ok ? ok({ isFull: true, items: items.value, removed: [], token: now.value }) : items;
  } catch (error) {
    return refusal() ?? noAnswer(error);
  }

  async function stateOf() {
    const props = { "d:sync-token": {}, "cs:getctag": {}, "d:resourcetype": {} };
    const [answer] = await propfind({ url: calendarUrl, props, depth: "0", fetch });
    if (!answer?.ok) return failureOf(answer);
    const { syncToken, getctag } = answer.props as { syncToken?: unknown; getctag?: unknown };
    return ok(isText(syncToken) ? `sync ${syncToken}` : isText(getctag) ? `ctag ${getctag}` : undefined);
  }

  /** Names of all files; those of other calendars' things are left out by the server. */
  async function names(): Promise<DAVResponse[]> {
    const filters = {
      "comp-filter": { _attributes: { name: "VCALENDAR" }, "comp-filter": { _attributes: { name: "VEVENT" } } },
    };
    return calendarQuery({ url: calendarUrl, props: { "d:getetag": {} }, filters, depth: "1", fetch });
  }

  async function load(hrefs: readonly string[]): Promise<{ ok: true; value: CalendarItem[] } | CalendarRefusal> {
    const items: CalendarItem[] = [];
    for (let at = 0; at < hrefs.length; at += FILES_AT_ONCE) {
      const objectUrls = hrefs.slice(at, at + FILES_AT_ONCE);
      const answers = await calendarMultiGet({ url: calendarUrl, props: DATA, objectUrls, depth: "1", fetch });
      const failed = failureIn(answers);
      if (failed) return failed;
      items.push(...itemsOf(answers.filter((answer) => answer.ok && answer.href && !isCollection(answer.href))));
    }
    return ok(items);
  }

  async function since(syncToken: string): Promise<Answer> {
    const answers = await syncCollection({
      url: calendarUrl,
      props: { "d:getetag": {} },
      syncLevel: 1,
      syncToken,
      fetch,
    });
    const [first] = answers;
    if (isExpired(first)) return refuse("token_expired");
    // Xandikos 0.2.8 answers 500 to a token it does not know. A server that answers otherwise is asked for everything.
    if (first && !first.ok && first.status >= 500) {
      const now = await stateOf();
      return now.ok ? refuse("token_expired") : now;
    }
    const next = (first?.raw as { multistatus?: { syncToken?: unknown } } | undefined)?.multistatus?.syncToken;
    if (!isText(next)) return first && !first.ok ? failureOf(first) : refuse("token_expired");
    const named = answers.filter((answer) => answer.href && !isCollection(answer.href));
    const removed = named.filter((answer) => answer.status === 404 || answer.status === 410);
    const changed = named.filter((answer) => answer.ok).map((answer) => answer.href ?? "");
    const items = await load(changed);
    if (!items.ok) return items;
    const ids = new Set(items.value.map((item) => item.itemId));
    const vanished = changed.map(idOf).filter((id) => !ids.has(id));
    const gone = [...removed.map((answer) => idOf(answer.href ?? "")), ...vanished];
    return ok({ isFull: false, items: items.value, removed: gone, token: `sync ${next}` });
  }

  /** Of a multistatus single files may be missing; a failure of the whole is one answer without properties. */
  function failureIn(answers: readonly DAVResponse[]): CalendarRefusal | undefined {
    const failed = answers.find(
      (answer) => !answer.ok && !answer.props && answer.status !== 404 && answer.status !== 410,
    );
    return refusal() ?? (failed && failureOf(failed));
  }

  function itemsOf(files: DAVResponse[]): CalendarItem[] {
    return files.map((file) => {
      const data = dataOf(file) ?? "";
      const found = read(data, window, zone);
      const { busy, unread } = found.ok ? found.value : { busy: [], unread: [unreadFile] };
      const blocks = busy.map(([startMs, endMs]): BusyBlock => ({ startMs, endMs }));
      const uid = busy[0]?.[2] ?? /^UID:(.+)$/m.exec(data)?.[1]?.trim() ?? "";
      return { itemId: idOf(file.href ?? ""), blocks, unread: unread[0], key: keyOfUid(uid) };
    });
  }

  function idOf(href: string): string {
    return new URL(href, calendarUrl).pathname.slice(-500);
  }

  function isCollection(href: string): boolean {
    return new URL(href, calendarUrl).pathname.replace(/\/$/, "") === new URL(calendarUrl).pathname.replace(/\/$/, "");
  }

  function failureOf(answer: DAVResponse | undefined): CalendarRefusal {
    return (
      refusal() ?? (answer ? refusalOf({ status: answer.status, headers: new Headers() }) : undefined) ?? unreadable
    );
  }
}

const unreadFile: UnreadPart = { what: "all", atMs: undefined };
const unreadable = refuse("unavailable", { what: "The server's answer could not be read." });

const isText = (value: unknown): value is string | number =>
  typeof value === "number" || (typeof value === "string" && value !== "");

/** A token the server does not know any more: valid-sync-token (RFC 6578 §3.2), in practice under several statuses. */
const isExpired = (answer: DAVResponse | undefined): boolean =>
  answer !== undefined &&
  !answer.ok &&
  (answer.status === 410 ||
    (typeof answer.raw === "string" &&
      [400, 403, 409, 412, 507].includes(answer.status) &&
      /sync-token/.test(answer.raw)));

function dataOf({ props }: DAVResponse): string | undefined {
  const data = (props as { calendarData?: unknown } | undefined)?.calendarData;
  if (typeof data === "string") return data;
  const inner = (data as { _cdata?: unknown } | undefined)?._cdata;
  return typeof inner === "string" ? inner : undefined;
}
