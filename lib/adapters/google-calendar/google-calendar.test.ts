import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startGoogleCalendarEmulator } from "@/emulators/google-calendar";
import type { CalendarEvent, CalendarPort, SyncRequest } from "@/lib/calendars/ports";
import {
  accessOf,
  connect,
  consent,
  type EmulatedCalendars,
  emulateCalendars,
  receivePushes,
} from "@/tests/emulated-calendars";
import { googleCalendar } from "./index";

const hour = 3_600_000;
const day = 24 * hour;
const window = { fromMs: Date.UTC(2027, 2, 1), toMs: Date.UTC(2027, 3, 30) };
const full: SyncRequest = { token: undefined, window, zone: "Europe/Berlin" };
const since = (token: string | undefined): SyncRequest => ({ ...full, token });
const at = (iso: string) => Date.parse(iso);

let emulator: EmulatedCalendars;
let google: ReturnType<typeof googleCalendar>;
let port: CalendarPort;
let access: ReturnType<typeof accessOf>;
let accountId: string;
const calendar = "maya@studio.example";

beforeEach(async () => {
  emulator = await emulateCalendars(startGoogleCalendarEmulator);
  google = googleCalendar({ clientId: "client", clientSecret: "secret", baseUrl: emulator.url });
  const account = await emulator.control<{ id: string }>("POST", "/accounts", {
    email: calendar,
    name: "Maya",
    zone: "Europe/Berlin",
    calendars: [{ name: "Holidays", isWritable: false }],
  });
  accountId = account.id;
  access = accessOf(google.oauth, await connect(google.oauth, accountId));
  port = google.account(access);
});
afterEach(() => emulator.close());

const make = (event: object) =>
  emulator.control<{ id: string }>("POST", `/accounts/${accountId}/events`, { title: "Dentist", ...event });
const value = <T>(answer: { ok: true; value: T } | { ok: false; reason: string; detail?: unknown }): T => {
  if (!answer.ok) throw new Error(`${answer.reason} ${JSON.stringify(answer.detail)}`);
  return answer.value;
};
const eventsThere = () =>
  emulator.control<{ id: string; title: string; isCancelled: boolean; start: string }[]>(
    "GET",
    `/accounts/${accountId}/events`,
  );

const booking: CalendarEvent = {
  key: createHash("sha256").update("org:booking").digest("hex"),
  title: "Haircut: Ana",
  description: "",
  location: "Chair 2",
  startMs: at("2027-03-10T09:00:00Z"),
  endMs: at("2027-03-10T10:00:00Z"),
  zone: "Europe/Berlin",
};

describe("sign-in", () => {
  test("gives the account's address and tokens that work", async () => {
    const account = await connect(google.oauth, accountId);
    expect(account).toMatchObject({ label: calendar, refreshToken: expect.any(String), expiresInSeconds: 3599 });
    expect(value(await port.listCalendars())).toEqual([
      { externalId: calendar, name: "Calendar", zone: "Europe/Berlin", isWritable: true, isPrimary: true },
      { externalId: expect.any(String), name: "Holidays", zone: "Europe/Berlin", isWritable: false, isPrimary: false },
    ]);
  });

  test("a code is good once, with its own verifier, and only with the permissions asked for", async () => {
    const given = await consent(google.oauth, accountId);
    expect(given.state).toBe("s-1");
    expect(await google.oauth.exchange({ ...given, verifier: "another" })).toMatchObject({ reason: "revoked" });
    expect(await google.oauth.exchange(given)).toMatchObject({ reason: "revoked" });
    const narrow = await consent(google.oauth, accountId, "https://www.googleapis.com/auth/calendar.events");
    expect(await google.oauth.exchange(narrow)).toMatchObject({ reason: "revoked" });
  });

  test("an expired token is refreshed once and the request repeated", async () => {
    await emulator.control("POST", `/accounts/${accountId}/expire-access-tokens`);
    value(await port.listCalendars());
    expect(access.refreshes).toBe(1);
  });

  test("a permission that was withdrawn, there or by us, is said to be so", async () => {
    await emulator.control("POST", `/accounts/${accountId}/revoke`);
    expect(await port.changesSince(calendar, full)).toMatchObject({ ok: false, reason: "revoked" });
    const account = await connect(google.oauth, accountId);
    value(await google.oauth.revoke(account.refreshToken ?? ""));
    expect(await google.oauth.refresh(account.refreshToken ?? "")).toMatchObject({ ok: false, reason: "revoked" });
    value(await google.oauth.revoke(account.refreshToken ?? ""));
  });
});

