import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBusy } from "./read-busy";

const WINDOW = { fromMs: Date.UTC(2026, 9, 1), toMs: Date.UTC(2027, 5, 1) };
const ZONE = "America/New_York";

const file = (...lines: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: string[]) => ["BEGIN:VEVENT", "UID:1@example.com", ...lines, "END:VEVENT"];

function busyOf(...lines: string[]): string[] {
  const read = readBusy(file(...lines), WINDOW, ZONE);
  if (!read.ok) throw new Error(read.reason);
  return read.value.busy.map(([start, end]) =>
    [start, end].map((ms) => new Date(ms).toISOString().slice(0, 16)).join("/"),
  );
}

describe("the busy time of a calendar file", () => {
  it("reads UTC, a zone's, floating and all-day times, the latter two in the zone given", () => {
    const lines = [
      event("DTSTART:20261124T140000Z", "DURATION:PT30M"),
      event("DTSTART;TZID=Europe/Paris:20261125T090000", "DTEND;TZID=Europe/Paris:20261125T100000"),
      event("DTSTART:20261126T090000", "DTEND:20261126T093000"),
      event("DTSTART;VALUE=DATE:20261127"),
    ];
    expect(busyOf(...lines.flat())).toEqual([
      "2026-11-24T14:00/2026-11-24T14:30",
      "2026-11-25T08:00/2026-11-25T09:00",
      "2026-11-26T14:00/2026-11-26T14:30",
      "2026-11-27T05:00/2026-11-28T05:00",
    ]);
  });

  it("keeps a series at its time of day over a clock change, without a VTIMEZONE", () => {
    const rule = "RRULE:FREQ=WEEKLY;UNTIL=20261108T140000Z";
    expect(
      busyOf(
        ...event("DTSTART;TZID=America/New_York:20261018T090000", "DTEND;TZID=America/New_York:20261018T100000", rule),
      ).map((text) => text.slice(0, 16)),
    ).toEqual(["2026-10-18T13:00", "2026-10-25T13:00", "2026-11-01T14:00", "2026-11-08T14:00"]);
  });

  it("leaves out exceptions, moves changed occurrences and drops cancelled ones", () => {
    const series = event(
      "DTSTART;TZID=America/New_York:20261123T090000",
      "DTEND;TZID=America/New_York:20261123T100000",
      "RRULE:FREQ=DAILY;COUNT=5",
      "EXDATE;TZID=America/New_York:20261124T090000",
    );
    const moved = event(
      "RECURRENCE-ID;TZID=America/New_York:20261125T090000",
      "DTSTART;TZID=America/New_York:20261125T150000",
      "DTEND;TZID=America/New_York:20261125T160000",
    );
    const cancelled = event(
      "RECURRENCE-ID:20261126T140000Z",
      "DTSTART:20261126T140000Z",
      "DTEND:20261126T150000Z",
      "STATUS:CANCELLED",
    );
    expect(busyOf(...moved, ...series, ...cancelled).map((text) => text.slice(0, 16))).toEqual([
      "2026-11-23T14:00",
      "2026-11-25T20:00",
      "2026-11-27T14:00",
    ]);
  });

  it("moves all later occurrences where a change says so", () => {
    const series = event("DTSTART:20261123T140000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3");
    const change = event(
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20261124T140000Z",
      "DTSTART:20261124T160000Z",
      "DURATION:PT30M",
    );
    expect(busyOf(...series, ...change)).toEqual([
      "2026-11-23T14:00/2026-11-23T15:00",
      "2026-11-24T16:00/2026-11-24T16:30",
      "2026-11-25T16:00/2026-11-25T16:30",
    ]);
  });

  it("takes cancelled and transparent events for free, tentative ones for busy", () => {
    const at = ["DTSTART:20261124T140000Z", "DTEND:20261124T150000Z"];
    expect(busyOf(...event(...at, "STATUS:CANCELLED"), ...event(...at, "TRANSP:TRANSPARENT"))).toEqual([]);
    expect(busyOf(...event(...at, "STATUS:TENTATIVE"))).toHaveLength(1);
  });

  it("knows Microsoft's zone names and zones that the file describes itself", () => {
    const own = [
      "BEGIN:VTIMEZONE",
      "TZID:Our Time",
      "BEGIN:STANDARD",
      "DTSTART:20001029T030000",
      "TZOFFSETFROM:+0200",
      "TZOFFSETTO:+0100",
      "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
      "END:STANDARD",
      "BEGIN:DAYLIGHT",
      "DTSTART:20000326T020000",
      "TZOFFSETFROM:+0100",
      "TZOFFSETTO:+0200",
      "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
      "END:DAYLIGHT",
      "END:VTIMEZONE",
    ];
    const times = ["20261024T120000", "20261026T120000"];
    const events = times.flatMap((time) => event(`DTSTART;TZID=Our Time:${time}`, "DURATION:PT1H"));
    const windows = event("DTSTART;TZID=Tokyo Standard Time:20261024T200000", "DURATION:PT1H");
    expect(busyOf(...own, ...events, ...windows).map((text) => text.slice(0, 16))).toEqual([
      "2026-10-24T10:00",
      "2026-10-24T11:00",
      "2026-10-26T11:00",
    ]);
  });

  it("gives the periods of a VFREEBUSY that are not free", () => {
    const lines = ["BEGIN:VFREEBUSY", "FREEBUSY:20261124T140000Z/PT1H,20261124T160000Z/20261124T170000Z"];
    expect(busyOf(...lines, "FREEBUSY;FBTYPE=FREE:20261124T180000Z/PT1H", "END:VFREEBUSY")).toHaveLength(2);
  });

  const at = "DTSTART:20261124T140000Z";
  const [uid, startMs] = ["1@example.com", Date.UTC(2026, 10, 24, 14)];
  const anHour = [[startMs, startMs + 3_600_000, uid]];

  it.each([
    ["start", [], ["DTSTART:tomorrow", "DURATION:PT1H"]],
    ["start", [], ["SUMMARY:Some time"]],
    ["repetition", anHour, [at, "DURATION:PT1H", "RRULE:FREQ=OFTEN"]],
    ["repetition", anHour, [at, "DURATION:PT1H", "RDATE:every now and then"]],
    ["end", anHour, [at, "DTEND:later"]],
    ["end", anHour, [at, "DURATION:a while"]],
    ["end", [], [at, "DTEND:20261124T130000Z"]],
    // Half past ten somewhere: taken for the calendar's own zone, and not known.
    [
      "zone",
      [[Date.UTC(2026, 10, 24, 15, 30), Date.UTC(2026, 10, 24, 16), uid]],
      ["DTSTART;TZID=Mars:20261124T103000", "DURATION:PT30M"],
    ],
  ])("says of an event that its %s cannot be read, and counts what is known of it", (what, busy, lines) => {
    const read = readBusy(file(...event(...lines)), WINDOW, ZONE);
    expect(read).toMatchObject({ ok: true, value: { unread: [{ uid, what }], busy } });
  });

  it("has nothing to say of what takes no time, or can only take less", () => {
    const free = event("DTSTART:tomorrow", "TRANSP:TRANSPARENT");
    const cancelled = event(at, "RRULE:FREQ=OFTEN", "STATUS:CANCELLED");
    const excepted = event(at, "DURATION:PT1H", "EXDATE:never", "EXRULE:FREQ=OFTEN");
    const birthday = event("DTSTART;VALUE=DATE:20261124", "RDATE:20251124Z");
    expect(readBusy(file(...free, ...cancelled, ...excepted, ...birthday), WINDOW, ZONE)).toMatchObject({
      ok: true,
      value: { unread: [] },
    });
  });

  it("reads on where an event is not closed, and says so where the file breaks off", () => {
    const events = [...event(at, "DURATION:PT1H"), ...event("DTSTART:20261125T140000Z", "DURATION:PT1H")];
    const unclosed = file(...events.filter((line, n) => line !== "END:VEVENT" || n > 4));
    expect(readBusy(unclosed, WINDOW, ZONE)).toMatchObject({ value: { unread: [], busy: [{}, {}] } });
    const cut = readBusy(unclosed.slice(0, unclosed.indexOf("END:VCALENDAR")), WINDOW, ZONE);
    expect(cut).toMatchObject({ value: { unread: [{ what: "all" }], busy: [{}, {}] } });
  });
});

