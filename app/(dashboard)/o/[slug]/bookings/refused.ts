import { formatTime } from "@/components/ui/time-format";
import { failed } from "@/lib/platform/form-state";
import type { BookRefusal, RefusalDetail, RescheduleRefusal } from "@/lib/scheduling";
import type { ChangeTerms, SeriesOccurrence } from "@/lib/scheduling/schemas";
import type { BookingState } from "./booking-state";
import { isWaivable, type Reason, refusalInWords } from "./refusals";

type Refused = {
  reason: BookRefusal | RescheduleRefusal;
  detail: RefusalDetail & { terms?: ChangeTerms | undefined };
};

/** A refusal as a form shows it: in words, beside its field where it has one, with what is free instead. */
export function refused({ reason, detail }: Refused, timeZone: string): BookingState {
  const said = refusalInWords(reason);
  const field = reason === "invalid_phone" ? { phone: said } : undefined;
  const hint = isWaivable(reason) ? ` Nothing was changed: tick “Allow it anyway” if you mean it.` : "";
  const offers = detail.alternatives.map(({ slot, startMs, staff }) => ({
    slot,
    label: `${formatTime(startMs, timeZone)}, ${staff}`,
  }));
  return { ...failed(`${said}${hint}`, field), offers, terms: detail.terms };
}

/** A series of which not every date can be had: each with what stands against it. */
export function refusedDates(
  reason: "not_all_free" | "none_free",
  occurrences: readonly SeriesOccurrence[],
  timeZone: string,
  done: "booked" | "moved",
): BookingState {
  const free = occurrences.filter((each) => each.reason === undefined).length;
  const said =
    reason === "none_free" ? "None of these dates can be had." : `${free} of ${occurrences.length} dates can be had.`;
  const dates = occurrences.map(({ startMs, reason: against, why, isMoved }) => ({
    label: `${formatTime(startMs, timeZone)}${isMoved ? " (the clocks change over it)" : ""}`,
    why: against === undefined ? undefined : (why ?? refusalInWords(against as Reason)),
  }));
  return { ...failed(`${said} Nothing was ${done}.`), dates, bookable: free };
}
