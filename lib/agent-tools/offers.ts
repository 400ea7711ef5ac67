import type { SlotOffer } from "@/lib/scheduling/schemas";

/** A free time as a tool gives it to the model: an opaque id to pass on and a sentence to say. */
export type Offer = { slot: string; say: string; startsAt: string; staff: string };

export const toOffers = (slots: readonly SlotOffer[]): Offer[] =>
  slots.map(({ slot, say, startsAt, staff }) => ({ slot, say, startsAt, staff }));

/** "Tuesday the 24th at 11 in the morning, or …"; undefined when there is nothing to offer. */
export function sayOffers(slots: readonly SlotOffer[]): string | undefined {
  const said = slots.map((slot) => slot.say);
  if (said.length < 2) return said[0];
  return `${said.slice(0, -1).join(", ")} or ${said.at(-1)}`;
}
