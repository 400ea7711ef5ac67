import { describe, expect, it } from "vitest";
import type { Availability } from "@/lib/scheduling";
import { dayLabels, daysRange, toCalendar } from "./calendar-data";

const empty: Availability = {
  timeZone: "Europe/London",
  todayIso: "2026-11-24",
  nowMinute: 611,
  days: [
    { iso: "2026-11-24", closure: null, isClosed: false },
    { iso: "2026-11-25", closure: "Stocktaking", isClosed: true },
    { iso: "2026-11-29", closure: null, isClosed: true },
  ],
  staff: [{ id: "stf_1", name: "Anna" }],
  openings: [],
  bookings: [],
  holds: [],
  busy: [],
};
const options = { slug: "acme", writePhone: (e164: string) => `tel ${e164}` };

describe("the calendar's data", () => {
  it("says which days are closed and why, and where now is", () => {
    const { days } = toCalendar(empty, options);
    expect(days.map((day) => day.note)).toEqual([undefined, "Stocktaking", "Closed"]);
    expect(days.map((day) => day.nowMinute)).toEqual([611, undefined, undefined]);
  });

  it("draws whole hours around everything there is, a working day when there is nothing", () => {
    expect(toCalendar(empty, options)).toMatchObject({ fromMinute: 540, toMinute: 1020 });
    const opening = { staffId: "stf_1", dayIso: "2026-11-24", startMinute: 435, endMinute: 1290 };
    expect(toCalendar({ ...empty, openings: [opening] }, options)).toMatchObject({ fromMinute: 420, toMinute: 1320 });
  });

  it("draws what a calendar takes with its name and how current it is, within the hours there are", () => {
    const opening = { staffId: "stf_1", dayIso: "2026-11-24", startMinute: 540, endMinute: 1020 };
    const own = { id: "b", staffId: "stf_1", dayIso: "2026-11-24", calendarName: "Work" };
    const readAt = new Date("2026-11-24T10:05:00Z");
    const { busy, fromMinute } = toCalendar(
      {
        ...empty,
        openings: [opening],
        busy: [
          { ...own, startMinute: 0, endMinute: 600, readAt, isCurrent: true },
          { ...own, startMinute: 1030, endMinute: 1440, readAt: null, isCurrent: false },
          { ...own, startMinute: 660, endMinute: 700, readAt, isCurrent: false },
        ],
      },
      options,
    );
    expect(fromMinute).toBe(540);
    expect(busy.map((each) => [each.startMinute, each.endMinute, each.freshness])).toEqual([
      [540, 600, "read 10:05"],
      [660, 700, "not up to date, read 10:05"],
    ]);
  });

  it("names somebody without a name by the number, and lets only what is confirmed be moved", () => {
    const booking = {
      id: "bkg_1",
      staffId: "stf_1",
      dayIso: "2026-11-24",
      startMinute: 600,
      endMinute: 630,
      attendeeName: "",
      attendeePhone: "+442079460000",
      serviceName: "Cut",
      status: "confirmed",
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 10,
    } as Availability["bookings"][number];
    const { bookings } = toCalendar(
      { ...empty, bookings: [booking, { ...booking, status: "completed", attendeePhone: null }] },
      options,
    );
    expect(bookings[0]).toMatchObject({ title: "tel +442079460000", isMovable: true, bufferAfter: 10 });
    expect(bookings[1]).toMatchObject({ title: "No name", isMovable: false });
  });

  it("writes dates as dates, whatever the zone of the machine", () => {
    expect(dayLabels("2026-11-24")).toEqual({ label: "Tue 24", longLabel: "Tuesday 24 November" });
    expect(daysRange("2026-11-23", "2026-11-29")).toMatch(/^23\s*–\s*29 November 2026$/);
  });
});
