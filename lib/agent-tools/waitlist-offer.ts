import { z } from "zod";
import { sayInstant, zoneOf } from "@/lib/scheduling";
import { acceptOffer, declineOffer, findOpenOffers } from "@/lib/waitlist";
import { saidBooking } from "./said-booking";
import { defineTool } from "./types";

export const waitlistOfferTool = defineTool({
  name: "waitlist_offer",
  description:
    "For a caller who waits for a time and was offered one. Without an answer it says which time is kept for them; with 'accept' it books it, with 'decline' it lets it go to the next on the list. Ask the caller before you answer for them.",
  parameters: z.object({ answer: z.enum(["accept", "decline"]).optional() }),
  // By the number that calls or its contact, as with bookings.
  identityLevel: 0,
  async run(ctx, { answer }, call) {
    const who = call.fromNumber ? { contactId: call.contactId, phone: call.fromNumber } : {};
    const [offer] = await findOpenOffers(ctx, who);
    if (!offer)
      return {
        status: "refused",
        say: "No time is being kept for the number you are calling from.",
        data: { reason: "no_offer" },
      };
    const zone = zoneOf(call.timeZone);
    const said = (instant: Date) => sayInstant(zone, instant.getTime(), ctx.clock.now().getTime());
    if (answer === "decline") {
      await declineOffer(ctx, { offerId: offer.id });
      return { status: "ok", say: "That is fine. You keep your place on the list.", data: { declined: true } };
    }
    if (answer !== "accept")
      return {
        status: "ok",
        say: `We are keeping ${said(offer.startsAt)} with ${offer.staffName} for you, until ${said(offer.expiresAt)}. Would you like it?`,
        data: { startsAt: offer.startsAt, keptUntil: offer.expiresAt },
      };
    const taken = await acceptOffer(ctx, { offerId: offer.id, callId: call.callId });
    if (!taken.ok)
      return {
        status: "refused",
        say: "That time can no longer be had. You keep your place on the list. Shall I look for another time?",
        data: { reason: taken.reason },
      };
    const { say, time, ...data } = saidBooking(ctx, call, taken.value);
    return { status: "ok", say: `You are booked for ${say}.`, data: { ...data, say: time } };
  },
});
