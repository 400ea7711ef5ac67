import { and, asc, eq, sql } from "drizzle-orm";
import { services } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import type { Service } from "./schemas";

const columns = {
  id: services.id,
  name: services.name,
  aliases: services.aliases,
  description: services.description,
  durationMinutes: services.durationMinutes,
  bufferBeforeMinutes: services.bufferBeforeMinutes,
  bufferAfterMinutes: services.bufferAfterMinutes,
  priceCents: services.priceCents,
  minNoticeMinutes: services.minNoticeMinutes,
  horizonDays: services.horizonDays,
  slotGridMinutes: services.slotGridMinutes,
  seats: services.seats,
  staffNeeded: services.staffNeeded,
  maxPerDay: services.maxPerDay,
  maxPerWeek: services.maxPerWeek,
  pools: sql<
    string[][]
  >`coalesce((select json_agg(ids order by pool) from (select pool, json_agg(resource_id order by resource_id) as ids
    from service_resources where service_id = ${services}.id group by pool) p), '[]')`,
  locationIds: sql<string[]>`coalesce((select json_agg(location_id order by location_id) from service_locations
    where service_id = ${services}.id), '[]')`,
  active: services.active,
};

/** In the owner's order; archived ones only on request. */
export async function listServices(ctx: Context, options: { includeArchived?: boolean } = {}): Promise<Service[]> {
  authorise(ctx, "read");
  return inTenant(ctx, (tx) =>
    tx
      .select(columns)
      .from(services)
      .where(and(eq(services.orgId, ctx.orgId), options.includeArchived ? undefined : eq(services.active, true)))
      .orderBy(asc(services.position), asc(services.id)),
  );
}

/** Archived ones too. Throws `not_found`. */
export async function getService(ctx: Context, serviceId: string): Promise<Service> {
  authorise(ctx, "read");
  const [service] = await inTenant(ctx, (tx) =>
    tx
      .select(columns)
      .from(services)
      .where(and(eq(services.orgId, ctx.orgId), eq(services.id, serviceId))),
  );
  if (!service) throw notFound("This service");
  return service;
}
