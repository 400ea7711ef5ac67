import { sql } from "drizzle-orm";
import { withSystem } from "@/db/tenant";
import type { Clock } from "@/lib/platform/clock";
import { nextAttempt } from "../rules/event-retry";
import type { InboxDeps, OpenEvent, Outcome } from "./event";
import { eventKindOf } from "./event-kinds";

/** Events are taken so many at a time, and so many of them worked on at once. */
const BATCH = 40;
const AT_ONCE = 8;
/** Whoever took an event and died is followed by another after this. */
const LEASE_SECONDS = 120;

export type InboxWork = InboxDeps & { clock: Clock };

/**
 * Works on the events that wait and are due, until there are none or `budgetMs` is over. Any number may do so at once: each takes other
 * events. Several that are about the same thing are one reading. Returns how many are done with.
 */
export async function workBillingInbox(
  deps: InboxWork,
  { budgetMs = 45_000, signal }: { budgetMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<number> {
  const until = performance.now() + budgetMs;
  let done = 0;
  while (performance.now() < until && !signal?.aborted) {
    const taken = await takeDue(deps);
    if (taken.length === 0) return done;
    const waiting = [...grouped(taken).values()];
    const workers = Array.from({ length: Math.min(AT_ONCE, waiting.length) }, async () => {
      for (let group = waiting.shift(); group; group = waiting.shift()) done += await workOn(deps, group);
    });
    await Promise.all(workers);
  }
  return done;
}

async function takeDue({ database, clock }: InboxWork): Promise<OpenEvent[]> {
  const now = clock.now();
  const lease = new Date(now.getTime() + LEASE_SECONDS * 1000).toISOString();
  const { rows } = await withSystem(database, (tx) =>
    tx.execute(sql`
      update billing_events e set attempts = attempts + 1, next_attempt_at = ${lease}::timestamptz
      where id in (
        select id from billing_events where done_at is null and next_attempt_at <= ${now.toISOString()}::timestamptz
        order by next_attempt_at limit ${BATCH} for update skip locked)
      returning id, kind, object_ref, customer_ref, attempts, received_at, nextval('billing_readings')::text as reading_no`),
  );
  return (rows as Record<string, unknown>[]).map((row) => ({
    id: row.id as string,
    kind: row.kind as string,
    objectRef: row.object_ref as string | null,
    customerRef: row.customer_ref as string | null,
    attempts: row.attempts as number,
    receivedAt: new Date(row.received_at as string),
    readingNo: BigInt(row.reading_no as string),
  }));
}

/** By what is read for them. All were taken before any of it is read, so that one reading says what each of them announced. */
function grouped(events: readonly OpenEvent[]): Map<string, OpenEvent[]> {
  const groups = new Map<string, OpenEvent[]>();
  for (const event of events) {
    const kind = eventKindOf(event.kind);
    const key = kind?.isEachRead ? event.id : `${kind?.kinds[0]} ${event.objectRef}`;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return groups;
}

async function workOn(deps: InboxWork, group: readonly OpenEvent[]): Promise<number> {
  const [first] = [...group].sort((a, b) => (a.readingNo < b.readingNo ? 1 : -1));
  const outcome = first && (await outcomeOf(deps, first));
  if (outcome && outcome !== "unknown_customer") {
    await close(deps, group, outcome);
    return group.length;
  }
  let done = 0;
  for (const event of group) {
    const again = nextAttempt(event, outcome ?? "failed", deps.clock.now());
    if (again) await postpone(deps, event, again);
    else {
      deps.log.error(
        { eventId: event.id, kind: event.kind, outcome: outcome ?? "given_up" },
        "billing event not applied",
      );
      await close(deps, [event], outcome ?? "given_up");
      done += 1;
    }
  }
  return done;
}

async function outcomeOf(deps: InboxWork, event: OpenEvent): Promise<Outcome | undefined> {
  try {
    return (await eventKindOf(event.kind)?.work(deps, event)) ?? "ignored";
  } catch (error) {
    deps.log.warn({ err: error, eventId: event.id, kind: event.kind }, "billing event failed, to be tried again");
    return undefined;
  }
}

const close = (deps: InboxWork, events: readonly OpenEvent[], outcome: string) =>
  withSystem(deps.database, (tx) =>
    tx.execute(sql`
      update billing_events set done_at = ${deps.clock.now().toISOString()}::timestamptz, outcome = ${outcome}
      where ${isOneOf(events)} and done_at is null`),
  );

const postpone = (deps: InboxWork, event: OpenEvent, again: Date) =>
  withSystem(deps.database, (tx) =>
    tx.execute(sql`
      update billing_events set next_attempt_at = ${again.toISOString()}::timestamptz where ${isOneOf([event])} and done_at is null`),
  );

const isOneOf = (events: readonly OpenEvent[]) =>
  sql`id in (${sql.join(
    events.map(({ id }) => sql`${id}`),
    sql`, `,
  )})`;
