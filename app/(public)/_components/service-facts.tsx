import { Clock } from "lucide-react";
import { formatMoney } from "@/components/ui/money-format";

/** Length and price in one line. */
export function ServiceFacts({
  service,
  currency,
}: {
  service: { durationMinutes: number; priceCents: number | null };
  currency: string;
}) {
  const hours = Math.floor(service.durationMinutes / 60);
  const minutes = service.durationMinutes % 60;
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-muted">
      <span className="inline-flex items-center gap-1.5">
        <Clock aria-hidden className="size-3.5 shrink-0" />
        {[hours ? `${hours} h` : "", minutes ? `${minutes} min` : ""].filter(Boolean).join(" ")}
      </span>
      {service.priceCents !== null && (
        <span className="tabular">{service.priceCents === 0 ? "Free" : formatMoney(service.priceCents, currency)}</span>
      )}
    </span>
  );
}
