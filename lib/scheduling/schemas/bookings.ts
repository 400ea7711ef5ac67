import { z } from "zod";
import { attendee, attendeeName, attendeeNotes, changedEmail, consent } from "./fields";

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

export const cancelBookingInput = z.object({
  bookingId: z.string().max(80),
  reason: z.string().trim().max(500, "At most 500 letters.").optional(),
  callId: z.string().optional(),
  ...consent,
});
export type CancelBookingInput = z.input<typeof cancelBookingInput>;

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
  email: changedEmail.optional(),
  notes: attendeeNotes.optional(),
  status: z.enum(["confirmed", "completed", "no_show"]).optional(),
});

export type AssignedBy = "asked" | "preferred" | "round_robin" | "only_one" | "together";

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
  /** By turn: how they stood when it was booked, "2 of 7 turns so far"; "" for every other reason. The row tells it. */
  assignedWhy?: string;
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
