import { Check, X } from "lucide-react";
import type { SeriesDate } from "../booking-state";

/** Every date of a series that was not booked, with what stands against it. */
export function SeriesDates({ dates }: { dates: readonly SeriesDate[] }) {
  return (
    <ol aria-label="Dates of the series" className="flex flex-col gap-2 rounded-lg border border-attention p-3">
      {dates.map(({ label, why }) => (
        <li key={label} className="flex items-start gap-2">
          {why === undefined ? (
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-done" />
          ) : (
            <X aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
          )}
          <span className="min-w-0 break-words">
            <span className="tabular font-medium">{label}</span>
            <span className="text-muted">{why === undefined ? ", free" : `: ${why}`}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
