import { z } from "zod";

/** Browser-safe: what forms, the API and agent tools send, and what pages show. Minutes count from local midnight (0–1440). */

const name = z.string().trim().min(1, "Give it a name.").max(80, "At most 80 letters.");
const minutes = (min: number, max: number, what: string) =>
  z.coerce
    .number({ error: `${what} must be a number of minutes.` })
    .int()
    .min(min, `${what}: at least ${min} minutes.`)
    .max(max, `${what}: at most ${max} minutes.`);

export const minuteSpan = z
  .object({ startMinute: z.number().int().min(0).max(1439), endMinute: z.number().int().min(1).max(1440) })
  .refine((span) => span.startMinute < span.endMinute, "The end must come after the start.");
export type MinuteSpan = z.output<typeof minuteSpan>;

const apart = (spans: MinuteSpan[]) => {
  const sorted = [...spans].sort((a, b) => a.startMinute - b.startMinute);
  return sorted.every((span, n) => n === 0 || (sorted[n - 1]?.endMinute ?? 0) <= span.startMinute);
};

export const daySpans = z.array(minuteSpan).max(8, "At most eight spans a day.").refine(apart, "Two spans overlap.");

/** Seven days, Sunday first. */
export const week = z.array(daySpans).length(7);
export type Week = z.output<typeof week>;

const isoDate = z.iso.date("Choose a date.");

/** Starts a day or a week; null = no limit. */
const limit = z.coerce.number().int().min(1, "At least one.").max(1000, "At most 1,000.").nullable().default(null);

export const serviceInput = z.object({
  name,
  aliases: z.array(z.string().trim().min(1).max(60)).max(20, "At most 20 other names.").default([]),
  description: z.string().trim().max(500, "At most 500 letters.").default(""),
  durationMinutes: minutes(5, 1440, "Length"),
  bufferBeforeMinutes: minutes(0, 480, "Time before").default(0),
  bufferAfterMinutes: minutes(0, 480, "Time after").default(0),
  priceCents: z
    .number()
    .int()
    .min(0, "A price is not negative.")
    .max(100_000_000, "That price is too high.")
    .nullable()
    .default(null),
  minNoticeMinutes: minutes(0, 525_600, "Notice").default(60),
  horizonDays: z.coerce.number().int().min(1, "At least one day.").max(730, "At most 730 days.").default(60),
  slotGridMinutes: minutes(5, 240, "Steps").default(15),
  /** How many may come to one start; more than 1 makes it a group service. */
  seats: z.coerce.number().int().min(1, "At least one seat.").max(500, "At most 500 seats.").default(1),
  /** How many people do it together; 0 = everybody who does it. */
  staffNeeded: z.coerce.number().int().min(0).max(20, "At most 20 people.").default(1),
  maxPerDay: limit,
  maxPerWeek: limit,
  /** It occupies one resource of each pool; a pool is a list of resources that will do. */
  pools: z
    .array(z.array(z.string().max(80)).min(1).max(50))
    .max(5, "At most five kinds of resource.")
    .default([]),
  /** None = everywhere. */
  locationIds: z.array(z.string().max(80)).max(100).default([]),
});
export type ServiceInput = z.input<typeof serviceInput>;

export const locationInput = z.object({
  name,
  address: z.string().trim().max(300, "At most 300 letters.").default(""),
  /** null = the organisation's. */
  timeZone: z.string().min(1).max(60).nullable().default(null),
});
export type LocationInput = z.input<typeof locationInput>;

export const resourceInput = z.object({
  name,
  /** null = at every place. */
  locationId: z.string().max(80).nullable().default(null),
});
export type ResourceInput = z.input<typeof resourceInput>;

/** On the wall clock of where the resource is; minutes count from local midnight. */
export const resourceClosureInput = z.object({
  resourceId: z.string().max(80),
  fromDate: isoDate,
  fromMinute: z.number().int().min(0).max(1439).default(0),
  /** Not included: midnight at the end of `untilDate` by default. */
  untilDate: isoDate,
  untilMinute: z.number().int().min(0).max(1440).default(1440),
  reason: z.string().trim().max(80, "At most 80 letters.").default(""),
});
export type ResourceClosureInput = z.input<typeof resourceClosureInput>;

/** Which public holidays close the business, by the names the holiday data gives them. */
export const holidaysInput = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, "Choose a country."),
  region: z.string().max(20).nullable().default(null),
  closedOn: z.array(z.string().max(120)).max(100),
});
export type HolidaysInput = z.input<typeof holidaysInput>;
export type HolidayChoice = z.output<typeof holidaysInput>;

