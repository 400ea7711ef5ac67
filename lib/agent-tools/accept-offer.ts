import { z } from "zod";
import { acceptOffer, findOpenOffers } from "@/lib/waitlist";
import { saidBooking } from "./said-booking";
import { defineTool } from "./types";
import { noOffer } from "./waitlist-offer";

export const acceptOfferTool = defineTool({
  name: "accept_offer",
  description:
    "Books the time that is kept for a caller on the waiting list. Say the time from waitlist_offer first, and only call this when the caller wants it.",
  parameters: z.object({}),
  // By the number that calls or its contact, as with bookings.
  identityLevel: 0,
  async run(ctx, _args, call) {
    const who = call.fromNumber ? { contactId: call.contactId, phone: call.fromNumber } : {};
    const [offer] = await findOpenOffers(ctx, who);
    if (!offer) return noOffer;
    const taken = await acceptOffer(ctx, { offerId: offer.id, callId: call.callId });
    if (!taken.ok)
      return {
        status: "refused",
        say: "That time can no longer be had. You keep your place on the list. Shall I look for another time?",
        data: { reason: taken.reason },
      };
    const { say, time, ...data } = saidBooking(ctx, taken.value);
    return { status: "ok", say: `You are booked for ${say}.`, data: { ...data, say: time } };
  },
});
