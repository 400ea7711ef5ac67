import { Badge } from "@/components/ui/badge";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatTime } from "@/components/ui/time-format";
import type { DateOverride } from "@/lib/scheduling/schemas";
import { isOf, type Whose } from "../month";

type Props = {
  dates: readonly DateOverride[];
  /** Those of the business are shown among others', to be changed elsewhere. */
  whose: Whose;
  /** Where the person works: its dates are shown among theirs. */
  place: string | undefined;
  remove: ((overrideId: string) => Promise<void>) | undefined;
};

export function DateList({ dates, whose, place, remove }: Props) {
  if (dates.length === 0)
    return (
      <p className="px-4 pb-4 text-muted">No dates ahead differ from the week. Add holidays and closed days here.</p>
    );
  return (
    <ul className="divide-y border-t">
      {dates.map((date) => (
        <li key={date.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
          <span className="tabular font-medium sm:w-40">{sayDate(date.onDate)}</span>
          <span className="min-w-0 flex-1 break-words">
            {date.spans.length === 0 ? "Closed" : date.spans.map(saySpan).join(", ")}
            {date.reason && <span className="text-muted"> · {date.reason}</span>}
          </span>
          {!isOf(date, whose) ? (
            <Badge>{date.locationId ? place : "Whole business"}</Badge>
          ) : (
            remove && (
              <form action={remove.bind(null, date.id)}>
                <SubmitButton variant="ghost" size="sm" aria-label={`Remove ${sayDate(date.onDate)}`}>
                  Remove
                </SubmitButton>
              </form>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

/** A date has no zone: read as UTC, written as UTC. */
const sayDate = (iso: string) => `${formatTime(`${iso}T00:00:00Z`, "UTC", "day")} ${iso.slice(0, 4)}`;

const saySpan = (span: { startMinute: number; endMinute: number }) =>
  `${formatMinuteOfDay(span.startMinute)}–${formatMinuteOfDay(span.endMinute)}`;
