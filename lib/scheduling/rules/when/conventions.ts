/** Minutes of the day, start inclusive, end exclusive. */
export type MinuteWindow = { fromMinute: number; toMinute: number };
export type PartOfDay = "morning" | "lunch" | "afternoon" | "evening" | "night" | "day";

/** On what people divide. What is said beside each is how Caly takes it; a test set may have another convention. */
export type Conventions = {
  /** First day of a week, 0 Sunday or 1 Monday. Caly: Monday. */
  weekStart: 0 | 1;
  /** "Next Friday" on a Monday: in this week, in the next, or both, so that one asks. Caly: both. */
  nextWeekday: "coming" | "next_week" | "both";
  /** "Friday" said on a Friday. Caly: both today and in a week, so that one asks. */
  sameWeekday: "today" | "in_a_week" | "both";
  /** "3/4". Caly: as the business's country writes it. */
  dateOrder: "month_first" | "day_first";
  /** "Friday the 13th" where the 13th is no Friday. Caly: both the nearest such weekday and the date, so that one asks. */
  weekdayMismatch: "date" | "both";
  /** Whether the last day or month named in a range is part of it. Caly: yes. */
  rangeEnd: "included" | "excluded";
  /** "From October", with no end said: from then on, or only October. Caly: from then on. */
  bareFrom: "onwards" | "plain";
  /** "Early", "mid" and "late" of a month or year. Caly: thirds. */
  edges: "thirds" | "halves";
  /** "The next three weeks": whole ones of the calendar, or from today. Caly: from today. */
  nextCount: "calendar" | "from_today";
  /** "Thursday the 21st", "second Sunday" where this month's has passed: the next such, or this month's. Caly: the next. */
  unsaidMonth: "coming" | "present";
  /** "The upcoming two weeks": those two, or the second of them. Caly: those two. */
  upcoming: "all" | "last";
  /** When a feast of the Hebrew calendar begins: by day, or the evening before. Caly: by day. */
  feastEve: "excluded" | "included";
  /** "The end of the day". Caly: the hours before closing. */
  dayEnd: "closing" | "last_second";
  /** A time of day without a day. Caly: a time of day, to be joined with a day; others: its next occurrence. */
  bareTime: "time" | "next";
  /** "At 3" without morning or afternoon: both, or the next to come. Caly: both, and opening hours decide. */
  halfOfDay: "both" | "next" | "first";
  parts: Record<PartOfDay, MinuteWindow>;
  /** ISO 3166-1; which holidays a name means, where countries differ. */
  country: string;
};

const window = (fromMinute: number, toMinute: number): MinuteWindow => ({ fromMinute, toMinute });

/** How Caly takes what callers say. */
export const callers: Conventions = {
  weekStart: 1,
  nextWeekday: "both",
  sameWeekday: "both",
  dateOrder: "month_first",
  weekdayMismatch: "both",
  rangeEnd: "included",
  bareFrom: "onwards",
  edges: "thirds",
  nextCount: "from_today",
  unsaidMonth: "coming",
  upcoming: "all",
  feastEve: "excluded",
  dayEnd: "closing",
  bareTime: "time",
  halfOfDay: "both",
  parts: {
    morning: window(0, 720),
    lunch: window(690, 840),
    afternoon: window(720, 1080),
    evening: window(1020, 1440),
    night: window(1020, 1440),
    day: window(0, 1440),
  },
  country: "US",
};

const MONTH_FIRST = new Set(["US", "CA", "PH", "PR", "GU"]);

/** The same for callers of a country (ISO 3166-1): how its dates are written and what its holidays are called. */
export const callersOf = (country: string): Conventions => ({
  ...callers,
  country,
  dateOrder: MONTH_FIRST.has(country) ? "month_first" : "day_first",
});
