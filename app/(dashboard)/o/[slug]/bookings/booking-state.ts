import type { ActionState } from "@/lib/platform/form-state";
import type { ChangeTerms } from "@/lib/scheduling/schemas";

/** One date of a series; `why` is what stands against it. */
export type SeriesDate = { label: string; why?: string | undefined };

/** What the forms that choose a time get back: on a refusal also what is free instead, the dates of a series, and what it would cost. */
export type BookingState = ActionState & {
  offers?: { slot: string; label: string }[];
  dates?: SeriesDate[];
  bookable?: number;
  terms?: ChangeTerms | undefined;
};
