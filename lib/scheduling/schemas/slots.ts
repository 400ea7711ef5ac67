import { z } from "zod";
import { isoDate } from "./fields";

export const findSlotsInput = z.object({
  serviceId: z.string(),
  staffId: z.string().optional(),
  /** Only there. */
  locationId: z.string().optional(),
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
  locationId?: string | undefined;
  /** The person's calendar is not current: to be confirmed. */
  tentative?: boolean;
};
