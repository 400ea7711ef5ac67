import { z } from "zod";
import { holdSlot, isoInZone, sayInstant, zoneOf } from "@/lib/scheduling";
import { refusedTime } from "./refused-time";
import { offeredSlot, saidTime, slotMeant } from "./said-time";
import { defineTool } from "./types";

export const holdSlotTool = defineTool({
  name: "hold_slot",
  description:
    "Keeps one time for five minutes while the caller gives a name or decides. Pass the slot id of an offer, or the service, day and time as the caller said them: then it is kept if they mean one time and it is free, else the answer is a question or other times. Not a booking: call book_appointment afterwards with the slot in the answer.",
  parameters: z.object({
    slot: offeredSlot,
    service: z.string().max(120).optional().describe("The service as the caller named it"),
    ...saidTime,
  }),
  identityLevel: 0,
  async run(ctx, args, call) {
    const meant = await slotMeant(ctx, call, args);
    if ("answer" in meant) return meant.answer;
    const { slot } = meant;
    const held = await holdSlot(ctx, { slot, callId: call.callId });
    if (!held.ok) return refusedTime(ctx, call, held.reason, held.detail);
    const zone = zoneOf(held.value.timeZone);
    const said = sayInstant(zone, held.value.startMs, ctx.clock.now().getTime());
    return {
      status: "ok",
      say: `I am keeping ${said} for you. What name shall I put it under?`,
      data: {
        slot,
        startsAt: isoInZone(zone, held.value.startMs),
        heldUntil: isoInZone(zone, held.value.expiresAt.getTime()),
      },
    };
  },
});
