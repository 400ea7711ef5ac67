import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { readBusy } from "@/lib/adapters/ics";
import { eventText } from "@/tests/caldav-servers";
import { calendarFeed, FEED_ID } from ".";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});
async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, feed: calendarFeed({ url: `${origin}/cal.ics`, read: readBusy, allowOrigins: [origin] }) };
}
const window = { fromMs: Date.UTC(2026, 10, 1), toMs: Date.UTC(2027, 0, 1) };
const request = (token?: string) => ({ token, window, zone: "America/New_York" });
const file = eventText("dentist", ["DTSTART:20261124T150000Z", "DTEND:20261124T160000Z"]);

describe("a subscribed calendar file", () => {
  test("is read whole, and not taken apart again while its ETag stays", async () => {
    const asked: (string | undefined)[] = [];
    const { feed } = await serve((incoming, response) => {
      asked.push(incoming.headers["if-none-match"]);
      if (incoming.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end(file);
    });
    expect(await feed.listCalendars()).toMatchObject({ ok: true, value: [{ externalId: FEED_ID, isWritable: false }] });
    const first = await feed.changesSince(FEED_ID, request());
    expect(first).toMatchObject({
      ok: true,
      value: {
        isFull: true,
        items: [
          { itemId: "dentist", blocks: [{ startMs: Date.UTC(2026, 10, 24, 15), endMs: Date.UTC(2026, 10, 24, 16) }] },
        ],
      },
    });
    const token = first.ok ? first.value.token : "";
    expect(await feed.changesSince(FEED_ID, request(token))).toMatchObject({
      value: { isFull: false, items: [], token },
    });
    expect(asked.at(-1)).toBe('"v1"');
  });

  test("is recognised by its content where there is no ETag", async () => {
    let text = file;
    const { feed } = await serve((_, response) => response.end(text));
    const first = await feed.changesSince(FEED_ID, request());
    const token = first.ok ? first.value.token : "";
    expect(await feed.changesSince(FEED_ID, request(token))).toMatchObject({ value: { isFull: false } });
    text = eventText("other", ["DTSTART:20261125T150000Z", "DTEND:20261125T160000Z"]);
    expect(await feed.changesSince(FEED_ID, request(token))).toMatchObject({ value: { isFull: true } });
  });

  test("with an event that can be read in part is read in part, and the rest of it whole", async () => {
    const odd = [
      "BEGIN:VEVENT",
      "UID:odd",
      "DTSTART:20261125T150000Z",
      "DURATION:PT1H",
      "RRULE:FREQ=OFTEN",
      "END:VEVENT",
    ];
    const { feed } = await serve((_, response) =>
      response.end(file.replace("END:VCALENDAR", [...odd, "END:VCALENDAR"].join("\r\n"))),
    );
    const startMs = Date.UTC(2026, 10, 25, 15);
    expect(await feed.changesSince(FEED_ID, request())).toMatchObject({
      value: {
        items: [
          { itemId: "dentist", unread: undefined },
          { itemId: "odd", blocks: [{ startMs }], unread: { what: "repetition", atMs: startMs } },
        ],
      },
    });
  });

  test.each([
    [404, {}, { reason: "gone" }],
    [410, {}, { reason: "gone" }],
    [401, {}, { reason: "revoked" }],
    [429, { "retry-after": "120" }, { reason: "rate_limited", detail: { retryAfterSeconds: 120 } }],
    // Its clock is an hour ahead of ours: what counts is the difference.
    [
      429,
      { date: "Sat, 21 Nov 2026 13:00:00 GMT", "retry-after": "Sat, 21 Nov 2026 13:02:00 GMT" },
      { reason: "rate_limited", detail: { retryAfterSeconds: 120 } },
    ],
    [503, {}, { reason: "unavailable" }],
  ])("answered %d %j is %j", async (status, headers, expected) => {
    const { feed } = await serve((_, response) =>
      response.writeHead(status, headers as Record<string, string>).end("no"),
    );
    expect(await feed.changesSince(FEED_ID, request())).toMatchObject({ ok: false, ...expected });
  });

  test("of more than 2 MB, of another kind, or inside our network is refused with its reason", async () => {
    const large = await serve((_, response) => response.end(`${file}${"X-PAD:x\r\n".repeat(300_000)}`));
    expect(await large.feed.changesSince(FEED_ID, request())).toMatchObject({ reason: "unavailable" });
    const page = await serve((_, response) => response.end("<!doctype html><title>Sign in</title>"));
    expect(await page.feed.listCalendars()).toMatchObject({ reason: "rejected" });
    const inside = calendarFeed({ url: `${page.origin}/cal.ics`, read: readBusy });
    expect(await inside.listCalendars()).toMatchObject({ reason: "rejected" });
    const sly = await serve((_, response) => response.writeHead(302, { location: page.origin }).end());
    expect(await sly.feed.listCalendars()).toMatchObject({ reason: "rejected" });
  });
});
