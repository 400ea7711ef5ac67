import { writePrice } from "@/components/scheduling/read-price";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import type { ServiceInput, Week } from "@/lib/scheduling/schemas";

export type ServiceRow = { key: string; serviceId: string; name: string; minutes: string; price: string };
export type DayRow = { weekday: number; spans: { from: string; to: string }[] };
export type OfferValues = { days: DayRow[]; services: ServiceRow[]; people: string };

/** What the form of the second step starts with, as a person would type it. */
export function offerValues(input: {
  weekly: Week;
  services: readonly (ServiceInput & { id?: string })[];
  people: readonly string[];
  currency: string;
}): OfferValues {
  return {
    // Monday first, as a week is read.
    days: [1, 2, 3, 4, 5, 6, 0].map((weekday) => ({
      weekday,
      spans: (input.weekly[weekday] ?? []).map((span) => ({
        from: formatMinuteOfDay(span.startMinute),
        to: formatMinuteOfDay(span.endMinute % 1440),
      })),
    })),
    services: input.services.map((service, n) => ({
      key: service.id ?? `pack${n}`,
      serviceId: service.id ?? "",
      name: service.name,
      minutes: String(service.durationMinutes),
      price: writePrice(service.priceCents ?? null, input.currency),
    })),
    people: input.people.join("\n"),
  };
}
