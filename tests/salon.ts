import type { Database } from "@/db/client";
import type { Clock } from "@/lib/platform/clock";
import { createService } from "@/lib/scheduling/create-service";
import { createStaff } from "@/lib/scheduling/create-staff";
import { setWeeklyHours } from "@/lib/scheduling/set-weekly-hours";
import { createTestOrganization } from "./organization";

/** 10:00 on Friday 20 November 2026 in New York. */
export const FRIDAY_TEN = "2026-11-20T15:00:00Z";

const office = [{ startMinute: 540, endMinute: 1020 }];
export const weekdays = [[], office, office, office, office, office, []];

/** A salon in New York, open 9 to 5 on weekdays, with two services and two people who do both. For tests. */
export async function createSalon(database: Database, options: { now?: string | Clock; timeZone?: string } = {}) {
  const org = await createTestOrganization(database, {
    now: options.now ?? FRIDAY_TEN,
    timeZone: options.timeZone ?? "America/New_York",
  });
  const { ctx } = org;
  await setWeeklyHours(ctx, { staffId: null, weekly: weekdays });
  const haircut = await createService(ctx, {
    name: "Haircut",
    aliases: ["trim"],
    durationMinutes: 30,
    priceCents: 4500,
    slotGridMinutes: 30,
  });
  const colour = await createService(ctx, {
    name: "Colour",
    durationMinutes: 90,
    bufferBeforeMinutes: 10,
    bufferAfterMinutes: 15,
    slotGridMinutes: 30,
  });
  const anna = await createStaff(ctx, { name: "Anna Berg" });
  const ben = await createStaff(ctx, { name: "Ben Okafor" });
  return { ...org, haircut, colour, anna, ben };
}

/** 2026-11-24 at a New York time (UTC-5). */
export const tuesday = (time: string): string => `2026-11-24T${time}:00-05:00`;
