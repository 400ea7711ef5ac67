import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CalendarEmulator, CalendarEmulatorOptions } from "@/emulators/calendar/server";
import type {
  CalendarEvent,
  CalendarPort,
  OAuthCalendars,
  OAuthCalendarsConfig,
  SyncRequest,
} from "@/lib/calendars/ports";
import { accessOf, connect, consent, type EmulatedCalendars, emulateCalendars } from "./emulated-calendars";

const hour = 3_600_000;
export const window = { fromMs: Date.UTC(2027, 2, 1), toMs: Date.UTC(2027, 3, 30) };
export const full: SyncRequest = { token: undefined, window, zone: "Europe/Berlin" };
export const since = (token: string | undefined): SyncRequest => ({ ...full, token });
const at = (iso: string) => Date.parse(iso);

/** The value of an answer that is expected to have one. */
export function value<T>(answer: { ok: true; value: T } | { ok: false; reason: string; detail?: unknown }): T {
  if (!answer.ok) throw new Error(`${answer.reason} ${JSON.stringify(answer.detail)}`);
  return answer.value;
}

export const booking: CalendarEvent = {
  key: createHash("sha256").update("org:booking").digest("hex"),
  title: "Haircut: Ana",
  description: "",
  location: "Chair 2",
  startMs: at("2027-03-10T09:00:00Z"),
  endMs: at("2027-03-10T10:00:00Z"),
  zone: "Europe/Berlin",
};

export type Bench = {
  emulator: EmulatedCalendars;
  vendor: OAuthCalendars;
  port: CalendarPort;
  access: ReturnType<typeof accessOf>;
  accountId: string;
  /** The id of the primary calendar. */
  calendar: string;
  make(event: object): Promise<{ id: string }>;
};

type Start = (options: CalendarEmulatorOptions) => Promise<CalendarEmulator>;

/** An account at a vendor's emulator, connected; and a calendar beside the primary one that can only be read. */
export async function openBench(
  start: Start,
  adapter: (config: OAuthCalendarsConfig) => OAuthCalendars,
): Promise<Bench> {
  const emulator = await emulateCalendars(start);
  const vendor = adapter({ clientId: "client", clientSecret: "secret", baseUrl: emulator.url });
  const account = await emulator.control<{ id: string; calendars: { id: string }[] }>("POST", "/accounts", {
    email: "maya@studio.example",
    name: "Maya",
    zone: "Europe/Berlin",
    calendars: [{ name: "Holidays", isWritable: false }],
  });
  const access = accessOf(vendor.oauth, await connect(vendor.oauth, account.id));
  return {
    emulator,
    vendor,
    port: vendor.account(access),
    access,
    accountId: account.id,
    calendar: account.calendars[0]?.id ?? "",
    make: (event) => emulator.control("POST", `/accounts/${account.id}/events`, { title: "Dentist", ...event }),
  };
}

type There = { id: string; title: string; isCancelled: boolean; start: string };

/** What every vendor's adapter must keep, over HTTP against the vendor's emulator. */
export function calendarPortContract(
  start: Start,
  adapter: (config: OAuthCalendarsConfig) => OAuthCalendars,
  { hasZones }: { hasZones: boolean },
): void {
  let bench: Bench;
  let emulator: EmulatedCalendars;
  let vendor: OAuthCalendars;
  let port: CalendarPort;
  let accountId: string;
  let calendar: string;
  let make: Bench["make"];

  beforeEach(async () => {
    bench = await openBench(start, adapter);
    ({ emulator, vendor, port, accountId, calendar, make } = bench);
  });
  afterEach(() => emulator.close());

  const eventsThere = () => emulator.control<There[]>("GET", `/accounts/${accountId}/events`);

  describe("sign-in", () => {
    test("gives the account's address and tokens that work", async () => {
      const account = await connect(vendor.oauth, accountId);
      expect(account).toMatchObject({
        label: "maya@studio.example",
        refreshToken: expect.any(String),
        expiresInSeconds: 3599,
      });
      expect(value(await port.listCalendars())).toEqual([
        {
          externalId: calendar,
          name: "Calendar",
          zone: hasZones ? "Europe/Berlin" : undefined,
          isWritable: true,
          isPrimary: true,
        },
        {
          externalId: expect.any(String),
          name: "Holidays",
          zone: hasZones ? "Europe/Berlin" : undefined,
          isWritable: false,
          isPrimary: false,
        },
      ]);
    });

    test("a code is good once, with its own verifier", async () => {
      const given = await consent(vendor.oauth, accountId);
      expect(given.state).toBe("s-1");
      expect(await vendor.oauth.exchange({ ...given, verifier: "another" })).toMatchObject({ reason: "revoked" });
      expect(await vendor.oauth.exchange(given)).toMatchObject({ reason: "revoked" });
    });

    test("an expired token is refreshed once and the request repeated", async () => {
      await emulator.control("POST", `/accounts/${accountId}/expire-access-tokens`);
      value(await port.listCalendars());
      expect(bench.access.refreshes).toBe(1);
    });

    test("a permission that was withdrawn is said to be so", async () => {
      await emulator.control("POST", `/accounts/${accountId}/revoke`);
      expect(await port.changesSince(calendar, full)).toMatchObject({ ok: false, reason: "revoked" });
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

    test("a token that is not honoured any more is an answer, and everything can be read again", async () => {
      const { token } = value(await port.changesSince(calendar, full));
      await emulator.control("POST", `/accounts/${accountId}/expire-sync-tokens`);
      expect(await port.changesSince(calendar, since(token))).toMatchObject({ ok: false, reason: "token_expired" });
      value(await port.changesSince(calendar, full));
      expect(await port.changesSince(calendar, since("nonsense"))).toMatchObject({
        ok: false,
        reason: "token_expired",
      });
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
      expect((await eventsThere())[0]).toMatchObject({
        title: "Haircut, and colour",
        start: "2027-03-10T10:00:00.000Z",
      });
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
        detail: { what: expect.stringContaining("403") },
      });
    });
  });

  describe("when the vendor cannot", () => {
    test("a quota that is used up says how long to wait", async () => {
      await emulator.control("POST", "/faults", { rateLimit: { times: 1, retryAfterSeconds: 30 } });
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
        detail: { what: expect.stringContaining("answered 503") },
      });
      await emulator.control("DELETE", "/faults");
      expect(value(await port.changesSince(calendar, since(token))).items).toHaveLength(1);
    });

    test("an address where nobody listens is unavailable, without a word of ours in the reason", async () => {
      const nobody = adapter({ clientId: "c", clientSecret: "s", baseUrl: "http://127.0.0.1:9" });
      const answer = await nobody.account(async () => ({ ok: true, value: "at-secret" })).listCalendars();
      expect(answer).toMatchObject({ ok: false, reason: "unavailable" });
      expect(JSON.stringify(answer)).not.toContain("at-secret");
    });
  });
}
