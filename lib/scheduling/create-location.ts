import { sql } from "drizzle-orm";
import { locations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { refuseUnknownZone } from "./refuse-unknown-zone";
import { type Location, type LocationInput, locationInput } from "./schemas";

/** Adds a place. Until it has hours of its own it follows the business's, read on its own wall clock. */
export async function createLocation(ctx: Context, input: LocationInput): Promise<Location> {
  authorise(ctx, "scheduling.configure");
  const values = parse(locationInput, input);
  refuseUnknownZone(values.timeZone);
  const id = newId("location");
  return inTenant(ctx, async (tx) => {
    const position = sql`(select coalesce(max(position), 0) + 1 from locations where org_id = ${ctx.orgId})`;
    await tx.insert(locations).values({ id, orgId: ctx.orgId, ...values, position });
    await recordChange(ctx, tx, {
      action: "location.changed",
      subject: { kind: "location", id },
      changes: { created: values.name },
      payload: { locationId: id },
    });
    return { id, ...values, active: true, weekly: null };
  });
}
