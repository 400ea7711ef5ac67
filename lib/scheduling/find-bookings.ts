import { and, asc, eq, gte, ilike, lt, or } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { selectBookings } from "./booking-rows";
import type { Booking } from "./schemas";

/**
 * Coming confirmed bookings that belong to a telephone number (E.164), a contact or a call, soonest first, at most 10.
 * `name` narrows to attendees whose name contains it, `near` to the week around an instant. Nothing to look by finds nothing.
 */
export async function findBookings(
  ctx: Context,
  input: {
    phone?: string | undefined;
    contactId?: string | undefined;
    callId?: string | undefined;
    name?: string | undefined;
    near?: Date | undefined;
  },
): Promise<Booking[]> {
  authorise(ctx, "read");
  const owners = [
    input.phone ? eq(bookings.attendeePhone, input.phone) : undefined,
    input.contactId ? eq(bookings.contactId, input.contactId) : undefined,
    input.callId ? eq(bookings.callId, input.callId) : undefined,
  ].filter((condition) => condition !== undefined);
  if (owners.length === 0) return [];
  const pattern = input.name && `%${input.name.trim().replace(/[\\%_]/g, "\\$&")}%`;
  const week = 7 * 86_400_000;
  return inTenant(ctx, (tx) =>
    selectBookings(
      ctx,
      tx,
      and(
        eq(bookings.status, "confirmed"),
        gte(bookings.endsAt, ctx.clock.now()),
        // Bookings last a day at most: the index by start gives only those to come.
        gte(bookings.startsAt, new Date(ctx.clock.now().getTime() - 86_400_000)),
        or(...owners),
        pattern ? ilike(bookings.attendeeName, pattern) : undefined,
        input.near ? gte(bookings.startsAt, new Date(input.near.getTime() - week)) : undefined,
        input.near ? lt(bookings.startsAt, new Date(input.near.getTime() + week)) : undefined,
      ),
    )
      .orderBy(asc(bookings.startsAt), asc(bookings.id))
      .limit(10),
  );
}
