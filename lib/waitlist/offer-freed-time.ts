import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { findSlots, listServices } from "@/lib/scheduling";
import type { Service, SlotOffer } from "@/lib/scheduling/schemas";
import { closeExpired, loadWaiting, lockWaitlist, timeKey } from "./load-waiting";
import { type MadeOffer, makeOffer } from "./make-offer";
import { wants } from "./rules/rank";

/** Time of one person that has become free. */
export type FreedTime = { staffId: string; startMs: number; endMs: number };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Offers freed time to those who wait for it, in the order of the ranking: to each the first start that takes up some of it, is bookable by
 * the rules of any booking, and was not offered to them before. The time is held while an offer is open, so that what is left goes to the
 * next, and a time is never offered to two. Safe to run again: what is held is no longer free.
 */
export async function offerFreedTime(ctx: Context, freed: FreedTime): Promise<MadeOffer[]> {
  authorise(ctx, "bookings.write");
  return inTenant(ctx, async (tx, joined) => {
    await lockWaitlist(ctx, tx);
    await closeExpired(joined);
    const waiting = await loadWaiting(ctx, tx);
    if (waiting.length === 0) return [];
    const services = new Map((await listServices(joined)).map((service) => [service.id, service]));
    const free = new Map<string, SlotOffer[]>();
    const made: MadeOffer[] = [];
    for (const entry of waiting) {
      const service = services.get(entry.serviceId);
      if (!service) continue;
      let slots = free.get(service.id);
      if (!slots) {
        slots = await freeWithin(joined, service, freed);
        free.set(service.id, slots);
      }
      const slot = slots.find(
        (each) => wants(entry, each) && !entry.offered.includes(timeKey(each.staffId, each.startMs)),
      );
      if (!slot) continue;
      const { minNoticeMinutes } = service;
      const rivals = waiting.filter((each) => each.serviceId === entry.serviceId);
      const place = { rank: rivals.indexOf(entry) + 1, ranked: rivals.length };
      const offer = await makeOffer(joined, entry, slot, { ...place, minNoticeMinutes });
      if (offer) made.push(offer);
      // Held or gone: either way what was read before no longer holds.
      free.clear();
    }
    return made;
  });
}

/** Free starts of a service with the person that take up some of the freed time. */
async function freeWithin(ctx: Context, service: Service, freed: FreedTime): Promise<SlotOffer[]> {
  const dayBefore = new Date(freed.startMs - DAY_MS).toISOString().slice(0, 10);
  const dayAfter = new Date(freed.endMs + DAY_MS).toISOString().slice(0, 10);
  const asked = { serviceId: service.id, staffId: freed.staffId, fromDate: dayBefore, toDate: dayAfter };
  const { slots } = await findSlots(ctx, asked);
  const length = service.durationMinutes * MINUTE_MS;
  return slots.filter((slot) => slot.startMs < freed.endMs && slot.startMs + length > freed.startMs);
}
