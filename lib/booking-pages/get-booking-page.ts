import { eq } from "drizzle-orm";
import { bookingPageServices, bookingPages } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { listServices } from "@/lib/scheduling";
import type { BookingPage } from "./schemas";
import { listAddresses } from "./take-address";

/** The booking page as its owner has set it up; off and without an address while nobody has. */
export async function getBookingPage(ctx: Context): Promise<BookingPage> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx, joined) => {
    const [page] = await tx.select().from(bookingPages).where(eq(bookingPages.orgId, ctx.orgId));
    const rows = await tx.select().from(bookingPageServices).where(eq(bookingPageServices.orgId, ctx.orgId));
    const current = (await listAddresses(joined, tx)).filter((address) => address.isCurrent);
    const slugOf = (serviceId: string | null) => current.find((each) => each.serviceId === serviceId)?.slug ?? null;
    const shown = new Set(rows.map((row) => row.serviceId));
    const services = await listServices(joined);
    return {
      isOn: page?.isOn ?? false,
      isListed: page?.isListed ?? false,
      slug: slugOf(null),
      welcome: page?.welcome ?? "",
      afterBooking: page?.afterBooking ?? "",
      phone: page?.phone ?? null,
      services: services.map(({ id, name, durationMinutes }) => ({
        id,
        name,
        durationMinutes,
        isOn: shown.has(id),
        slug: slugOf(id),
      })),
    };
  });
}
