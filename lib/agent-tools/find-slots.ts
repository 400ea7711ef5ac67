import { z } from "zod";
import { findSlotsAsSaid, readAheadOfSlots } from "@/lib/scheduling";
import { callersBooking } from "./callers-bookings";
import { sayTentative, toOffers } from "./offers";
import { saidTime } from "./said-time";
import { defineTool } from "./types";

export const findSlotsTool = defineTool({
  name: "find_slots",
  description:
    "Finds free times for a service. Pass day and time exactly as the caller said them; never work out dates yourself. Answers with at most three offers, each with a slot id to pass to hold_slot or book_appointment, or with a question to ask. A tentative offer is to be confirmed: say so.",
  parameters: z.object({
    service: z.string().max(120).optional().describe("The service as the caller named it"),
    ...saidTime,
    day: saidTime.day.describe(
      "As said: 'tomorrow', 'next tuesday', 'the 24th', or an ISO date. Leave out for the soonest",
    ),
    booking: z.string().max(80).optional().describe("When one is moved: its id, for 'the same time' or 'the same day'"),
  }),
  identityLevel: 0,
  readAhead(ctx, { booking, ...args }, { callId, contactId }) {
    if (!booking) readAheadOfSlots(ctx, { ...args, callId, ...(contactId ? { contactId } : {}) });
  },
  async run(ctx, { booking: id, ...args }, call) {
    const booking = id ? await callersBooking(ctx, call, id) : undefined;
    const said = {
      ...args,
      ...(args.service ? {} : { serviceId: booking?.serviceId }),
      sameAsMs: booking?.startsAt.getTime(),
      movingId: booking?.id,
      ...(call.contactId ? { contactId: call.contactId } : {}),
    };
    const found = await findSlotsAsSaid(ctx, { ...said, callId: call.callId });
    if (found.ok) {
      const { service, offers, say, rule } = found.value;
      const data = { service, offers: toOffers(offers), ...(rule ? { rule } : {}) };
      return { status: "ok", say: say + sayTentative(offers), data };
    }
    const offers = toOffers(found.detail.offers);
    return {
      status: "refused",
      say: found.detail.say,
      data: { reason: found.reason, ...(found.detail.rule ? { rule: found.detail.rule } : {}) },
      ...(offers.length > 0 ? { offers } : {}),
    };
  },
});
