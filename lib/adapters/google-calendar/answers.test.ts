import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { googleCalendar } from "./index";

/** Answers of Google's that no emulator gives on request. */
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function answering(status: number, body: string, seriesStatus = status) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    const isSeries = request.url?.includes("/instances") ?? false;
    response
      .writeHead(isSeries ? seriesStatus : status, { "content-type": "application/json" })
      .end(isSeries ? "{}" : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close().closeAllConnections());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let refreshes = 0;
  const { account } = googleCalendar({ clientId: "c", clientSecret: "s", baseUrl });
  const port = account(async (refused) => {
    if (refused) refreshes++;
    return { ok: true, value: "at-secret" };
  });
  return { port, counts: () => ({ asked, refreshes }) };
}

const window = { fromMs: Date.UTC(2027, 2, 1), toMs: Date.UTC(2027, 3, 30) };
const full = { token: undefined, window, zone: "Europe/Berlin" };
const list = (...items: object[]) => JSON.stringify({ items });

describe("an answer", () => {
  test.each([
    ["that is no JSON", "<html>"],
    ["whose event has no id", list({ start: { date: "2027-03-08" }, end: { date: "2027-03-09" } })],
    ["of another shape", "[]"],
  ])("%s makes the calendar unavailable, never free", async (_what, body) => {
    const { port } = await answering(200, body);
    expect(await port.changesSince("primary", full)).toMatchObject({ ok: false, reason: "unavailable" });
  });

  const nine = { dateTime: "2027-03-08T09:00:00Z" };
  const ten = { dateTime: "2027-03-08T10:00:00Z" };
  const [nineMs, tenMs] = [Date.parse(nine.dateTime), Date.parse(ten.dateTime)];

  test.each([
    ["without an end is busy for an hour", { start: nine }, [{ startMs: nineMs, endMs: tenMs }], "end"],
    ["at a time without an offset", { start: { dateTime: "2027-03-08T09:00:00" }, end: ten }, [], "start"],
    ["of which nothing is told", {}, [], "start"],
  ])("an event %s, and leaves its calendar in part unread, the others known", async (_what, event, blocks, what) => {
    const { port } = await answering(200, list({ id: "odd", ...event }, { id: "b", start: nine, end: ten }));
    expect(await port.changesSince("primary", full)).toMatchObject({
      ok: true,
      value: {
        items: [
          { itemId: "odd", blocks, unread: { what } },
          { itemId: "b", blocks: [{ startMs: nineMs, endMs: tenMs }], unread: undefined },
        ],
      },
    });
  });

  test("what would say that somebody is free, and cannot be read, does not", async () => {
    const odd = { status: "moved", transparency: 7, attendees: [{ self: "yes" }], extendedProperties: [] };
    const { port } = await answering(200, list({ id: "odd", start: nine, end: ten, ...odd }));
    expect(await port.changesSince("primary", full)).toMatchObject({
      value: { items: [{ blocks: [{ startMs: nineMs, endMs: tenMs }], unread: undefined }] },
    });
  });

  test("an occurrence without its series, to which somebody is invited alone, asks for everything to be read", async () => {
    const times = { start: { dateTime: "2027-03-08T09:00:00Z" }, end: { dateTime: "2027-03-08T10:00:00Z" } };
    const { port } = await answering(200, list({ id: "a_1", recurringEventId: "a", ...times }), 404);
    expect(await port.changesSince("primary", { ...full, token: "t" })).toMatchObject({ reason: "token_expired" });
    expect(await port.changesSince("primary", full)).toMatchObject({
      value: { isFull: true, items: [{ itemId: "a", blocks: [{ startMs: Date.parse("2027-03-08T09:00:00Z") }] }] },
    });
  });

  test("an address for pushes that Google does not know as ours costs no sign-in", async () => {
    const problem = { errors: [{ domain: "global", reason: "push.webhookUrlUnauthorized" }], code: 401 };
    const { port, counts } = await answering(401, JSON.stringify({ error: problem }));
    const request = { address: "https://caly.example/push", secret: "s", channelId: "c" };
    expect(await port.push?.subscribe("primary", request)).toMatchObject({ ok: false, reason: "rejected" });
    expect(counts()).toEqual({ asked: 1, refreshes: 0 });
  });

  test("a token refused twice is a permission withdrawn", async () => {
    const { port, counts } = await answering(401, '{"error":{"errors":[{"reason":"authError"}]}}');
    expect(await port.listCalendars()).toMatchObject({ ok: false, reason: "revoked" });
    expect(counts()).toEqual({ asked: 2, refreshes: 1 });
  });

  test("a permission that was not given is a permission withdrawn", async () => {
    const { port } = await answering(403, '{"error":{"errors":[{"reason":"insufficientPermissions"}]}}');
    expect(await port.listCalendars()).toMatchObject({ ok: false, reason: "revoked" });
  });
});
