import { z } from "zod";
import { sayInstant, zoneOf } from "@/lib/scheduling";
import { declineOffer, findOpenOffers } from "@/lib/waitlist";
import { defineTool, type ToolAnswer } from "./types";

export const noOffer: ToolAnswer = {
  status: "refused",
  say: "No time is being kept for the number you are calling from.",
  data: { reason: "no_offer" },
};

export const waitlistOfferTool = defineTool({
  name: "waitlist_offer",
  description:
    "For a caller on the waiting list: says which time is kept for them and until when. To book it call accept_offer; with decline it goes to the next on the list. Ask the caller before you decline for them.",
  parameters: z.object({
    decline: z.boolean().optional().describe("True only when the caller does not want the time"),
  }),
  // By the number that calls or its contact, as with bookings.
  identityLevel: 0,
  async run(ctx, { decline }, call) {
    const who = call.fromNumber ? { contactId: call.contactId, phone: call.fromNumber } : {};
    const [offer] = await findOpenOffers(ctx, who);
    if (!offer) return noOffer;
    const zone = zoneOf(call.timeZone);
    const said = (instant: Date) => sayInstant(zone, instant.getTime(), ctx.clock.now().getTime());
    if (decline) {
      await declineOffer(ctx, { offerId: offer.id });
      return { status: "ok", say: "That is fine. You keep your place on the list.", data: { declined: true } };
    }
    return {
      status: "ok",
      say: `We are keeping ${said(offer.startsAt)} with ${offer.staffName} for you, until ${said(offer.expiresAt)}. Would you like it?`,
      data: { startsAt: offer.startsAt, keptUntil: offer.expiresAt },
    };
  },
});
