import type { Context } from "@/lib/platform/context";
import { findSlots, isoOf } from "@/lib/scheduling";
import type { SlotOffer } from "@/lib/scheduling/schemas";

const DAY_MS = 86_400_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:00(\.000)?)?Z$/;

/** The days on either side of it are looked at as well, and have to be dates of four figures. */
const LAST_MS = Date.UTC(9999, 0);

/** An instant as our addresses write it (ISO, UTC, whole minutes), in milliseconds; undefined for anything else. */
export function readInstant(text = ""): number | undefined {
  const ms = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return ms >= 0 && ms < LAST_MS ? ms : undefined;
}

/** The free time that begins at an instant, if it is free. */
export async function findOffer(
  ctx: Context,
  {
    startMs,
    ...asked
  }: { serviceId: string; staffId?: string | undefined; locationId?: string | undefined; startMs: number },
): Promise<SlotOffer | undefined> {
  const day = Math.floor(startMs / DAY_MS);
  // The business's date of an instant is the UTC one or a neighbour.
  const { slots } = await findSlots(ctx, { ...asked, fromDate: isoOf(day - 1), toDate: isoOf(day + 1) });
  return slots.find((slot) => slot.startMs === startMs);
}