const ownLength = minutes(5, 1440, "Length").nullable().default(null);
const share = z.coerce.number().int().min(0).max(100, "At most 100.").default(1);

export const staffInput = z.object({
  name,
  email: z.email("That is not an e-mail address.").nullable().default(null),
  timeZone: z.string().min(1).max(60).nullable().default(null),
  /** undefined leaves them as they are; a new member of staff gets every service. */
  serviceIds: z.array(z.string()).max(200).optional(),
  /** null = follows the opening hours. */
  weekly: week.nullable().optional(),
  /** null = wherever the business is. */
  locationId: z.string().max(80).nullable().default(null),
  maxPerDay: limit,
  maxPerWeek: limit,
  /** What differs for this person: how long a service takes them, and their share of bookings nobody asked for by name (0 = only by name). */
  terms: z
    .array(
      z.object({
        serviceId: z.string().max(80),
        durationMinutes: ownLength,
        weight: share,
      }),
    )
    .max(200)
    .optional(),
});
export type StaffInput = z.input<typeof staffInput>;

/** Who does a service, and on which terms; whoever is not named does not do it. */
export const serviceStaffInput = z.object({
  serviceId: z.string().max(80),
  people: z
    .array(z.object({ staffId: z.string().max(80), durationMinutes: ownLength, weight: share }))
    .max(500)
    .refine((all) => new Set(all.map((each) => each.staffId)).size === all.length, "Somebody is named twice."),
});
export type ServiceStaffInput = z.input<typeof serviceStaffInput>;

/** `staffId` null = the business. `weekly` null (staff only) = follows the opening hours. */
export const weeklyHoursInput = z.object({
  staffId: z.string().nullable(),
  /** A location's own hours; without any it follows the business. */
  locationId: z.string().nullable().default(null),
  weekly: week.nullable(),
});

export const dateOverrideInput = z.object({
  staffId: z.string().nullable(),
  locationId: z.string().nullable().default(null),
  onDate: isoDate,
  /** None = closed. */
  spans: daySpans,
  reason: z.string().trim().max(80, "At most 80 letters.").default(""),
});
export type DateOverrideInput = z.input<typeof dateOverrideInput>;

export const dateOverridesInput = dateOverrideInput.extend({ untilDate: isoDate.nullable().default(null) });

/** PostgreSQL has no text with a zero byte in it. */
const plainText = z.string().transform((text) => text.replaceAll("\0", "").trim());
const attendeeName = plainText.pipe(z.string().max(120, "At most 120 letters."));
const attendeeNotes = plainText.pipe(z.string().max(2000, "At most 2,000 letters."));
const attendee = {
  name: attendeeName.default(""),
  phone: plainText.pipe(z.string().max(40, "That is too long for a telephone number.")).optional(),
  email: plainText.pipe(z.email("That is not an e-mail address.").max(254, "This address is too long.")).optional(),
  notes: attendeeNotes.default(""),
};

/** Either a slot's id, or service, staff and start. */
export const bookAppointmentInput = z
  .object({
    ...attendee,
    slot: z.string().max(80).optional(),
    serviceId: z.string().max(80).optional(),
    staffId: z.string().max(80).optional(),
    startsAt: z.iso.datetime({ offset: true }).optional(),
    callId: z.string().optional(),
    contactId: z.string().optional(),
    holdId: z.string().optional(),
    /** Members only: waives hours, notice and horizon, never an overlap. */
    override: z.boolean().default(false),
  })
  .refine((input) => input.slot || (input.serviceId && input.staffId && input.startsAt), "Choose a time.");
export type BookAppointmentInput = z.input<typeof bookAppointmentInput>;

/** What is said to a cancellation policy: the fee that was named is accepted, or (members only) waived for a reason the audit keeps. */
const consent = {
  acceptedFeeCents: z.number().int().min(0).optional(),
  waive: z.boolean().default(false),
  waiveReason: z.string().trim().max(200, "At most 200 letters.").default(""),
};
export type Consent = { acceptedFeeCents?: number | undefined; waive?: boolean; waiveReason?: string };

export const cancelBookingInput = z.object({
  bookingId: z.string().max(80),
  reason: z.string().trim().max(500, "At most 500 letters.").optional(),
  callId: z.string().optional(),
  ...consent,
});
export type CancelBookingInput = z.input<typeof cancelBookingInput>;

const cancellationFee = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("percent"), percent: z.number().int().min(1).max(100, "At most 100 percent.") }),
  z.object({ kind: z.literal("fixed"), cents: z.number().int().min(1).max(100_000_000, "That fee is too high.") }),
]);

