import { cache } from "react";
import { getBookingPage } from "@/lib/booking-pages";
import { getOrganization } from "@/lib/organizations";
import { getOffer } from "@/lib/waitlist";
import { offerContext } from "@/lib/wiring/visitor-context";

/** What the page behind the link of an offer shows; undefined for a link that leads nowhere. */
export const offered = cache(async (token: string) => {
  const found = await offerContext(token);
  if (!found) return undefined;
  const { ctx, offerId } = found;
  const [offer, organization, page] = await Promise.all([
    getOffer(ctx, offerId),
    getOrganization(ctx),
    getBookingPage(ctx),
  ]);
  const { name, timeZone, country, currency } = organization;
  return {
    offer,
    /** `timeZone`: of the place where it is. */
    business: { name, timeZone: offer.timeZone ?? timeZone, country, currency },
    phone: page.phone,
    book: page.isOn && page.slug ? `/book/${page.slug}` : undefined,
  };
});