describe("what makes somebody busy", () => {
  test("events, tentative ones, days and occurrences; not what is free, declined, cancelled or outside", async () => {
    const timed = await make({ start: "2027-03-08T09:00:00Z", end: "2027-03-08T10:30:00Z" });
    const maybe = await make({ start: "2027-03-08T12:00:00Z", end: "2027-03-08T13:00:00Z", showing: "tentative" });
    const away = await make({ start: "2027-03-27", end: "2027-03-29" });
    const weekly = await make({
      start: "2027-03-22T08:00:00Z",
      end: "2027-03-22T09:00:00Z",
      rule: "RRULE:FREQ=WEEKLY;COUNT=2",
    });
    const free = await make({ start: "2027-03-09T09:00:00Z", end: "2027-03-09T10:00:00Z", showing: "free" });
    const declined = await make({ start: "2027-03-09T11:00:00Z", end: "2027-03-09T12:00:00Z", response: "declined" });
    const cancelled = await make({ start: "2027-03-09T14:00:00Z", end: "2027-03-09T15:00:00Z" });
    await emulator.control("DELETE", `/events/${cancelled.id}`);
    await make({ start: "2027-05-09T14:00:00Z", end: "2027-05-09T15:00:00Z" });

    const changes = value(await port.changesSince(calendar, full));
    expect(changes).toMatchObject({ isFull: true, removed: [], token: expect.any(String) });
    const blocks = Object.fromEntries(changes.items.map((item) => [item.itemId, item.blocks]));
    const block = (start: string, end: string) => ({ startMs: at(start), endMs: at(end) });
    expect(blocks).toEqual({
      [timed.id]: [block("2027-03-08T09:00:00Z", "2027-03-08T10:30:00Z")],
      [maybe.id]: [block("2027-03-08T12:00:00Z", "2027-03-08T13:00:00Z")],
      // The clocks change on the 28th: the two days have 47 hours.
      [away.id]: [block("2027-03-26T23:00:00Z", "2027-03-28T22:00:00Z")],
      // … and what is at nine o'clock stays at nine o'clock.
      [weekly.id]: [
        block("2027-03-22T08:00:00Z", "2027-03-22T09:00:00Z"),
        block("2027-03-29T07:00:00Z", "2027-03-29T08:00:00Z"),
      ],
      [free.id]: [],
      [declined.id]: [],
    });
  });

  test("events of many pages are all there, in a series' own listing as well", async () => {
    await emulator.control("POST", "/faults", { pageSize: 2 });
    const starts = ["08", "09", "10", "11", "12"].map((hour) => `2027-03-08T${hour}:00:00Z`);
    for (const start of starts) await make({ start, end: start.replace(":00:00", ":30:00") });
    const first = value(await port.changesSince(calendar, full));
    expect(first.items.map((item) => item.blocks[0]?.startMs).sort()).toEqual(starts.map(at));
    const daily = { start: "2027-03-15T09:00:00Z", end: "2027-03-15T10:00:00Z", rule: "RRULE:FREQ=DAILY;COUNT=7" };
    await make(daily);
    const second = value(await port.changesSince(calendar, since(first.token)));
    expect(second.items[0]?.blocks).toHaveLength(7);
  });
});

