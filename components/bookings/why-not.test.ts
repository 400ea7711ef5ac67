import { describe, expect, it } from "vitest";
import type { CalendarBooking, CalendarData } from "./types";
import { moved, whyNot } from "./why-not";

const day = "2026-11-24";
const booking = (
  id: string,
  startMinute: number,
  endMinute: number,
  more: Partial<CalendarBooking> = {},
): CalendarBooking => ({
  id,
  staffId: "anna",
  dayIso: day,
  startMinute,
  endMinute,
  title: id,
  status: "confirmed",
  href: `/b/${id}`,
  ...more,
});

const data: CalendarData = {
  days: [{ iso: day, label: "Tue 24", longLabel: "Tuesday 24 November", isToday: false }],
  staff: [
    { id: "anna", name: "Anna" },
    { id: "ben", name: "Ben" },
  ],
  openings: [{ staffId: "anna", dayIso: day, startMinute: 540, endMinute: 1020 }],
  bookings: [booking("Mo", 600, 660, { bufferAfter: 15 }), booking("Gone", 720, 780, { status: "cancelled" })],
  holds: [
    {
      id: "h",
      staffId: "anna",
      dayIso: day,
      startMinute: 840,
      endMinute: 870,
      title: "Zoe",
      expiresAt: "2026-11-20T12:00:00Z",
    },
  ],
  busy: [
    {
      id: "x",
      staffId: "anna",
      dayIso: day,
      startMinute: 900,
      endMinute: 960,
      calendarName: "Google",
      freshness: "2 min ago",
    },
  ],
  fromMinute: 480,
  toMinute: 1080,
  stepMinutes: 15,
};

const at = (startMinute: number, staffId = "anna") => ({
  staffId,
  dayIso: day,
  startMinute,
  endMinute: startMinute + 30,
});

describe("why a booking cannot stand somewhere", () => {
  it.each([
    [at(525), "Outside Anna's hours"],
    [at(1000), "Outside Anna's hours"],
    [at(600, "ben"), "Outside Ben's hours"],
    [at(630), "Anna has Mo until 11:00"],
    [at(660), "Anna has Mo until 11:00"],
    [at(675), undefined],
    [at(720), undefined],
    [at(825), "Held for Zoe"],
    [at(930), "Busy in Google"],
    [at(570), undefined],
  ])("%o: %s", (where, said) => {
    expect(whyNot(data, where)).toBe(said);
  });

  it("does not stand in its own way, and takes its own buffer with it", () => {
    const mo = data.bookings[0] as CalendarBooking;
    expect(whyNot(data, { staffId: "anna", dayIso: day, startMinute: 615, endMinute: 675 }, mo)).toBeUndefined();
    expect(whyNot(data, { staffId: "anna", dayIso: day, startMinute: 770, endMinute: 830 }, mo)).toBe("Held for Zoe");
  });

  it("keeps its length when it is moved", () => {
    const mo = data.bookings[0] as CalendarBooking;
    expect(moved(mo, { staffId: "ben", dayIso: day, startMinute: 700 })).toMatchObject({
      staffId: "ben",
      startMinute: 700,
      endMinute: 760,
    });
  });
});
