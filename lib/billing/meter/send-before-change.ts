import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { type Context, systemActor } from "@/lib/platform/context";
import type { MeterPort } from "../ports";
import { UNREPORTED_WAIT_MS } from "../rules/meter-times";
import { sendUsage } from "./send-usage";

/** Somebody waits for the page meanwhile. */
const MOST_MS = 2000;
const PAUSE_MS = 100;

/**
 * Minutes that wait are told before the plan is left, those whose report may still come too: the invoice of the change has them at the plan that
 * held. What is still on its way after two seconds is charged apart, at that plan as well. In anybody's context.
 */
export async function sendBeforeChange(ctx: Context, port: MeterPort): Promise<void> {
  const asSystem = { ...ctx, actor: systemActor("send-usage") };
  const end = performance.now() + MOST_MS;
  await waitNoLonger(asSystem);
  for (;;) {
    const { outcome } = await sendUsage(asSystem, port, { mostMs: end - performance.now() });
    if (outcome !== "taken" || performance.now() + PAUSE_MS > end) return;
    await sleep(PAUSE_MS);
  }
}

/** For their reports; a pause that the engine asked for is kept. */
async function waitNoLonger(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  const soon = new Date(now.getTime() + UNREPORTED_WAIT_MS);
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update meter_events set next_attempt_at = ${now.toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and state = 'pending' and attempts = 0 and tried_at is null
        and next_attempt_at > ${now.toISOString()}::timestamptz and next_attempt_at <= ${soon.toISOString()}::timestamptz`),
  );
}
