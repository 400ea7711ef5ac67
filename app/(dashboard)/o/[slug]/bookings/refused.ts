import { formatTime } from "@/components/ui/time-format";
import { failed } from "@/lib/platform/form-state";
import type { BookRefusal, RefusalDetail, RescheduleRefusal } from "@/lib/scheduling";
import type { BookingState } from "./booking-state";
import { isWaivable, refusalInWords } from "./refusals";

type Refused = { reason: BookRefusal | RescheduleRefusal; detail: RefusalDetail };

/** A refusal as a form shows it: in words, beside its field where it has one, with what is free instead. */
export function refused({ reason, detail }: Refused, timeZone: string): BookingState {
  const said = refusalInWords(reason);
  const field = reason === "invalid_phone" ? { phone: said } : undefined;
  const hint = isWaivable(reason) ? ` Nothing was changed: tick “Allow it anyway” if you mean it.` : "";
  const offers = detail.alternatives.map(({ slot, startMs, staff }) => ({
    slot,
    label: `${formatTime(startMs, timeZone)}, ${staff}`,
  }));
  return { ...failed(`${said}${hint}`, field), offers };
}
