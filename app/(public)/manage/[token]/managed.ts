import { cache } from "react";
import { getBookingPage } from "@/lib/booking-pages";
import { getOrganization } from "@/lib/organizations";
import { getBooking, getChangeTerms, getLocation, sayPlace } from "@/lib/scheduling";
import { type LinkContext, linkContext } from "@/lib/wiring/visitor-context";

/** What the page behind a link shows; undefined for a link that leads nowhere. */
export const managed = cache(async (token: string) => {
  const found = await linkContext(token);
  return found && read(found);
});

async function read({ ctx, bookingId }: LinkContext) {
  const [booking, organization, page, terms] = await Promise.all([
    getBooking(ctx, bookingId),
    getOrganization(ctx),
    getBookingPage(ctx),
    getChangeTerms(ctx, bookingId),
  ]);
  const hasBegun = booking.startsAt <= ctx.clock.now();
  const place = booking.locationId ? await getLocation(ctx, booking.locationId) : undefined;
  const { name, timeZone, country, currency } = organization;
  return {
    ctx,
    booking,
    /** What cancelling and moving would mean now. */
    terms,
    /** `timeZone`: of the place where it is. */
    business: { name, timeZone: place?.timeZone ?? timeZone, country, currency },
    /** In which the business counts its days. */
    homeZone: timeZone,
    /** Where, if the business has places: "Finch Lane, 7 Finch Lane, London". */
    where: place && sayPlace(place),
    phone: page.phone,
    afterBooking: page.afterBooking,
    bookAgain: page.isOn && page.slug ? `/book/${page.slug}` : undefined,
    hasBegun,
    /** Only what is confirmed and ahead can be moved or cancelled. */
    isOpen: booking.status === "confirmed" && !hasBegun,
  };
}
