import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { closeItems, openItem } from "../items/keep-item";
import type { MeterPort } from "../ports";
import { isPeriodClosed, isRecognised, isTooOld, pauseAfter } from "../rules/meter-times";
import { chargeLate, correctCall, giveUp } from "./correct-call";
import { type DueEvent, listDueEvents } from "./due-events";
import { keepEvent } from "./keep-event";
import { giveLeaseBack, type Metered, renewLease, takeLease } from "./lease";
import { refuseEvent } from "./refuse-event";
import { reopenMeter } from "./reopen-meter";

const BATCH = 50;
/** A batch is broken off then, so that the lease is not outlived. */
const BATCH_MS = 20_000;
/** Less than a function that the clock calls may take. */
const MOST_MS = 40_000;
/** About half a day of tries: what the engine says no to for so long, it goes on saying no to. */
const MOST_ATTEMPTS = 20;

export type Sending = { outcome: "done" | "later" | "taken"; sent: number };

/**
 * Tells the engine what an organisation's calls count for, one event at a time: new minutes, and corrections. Whatever dies on the way is
 * repeated under the same identifier. "later": the engine is busy or away, and it is tried again after a pause, or `mostMs` milliseconds were
 * not enough, and the next one goes on; "taken": somebody else is at it, or there is no customer.
 */
export async function sendUsage(ctx: Context, port: MeterPort, { mostMs = MOST_MS } = {}): Promise<Sending> {
  authorise(ctx, "ledger.write");
  const metered = await takeLease(ctx);
  if (!metered) return { outcome: "taken", sent: 0 };
  const end = performance.now() + mostMs;
  let sent = 0;
  try {
    if (!(await isMeterOpen(ctx, port))) return { outcome: "later", sent };
    for (;;) {
      const batch = (await listDueEvents(ctx, BATCH)).map((event) => placed(ctx, metered, event));
      if (batch.length === 0) return { outcome: "done", sent };
      if (performance.now() > end) return { outcome: "later", sent };
      const until = Math.min(end, performance.now() + BATCH_MS);
      const plain = batch.filter(isPlain);
      await noteTried(ctx, plain);
      const taken = await sendPlain(ctx, port, metered, plain, until);
      sent += taken.sent;
      if (taken.sent > 0) await closeItems(ctx, closed(ctx), "gone");
      if (taken.outcome === "later") return { outcome: "later", sent };
      for (const event of batch) {
        if (isPlain(event) || performance.now() > until) continue;
        const done = await sendOther(ctx, port, metered, event);
        if (done === "later") return { outcome: "later", sent };
        if (done === "settled") sent++;
      }
      if (!(await renewLease(ctx, metered))) return { outcome: "taken", sent };
    }
  } finally {
    await giveLeaseBack(ctx, metered);
  }
}

const isMeterOpen = (ctx: Context, port: MeterPort): Promise<boolean> =>
  reopenMeter(ctx, port).catch((error: unknown) => {
    ctx.log.warn({ err: error }, "nobody can say whether the meter is active");
    return false;
  });

/** A change of plan that lies ahead has invoiced nothing. */
function placed(ctx: Context, { period, settledBefore }: Metered, event: DueEvent): DueEvent {
  const now = ctx.clock.now();
  const isSettled = settledBefore !== null && settledBefore <= now && event.effectiveAt < settledBefore;
  const isClosed = isPeriodClosed(event.effectiveAt, period, now, event.draftedAt);
  return { ...event, isInvoiced: event.isInvoiced || isSettled || isClosed };
}

/** Nothing is known of the call yet and nothing is in the way: most are. */
const isPlain = ({ standing, isSuperseded, triedAt, total, isInvoiced }: DueEvent): boolean =>
  standing.length === 0 && !isSuperseded && triedAt === null && total > 0 && !isInvoiced;