export const cancellationWindow = z
  .object({
    withinMinutes: minutes(1, 525_600, "Window"),
    fee: cancellationFee.nullable().default(null),
    isRefused: z.boolean().default(false),
  })
  .refine((window) => !(window.isRefused && window.fee), "A change that is refused has no fee.");

export type CancellationWindow = z.output<typeof cancellationWindow>;

/** `serviceId` null = every service without a policy of its own. No windows = always free of charge. */
export const cancellationPolicyInput = z.object({
  serviceId: z.string().max(80).nullable(),
  windows: z
    .array(cancellationWindow)
    .max(5, "At most five windows.")
    .refine((all) => new Set(all.map((each) => each.withinMinutes)).size === all.length, "Two windows are the same."),
  coversMoves: z.boolean().default(false),
});
export type CancellationPolicyInput = z.input<typeof cancellationPolicyInput>;

/** What changing a booking means at this moment; `fee` is the amount as people read it. */
export type ChangeTerms = {
  isAllowed: boolean;
  feeCents: number;
  fee: string;
  currency: string;
  freeUntilMs: number | null;
  withinMinutes: number | null;
};

export const rescheduleBookingInput = z
  .object({
    bookingId: z.string().max(80),
    slot: z.string().max(80).optional(),
    startsAt: z.iso.datetime({ offset: true }).optional(),
    /** Stays the same person if absent. */
    staffId: z.string().max(80).optional(),
    callId: z.string().optional(),
    override: z.boolean().default(false),
    ...consent,
  })
  .refine((input) => input.slot || input.startsAt, "Choose a time.");
export type RescheduleBookingInput = z.input<typeof rescheduleBookingInput>;

export const updateBookingInput = z.object({
  bookingId: z.string(),
  name: attendeeName.optional(),
  notes: attendeeNotes.optional(),
  status: z.enum(["confirmed", "completed", "no_show"]).optional(),
});

export const findSlotsInput = z.object({
  serviceId: z.string(),
  staffId: z.string().optional(),
  /** First and last local day, ISO dates; default from today to the service's horizon. */
  fromDate: isoDate.optional(),
  toDate: isoDate.optional(),
  /** Only starts at local minutes in [fromMinute, toMinute). */
  fromMinute: z.number().int().min(0).max(1440).default(0),
  toMinute: z.number().int().min(0).max(1440).default(1440),
});

/** Either one start or one local day of the business. */
export const explainInput = z
  .object({
    serviceId: z.string().max(80),
    staffId: z.string().max(80).optional(),
    startsAt: z.iso.datetime({ offset: true }).optional(),
    onDate: isoDate.optional(),
    contactId: z.string().max(80).optional(),
  })
  .refine((input) => (input.startsAt === undefined) !== (input.onDate === undefined), "Choose a time or a day.");

export type AssignedBy = "asked" | "preferred" | "round_robin" | "only_one" | "together";

const series = {
  slot: z.string().max(80).optional(),
  serviceId: z.string().max(80).optional(),
  staffId: z.string().max(80).optional(),
  /** The first start; the others keep its time on the business's wall clock. */
  startsAt: z.iso.datetime({ offset: true }).optional(),
  /** RFC 5545: daily, weekly or monthly, with COUNT or UNTIL. */
  rule: z.string().trim().min(1).max(500),
  /** Local dates to leave out. */
  exceptOn: z.array(isoDate).max(366).default([]),
  callId: z.string().optional(),
  override: z.boolean().default(false),
};
const hasTime = (input: { slot?: unknown; serviceId?: unknown; staffId?: unknown; startsAt?: unknown }) =>
  Boolean(input.slot || (input.serviceId && input.staffId && input.startsAt));

export const seriesInput = z.object(series).refine(hasTime, "Choose a time.");
export type SeriesInput = z.input<typeof seriesInput>;

export const bookSeriesInput = z
  .object({
    ...series,
    ...attendee,
    contactId: z.string().optional(),
    /** "all": every date or nothing; "free": those that can be had. */
    mode: z.enum(["all", "free"]).default("all"),
  })
  .refine(hasTime, "Choose a time.");
export type BookSeriesInput = z.input<typeof bookSeriesInput>;

/** Which bookings of a series a change means, told from one of them; those that have begun are never meant. */
export const seriesScopes = ["one", "following", "all"] as const;
export type SeriesScope = (typeof seriesScopes)[number];

export const cancelSeriesInput = z.object({
  bookingId: z.string().max(80),
  scope: z.enum(seriesScopes),
  reason: z.string().trim().max(500, "At most 500 letters.").optional(),
  callId: z.string().optional(),
  ...consent,
});
export type CancelSeriesInput = z.input<typeof cancelSeriesInput>;

