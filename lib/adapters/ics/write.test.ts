import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { readBusy } from "./read-busy";
import { type WrittenEvent, writeEvents, writeFeed, writeInvitation } from "./write";

const START = Date.UTC(2026, 10, 24, 14);
const EVENT: WrittenEvent = {
  uid: "bkg_1@caly.example",
  sequence: 2,
  startMs: START,
  endMs: START + 45 * 60_000,
  changedMs: Date.UTC(2026, 10, 20),
  title: "Haircut; with Ana, at Søren's",
  description: "Line one\nLine two: see https://caly.example/m/abc",
  location: "1 Main St, Springfield",
  url: "https://caly.example/m/abc",
};
const SHOP = { name: 'The "Cut"', email: "shop@caly.example" };
const GUEST = { name: "Ana; B", email: "ana@example.com" };

const read = (text: string) => new ICAL.Component(ICAL.parse(text) as never);

describe("a booking in a calendar file", () => {
  it("is read by another reader as it was written", () => {
    const calendar = read(writeEvents([EVENT]));
    const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent") ?? undefined);
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    expect([event.uid, event.sequence, event.summary, event.location, event.description]).toEqual([
      EVENT.uid,
      2,
      EVENT.title,
      EVENT.location,
      EVENT.description,
    ]);
    expect([event.startDate.toUnixTime() * 1000, event.endDate.toUnixTime() * 1000]).toEqual([
      EVENT.startMs,
      EVENT.endMs,
    ]);
  });

  it.each([
    [false, "REQUEST", "CONFIRMED"],
    [true, "CANCEL", "CANCELLED"],
  ])("is an invitation, cancelled: %s", (isCancelled, method, status) => {
    const calendar = read(writeInvitation({ ...EVENT, isCancelled }, SHOP, GUEST));
    const event = calendar.getFirstSubcomponent("vevent");
    expect(calendar.getFirstPropertyValue("method")).toBe(method);
    expect(event?.getFirstPropertyValue("status")).toBe(status);
    expect(event?.getFirstPropertyValue("organizer")).toBe("mailto:shop@caly.example");
    expect(`${event?.getFirstPropertyValue("attendee")}`.toLowerCase()).toBe("mailto:ana@example.com");
  });

  it("stands in a feed that our own reader takes for busy, without the cancelled ones", () => {
    const events = [EVENT, { ...EVENT, uid: "bkg_2@caly.example", isCancelled: true }];
    const feed = writeFeed({ name: "Ana, bookings", everyMinutes: 15, events });
    expect(readBusy(feed, { fromMs: START, toMs: START + 1 }, "UTC")).toMatchObject({
      ok: true,
      value: { busy: [[EVENT.startMs, EVENT.endMs, EVENT.uid]], name: expect.stringContaining("Ana") },
    });
  });
});
