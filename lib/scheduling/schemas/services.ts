import { z } from "zod";
import { limit, minutes, name, ownLength, share } from "./fields";

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

/** Who does a service, and on which terms; whoever is not named does not do it. */
export const serviceStaffInput = z.object({
  serviceId: z.string().max(80),
  people: z
    .array(z.object({ staffId: z.string().max(80), durationMinutes: ownLength, weight: share }))
    .max(500)
    .refine((all) => new Set(all.map((each) => each.staffId)).size === all.length, "Somebody is named twice."),
});
export type ServiceStaffInput = z.input<typeof serviceStaffInput>;

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
