import { Clock } from "lucide-react";
import { formatMoney } from "@/components/ui/money-format";

/** Length and price in one line; where people take differently long, from the shortest to the longest. */
export function ServiceFacts({
  service,
  currency,
}: {
  service: {
    durationMinutes: number;
    priceCents: number | null;
    staff: readonly { durationMinutes: number }[];
  };
  currency: string;
}) {
  const lengths = service.staff.map((each) => each.durationMinutes);
  const shortest = Math.min(...(lengths.length > 0 ? lengths : [service.durationMinutes]));
  const longest = Math.max(shortest, ...lengths);
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-muted">
      <span className="inline-flex items-center gap-1.5">
        <Clock aria-hidden className="size-3.5 shrink-0" />
        {shortest === longest ? sayLength(shortest) : `${sayLength(shortest)} to ${sayLength(longest)}`}
      </span>
      {service.priceCents !== null && (
        <span className="tabular">{service.priceCents === 0 ? "Free" : formatMoney(service.priceCents, currency)}</span>
      )}
    </span>
  );
}

/** "1 h 30 min". */
function sayLength(length: number): string {
  const [hours, minutes] = [Math.floor(length / 60), length % 60];
  return [hours ? `${hours} h` : "", minutes ? `${minutes} min` : ""].filter(Boolean).join(" ");
}
