import type { StaffInput } from "@/lib/scheduling/schemas";

/** A person from the form; each service is a box of its own, named `service:<id>`, with `length:<id>` and `share:<id>` beside it. */
export function readStaffForm(form: FormData): StaffInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const serviceIds = [...form.keys()]
    .filter((key) => key.startsWith("service:"))
    .map((key) => key.slice("service:".length));
  return {
    name: text("name"),
    email: text("email") || null,
    timeZone: text("timeZone") || null,
    locationId: text("locationId") || null,
    maxPerDay: text("maxPerDay") || null,
    maxPerWeek: text("maxPerWeek") || null,
    serviceIds,
    terms: serviceIds.map((serviceId) => ({
      serviceId,
      durationMinutes: text(`length:${serviceId}`) || null,
      weight: text(`share:${serviceId}`) || 1,
    })),
  };
}
