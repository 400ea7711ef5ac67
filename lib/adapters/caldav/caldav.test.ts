import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readBusy } from "@/lib/adapters/ics";
import type { CalendarEvent, CalendarPort, SyncRequest } from "@/lib/calendars/ports";
import {
  type CaldavServer,
  dav,
  eventText,
  makeCalendar,
  startRadicale,
  startXandikos,
  unavailable,
} from "@/tests/caldav-servers";
import { caldavCalendar } from ".";
import { isOwn } from "./transport";

const window = { fromMs: Date.UTC(2026, 10, 1), toMs: Date.UTC(2027, 1, 1) };
const full: SyncRequest = { token: undefined, window, zone: "America/New_York" };
const key = createHash("sha256").update("org:booking").digest("hex");
const event: CalendarEvent = {
  key,
  title: "Haircut: Zoë, née “Ø”",
  description: "One\nTwo; three, four\\",
  location: "",
  startMs: Date.UTC(2026, 10, 24, 15),
  endMs: Date.UTC(2026, 10, 24, 15, 30),
  zone: "America/New_York",
};
const value = <T>(answer: { ok: true; value: T } | { ok: false; reason: string; detail?: unknown }): T => {
  if (!answer.ok) throw new Error(`${answer.reason} ${JSON.stringify(answer.detail)}`);
  return answer.value;
};

const servers = [
  ["Radicale", startRadicale, unavailable("radicale")],
  ["Xandikos", startXandikos, unavailable("xandikos")],
] as const;

