import { z } from "zod";

/** Browser-safe: what forms and agent tools send, and what pages show. */

const isoDate = z.iso.date("Choose a date.");

export const joinWaitlistInput = z
  .object({
    serviceId: z.string().max(80),
    /** Absent = anybody. */
    staffId: z.string().max(80).optional(),
    contactId: z.string().optional(),
    callId: z.string().optional(),
    name: z.string().trim().min(1, "Give a name.").max(120, "At most 120 letters."),
    phone: z.string().trim().max(40, "That is too long for a telephone number.").optional(),
    email: z.email("That is not an e-mail address.").max(200).optional(),
    notes: z.string().trim().max(2000, "At most 2,000 letters.").default(""),
    /** Local dates, both included. */
    fromOn: isoDate.optional(),
    toOn: isoDate.optional(),
    fromMinute: z.number().int().min(0).max(1439).default(0),
    toMinute: z.number().int().min(1).max(1440).default(1440),
    /** The higher is asked first; members only, 0 for everybody else. */
    priority: z.number().int().min(-100).max(100).default(0),
  })
  .refine((input) => input.fromMinute < input.toMinute, {
    path: ["toMinute"],
    error: "The end must come after the start.",
  })
  .refine((input) => !input.fromOn || !input.toOn || input.fromOn <= input.toOn, {
    path: ["toOn"],
    error: "The last date must not come before the first.",
  });
export type JoinWaitlistInput = z.input<typeof joinWaitlistInput>;

export type OfferStatus = "open" | "accepted" | "declined" | "expired" | "withdrawn";

export type WaitlistOffer = {
  id: string;
  entryId: string;
  holdId: string;
  slot: string;
  staffId: string;
  staffName: string;
  startsAt: Date;
  /** As it is at this moment: an offer past its end is expired, whatever stands in the row. */
  status: OfferStatus;
  /** Its place among those who wanted the time when it was offered, and how many they were. */
  rank: number;
  ranked: number;
  offeredAt: Date;
  expiresAt: Date;
  toldAt: Date | null;
};

/** An offer as whoever was offered it sees it. */
export type OfferedTime = Pick<WaitlistOffer, "status" | "startsAt" | "expiresAt" | "staffName"> & {
  serviceName: string;
  priceCents: number | null;
  endsAt: Date;
  /** "Finch Lane, 7 Finch Lane, London", and the zone of that place; null of a business without places, or of one in its own zone. */
  where: string | null;
  timeZone: string | null;
  /** Who waits, as they gave their name. */
  name: string;
  /** They are still on the list. */
  isWaiting: boolean;
};

export type WaitlistEntry = {
  id: string;
  serviceId: string;
  serviceName: string;
  staffId: string | null;
  staffName: string | null;
  contactId: string | null;
  name: string;
  phone: string | null;
  /** Of the entry, else of its contact. */
  email: string | null;
  notes: string;
  priority: number;
  joinedAt: Date;
  fromOn: string | null;
  toOn: string | null;
  fromMinute: number;
  toMinute: number;
  /** The newest. */
  offer: WaitlistOffer | null;
};
