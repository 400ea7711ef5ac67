import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { bookings, services, staff } from "@/db/schema";
import type { Context } from "@/lib/platform/context";

/** The columns of a Booking, one row each whatever it occupies; continue with order and limit. */
export const selectBookings = (ctx: Context, tx: Tx, where: SQL | undefined) =>
  tx
    .select({
      id: bookings.id,
      serviceId: bookings.serviceId,
      serviceName: services.name,
      staffId: bookings.staffId,
      staffName: staff.name,
      otherStaff: names("staff"),
      resources: names("resource"),
      locationId: bookings.locationId,
      assignedBy: bookings.assignedBy,
      assignedWhy: bookings.assignedWhy,
      contactId: bookings.contactId,
      callId: bookings.callId,
      status: bookings.status,
      source: bookings.source,
      startsAt: bookings.startsAt,
      endsAt: bookings.endsAt,
      timeZone: bookings.timeZone,
      attendeeName: bookings.attendeeName,
      attendeePhone: bookings.attendeePhone,
      attendeeEmail: bookings.attendeeEmail,
      notes: bookings.notes,
      tentative: bookings.tentative,
      priceCents: bookings.priceCents,
      cancelReason: bookings.cancelReason,
      cancelledAt: bookings.cancelledAt,
      feeCents: bookings.feeCents,
      feeCurrency: bookings.feeCurrency,
      seriesId: bookings.seriesId,
      createdAt: bookings.createdAt,
    })
    .from(bookings)
    .innerJoin(services, and(eq(services.orgId, bookings.orgId), eq(services.id, bookings.serviceId)))
    .innerJoin(staff, and(eq(staff.orgId, bookings.orgId), eq(staff.id, bookings.staffId)))
    .where(and(eq(bookings.orgId, ctx.orgId), isNull(bookings.partOfId), where));

/** Who and what else a booking occupies: in the rows that are part of it, a first resource in its own. */
const names = (kind: "staff" | "resource") => sql<string[]>`coalesce((select json_agg(distinct n.name order by n.name)
  from bookings p join ${sql.raw(kind === "staff" ? "staff" : "resources")} n on n.org_id = p.org_id and n.id = p.${sql.raw(`${kind}_id`)}
  where p.org_id = ${bookings.orgId} and ${kind === "staff" ? sql`p.part_of_id = ${bookings.id} and p.staff_id <> ${bookings.staffId}` : sql`(p.id = ${bookings.id} or p.part_of_id = ${bookings.id})`}), '[]')`;