describe("a file that is no calendar", () => {
  it.each([
    ["", "not_a_calendar"],
    ["<html>Not found</html>", "not_a_calendar"],
    ["BEGIN:VALARM\r\nEND:VALARM", "not_a_calendar"],
    [`BEGIN:VCALENDAR\r\nX-BIG:${"x".repeat(2 * 1024 * 1024)}`, "too_large"],
    [file(...event("DTSTART:20261001T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")), "too_complex"],
  ])("is refused", (text, reason) => {
    expect(readBusy(text, WINDOW, ZONE)).toMatchObject({ ok: false, reason });
  });

  it("of ten thousand endless rules costs no more than a second of CPU", () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => [
      "BEGIN:VEVENT",
      `UID:${n}`,
      "DTSTART:19700101T000000Z",
      "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
      "END:VEVENT",
    ]);
    const before = process.cpuUsage();
    readBusy(file(...lines.flat()), WINDOW, ZONE);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(2);
  });

  it("however it is broken, gets an answer", () => {
    const whole = file(
      ...event(
        "DTSTART;TZID=America/New_York:20261123T090000",
        "DTEND;TZID=America/New_York:20261123T100000",
        "RRULE:FREQ=MONTHLY;BYDAY=-1MO;COUNT=5",
        "RDATE;VALUE=PERIOD:20261124T140000Z/PT1H",
        "EXDATE:20261124T140000Z",
      ),
    );
    const junk = fc.constantFrom(
      "\r",
      "\n ",
      ":",
      ";",
      '"',
      "BEGIN:VEVENT\n",
      "END:VCALENDAR\n",
      "\u0000",
      "9".repeat(40),
      "=",
    );
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(40), junk, (at, length, inserted) => {
        readBusy(whole.slice(0, at) + inserted + whole.slice(at + length), WINDOW, ZONE);
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