export const moveSeriesInput = z
  .object({
    bookingId: z.string().max(80),
    scope: z.enum(seriesScopes),
    /** Of the booking named: the others move by as many days and take its time of day. */
    slot: z.string().max(80).optional(),
    startsAt: z.iso.datetime({ offset: true }).optional(),
    staffId: z.string().max(80).optional(),
    callId: z.string().optional(),
    override: z.boolean().default(false),
    mode: z.enum(["all", "free"]).default("all"),
    ...consent,
  })
  .refine((input) => input.slot || input.startsAt, "Choose a time.");
export type MoveSeriesInput = z.input<typeof moveSeriesInput>;

export type SeriesOccurrence = {
  /** The local date the rule names. */
  onDate: string;
  startMs: number;
  startsAt: string;
  say: string;
  /** The clocks go forward over the time of day: it is as much later as they are moved. */
  isMoved: boolean;
  /** Why it cannot be had, and the rule that decided as a sentence; undefined when it can. */
  reason: string | undefined;
  why: string | undefined;
  alternatives: SlotOffer[];
};

/** Every occurrence once, in order. */
export type SeriesReport = {
  timeZone: string;
  service: string;
  staff: string;
  occurrences: SeriesOccurrence[];
  bookable: number;
};

export type Series = {
  id: string;
  serviceName: string;
  staffName: string;
  contactId: string | null;
  attendeeName: string;
  rule: string;
  timeZone: string;
  exceptOn: string[];
  createdAt: Date;
  /** Of all its bookings, and of those confirmed and to come. */
  total: number;
  toCome: number;
  nextStartsAt: Date | null;
};

export type BookingStatus = "held" | "confirmed" | "completed" | "no_show" | "cancelled";
export type BookingSource = "agent" | "dashboard" | "link" | "api" | "import";

/** A booking as pages and tools see it; instants in UTC, `timeZone` is the zone in which it was said. */
export type Booking = {
  id: string;
  serviceId: string;
  serviceName: string;
  staffId: string;
  staffName: string;
  /** Names of further people and of the resources it occupies. */
  otherStaff: string[];
  resources: string[];
  locationId: string | null;
  /** Why this person does it. */
  assignedBy: AssignedBy;
  contactId: string | null;
  callId: string | null;
  status: BookingStatus;
  source: BookingSource;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  attendeeName: string;
  attendeePhone: string | null;
  attendeeEmail: string | null;
  notes: string;
  /** Booked while the person's calendar was not current: still to be confirmed. */
  tentative: boolean;
  priceCents: number | null;
  cancelReason: string | null;
  cancelledAt: Date | null;
  /** Owed for late changes, in minor units; recorded, not charged. */
  feeCents: number;
  feeCurrency: string | null;
  seriesId: string | null;
  createdAt: Date;
};

export type Service = {
  id: string;
  name: string;
  aliases: string[];
  description: string;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  priceCents: number | null;
  minNoticeMinutes: number;
  horizonDays: number;
  slotGridMinutes: number;
  seats: number;
  staffNeeded: number;
  maxPerDay: number | null;
  maxPerWeek: number | null;
  pools: string[][];
  locationIds: string[];
  active: boolean;
};

export type Location = {
  id: string;
  name: string;
  address: string;
  timeZone: string | null;
  active: boolean;
  /** null = follows the opening hours of the business. */
  weekly: Week | null;
};

export type ResourceClosure = { id: string; startsAt: Date; endsAt: Date; reason: string };

export type Resource = {
  id: string;
  name: string;
  locationId: string | null;
  active: boolean;
  /** Those that have not ended, the next one first. */
  closures: ResourceClosure[];
};

export type Staff = {
  id: string;
  name: string;
  email: string | null;
  timeZone: string | null;
  active: boolean;
  serviceIds: string[];
  /** null = follows the opening hours. */
  weekly: Week | null;
  locationId: string | null;
  maxPerDay: number | null;
  maxPerWeek: number | null;
  terms: { serviceId: string; durationMinutes: number | null; weight: number }[];
};

export type DateOverride = {
  id: string;
  staffId: string | null;
  locationId: string | null;
  onDate: string;
  spans: MinuteSpan[];
  reason: string;
};

/** A free time that can be booked by its id. `startsAt` carries the business's offset. */
export type SlotOffer = {
  slot: string;
  startMs: number;
  startsAt: string;
  say: string;
  staffId: string;
  staff: string;
  /** Where, if the business has several places. */
  location?: string | undefined;
  /** The person's calendar is not current: to be confirmed. */
  tentative?: boolean;
};