describe("changes", () => {
  test("tell what is new, moved, deleted, and of a series all that is left of it", async () => {
    const dentist = await make({ start: "2027-03-08T09:00:00Z", end: "2027-03-08T10:00:00Z" });
    const lunch = await make({ start: "2027-03-09T11:00:00Z", end: "2027-03-09T12:00:00Z" });
    const weekly = await make({
      start: "2027-03-01T16:00:00Z",
      end: "2027-03-01T17:00:00Z",
      rule: "RRULE:FREQ=WEEKLY;COUNT=4",
    });
    const first = value(await port.changesSince(calendar, full));
    expect(value(await port.changesSince(calendar, since(first.token)))).toMatchObject({
      isFull: false,
      items: [],
      removed: [],
    });

    await emulator.control("PATCH", `/events/${dentist.id}`, {
      start: "2027-03-08T15:00:00Z",
      end: "2027-03-08T16:00:00Z",
    });
    await emulator.control("DELETE", `/events/${lunch.id}`);
    await emulator.control("POST", `/events/${weekly.id}/occurrences`, { originalStart: "2027-03-08T16:00:00Z" });
    const second = value(await port.changesSince(calendar, since(first.token)));
    expect(second.removed).toEqual([lunch.id]);
    expect(second.items).toContainEqual({
      itemId: dentist.id,
      blocks: [{ startMs: at("2027-03-08T15:00:00Z"), endMs: at("2027-03-08T16:00:00Z") }],
      key: undefined,
    });
    const series = second.items.find((item) => item.itemId === weekly.id);
    expect(series?.blocks.map((block) => new Date(block.startMs).toISOString().slice(0, 10))).toEqual([
      "2027-03-01",
      "2027-03-15",
      "2027-03-22",
    ]);

    await emulator.control("PATCH", `/events/${weekly.id}`, { rule: "RRULE:FREQ=WEEKLY;COUNT=1" });
    const third = value(await port.changesSince(calendar, since(second.token)));
    expect(third.items.find((item) => item.itemId === weekly.id)?.blocks).toHaveLength(1);
    await emulator.control("DELETE", `/events/${weekly.id}`);
    const fourth = value(await port.changesSince(calendar, since(third.token)));
    const left = fourth.items.filter((item) => item.itemId === weekly.id).flatMap((item) => item.blocks);
    expect(left).toEqual([]);
  });

  test("an event that leaves the window, and one that becomes free, block nothing any more", async () => {
    const far = await make({ start: "2027-03-08T09:00:00Z", end: "2027-03-08T10:00:00Z" });
    const free = await make({ start: "2027-03-08T11:00:00Z", end: "2027-03-08T12:00:00Z" });
    const { token } = value(await port.changesSince(calendar, full));
    await emulator.control("PATCH", `/events/${far.id}`, {
      start: "2028-03-08T09:00:00Z",
      end: "2028-03-08T10:00:00Z",
    });
    await emulator.control("PATCH", `/events/${free.id}`, { showing: "free" });
    const { items, removed } = value(await port.changesSince(calendar, since(token)));
    expect(items.flatMap((item) => item.blocks)).toEqual([]);
    expect([...items.map((item) => item.itemId), ...removed].sort()).toEqual([far.id, free.id].sort());
  });

  test("a token that Google does not honour any more is an answer, and everything can be read again", async () => {
    const { token } = value(await port.changesSince(calendar, full));
    await emulator.control("POST", `/accounts/${accountId}/expire-sync-tokens`);
    expect(await port.changesSince(calendar, since(token))).toMatchObject({ ok: false, reason: "token_expired" });
    value(await port.changesSince(calendar, full));
    expect(await port.changesSince(calendar, since("nonsense"))).toMatchObject({ ok: false, reason: "token_expired" });
  });

  test("a calendar that is not there any more is gone", async () => {
    const extra = await emulator.control<{ id: string }>("POST", `/accounts/${accountId}/calendars`, {
      name: "Chair 2",
    });
    const { token } = value(await port.changesSince(extra.id, full));
    await emulator.control("DELETE", `/calendars/${encodeURIComponent(extra.id)}`);
    expect(await port.changesSince(extra.id, since(token))).toMatchObject({ ok: false, reason: "gone" });
    expect(await port.upsertEvent(extra.id, booking, undefined)).toMatchObject({ ok: false, reason: "gone" });
    value(await port.deleteEvent(extra.id, booking.key, undefined));
  });
});

describe("a booking that is written", () => {
  test("is one event however often it is tried, and is known for ours when it comes back", async () => {
    const { token } = value(await port.changesSince(calendar, full));
    const first = value(await port.upsertEvent(calendar, booking, undefined));
    const again = value(await port.upsertEvent(calendar, booking, undefined));
    expect(again.externalId).toBe(first.externalId);
    expect(await eventsThere()).toHaveLength(1);
    const { items } = value(await port.changesSince(calendar, since(token)));
    expect(items).toEqual([
      { itemId: first.externalId, key: booking.key, blocks: [{ startMs: booking.startMs, endMs: booking.endMs }] },
    ]);
  });

  test("moves under its version, and does not overwrite what somebody else changed", async () => {
    const known = value(await port.upsertEvent(calendar, booking, undefined));
    const moved = { ...booking, startMs: booking.startMs + hour, endMs: booking.endMs + hour };
    const second = value(await port.upsertEvent(calendar, moved, known));
    expect(second.externalId).toBe(known.externalId);
    expect(second.etag).not.toBe(known.etag);
    await emulator.control("PATCH", `/events/${known.externalId}`, { title: "Haircut, and colour" });
    expect(await port.upsertEvent(calendar, booking, second)).toMatchObject({ ok: false, reason: "conflict" });
    expect((await eventsThere())[0]).toMatchObject({ title: "Haircut, and colour", start: "2027-03-10T10:00:00.000Z" });
  });

  test("is made again when its owner has deleted it there", async () => {
    const known = value(await port.upsertEvent(calendar, booking, undefined));
    await emulator.control("DELETE", `/events/${known.externalId}`);
    value(await port.upsertEvent(calendar, booking, known));
    expect((await eventsThere()).filter((event) => !event.isCancelled)).toMatchObject([{ title: booking.title }]);
  });

  test("is removed by its name or by its key, and removing it twice is done", async () => {
    const known = value(await port.upsertEvent(calendar, booking, undefined));
    value(await port.deleteEvent(calendar, booking.key, known));
    value(await port.deleteEvent(calendar, booking.key, known));
    value(await port.upsertEvent(calendar, booking, undefined));
    value(await port.deleteEvent(calendar, booking.key, undefined));
    expect((await eventsThere()).filter((event) => !event.isCancelled)).toEqual([]);
  });

  test("is refused by a calendar that can only be read", async () => {
    const [, holidays] = value(await port.listCalendars());
    expect(await port.upsertEvent(holidays?.externalId ?? "", booking, undefined)).toMatchObject({
      ok: false,
      reason: "rejected",
      detail: { what: "Google refused events.insert: 403 requiredAccessLevel" },
    });
  });
});

