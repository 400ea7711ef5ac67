import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { microsoftCalendar } from "./index";

/** Answers of Graph's that no emulator gives on request. */
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

type Answered = { status: number; body: unknown };

async function answering(answer: (path: string) => Answered) {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close().closeAllConnections());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { account } = microsoftCalendar({ clientId: "c", clientSecret: "s", baseUrl });
  return { baseUrl, port: account(async () => ({ ok: true, value: "at-secret" })) };
}

const window = { fromMs: Date.UTC(2027, 2, 1), toMs: Date.UTC(2027, 3, 30) };
const full = { token: undefined, window, zone: "Europe/Berlin" };
const at = (time: string, timeZone = "UTC") => ({ dateTime: `2027-03-08T${time}:00.0000000`, timeZone });
const times = { start: at("09:00"), end: at("10:00") };
const list = (...value: object[]) => ({ status: 200, body: { value } });
const error = (status: number, code: string) => ({ status, body: { error: { code, message: "…" } } });

describe("an answer", () => {
  test.each([
    ["whose event has no id", list({ ...times })],
    ["of another shape", { status: 200, body: [] }],
  ])("%s makes the calendar unavailable, never free", async (_what, answer) => {
    const { port } = await answering(() => answer);
    expect(await port.changesSince("c", full)).toMatchObject({ ok: false, reason: "unavailable" });
  });

  const [nineMs, tenMs] = [Date.UTC(2027, 2, 8, 9), Date.UTC(2027, 2, 8, 10)];

  test.each([
    ["without an end is busy for an hour", { start: at("09:00") }, [{ startMs: nineMs, endMs: tenMs }], "end"],
    ["in another zone than UTC", { start: at("09:00", "Pacific Standard Time"), end: at("10:00") }, [], "start"],
    ["of which nothing is told", {}, [], "start"],
  ])("an event %s, and leaves its calendar in part unread, the others known", async (_what, event, blocks, what) => {
    const { port } = await answering(() => list({ id: "odd", ...event }, { id: "b", ...times }));
    expect(await port.changesSince("c", full)).toMatchObject({
      ok: true,
      value: {
        items: [
          { itemId: "odd", blocks, unread: { what } },
          { itemId: "b", blocks: [{ startMs: nineMs, endMs: tenMs }], unread: undefined },
        ],
      },
    });
  });

  test("an occurrence that cannot be read leaves its series in part unread", async () => {
    const master = { id: "s", type: "seriesMaster", ...times };
    const occurrences = [{ id: "s1", type: "occurrence", seriesMasterId: "s", ...times }];
    const odd = { id: "s2", type: "occurrence", seriesMasterId: "s", start: "tomorrow" };
    const { port } = await answering(() => list(master, ...occurrences, odd));
    expect(await port.changesSince("c", full)).toMatchObject({
      value: { items: [{ itemId: "s", blocks: [{ startMs: nineMs, endMs: tenMs }], unread: { what: "start" } }] },
    });
  });

  test("what would say that somebody is free, and cannot be read, does not", async () => {
    const odd = { showAs: 1, isCancelled: "yes", responseStatus: "declined", transactionId: {} };
    const { port } = await answering(() => list({ id: "odd", ...times, ...odd }));
    expect(await port.changesSince("c", full)).toMatchObject({
      value: { items: [{ blocks: [{ startMs: nineMs, endMs: tenMs }], unread: undefined }] },
    });
  });

  test("a link to another server is not followed with our token", async () => {
    const { port } = await answering(() => ({
      status: 200,
      body: { value: [], "@odata.nextLink": "https://evil.example/v1.0/me" },
    }));
    expect(await port.changesSince("c", full)).toMatchObject({ ok: false, reason: "unavailable" });
  });

  test.each([
    error(410, "whatever"),
    error(400, "SyncStateInvalid"),
    error(404, "syncStateNotFound"),
    error(400, "resyncRequired"),
  ])("a state that is lost is told in many ways: $status $body.error.code", async (answer) => {
    const { port } = await answering(() => answer);
    expect(await port.changesSince("c", { ...full, token: "/me/x" })).toMatchObject({ reason: "token_expired" });
  });

  test("an occurrence without its series, to which somebody is invited alone, blocks by itself", async () => {
    const orphan = { id: "o", type: "exception", seriesMasterId: "s", showAs: "busy", ...times };
    const { port } = await answering((path) =>
      path.includes("/instances") ? error(404, "ErrorItemNotFound") : list(orphan),
    );
    expect(await port.changesSince("c", full)).toMatchObject({
      value: { items: [{ itemId: "s", blocks: [{ startMs: Date.parse("2027-03-08T09:00:00Z") }] }] },
    });
    expect(await port.changesSince("c", { ...full, token: "/me/x" })).toMatchObject({ reason: "token_expired" });
  });

  test("a duplicate that is told as 400 is one", async () => {
    const { port } = await answering((path) =>
      path.includes("filter") ? list({ id: "known" }) : error(400, "ErrorDuplicateTransactionId"),
    );
    const event = { title: "", description: "", location: "", startMs: 0, endMs: 1, zone: "UTC" };
    // The event is found by its mark, and changing it is what is tried next.
    expect(await port.upsertEvent("c", { ...event, key: "a".repeat(64) }, undefined)).toMatchObject({
      detail: { what: "Microsoft refused update event: 400 ErrorDuplicateTransactionId" },
    });
  });
});
