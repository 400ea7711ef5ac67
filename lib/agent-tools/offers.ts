import type { SlotOffer } from "@/lib/scheduling/schemas";

/** A free time as a tool gives it to the model: an opaque id to pass on and a sentence to say. */
export type Offer = {
  slot: string;
  say: string;
  startsAt: string;
  staff: string;
  location?: string;
  tentative?: boolean;
};

export const toOffers = (slots: readonly SlotOffer[]): Offer[] =>
  slots.map(({ slot, say, startsAt, staff, location, tentative }) => ({
    slot,
    say,
    startsAt,
    staff,
    ...(location ? { location } : {}),
    ...(tentative ? { tentative } : {}),
  }));

/** What is said with times of somebody whose calendar is not current. */
export const sayTentative = (slots: readonly { tentative?: boolean }[]): string =>
  slots.some((slot) => slot.tentative) ? " It is still to be confirmed: we will let you know if it has to change." : "";

/** "Tuesday the 24th at 11 in the morning, or …"; undefined when there is nothing to offer. */
export function sayOffers(slots: readonly SlotOffer[]): string | undefined {
  const said = slots.map((slot) => slot.say);
  if (said.length < 2) return said[0];
  return `${said.slice(0, -1).join(", ")} or ${said.at(-1)}`;
}
