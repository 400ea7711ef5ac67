import type { BusyBlock, CalendarFileReader, CalendarItem, CalendarPort, UnreadPart } from "@/lib/calendars/ports";
import { keyOfUid } from "@/lib/calendars/ports";
import { sha256Hex } from "@/lib/platform/crypto";
import { retryAfterSeconds } from "@/lib/platform/http/retry-after";
import { ok, refuse } from "@/lib/platform/result";
import { BlockedAddress, BodyTooLarge, guardedFetch } from "@/lib/platform/ssrf";

export type FeedConfig = {
  url: string;
  read: CalendarFileReader;
  /** Origins that may be private: tests and the emulators. */
  allowOrigins?: readonly string[] | undefined;
};

const MAX_BYTES = 2 * 1_048_576;
const TIMEOUT_MS = 15_000;
/** The one calendar a feed is. */
export const FEED_ID = "feed";

/**
 * A calendar file at an address, read and never written. Its token is the server's ETag, or the file's own digest where it sends none: an
 * unchanged file is not taken apart again.
 */
export function calendarFeed(config: FeedConfig): CalendarPort {
  return {
    async listCalendars() {
      const answer = await load(config, undefined);
      if (!answer.ok) return answer;
      const nowMs = Date.now();
      const found = config.read(answer.value.text ?? "", { fromMs: nowMs, toMs: nowMs + 86_400_000 }, "UTC");
      if (!found.ok) return refuse("rejected", { what: sayUnreadable(found.reason) });
      const name = new URL(config.url).hostname;
      return ok([{ externalId: FEED_ID, name, zone: undefined, isWritable: false, isPrimary: true }]);
    },
    async changesSince(_calendarId, { token, window, zone }) {
      const answer = await load(config, token);
      if (!answer.ok) return answer;
      const { text, token: next } = answer.value;
      if (text === undefined || (token !== undefined && next === token))
        return ok({ isFull: false, items: [], removed: [], token: next });
      const found = config.read(text, window, zone);
      if (!found.ok) return refuse("unavailable", { what: sayUnreadable(found.reason) });
      return ok({ isFull: true, items: itemsOf(found.value), removed: [], token: next });
    },
    async upsertEvent() {
      return refuse("rejected", { what: "A subscribed address can only be read." });
    },
    async deleteEvent() {
      return ok(undefined);
    },
  };
}

/** One item per UID; events without one are one item together. */
function itemsOf({ busy, unread }: Extract<ReturnType<CalendarFileReader>, { ok: true }>["value"]): CalendarItem[] {
  const items = new Map<string, { blocks: BusyBlock[]; unread: UnreadPart | undefined }>();
  const of = (uid: string) => {
    const item = items.get(uid) ?? { blocks: [], unread: undefined };
    items.set(uid, item);
    return item;
  };
  for (const [startMs, endMs, uid] of busy) of(uid).blocks.push({ startMs, endMs });
  for (const { uid, what, atMs } of unread) of(uid).unread ??= { what, atMs };
  // A UID may be of any length; the item's id is part of an index.
  return [...items].map(([uid, item]) => ({
    itemId: uid.length <= 200 ? uid : sha256Hex(uid),
    ...item,
    key: keyOfUid(uid),
  }));
}

async function load(config: FeedConfig, token: string | undefined) {
  try {
    const response = await guardedFetch(config.url, {
      headers: {
        accept: "text/calendar, text/plain;q=0.5, */*;q=0.1",
        ...(token?.startsWith("etag ") ? { "if-none-match": token.slice(5) } : {}),
      },
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      maxRedirects: 3,
      ...(config.allowOrigins ? { allowOrigins: config.allowOrigins } : {}),
    });
    if (response.status === 304) {
      await response.body?.cancel();
      return ok({ text: undefined, token });
    }
    if (!response.ok) {
      await response.body?.cancel();
      return refusalOf(response);
    }
    const text = await response.text();
    const etag = response.headers.get("etag");
    return ok({ text, token: etag ? `etag ${etag}` : `sha256 ${sha256Hex(text)}` });
  } catch (error) {
    for (let e: unknown = error; e instanceof Error; e = e.cause) {
      if (e instanceof BlockedAddress) return refuse("rejected", { what: "This is not a public web address." });
      if (e instanceof BodyTooLarge) return refuse("unavailable", { what: "The file is larger than 2 MB." });
    }
    return refuse("unavailable", { what: "The server did not answer." });
  }
}

function refusalOf({ status, headers }: Response) {
  if (status === 404 || status === 410) return refuse("gone");
  if (status === 401 || status === 403) return refuse("revoked");
  if (status === 429) return refuse("rate_limited", { retryAfterSeconds: retryAfterSeconds(headers) });
  if (status >= 500) return refuse("unavailable", { what: `The server answered ${status}.` });
  return refuse("rejected", { what: `The server answered ${status}.` });
}

const sayUnreadable = (reason: string): string =>
  ({
    not_a_calendar: "What is at this address is not a calendar file.",
    too_large: "The file is larger than 2 MB.",
    too_complex: "The file holds more than can be read.",
  })[reason] ?? "The file could not be read.";