describe("when Google cannot", () => {
  test.each(["429", "403"])("a quota told as %s says how long to wait", async (as) => {
    await emulator.control("POST", "/faults", { rateLimit: { times: 1, retryAfterSeconds: 30, as } });
    expect(await port.changesSince(calendar, full)).toEqual({
      ok: false,
      reason: "rate_limited",
      detail: { retryAfterSeconds: 30 },
    });
    value(await port.changesSince(calendar, full));
  });

  test("it is unavailable while it is down, and nothing is lost", async () => {
    const { token } = value(await port.changesSince(calendar, full));
    await make({ start: "2027-03-08T09:00:00Z", end: "2027-03-08T10:00:00Z" });
    await emulator.control("POST", "/faults", { downForMs: 3_600_000 });
    expect(await port.changesSince(calendar, since(token))).toEqual({
      ok: false,
      reason: "unavailable",
      detail: { what: "Google answered 503" },
    });
    await emulator.control("DELETE", "/faults");
    expect(value(await port.changesSince(calendar, since(token))).items).toHaveLength(1);
  });

  test("an address where nobody listens is unavailable, without a word of ours in the reason", async () => {
    const nobody = googleCalendar({ clientId: "c", clientSecret: "s", baseUrl: "http://127.0.0.1:9" });
    const answer = await nobody.account(async () => ({ ok: true, value: "at-secret" })).listCalendars();
    expect(answer).toMatchObject({ ok: false, reason: "unavailable" });
    expect(JSON.stringify(answer)).not.toContain("at-secret");
  });
});

describe("push", () => {
  test("messages carry the channel's id and secret; a renewed channel stands before the old one ends", async () => {
    const receiver = await receivePushes();
    try {
      const push = port.push;
      if (!push) throw new Error("no push");
      const request = { address: receiver.address, secret: "sesame", channelId: "chan-1" };
      const channel = value(await push.subscribe(calendar, request));
      expect(channel.expiresInSeconds).toBeGreaterThan(6 * 86_400);
      await receiver.until(1);
      await make({ start: "2027-03-08T09:00:00Z", end: "2027-03-08T10:00:00Z" });
      const read = (await receiver.until(2)).map(({ headers, url, body }) =>
        google.readPush({ headers: new Headers(headers as Record<string, string>), query: url.searchParams, body }),
      );
      const notice = (what: string) => ({
        kind: "notices",
        notices: [{ channelId: "chan-1", secret: "sesame", what }],
      });
      expect(read).toEqual([notice("hello"), notice("changed")]);
      expect(google.readPush({ headers: new Headers(), query: new URLSearchParams(), body: "" })).toEqual({
        kind: "unreadable",
      });

      const renewed = value(await push.renew(calendar, channel, { ...request, channelId: "chan-2" }));
      const channels = () => emulator.control<{ channelId: string }[]>("GET", "/channels");
      expect((await channels()).map((each) => each.channelId)).toEqual(["chan-2"]);
      value(await push.unsubscribe(renewed));
      value(await push.unsubscribe(renewed));
      expect(await channels()).toEqual([]);
    } finally {
      await receiver.close();
    }
  });

  test("what is left of a channel is reckoned by Google's clock, whatever ours says", async () => {
    await emulator.control("POST", "/faults", { clockSkewMs: -3 * day });
    const receiver = await receivePushes();
    const channel = value(
      await (port.push?.subscribe(calendar, { address: receiver.address, secret: "s", channelId: "c-1" }) ?? never()),
    );
    expect(channel.expiresInSeconds).toBeGreaterThan(7 * 86_400 - 60);
    expect(channel.expiresInSeconds).toBeLessThan(7 * 86_400 + 60);
    await receiver.close();
  });
});

function never(): never {
  throw new Error("no push");
}
