import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { getLocation, getService, sayPlace } from "@/lib/scheduling";
import { readOffers } from "./find-offer";
import type { OfferedTime } from "./schemas";

/** An offer as whoever was offered it sees it. Throws `not_found`. */
export async function getOffer(ctx: Context, offerId: string): Promise<OfferedTime> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx, joined) => {
    const [offer] = await readOffers(ctx, tx, sql`f.id = ${offerId}`);
    if (!offer) throw notFound("This offer");
    const service = await getService(joined, offer.serviceId);
    const place = offer.locationId ? await getLocation(joined, offer.locationId) : undefined;
    const { status, startsAt, endsAt, expiresAt, staffName, name, isWaiting } = offer;
    return {
      ...{ status, startsAt, expiresAt, staffName, name, isWaiting },
      endsAt: endsAt ?? new Date(startsAt.getTime() + service.durationMinutes * 60_000),
      serviceName: service.name,
      priceCents: service.priceCents,
      where: place ? sayPlace(place) : null,
      timeZone: place?.timeZone ?? null,
    };
  });
}
