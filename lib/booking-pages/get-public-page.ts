import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { getOrganization } from "@/lib/organizations";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { listLocations, listServices, listStaff } from "@/lib/scheduling";
import type { Service, Staff } from "@/lib/scheduling/schemas";
import type { PublicPage } from "./schemas";
import { listAddresses } from "./take-address";

type Row = {
  isListed: boolean;
  welcome: string;
  afterBooking: string;
  phone: string | null;
  serviceIds: string[];
};

/**
 * All that a visitor may know: the business's name and zone, the texts, and the services its owner has put on the page that somebody
 * does, with their names. Throws `not_found` while the page is off.
 */
export async function getPublicPage(ctx: Context): Promise<PublicPage> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx, joined) => {
    const [{ rows }, organization, addresses, services, staff, locations] = await Promise.all([
      tx.execute(sql`select is_listed as "isListed", welcome, after_booking as "afterBooking", phone,
        coalesce((select json_agg(service_id) from booking_page_services where org_id = ${ctx.orgId}), '[]') as "serviceIds"
        from booking_pages where org_id = ${ctx.orgId} and is_on`),
      getOrganization(joined),
      listAddresses(joined, tx),
      listServices(joined),
      listStaff(joined),
      listLocations(joined),
    ]);
    const page = (rows as Row[])[0];
    if (!page) throw notFound("This booking page");
    const current = new Map(addresses.filter((each) => each.isCurrent).map((each) => [each.serviceId, each.slug]));
    const shown = services.flatMap((service) => {
      const slug = current.get(service.id);
      const there = locations.filter(
        (each) => each.active && (service.locationIds.length === 0 || service.locationIds.includes(each.id)),
      );
      const people = staff.filter(
        (person) =>
          person.serviceIds.includes(service.id) &&
          (person.locationId === null || there.some((each) => each.id === person.locationId)),
      );
      if (!slug || !page.serviceIds.includes(service.id) || people.length === 0) return [];
      const { id, name, description, durationMinutes, priceCents, horizonDays } = service;
      const names = people.map((person) => ({
        id: person.id,
        name: person.name,
        placeId: person.locationId,
        durationMinutes: minutesFor(service, person),
      }));
      const places = there
        .filter((each) => people.some((person) => person.locationId === each.id))
        .map((each) => ({
          id: each.id,
          name: each.name,
          address: each.address,
          timeZone: each.timeZone ?? organization.timeZone,
        }));
      return [{ id, slug, name, description, durationMinutes, priceCents, horizonDays, staff: names, places }];
    });
    const moved = addresses.flatMap(({ serviceId, slug, isCurrent }) => {
      const now = current.get(serviceId);
      return serviceId && !isCurrent && now ? [[slug, now] as const] : [];
    });
    const { name, timeZone, country, currency } = organization;
    const { isListed, welcome, afterBooking, phone } = page;
    return {
      name,
      timeZone,
      country,
      currency,
      isListed,
      welcome,
      afterBooking,
      phone,
      services: shown,
      movedServices: Object.fromEntries(moved),
    };
  });
}

/** As long as it takes this person; what several do together takes as long as the service says. */
function minutesFor({ id, staffNeeded, durationMinutes }: Service, { terms }: Staff): number {
  const own = staffNeeded === 1 ? terms.find((each) => each.serviceId === id)?.durationMinutes : undefined;
  return own ?? durationMinutes;
}
