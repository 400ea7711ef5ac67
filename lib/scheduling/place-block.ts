import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import type { Choice, Judged } from "./ask-for-time";
import { type Block, insertBlock } from "./insert-block";
import { limitBroken } from "./limit-broken";
import type { LoadedSchedule } from "./load-schedule";
import { placeOf, type ScheduledService } from "./rules/schedule";
import type { Why } from "./rules/why";

export type Placed =
  | { ok: true; service: ScheduledService; choice: Choice; timeZone: string }
  | { ok: false; why: Why };

/** Takes the first of the choices that is still free in the database; somebody else's turn comes only where nobody was asked for. */
export async function placeBlock(
  ctx: Context,
  tx: Tx,
  schedule: LoadedSchedule,
  judged: Judged & { ok: true },
  block: Omit<Block, "service" | "plan" | "assignedBy" | "timeZone">,
  { override = false }: { override?: boolean } = {},
): Promise<Placed> {
  const { service } = judged.asked;
  let why: Why = { rule: "staff_busy", isBuffer: false };
  for (const choice of judged.choices) {
    const [lead] = choice.plan.team;
    const broken = override ? undefined : await limitBroken(ctx, tx, schedule, service, choice.plan, block);
    if (broken) {
      why = broken;
      continue;
    }
    const timeZone = lead ? placeOf(schedule, lead).zone.name : schedule.zone.name;
    const placing = { ...block, service, plan: choice.plan, assignedBy: choice.by, timeZone };
    if (await insertBlock(ctx, tx, placing, schedule)) return { ok: true, service, choice, timeZone };
  }
  return { ok: false, why };
}
