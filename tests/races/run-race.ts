import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Result } from "@/lib/platform/result";

/** What a course is given: chance, and where to tell what came of an attempt. */
export type Stage = {
  database: Database;
  random(): number;
  pick<T>(items: readonly T[]): T | undefined;
  /** Counts an answer under `what` (`times`: as how many), or under its reason; gives the value of one that was done. */
  count<T>(answer: Result<T, string, unknown>, what: string, times?: (value: T) => number): T | undefined;
  /** Of this round. */
  done(what: string): number;
  /** What a query gives as `n`. */
  number(query: SQL): Promise<number>;
};

/** Sets a round up in an organisation of its own. `faults` counts afterwards what must not be: every number has to be 0. */
export type Course = (stage: Stage) => Promise<{
  attempt(n: number): Promise<unknown>;
  faults(): Promise<Record<string, number>>;
}>;

export type RaceReport = {
  attempts: number;
  done: Record<string, number>;
  refused: Record<string, number>;
  faults: Record<string, number>;
  errors: string[];
};

/**
 * Makes `attempts` with `concurrency` at once; needs real PostgreSQL with as many connections. In `rounds` of equal size the time an
 * attempt takes stays the same however many there are, and each round has other chances.
 */
export async function runRace(
  database: Database,
  course: Course,
  options: { attempts: number; concurrency: number; rounds?: number; seed?: number },
): Promise<RaceReport> {
  const { attempts, concurrency, rounds = 1, seed = 1 } = options;
  const report: RaceReport = { attempts: 0, done: {}, refused: {}, faults: { overlaps: 0 }, errors: [] };
  for (let round = 0; round < rounds; round++) {
    const done: Record<string, number> = {};
    const random = seeded(seed + round);
    const number = async (query: SQL) => ((await database.db.execute(query)).rows[0] as { n: number }).n;
    const { attempt, faults } = await course({
      database,
      random,
      number,
      pick: (items) => items[Math.floor(random() * items.length)],
      count(answer, what, times = () => 1) {
        if (answer.ok) add(done, what, times(answer.value));
        else add(report.refused, answer.reason, 1);
        return answer.ok ? answer.value : undefined;
      },
      done: (what) => done[what] ?? 0,
    });
    const until = Math.round((attempts * (round + 1)) / rounds);
    const worker = async () => {
      while (report.attempts < until)
        await attempt(++report.attempts).catch((error: Error) =>
          report.errors.push(error.cause instanceof Error ? error.cause.message : error.message),
        );
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    for (const [fault, n] of Object.entries(await faults())) add(report.faults, fault, n);
    for (const [what, n] of Object.entries(done)) add(report.done, what, n);
  }
  report.faults.overlaps = await countOverlaps(database);
  return report;
}

const add = (counts: Record<string, number>, name: string, n: number) => {
  counts[name] = (counts[name] ?? 0) + n;
};

/** A self-join over every live row but seats of one start and rows of one booking, past the tenant boundary; says nothing of the constraint that should make it 0. */
export async function countOverlaps(database: Database): Promise<number> {
  const { rows } = await database.db.execute(sql`
    select count(*)::int as n from bookings a join bookings b on a.staff_id = b.staff_id and a.id < b.id
      and a.block_start_ms < b.block_end_ms and b.block_start_ms < a.block_end_ms
    where a.status in ('held', 'confirmed') and b.status in ('held', 'confirmed')
      and not (a.seat_no is not null and b.seat_no is not null and a.service_id = b.service_id and a.starts_at = b.starts_at)
      and coalesce(a.part_of_id, a.id) <> coalesce(b.part_of_id, b.id)`);
  return (rows[0] as { n: number }).n;
}

/** Mulberry32: the same attempts in every run with one seed, as far as the order of answers allows. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