/** Kept before they are sent, all at once: whoever finds them so does not know whether they were taken. */
async function noteTried(ctx: Context, events: readonly DueEvent[]): Promise<void> {
  if (events.length === 0) return;
  const now = sql`${ctx.clock.now().toISOString()}::timestamptz`;
  const list = JSON.stringify(events.map(({ callId, revision, total }) => ({ callId, revision, total })));
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update meter_events m set tried_at = ${now}, attempts = m.attempts + 1, minutes = e.total, updated_at = ${now}
      from jsonb_to_recordset(${list}::jsonb) as e("callId" text, revision int, total int)
      where m.org_id = ${ctx.orgId} and m.call_id = e."callId" and m.revision = e.revision and m.state in ('pending', 'cancelling')`),
  );
}

async function sendPlain(ctx: Context, port: MeterPort, metered: Metered, events: readonly DueEvent[], until: number) {
  const taken: DueEvent[] = [];
  let outcome: "settled" | "later" = "settled";
  for (const [n, event] of events.entries()) {
    if (performance.now() > until) {
      await forgetTried(ctx, events.slice(n));
      break;
    }
    const tried = { ...event, attempts: event.attempts + 1 };
    outcome = isTooOld(event.effectiveAt, ctx.clock.now())
      ? await tooOld(ctx, metered, event)
      : await request(ctx, port, metered, tried, event.total, () => {
          taken.push(event);
        });
    if (outcome === "later") {
      await forgetTried(ctx, events.slice(n + 1));
      break;
    }
  }
  await markSent(ctx, taken);
  return { outcome, sent: taken.length };
}

const tooOld = async (ctx: Context, metered: Metered, event: DueEvent) => {
  await forgetTried(ctx, [event]);
  await chargeLate(ctx, metered, event, { minutes: event.total, why: "too_old" });
  return "settled" as const;
};

async function forgetTried(ctx: Context, events: readonly DueEvent[]): Promise<void> {
  if (events.length === 0) return;
  await inTenant(ctx, async (tx) => {
    for (const event of events) await keepEvent(ctx, tx, event, { triedAt: null });
  });
}

async function markSent(ctx: Context, events: readonly DueEvent[]): Promise<void> {
  if (events.length === 0) return;
  const now = sql`${ctx.clock.now().toISOString()}::timestamptz`;
  const list = JSON.stringify(events.map(({ callId, revision }) => ({ callId, revision })));
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update meter_events m set state = 'sent', sent_at = ${now}, problem = null, updated_at = ${now}
      from jsonb_to_recordset(${list}::jsonb) as e("callId" text, revision int)
      where m.org_id = ${ctx.orgId} and m.call_id = e."callId" and m.revision = e.revision and m.state in ('pending', 'cancelling')`),
  );
}

async function sendOther(ctx: Context, port: MeterPort, metered: Metered, event: DueEvent) {
  if (event.triedAt) {
    const sure = isRecognised(event.triedAt, ctx.clock.now()) && !event.isInvoiced;
    if (sure) return again(ctx, port, metered, event);
    const wasTaken = await attempt(ctx, event, () => askWhetherTaken(ctx, port, metered, event));
    if (wasTaken === "later") return "later";
    if (wasTaken === "yes") return settled(markSent(ctx, [event]));
    if (wasTaken === "unclear")
      return settled(refuseEvent(ctx, event, { why: "other", said: "nobody can say whether it was taken" }));
    await forgetTried(ctx, [event]);
    return "settled";
  }
  if (event.isSuperseded) {
    await inTenant(ctx, (tx) => keepEvent(ctx, tx, event, { state: "cancelled", problem: "superseded" }));
    return "settled";
  }
  const correct = () =>
    correctCall(ctx, port, metered, event, {
      async reload() {
        const [latest] = await listDueEvents(ctx, 1, event);
        return latest && placed(ctx, metered, latest);
      },
      async send(latest, minutes) {
        await inTenant(ctx, (tx) => keepEvent(ctx, tx, latest, { minutes, triedAt: ctx.clock.now() }));
        return again(ctx, port, metered, { ...latest, minutes });
      },
    });
  return attempt(ctx, event, () =>
    correct().catch((error: unknown) => {
      if (error instanceof AppError && error.code === "unavailable") throw error;
      return putOff(ctx, event, error);
    }),
  );
}

