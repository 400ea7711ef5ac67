import { z } from "zod";
import { isoDate, name } from "./fields";
import type { Week } from "./hours";

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
