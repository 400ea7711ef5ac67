import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movableClock, signedIn } from "../calendar/testing/signed-in";
import { startGoogleCalendarEmulator } from "./index";

const root = "/calendar/v3";
const events = `${root}/calendars/primary/events`;
const at = (time: string) => ({ dateTime: `2027-03-08T${time}:00+01:00` });

let google: Awaited<ReturnType<typeof signedIn>>;
const clock = movableClock();
beforeEach(async () => {
  const ends = { authorize: "/o/oauth2/v2/auth", token: "/token", scope: "calendar" };
  google = await signedIn(startGoogleCalendarEmulator, ends, clock);
});
afterEach(() => google.close());

describe("Google's calendar, emulated", () => {
  it("takes an id of the client's choosing once, even after its event was deleted", async () => {
    const event = { id: "abc09v", summary: "Cut", start: at("09:00"), end: at("10:00") };
    const made = await google.send("POST", events, event);
    expect(made).toMatchObject({ status: 200, body: { id: "abc09v", status: "confirmed", kind: "calendar#event" } });
    expect(made.body.start).toEqual({ dateTime: "2027-03-08T09:00:00+01:00", timeZone: "Europe/Berlin" });
    const twice = await google.send("POST", events, event);
    expect([twice.status, twice.body.error]).toMatchObject([409, { errors: [{ reason: "duplicate" }] }]);
    expect((await google.send("DELETE", `${events}/abc09v`)).status).toBe(204);
    expect((await google.send("DELETE", `${events}/abc09v`)).status).toBe(410);
    expect((await google.send("POST", events, event)).status).toBe(409);
    expect((await google.send("GET", `${events}/abc09v`)).body.status).toBe("cancelled");
    expect((await google.send("PATCH", `${events}/abc09v`, { status: "confirmed" })).body.summary).toBe("Cut");
    for (const id of ["ABC", "wxyzw", "abcd", "a-b-c-d"])
      expect((await google.send("POST", events, { ...event, id })).status).toBe(400);
  });

  it("keeps to versions, and to times in order", async () => {
    const { body } = await google.send("POST", events, { start: at("09:00"), end: at("10:00") });
    const path = `${events}/${body.id}`;
    expect((await google.send("PATCH", path, { summary: "A" }, { "if-match": String(body.etag) })).status).toBe(200);
    expect((await google.send("PATCH", path, { summary: "B" }, { "if-match": String(body.etag) })).status).toBe(412);
    for (const [start, end] of [
      [at("10:00"), at("09:00")],
      [{ date: "2027-03-08" }, at("10:00")],
      [undefined, at("10:00")],
    ])
      expect((await google.send("POST", events, { start, end })).status).toBe(400);
  });

  it("tells free and busy: blocks run together, free events and days are as they are shown", async () => {
    await google.send("POST", events, { start: at("09:00"), end: at("10:00") });
    await google.send("POST", events, { start: at("10:00"), end: at("11:00") });
    await google.send("POST", events, { start: at("13:00"), end: at("14:00"), transparency: "transparent" });
    await google.send("POST", events, { start: { date: "2027-03-09" }, end: { date: "2027-03-10" } });
    const asked = {
      timeMin: "2027-03-08T00:00:00Z",
      timeMax: "2027-03-09T12:00:00Z",
      items: [{ id: "primary" }, { id: "x" }],
    };
    const { body } = await google.send("POST", `${root}/freeBusy`, asked);
    expect(body.calendars).toEqual({
      primary: {
        busy: [
          { start: "2027-03-08T08:00:00Z", end: "2027-03-08T10:00:00Z" },
          { start: "2027-03-08T23:00:00Z", end: "2027-03-09T12:00:00Z" },
        ],
      },
      x: { errors: [{ domain: "global", reason: "notFound" }], busy: [] },
    });
  });

  it("gives series as they are written, or unrolled, with what was changed of them", async () => {
    const weekly = { start: at("09:00"), end: at("10:00"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] };
    const { body } = await google.send("POST", events, weekly);
    const moved = `${events}/${body.id}_20270315T080000Z`;
    expect((await google.send("PATCH", moved, { start: at("12:00"), end: at("13:00") })).status).toBe(200);
    expect((await google.send("DELETE", `${events}/${body.id}_20270322T080000Z`)).status).toBe(204);
    const items = async (query: string) =>
      (await google.send("GET", `${events}?${query}`)).body.items as { status: string }[];
    expect((await items("singleEvents=false")).map((item) => item.status)).toEqual([
      "confirmed",
      "confirmed",
      "cancelled",
    ]);
    expect(await items("singleEvents=true")).toHaveLength(2);
    expect(
      (await google.send("POST", events, { ...weekly, recurrence: ["RRULE:FREQ=MONTHLY;BYDAY=2MO"] })).status,
    ).toBe(400);
  });

  it("does not take bounds or order beside a sync token, and answers only what was asked for", async () => {
    await google.send("POST", events, { summary: "Secret", start: at("09:00"), end: at("10:00") });
    const { body } = await google.send("GET", `${events}?fields=nextSyncToken,items(id,start/dateTime)`);
    expect(body).toEqual({
      nextSyncToken: body.nextSyncToken,
      items: [{ id: expect.any(String), start: at("09:00") }],
    });
    const token = String(body.nextSyncToken);
    for (const more of ["timeMin=2027-01-01T00:00:00Z", "orderBy=startTime", "q=x", "showDeleted=false"])
      expect((await google.send("GET", `${events}?syncToken=${token}&${more}`)).status).toBe(400);
    expect((await google.send("GET", `${events}?syncToken=nonsense`)).status).toBe(400);
  });

  it("ends tokens after an hour and channels after a week", async () => {
    const channel = { id: "c-1", type: "web_hook", address: "http://127.0.0.1:9/", token: "t" };
    expect((await google.send("POST", `${events}/watch`, { ...channel, address: "http://example.com/" })).status).toBe(
      400,
    );
    expect((await google.send("POST", `${events}/watch`, channel)).body.kind).toBe("api#channel");
    expect((await google.send("POST", `${events}/watch`, channel)).status).toBe(400);
    clock.move(8 * 86_400_000);
    expect((await google.send("GET", events)).status).toBe(401);
    const fresh = await google.form("/token", {
      ...google.secret,
      grant_type: "refresh_token",
      refresh_token: google.tokens.refresh_token,
    });
    const { access_token } = (await fresh.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}` };
    await google.send("POST", events, { start: at("09:00"), end: at("10:00") }, headers);
    expect(await (await fetch(`${google.url}/_emulator/channels`)).json()).toEqual([]);
  });
});