for (const [name, startServer, missing] of servers) {
  describe.skipIf(missing)(`CalDAV on ${name}`, () => {
    let server: CaldavServer;
    let port: CalendarPort;
    let calendar: string;
    let serial = 0;
    const account = (over: object = {}) =>
      caldavCalendar({
        url: server.url,
        username: server.username,
        password: server.password,
        read: readBusy,
        allowOrigins: [server.origin],
        ...over,
      });
    const put = async (file: string, lines: string[]) => {
      const answer = await dav(server, "PUT", `${calendar}${file}.ics`, eventText(file, lines), {
        "content-type": "text/calendar",
      });
      expect(answer.ok, `${answer.status}`).toBe(true);
    };

    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(() => server?.close());
    beforeEach(async () => {
      calendar = await makeCalendar(server, `work${++serial}`);
      port = account();
    });

    test("the account's calendars are found from the server's address", async () => {
      const calendars = value(await port.listCalendars());
      expect(calendars).toContainEqual({
        externalId: calendar,
        name: "Work",
        zone: undefined,
        isWritable: true,
        isPrimary: expect.any(Boolean),
      });
      expect(calendars.filter((each) => each.isPrimary)).toHaveLength(1);
    });

    test("everything within the window is read once, then only what has changed", async () => {
      await put("dentist", ["DTSTART:20261124T150000Z", "DTEND:20261124T160000Z"]);
      await put("school", [
        "DTSTART;TZID=America/New_York:20261026T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=America/New_York:20261116T090000",
      ]);
      await put("old", ["DTSTART:20250101T090000Z", "DTEND:20250101T100000Z"]);
      await put("free", ["DTSTART:20261125T090000Z", "DTEND:20261125T100000Z", "TRANSP:TRANSPARENT"]);
      const first = value(await port.changesSince(calendar, full));
      expect(first.isFull).toBe(true);
      const blocksOf = (file: string) => first.items.find((item) => item.itemId.endsWith(`/${file}.ics`))?.blocks;
      expect(blocksOf("dentist")).toEqual([{ startMs: Date.UTC(2026, 10, 24, 15), endMs: Date.UTC(2026, 10, 24, 16) }]);
      // Nine in the morning in New York in winter, every Monday of the window but one.
      expect(blocksOf("school")?.[0]).toEqual({ startMs: Date.UTC(2026, 10, 2, 14), endMs: Date.UTC(2026, 10, 2, 15) });
      expect(blocksOf("school")).toHaveLength(12);
      expect(blocksOf("old") ?? []).toEqual([]);
      expect(blocksOf("free") ?? []).toEqual([]);

      const quiet = value(await port.changesSince(calendar, { ...full, token: first.token }));
      expect(quiet).toMatchObject({ isFull: false, items: [], removed: [] });
      await put("dentist", ["DTSTART:20261124T170000Z", "DTEND:20261124T180000Z"]);
      await dav(server, "DELETE", `${calendar}school.ics`);
      const second = value(await port.changesSince(calendar, { ...full, token: quiet.token }));
      expect(second.isFull).toBe(false);
      expect(second.items.map((item) => item.blocks)).toEqual([
        [{ startMs: Date.UTC(2026, 10, 24, 17), endMs: Date.UTC(2026, 10, 24, 18) }],
      ]);
      expect(second.removed).toEqual([new URL(`${calendar}school.ics`).pathname]);
    });

    test("an event that can be read in part is told so, until it is whole or gone", async () => {
      const odd = ["DTSTART;TZID=Our Own Time:20261124T100000", "DURATION:PT1H"];
      await put("odd", odd);
      await put("dentist", ["DTSTART:20261125T150000Z", "DTEND:20261125T160000Z"]);
      const startMs = Date.UTC(2026, 10, 24, 15);
      const first = value(await port.changesSince(calendar, full));
      const oddId = new URL(`${calendar}odd.ics`).pathname;
      expect(first.items.find((item) => item.itemId === oddId)).toMatchObject({
        blocks: [{ startMs }],
        unread: { what: "zone", atMs: startMs },
      });
      expect(first.items.filter((item) => item.unread)).toHaveLength(1);
      await put("odd", ["DTSTART:20261124T150000Z", "DURATION:PT1H"]);
      const second = value(await port.changesSince(calendar, { ...full, token: first.token }));
      expect(second.items).toMatchObject([{ itemId: oddId, unread: undefined }]);
    });

    test("a token the server does not know is told as expired", async () => {
      for (const token of ["sync http://radicale.org/ns/sync/0123", "sync nonsense"])
        expect(await port.changesSince(calendar, { ...full, token })).toMatchObject({ reason: "token_expired" });
    });

    test("a booking is written once however often it is tried, moved under its etag, and taken out", async () => {
      const written = value(await port.upsertEvent(calendar, event, undefined));
      expect(value(await port.upsertEvent(calendar, event, undefined)).externalId).toBe(written.externalId);
      const changes = value(await port.changesSince(calendar, full));
      expect(changes.items).toEqual([
        {
          itemId: new URL(written.externalId).pathname,
          key,
          blocks: [{ startMs: event.startMs, endMs: event.endMs }],
        },
      ]);
      const known = value(await port.upsertEvent(calendar, event, undefined));
      const moved = { ...event, startMs: event.startMs + 3_600_000, endMs: event.endMs + 3_600_000 };
      const again = value(await port.upsertEvent(calendar, moved, known));
      expect(again.etag).not.toBe(known.etag);
      expect(await port.upsertEvent(calendar, event, known)).toMatchObject({ reason: "conflict" });
      const [item] = value(await port.changesSince(calendar, full)).items;
      expect(item?.blocks).toEqual([{ startMs: moved.startMs, endMs: moved.endMs }]);
      expect(value(await port.deleteEvent(calendar, key, undefined))).toBeUndefined();
      expect(value(await port.deleteEvent(calendar, key, again))).toBeUndefined();
      expect(value(await port.changesSince(calendar, full)).items).toEqual([]);
      // Removed by its owner meanwhile: written anew.
      expect(value(await port.upsertEvent(calendar, event, again)).etag).toBeDefined();
    });

    test("the text arrives as it was written", async () => {
      const { externalId } = value(await port.upsertEvent(calendar, event, undefined));
      const text = (await (await dav(server, "GET", externalId)).text()).replace(/\r?\n[ \t]/g, "");
      expect(text).toContain(`SUMMARY:${event.title.replace(/,/g, "\\,")}`);
      expect(text).toContain("DESCRIPTION:One\\nTwo\\; three\\, four\\\\");
      expect(text).toContain("DTSTART:20261124T150000Z");
    });

    test("a calendar that is not there any more is told as gone, a wrong password as revoked", async () => {
      const { token } = value(await port.changesSince(calendar, full));
      await dav(server, "DELETE", calendar);
      expect(await port.changesSince(calendar, full)).toMatchObject({ reason: "gone" });
      expect(await port.changesSince(calendar, { ...full, token })).toMatchObject({ reason: "gone" });
      expect(await port.upsertEvent(calendar, event, undefined)).toMatchObject({ reason: "gone" });
      if (!server.checksPasswords) return;
      const wrong = account({ password: "wrong" });
      expect(await wrong.listCalendars()).toMatchObject({ reason: "revoked" });
      expect(await wrong.changesSince(calendar, full)).toMatchObject({ reason: "revoked" });
      expect(await wrong.upsertEvent(calendar, event, undefined)).toMatchObject({ reason: "revoked" });
    });

    test("a server that is down is unavailable, an address inside our network is not spoken to", async () => {
      const guarded = account({ allowOrigins: [] });
      expect(await guarded.listCalendars()).toMatchObject({ reason: "rejected" });
      expect(await guarded.changesSince(calendar, full)).toMatchObject({ reason: "rejected" });
      await server.stop();
      expect(await port.changesSince(calendar, full)).toMatchObject({ reason: "unavailable" });
      expect(await port.upsertEvent(calendar, event, undefined)).toMatchObject({ reason: "unavailable" });
      expect(await port.deleteEvent(calendar, key, undefined)).toMatchObject({ reason: "unavailable" });
      await server.start();
    });
  });
}

test.each([
  ["https://caldav.icloud.com/", "https://p12-caldav.icloud.com/1/", true],
  ["https://caldav.icloud.com/", "http://caldav.icloud.com/", false],
  ["https://cloud.example.com/", "https://elsewhere.example.org/", false],
  ["https://example.com/", "https://other.com/", false],
  ["http://127.0.0.1:5232/", "http://127.0.0.1:9000/", false],
  ["https://10.0.0.1/", "https://11.0.0.1/", false],
])("the password of %s for %s: %s", (home, url, expected) => {
  expect(isOwn(new URL(home), new URL(url))).toBe(expected);
});
