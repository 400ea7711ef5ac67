import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { isoOf, parseIsoDay } from "./rules/civil";
import { dateOverridesInput } from "./schemas";
import { setDateOverride } from "./set-date-override";

const MAX_DAYS = 92;

/**
 * The same hours on every date from `onDate` to `untilDate`, both included and at most 92 days, or none of them; no spans = closed. As
 * `setDateOverride` for one date each. Answers how many dates there were.
 */
export async function setDateOverrides(ctx: Context, input: z.input<typeof dateOverridesInput>): Promise<number> {
  authorise(ctx, "scheduling.configure");
  const { untilDate, ...date } = parse(dateOverridesInput, input);
  const first = parseIsoDay(date.onDate) ?? 0;
  const days = (parseIsoDay(untilDate ?? date.onDate) ?? 0) - first + 1;
  if (days < 1) throw invalid([{ path: "untilDate", message: "The last day must not come before the first." }]);
  if (days > MAX_DAYS) throw invalid([{ path: "untilDate", message: `At most ${MAX_DAYS} days at once.` }]);
  return inTenant(ctx, async (_tx, joined) => {
    for (let n = 0; n < days; n++) await setDateOverride(joined, { ...date, onDate: isoOf(first + n) });
    return days;
  });
}
