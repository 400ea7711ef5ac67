import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { findSlots, getService } from "@/lib/scheduling";
import { closeExpired, loadWaiting, lockWaitlist, timeKey } from "./load-waiting";
import { type MadeOffer, makeOffer } from "./make-offer";
import { wants } from "./rules/rank";

/**
 * Offers one entry the first free time it waits for and was not offered yet, out of its turn. Refusals: `nothing_free`,
 * `not_waiting` (it has an open offer, is booked or has left). Throws `not_found`.
 */
export async function offerByHand(
  ctx: Context,
  input: { entryId: string },
): Promise<Result<MadeOffer, "nothing_free" | "not_waiting">> {
  authorise(ctx, "bookings.write");
  return inTenant(ctx, async (tx, joined) => {
    await lockWaitlist(ctx, tx);
    await closeExpired(joined);
    const everybody = await loadWaiting(ctx, tx);
    const entry = everybody.find((each) => each.id === input.entryId);
    if (!entry) return refuse("not_waiting");
    const service = await getService(joined, entry.serviceId);
    if (!service.active) throw notFound("This service");
    const { slots } = await findSlots(joined, {
      serviceId: entry.serviceId,
      staffId: entry.staffId ?? undefined,
      fromDate: entry.fromOn ?? undefined,
      toDate: entry.toOn ?? undefined,
      fromMinute: entry.fromMinute,
      toMinute: entry.toMinute,
    });
    const slot = slots.find(
      (each) => wants(entry, each) && !entry.offered.includes(timeKey(each.staffId, each.startMs)),
    );
    if (!slot) return refuse("nothing_free");
    const { minNoticeMinutes } = service;
    const rivals = everybody.filter((each) => each.serviceId === entry.serviceId);
    const place = { rank: rivals.indexOf(entry) + 1, ranked: rivals.length };
    const offer = await makeOffer(joined, entry, slot, { ...place, minNoticeMinutes });
    return offer ? ok(offer) : refuse("nothing_free");
  });
}