/** The engine is there and does not take this correction: the others go on, and it waits by itself until somebody has to look. */
async function putOff(ctx: Context, event: DueEvent, error: unknown): Promise<"put_off"> {
  ctx.log.warn({ err: error, callId: event.callId }, "a call could not be corrected");
  if (event.attempts + 1 >= MOST_ATTEMPTS) {
    await giveUp(ctx, event, { why: "failed", said: error instanceof Error ? error.message : String(error) });
    return "put_off";
  }
  const next = new Date(ctx.clock.now().getTime() + pauseAfter(event.attempts, undefined, Math.random()));
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update meter_events set attempts = attempts + 1, next_attempt_at = ${next.toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and call_id = ${event.callId} and revision = ${event.revision}`),
  );
  return "put_off";
}

const settled = async (done: Promise<unknown>) => {
  await done;
  return "settled" as const;
};

const again = (ctx: Context, port: MeterPort, metered: Metered, event: DueEvent) =>
  request(ctx, port, metered, event, event.minutes, () => markSent(ctx, [event]));

const REOPEN =
  "Look whether the meter is active at Stripe (npm run billing:sync); the minutes are then sent by themselves";

/** The one item that says that an organisation's minutes are not taken. */
const closed = ({ orgId }: Context) => ({ kind: "meter_refused" as const, subject: orgId });

/** One event of the engine's; `taken` is told once it is counted there. */
async function request(
  ctx: Context,
  port: MeterPort,
  metered: Metered,
  event: DueEvent,
  minutes: number,
  taken: () => void | Promise<void>,
): Promise<"settled" | "later"> {
  const { customerRef } = metered;
  const { identifier, effectiveAt: at, attempts } = event;
  const answer = await attempt(ctx, event, () =>
    port.reportMinutes({ identifier, customerRef, minutes, at, attempt: attempts }),
  );
  if (answer === "later") return "later";
  if (answer.outcome === "busy") {
    await postpone(ctx, event, answer.retryAfterSeconds, { triedAt: event.triedAt });
    return "later";
  }
  if (answer.outcome === "closed") {
    await openItem(ctx, {
      ...closed(ctx),
      facts: { why: "closed", said: answer.said.slice(0, 300) },
      proposal: REOPEN,
    });
    await postpone(ctx, event, undefined, { triedAt: null });
    return "later";
  }
  if (answer.outcome === "taken" || answer.why === "duplicate") await taken();
  else if (answer.why === "too_late") await chargeLate(ctx, metered, event, { minutes, why: "too_old" });
  else await refuseEvent(ctx, event, answer);
  return "settled";
}

/** What throws is tried again after a pause: nothing is known of it, so nothing is kept but that. */
async function attempt<T>(ctx: Context, event: DueEvent, work: () => Promise<T>): Promise<T | "later"> {
  try {
    return await work();
  } catch (error) {
    ctx.log.warn({ err: error, callId: event.callId }, "minutes could not be reported");
    await postpone(ctx, event, undefined, {});
    return "later";
  }
}

/** All of the organisation's wait: what failed for one would fail for the next. */
async function postpone(
  ctx: Context,
  event: DueEvent,
  retryAfterSeconds: number | undefined,
  kept: { triedAt?: Date | null },
) {
  const now = ctx.clock.now();
  const next = new Date(now.getTime() + pauseAfter(event.attempts, retryAfterSeconds, Math.random()));
  await inTenant(ctx, async (tx) => {
    if (kept.triedAt !== undefined) await keepEvent(ctx, tx, event, { triedAt: kept.triedAt });
    await tx.execute(sql`update meter_events set attempts = attempts + 1
      where org_id = ${ctx.orgId} and call_id = ${event.callId} and revision = ${event.revision}`);
    await tx.execute(sql`
      update meter_events set next_attempt_at = ${next.toISOString()}::timestamptz
      where org_id = ${ctx.orgId} and state in ('pending', 'cancelling') and next_attempt_at < ${next.toISOString()}::timestamptz`);
  });
}

/**
 * Of an event of which nobody remembers at the engine whether it was taken: its minute is counted there. Several such in one minute are all
 * taken, or none, or somebody has to look.
 */
async function askWhetherTaken(ctx: Context, port: MeterPort, { customerRef }: Metered, event: DueEvent) {
  const from = new Date(Math.floor(event.effectiveAt.getTime() / 60_000) * 60_000);
  const to = new Date(from.getTime() + 60_000);
  const counted = await port.countedMinutes({ customerRef, from, to });
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select coalesce(sum(minutes) filter (where state = 'sent'), 0)::int as sent,
        coalesce(sum(minutes) filter (where state in ('pending', 'cancelling') and tried_at is not null), 0)::int as unsure
      from meter_events where org_id = ${ctx.orgId} and effective_at >= ${from.toISOString()}::timestamptz
        and effective_at < ${to.toISOString()}::timestamptz`),
  );
  const { sent, unsure } = rows[0] as { sent: number; unsure: number };
  if (counted <= sent) return "no" as const;
  return counted >= sent + unsure ? ("yes" as const) : ("unclear" as const);
}
