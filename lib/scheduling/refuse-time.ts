import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { type Refusal, refuse } from "@/lib/platform/result";
import type { Bookable, RefusalDetail, TimeRefusal } from "./ask-for-time";
import type { Ignoring } from "./load-occupied";
import type { LoadedSchedule } from "./load-schedule";
import { alternativesTo } from "./offers";
import { sayWhy } from "./rules/say-why";
import { placeOf } from "./rules/schedule";
import type { Why } from "./rules/why";

/** The refusal of a time: its reason, the rule behind it as a sentence, and what may be offered instead. */
export async function refuseTime(
  ctx: Context,
  tx: Tx,
  schedule: LoadedSchedule,
  { reason, why, asked }: { reason: TimeRefusal; why?: Why | undefined; asked?: Bookable | undefined },
  own: Ignoring,
): Promise<Refusal<TimeRefusal, RefusalDetail>> {
  if (!asked) return refuse(reason, { alternatives: [] });
  const { service, person, startMs } = asked;
  const alternatives = await alternativesTo(ctx, tx, schedule, { service, staffId: person.id, startMs }, own);
  const said = why
    ? { rule: why.rule, say: sayWhy(schedule, { why, service, person, startMs, nowMs: ctx.clock.now().getTime() }) }
    : {};
  const timeZone = placeOf(schedule, person).zone.name;
  return refuse(reason, { alternatives, startMs, locationId: person.locationId, timeZone, ...said });
}
