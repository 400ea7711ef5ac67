import { z } from "zod";
import {
  getCancellationPolicy,
  getChangeTerms,
  isoInZone,
  listServices,
  matchName,
  sayInstant,
  zoneOf,
} from "@/lib/scheduling";
import { callersBooking, notTheirs } from "./callers-bookings";
import { defineTool } from "./types";

export const checkPolicyTool = defineTool({
  name: "check_policy",
  description:
    "What cancelling or moving costs and until when it is free: of one of the caller's bookings (pass its id from find_booking) or, without one, of a service in general. Changes nothing.",
  parameters: z.object({
    booking: z.string().max(80).optional().describe("The booking id from find_booking, unchanged"),
    service: z.string().max(120).optional().describe("The service as the caller named it"),
  }),
  identityLevel: 0,
  async run(ctx, { booking: id, service: named }, call) {
    const booking = id?.trim() ? await callersBooking(ctx, call, id) : undefined;
    if (id?.trim() && !booking) return notTheirs();
    const match = named?.trim() && !booking ? matchName(await listServices(ctx), named) : undefined;
    const serviceId = booking?.serviceId ?? (match?.kind === "one" ? match.item.id : null);
    const { say } = await getCancellationPolicy(ctx, serviceId);
    if (!booking) return { status: "ok", say, data: {} };
    const { cancel, move } = await getChangeTerms(ctx, booking.id);
    const zone = zoneOf(call.timeZone);
    const now = ctx.clock.now().getTime();
    const until =
      cancel.freeUntilMs !== null && cancel.freeUntilMs > now
        ? ` That is until ${sayInstant(zone, cancel.freeUntilMs, now)}.`
        : "";
    const today = cancel.isAllowed
      ? cancel.feeCents > 0
        ? ` Cancelling now costs ${cancel.fee}.`
        : ""
      : " It is too late to cancel it now.";
    return {
      status: "ok",
      say: `${say}${until}${today}`,
      data: {
        freeUntil: cancel.freeUntilMs === null ? null : isoInZone(zone, cancel.freeUntilMs),
        cancelNow: { isAllowed: cancel.isAllowed, feeCents: cancel.feeCents },
        moveNow: { isAllowed: move.isAllowed, feeCents: move.feeCents },
      },
    };
  },
});
