import type { Context } from "@/lib/platform/context";
import { isoInZone, type RefusalDetail, sayInstant, zoneOf } from "@/lib/scheduling";
import { sayOffers, toOffers } from "./offers";
import type { ToolAnswer, ToolCallInfo } from "./types";

const sentences: Record<string, (time: string) => string> = {
  slot_taken: (time) => `${time} has just gone`,
  in_the_past: (time) => `${time} has already passed`,
  too_soon: (time) => `${time} is too soon for us to arrange`,
  too_far: (time) => `${time} is further ahead than we book`,
  outside_hours: (time) => `We are not available ${time}`,
  staff_cannot: (time) => `That person is not available for this ${time}`,
  other_service: () => "That time is for another service",
  not_confirmed: () => "That booking is cancelled or over, so it cannot be moved",
};

/** What to say when a time cannot be had, with what could be had instead. */
export function refusedTime(ctx: Context, call: ToolCallInfo, reason: string, detail: RefusalDetail): ToolAnswer {
  const zone = zoneOf(detail.timeZone ?? call.timeZone);
  const time = detail.startMs === undefined ? "that time" : sayInstant(zone, detail.startMs, ctx.clock.now().getTime());
  const sentence =
    (reason === "slot_taken" ? undefined : detail.say) ?? sentences[reason]?.(time) ?? "I could not find that time";
  const offers = toOffers(detail.alternatives);
  const instead = sayOffers(detail.alternatives);
  const say = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${instead ? `; I have ${instead}.` : ". Shall I look for another time?"}`;
  const asked = detail.startMs === undefined ? {} : { startsAt: isoInZone(zone, detail.startMs) };
  return {
    status: "refused",
    say,
    data: { reason, ...(detail.rule ? { rule: detail.rule } : {}), ...asked },
    ...(offers.length > 0 ? { offers } : {}),
  };
}
