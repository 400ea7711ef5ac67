import { readPrice } from "@/components/scheduling/read-price";
import { invalid } from "@/lib/platform/errors";
import type { ServiceInput, ServiceStaffInput } from "@/lib/scheduling/schemas";

/** A service from its form; what cannot be read is left to the verb's schema, except a price, which is text only here. */
export function readServiceForm(form: FormData, currency: string): ServiceInput {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const priceCents = readPrice(text("priceCents"), currency);
  if (priceCents === undefined)
    throw invalid([{ path: "priceCents", message: "Write the price as a number, for example 35 or 35.50." }]);
  return {
    name: text("name"),
    aliases: text("aliases")
      .split(/[,;\n]/)
      .map((each) => each.trim())
      .filter(Boolean),
    description: text("description"),
    durationMinutes: text("durationMinutes"),
    bufferBeforeMinutes: text("bufferBeforeMinutes") || 0,
    bufferAfterMinutes: text("bufferAfterMinutes") || 0,
    priceCents,
    minNoticeMinutes: text("minNoticeMinutes") || 0,
    horizonDays: text("horizonDays"),
    slotGridMinutes: text("slotGridMinutes"),
    seats: text("seats") || 1,
    staffNeeded: text("staffNeeded") || 1,
    maxPerDay: text("maxPerDay") || null,
    maxPerWeek: text("maxPerWeek") || null,
    pools: readPools(form),
    locationIds: [...form.keys()].filter((key) => key.startsWith("place:")).map((key) => key.slice("place:".length)),
  };
}

/** Ticks named `pool:<n>:<id>`, as lists in the order of `n`; an empty list is none. */
function readPools(form: FormData): string[][] {
  const ticks = [...form.keys()].flatMap((key) => {
    const [, n, id] = /^pool:(\d):(.+)$/.exec(key) ?? [];
    return n && id ? [{ n: Number(n), id }] : [];
  });
  return [...Map.groupBy(ticks, (tick) => tick.n)]
    .sort(([a], [b]) => a - b)
    .map(([, pool]) => pool.map((tick) => tick.id));
}

/** Who does it: ticks named `person:<id>` with `length:<id>` and `share:<id>` beside them. */
export function readServiceStaffForm(form: FormData): ServiceStaffInput["people"] {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  return [...form.keys()].flatMap((key) => {
    const id = /^person:(.+)$/.exec(key)?.[1];
    return id ? [{ staffId: id, durationMinutes: text(`length:${id}`) || null, weight: text(`share:${id}`) || 1 }] : [];
  });
}
