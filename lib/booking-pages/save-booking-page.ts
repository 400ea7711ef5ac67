import { eq } from "drizzle-orm";
import { bookingPageServices, bookingPages } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { normalisePhone } from "@/lib/contacts";
import { recordChange } from "@/lib/events";
import { getOrganization, slugFrom } from "@/lib/organizations";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { getBookingPage } from "./get-booking-page";
import { changesBetween } from "./rules/changes-between";
import { followsName } from "./rules/follows-name";
import { type BookingPage, type SaveBookingPageInput, saveBookingPageInput } from "./schemas";
import { takeAddress, takeAddressFor } from "./take-address";

/**
 * Sets up the booking page as a whole: on or off, its address, its texts, and which services stand on it (ids that are not active services
 * of the organisation are passed over). A service gets an address from its name, a new one once it is called otherwise; earlier addresses
 * of page and services keep leading to the current ones. Writes nothing when nothing differs. Refusal: `address_taken`.
 */
export async function saveBookingPage(
  ctx: Context,
  input: SaveBookingPageInput,
): Promise<Result<BookingPage, "address_taken">> {
  authorise(ctx, "scheduling.configure");
  const { slug, serviceIds, phone: typed, ...fields } = parse(saveBookingPageInput, input);
  return inTenant(ctx, async (tx, joined) => {
    const organization = await getOrganization(joined);
    const phone = typed ? normalisePhone(typed, organization.country) : null;
    if (phone === undefined)
      throw invalid([{ path: "phone", message: "This is not a telephone number in this country." }]);
    await tx
      .insert(bookingPages)
      .values({ id: newId("bookingPage"), orgId: ctx.orgId })
      .onConflictDoNothing();
    await tx.select().from(bookingPages).where(eq(bookingPages.orgId, ctx.orgId)).for("update");
    const before = await getBookingPage(joined);
    if (slug && slug !== before.slug && !(await takeAddress(joined, tx, null, slug))) return refuse("address_taken");
    if (!slug && !before.slug) await takeAddressFor(joined, tx, null, organization.slug);
    const shown = before.services.filter((service) => serviceIds.includes(service.id));
    for (const service of shown)
      if (!service.slug || !followsName(service.slug, slugFrom(service.name)))
        await takeAddressFor(joined, tx, service.id, service.name);
    await tx.delete(bookingPageServices).where(eq(bookingPageServices.orgId, ctx.orgId));
    if (shown.length > 0)
      await tx.insert(bookingPageServices).values(shown.map(({ id }) => ({ orgId: ctx.orgId, serviceId: id })));
    await tx
      .update(bookingPages)
      .set({ ...fields, phone, updatedAt: ctx.clock.now() })
      .where(eq(bookingPages.orgId, ctx.orgId));
    const after = await getBookingPage(joined);
    const changes = changesBetween(before, after);
    if (Object.keys(changes).length > 0)
      await recordChange(ctx, tx, {
        action: "booking_page.changed",
        subject: { kind: "booking_page", id: ctx.orgId },
        changes,
        payload: { isOn: after.isOn },
      });
    return ok(after);
  });
}
