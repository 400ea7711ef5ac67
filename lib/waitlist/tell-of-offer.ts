import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { getOrganization } from "@/lib/organizations";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { Mailer } from "@/lib/platform/mail";
import { getLocation, getService, sayInstant, sayPlace, zoneOf } from "@/lib/scheduling";
import { createOfferLink } from "./create-offer-link";
import { readOffers } from "./find-offer";

/**
 * Writes to whoever was offered a time, where they have an e-mail address, with the link to take or decline it by; says whether a letter
 * went out. Sent once: run again, or when the offer is no longer open, it does nothing; killed after the letter was taken, it sends the same
 * letter, link and key again.
 */
export async function tellOfOffer(
  ctx: Context,
  offerId: string,
  { mailer, appUrl }: { mailer: Mailer; appUrl: string },
): Promise<boolean> {
  authorise(ctx, "bookings.write");
  const letter = await inTenant(ctx, async (tx, joined) => {
    const [offer] = await readOffers(ctx, tx, sql`f.id = ${offerId}`);
    if (!offer?.email || offer.toldAt || offer.status !== "open") return undefined;
    const organization = await getOrganization(joined);
    const place = offer.locationId ? await getLocation(joined, offer.locationId) : undefined;
    const { name } = organization;
    const timeZone = place?.timeZone ?? organization.timeZone;
    const service = await getService(joined, offer.serviceId);
    const { token } = await createOfferLink(ctx, tx, offer.id);
    const link = `${appUrl}/offer/${token}`;
    const said = (instant: Date) => sayInstant(zoneOf(timeZone), instant.getTime(), ctx.clock.now().getTime());
    return {
      to: offer.email,
      key: `offer:${offer.id}`,
      subject: `${name}: a time has become free`,
      text: [
        `Hello${offer.name ? ` ${offer.name}` : ""},`,
        "",
        `A time you are waiting for has become free: ${service.name} with ${offer.staffName}, ${said(offer.startsAt)} (${timeZone}).`,
        ...(place ? [`Where: ${sayPlace(place)}`] : []),
        "",
        `It is kept for you until ${said(offer.expiresAt)}; afterwards it goes to the next on the list. Take it, or let it go, here:`,
        link,
        "",
        `You can also call ${name}. Whoever has this link can answer for you.`,
      ].join("\n"),
      data: { link },
    };
  });
  if (!letter) return false;
  await mailer.send(letter);
  await inTenant(ctx, (tx) =>
    tx.execute(sql`update waitlist_offers set told_at = ${ctx.clock.now().toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and id = ${offerId}`),
  );
  return true;
}
