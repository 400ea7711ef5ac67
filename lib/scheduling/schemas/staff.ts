import { z } from "zod";
import { limit, name, ownLength, share } from "./fields";
import { type Week, week } from "./hours";

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
