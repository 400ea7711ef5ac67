import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movableClock, signedIn } from "../calendar/testing/signed-in";
import { startMicrosoftCalendarEmulator } from "./index";

const root = "/v1.0/me";
const at = (time: string, timeZone = "W. Europe Standard Time") => ({ dateTime: `2027-03-08T${time}:00`, timeZone });
const view = "startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-04-01T00:00:00Z";

let graph: Awaited<ReturnType<typeof signedIn>>;
const clock = movableClock();
beforeEach(async () => {
  const scope = "offline_access Calendars.ReadWrite";
  const ends = { authorize: "/common/oauth2/v2.0/authorize", token: "/common/oauth2/v2.0/token", scope };
  graph = await signedIn(startMicrosoftCalendarEmulator, ends, clock);
});
afterEach(() => graph.close());

type Event = { id: string; type: string; start: { dateTime: string; timeZone: string } };
const listed = (answer: { body: Record<string, unknown> }) => answer.body.value as Event[];

describe("Microsoft's calendars, emulated", () => {
  it("tells times in UTC, or in the zone that is asked for, by Windows' names or others", async () => {
    const made = await graph.send("POST", `${root}/events`, { subject: "Cut", start: at("09:00"), end: at("10:00") });
    expect(made.status).toBe(201);
    expect(made.body.start).toEqual({ dateTime: "2027-03-08T08:00:00.0000000", timeZone: "UTC" });
    expect(made.body.originalStartTimeZone).toBe("W. Europe Standard Time");
    const prefer = { prefer: 'outlook.timezone="Pacific Standard Time"' };
    const there = await graph.send("GET", `${root}/events/${made.body.id}`, undefined, prefer);
    expect(there.body.start).toEqual({ dateTime: "2027-03-08T00:00:00.0000000", timeZone: "Pacific Standard Time" });
    expect(
      (await graph.send("POST", `${root}/events`, { start: at("09:00", "Mars Time"), end: at("10:00") })).status,
    ).toBe(400);
    const days = { isAllDay: true, start: at("09:00"), end: at("10:00") };
    expect((await graph.send("POST", `${root}/events`, days)).status).toBe(400);
  });

  it("answers a repeated transaction with its event, and refuses it with other content", async () => {
    const event = { subject: "Cut", start: at("09:00"), end: at("10:00"), transactionId: "t-1" };
    const first = await graph.send("POST", `${root}/events`, event);
    const again = await graph.send("POST", `${root}/events`, event);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    const other = await graph.send("POST", `${root}/events`, { ...event, subject: "Colour" });
    expect([other.status, other.body.error]).toMatchObject([409, { code: "ErrorDuplicateTransactionId" }]);
  });

  it("keeps to versions; what is deleted is not found", async () => {
    const { body } = await graph.send("POST", `${root}/events`, { start: at("09:00"), end: at("10:00") });
    const [path, match] = [`${root}/events/${body.id}`, { "if-match": String(body["@odata.etag"]) }];
    expect((await graph.send("PATCH", path, { subject: "A" }, match)).status).toBe(200);
    const stale = await graph.send("PATCH", path, { subject: "B" }, match);
    expect([stale.status, stale.body.error]).toMatchObject([412, { code: "ErrorIrresolvableConflict" }]);
    expect((await graph.send("DELETE", path)).status).toBe(204);
    const gone = await graph.send("DELETE", path);
    expect([gone.status, gone.body.error]).toMatchObject([404, { code: "ErrorItemNotFound" }]);
  });

  it("tells changes of a view by links, hardly anything of occurrences, and does not tell of a deleted one", async () => {
    const pattern = { type: "weekly", interval: 1, daysOfWeek: ["monday"] };
    const range = { type: "numbered", startDate: "2027-03-08", numberOfOccurrences: 3 };
    const series = { subject: "Team", start: at("09:00"), end: at("10:00"), recurrence: { pattern, range } };
    const { body } = await graph.send("POST", `${root}/events`, series);
    const delta = `${root}/calendars/${graph.calendarId}/calendarView/delta`;
    const first = await graph.send("GET", `${delta}?${view}`);
    expect(listed(first).map((event) => event.type)).toEqual([
      "seriesMaster",
      "occurrence",
      "occurrence",
      "occurrence",
    ]);
    expect(Object.keys(listed(first)[1] ?? {}).sort()).toEqual([
      ...["@odata.etag", "@odata.type", "end", "id", "seriesMasterId", "start", "type"],
    ]);
    expect((await graph.send("DELETE", `${root}/events/${body.id}_20270315T080000Z`)).status).toBe(204);
    const link = new URL(String(first.body["@odata.deltaLink"]));
    const second = await graph.send("GET", link.pathname + link.search);
    expect(listed(second).map((event) => event.start.dateTime.slice(0, 10))).toEqual([
      "2027-03-08",
      "2027-03-08",
      "2027-03-22",
    ]);
    expect((await graph.send("GET", `${delta}?${view}&$select=id`)).status).toBe(400);
    expect((await graph.send("GET", delta)).status).toBe(400);
    const expire = `${graph.url}/_emulator/accounts/${graph.accountId}/expire-sync-tokens`;
    await fetch(expire, { method: "POST" });
    expect((await graph.send("GET", link.pathname + link.search)).status).toBe(410);
  });

  it("tells how a time is shown in a schedule", async () => {
    await graph.send("POST", `${root}/events`, { start: at("09:00"), end: at("10:00"), showAs: "oof" });
    const asked = {
      schedules: ["owner@marlowe-finch.example"],
      startTime: at("00:00", "UTC"),
      endTime: at("23:00", "UTC"),
      availabilityViewInterval: 60,
    };
    const { body } = await graph.send("POST", `${root}/calendar/getSchedule`, asked);
    expect(body.value).toMatchObject([
      { scheduleItems: [{ status: "oof", start: { dateTime: "2027-03-08T08:00:00.0000000", timeZone: "UTC" } }] },
    ]);
  });

  it("gives another refresh token each time, and refuses subscriptions that would last too long", async () => {
    const body = { ...graph.secret, grant_type: "refresh_token", refresh_token: graph.tokens.refresh_token };
    const fresh = (await (await graph.form("/common/oauth2/v2.0/token", body)).json()) as { refresh_token: string };
    expect(fresh.refresh_token).not.toBe(graph.tokens.refresh_token);
    const subscription = (minutes: number) => ({
      changeType: "created,updated,deleted",
      notificationUrl: "http://127.0.0.1:9/",
      resource: `me/calendars/${graph.calendarId}/events`,
      expirationDateTime: new Date(clock.now() + minutes * 60_000).toISOString(),
    });
    const long = await graph.send("POST", "/v1.0/subscriptions", subscription(4300));
    expect([long.status, long.body.error]).toMatchObject([400, { code: "InvalidRequest" }]);
    const deaf = await graph.send("POST", "/v1.0/subscriptions", subscription(60));
    expect([deaf.status, deaf.body.error]).toMatchObject([400, { code: "ValidationError" }]);
  });
});
