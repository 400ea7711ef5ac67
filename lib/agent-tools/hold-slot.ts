import { z } from "zod";
import { holdSlot, isoInZone, sayInstant, zoneOf } from "@/lib/scheduling";
import { refusedTime } from "./refused-time";
import { defineTool } from "./types";

export const holdSlotTool = defineTool({
  name: "hold_slot",
  description:
    "Keeps one offered time for five minutes while the caller gives a name or decides. Pass the slot id of an offer. Not a booking: call book_appointment afterwards.",
  parameters: z.object({ slot: z.string().trim().min(1).max(80).describe("The slot id of an offer, unchanged") }),
  identityLevel: 0,
  async run(ctx, { slot }, call) {
    const held = await holdSlot(ctx, { slot, callId: call.callId });
    if (!held.ok) return refusedTime(ctx, call, held.reason, held.detail);
    const zone = zoneOf(call.timeZone);
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
