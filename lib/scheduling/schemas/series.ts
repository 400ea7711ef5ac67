import { z } from "zod";
import { attendee, consent, isoDate } from "./fields";
import type { SlotOffer } from "./slots";

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

/** Another series of the same wish: what was changed from one of its dates on. */
export type SeriesPart = { id: string; startsOn: string; startMinute: number };

export type Series = {
  id: string;
  serviceName: string;
  staffName: string;
  contactId: string | null;
  attendeeName: string;
  rule: string;
  timeZone: string;
  exceptOn: string[];
  /** The local date it begins with, and its time of day. */
  startsOn: string;
  startMinute: number;
  /** The series it goes on for, and those that go on for it, by their first date. */
  splitFrom: SeriesPart | null;
  goesOnAs: SeriesPart[];
  createdAt: Date;
  /** Of all its bookings, and of those confirmed and to come. */
  total: number;
  toCome: number;
  nextStartsAt: Date | null;
};
