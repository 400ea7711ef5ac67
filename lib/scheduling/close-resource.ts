import { and, count, eq, inArray, sql } from "drizzle-orm";
import { bookings, resourceClosures } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { getResource } from "./list-resources";
import { loadSchedule } from "./load-schedule";
import { parseIsoDay } from "./rules/civil";
import { toInstant } from "./rules/zone";
import { type ResourceClosureInput, resourceClosureInput } from "./schemas";

/**
 * Closes a room or a machine for a time on the wall clock of where it is: nothing is offered or booked in it then. What is booked there
 * already stays; `booked` tells how many those are. Throws `not_found`.
 */
export async function closeResource(
  ctx: Context,
  input: ResourceClosureInput,
): Promise<{ id: string; booked: number }> {
  authorise(ctx, "scheduling.configure");
  const { resourceId, reason, ...when } = parse(resourceClosureInput, input);
  return inTenant(ctx, async (tx, joined) => {
    const resource = await getResource(joined, resourceId);
    const schedule = await loadSchedule(ctx, tx);
    const { zone } = schedule.locations.find((each) => each.id === resource.locationId) ?? schedule;
    const startMs = toInstant(zone, parseIsoDay(when.fromDate) ?? 0, when.fromMinute);
    const endMs = toInstant(zone, parseIsoDay(when.untilDate) ?? 0, when.untilMinute);
    if (endMs <= startMs) throw invalid([{ path: "untilDate", message: "The end must come after the start." }]);
    if (endMs <= ctx.clock.now().getTime()) throw invalid([{ path: "untilDate", message: "That has passed already." }]);
    const id = newId("resourceClosure");
    const [startsAt, endsAt] = [new Date(startMs), new Date(endMs)];
    await tx.insert(resourceClosures).values({ id, orgId: ctx.orgId, resourceId, startsAt, endsAt, reason });
    const [found] = await tx
      .select({ booked: count(sql`distinct coalesce(${bookings.partOfId}, ${bookings.id})`) })
      .from(bookings)
      .where(
        and(
          eq(bookings.orgId, ctx.orgId),
          eq(bookings.resourceId, resourceId),
          inArray(bookings.status, ["held", "confirmed"]),
          sql`${bookings.blockStartMs} < ${endMs} and ${bookings.blockEndMs} > ${startMs}`,
        ),
      );
    await recordChange(ctx, tx, {
      action: "resource.changed",
      subject: { kind: "resource", id: resourceId },
      changes: { closed: { from: startsAt.toISOString(), to: endsAt.toISOString() }, ...(reason ? { reason } : {}) },
      payload: { resourceId },
    });
    return { id, booked: found?.booked ?? 0 };
  });
}
