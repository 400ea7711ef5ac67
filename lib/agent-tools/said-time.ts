import { z } from "zod";
import type { Context } from "@/lib/platform/context";
import { findSlotsAsSaid } from "@/lib/scheduling";
import type { Booking } from "@/lib/scheduling/schemas";
import { toOffers } from "./offers";
import type { ToolAnswer, ToolCallInfo } from "./types";

const words = (what: string) => z.string().max(120).optional().describe(what);

/** When and with whom, in the caller's words. */
export const saidTime = {
  day: words("As said: 'tomorrow', 'next tuesday', 'the 24th', or an ISO date"),
  time: words("As said: '3 pm', 'half past two', 'after 4'"),
  window: words("morning, afternoon, evening or any"),
  staff: words("The person the caller asked for, if any"),
  location: words("The place the caller asked for, if the business has several"),
};

export const offeredSlot = z
  .string()
  .trim()
  .max(80)
  .optional()
  .describe("The slot id of an offer, unchanged. Without one, pass day and time as the caller said them");

type SaidTime = { [name in keyof typeof saidTime | "slot" | "service"]?: string | undefined };

/**
 * The one time a caller means: the slot of an offer, or what they said where that is one time of one day and free. Everything else is the
 * answer to give: the question where it can be understood in several ways, the rule and other times where it cannot be had.
 */
export async function slotMeant(
  ctx: Context,
  call: ToolCallInfo,
  { slot, ...said }: SaidTime,
  booking?: Booking,
): Promise<{ slot: string } | { answer: ToolAnswer }> {
  if (slot) return { slot };
  if (![said.day, said.time, said.window].some((each) => each?.trim()))
    return {
      answer: { status: "refused", say: "Which day and what time would suit you?", data: { reason: "question" } },
    };
  const found = await findSlotsAsSaid(ctx, {
    ...said,
    ...(booking ? ofBooking(booking) : {}),
    ...(call.contactId ? { contactId: call.contactId } : {}),
    callId: call.callId,
  });
  if (found.ok && found.value.exact) return { slot: found.value.exact.slot };
  const { say, offers, rule } = found.ok ? found.value : found.detail;
  const reason = !found.ok ? found.reason : found.value.namesTime ? "not_free" : "question";
  const other = toOffers(offers);
  return {
    answer: {
      status: "refused",
      say,
      data: { reason, ...(rule ? { rule } : {}) },
      ...(other.length > 0 ? { offers: other } : {}),
    },
  };
}

/** What is moved stays the same service with the same person unless somebody else is asked for, and is not in its own way. */
const ofBooking = ({ id, serviceId, staffId, startsAt }: Booking) => ({
  serviceId,
  staffId,
  sameAsMs: startsAt.getTime(),
  movingId: id,
});
