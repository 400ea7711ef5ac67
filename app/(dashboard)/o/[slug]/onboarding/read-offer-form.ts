import { readPrice } from "@/components/scheduling/read-price";
import { type FieldError, invalid } from "@/lib/platform/errors";
import { serviceInput } from "@/lib/scheduling/schemas";
import type { Offer, OfferedService } from "@/lib/wiring/set-up";
import { readWeek } from "../settings/hours/read-hours-form";

const MAX_PEOPLE = 20;

/**
 * The second step's form: a week (`<weekday>.<n>.from`), services (`service.<key>.name` with `.id`, `.minutes`, `.price`) and people, one
 * a line. Throws `invalid_input` with the fields' names. A service whose every input is empty does not count.
 */
export function readOfferForm(form: FormData, currency: string): Offer {
  const weekly = readWeek(form);
  const errors: FieldError[] = [];
  const services: OfferedService[] = [];
  const text = (name: string) => String(form.get(name) ?? "").trim();
  for (const field of form.keys()) {
    const key = /^service\.([\w-]+)\.name$/.exec(field)?.[1];
    if (!key) continue;
    const [name, minutes, typedPrice] = ["name", "minutes", "price"].map((part) => text(`service.${key}.${part}`));
    if (!name && !minutes && !typedPrice) continue;
    const price = readPrice(typedPrice ?? "", currency);
    if (price === undefined) errors.push({ path: `service.${key}.price`, message: "This is not a price." });
    const read = serviceInput.safeParse({ name, durationMinutes: minutes || Number.NaN, priceCents: price ?? null });
    if (read.success) {
      const { name: readName, durationMinutes, priceCents } = read.data;
      services.push({ serviceId: text(`service.${key}.id`) || undefined, name: readName, durationMinutes, priceCents });
    } else
      for (const issue of read.error.issues)
        errors.push({
          path: `service.${key}.${issue.path[0] === "durationMinutes" ? "minutes" : String(issue.path[0])}`,
          message: issue.message,
        });
  }
  const people = [
    ...new Set(
      text("people")
        .split(/\r?\n|,/)
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ];
  if (services.length === 0 && errors.length === 0)
    errors.push({ path: "services", message: "Offer at least one service: it is what callers book." });
  if (weekly.every((spans) => spans.length === 0)) errors.push({ path: "hours", message: "Open on at least one day." });
  if (people.length === 0) errors.push({ path: "people", message: "Name at least one person, team or room to book." });
  if (people.length > MAX_PEOPLE || people.some((name) => name.length > 80))
    errors.push({ path: "people", message: `At most ${MAX_PEOPLE} names of 80 letters; add more in the settings.` });
  if (errors.length > 0) throw invalid(errors);
  return { weekly, services, people };
}
