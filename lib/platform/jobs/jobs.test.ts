import { afterEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { relayEvents } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { type EventKind, publishEvent } from "@/lib/events";
import type { Context } from "@/lib/platform/context";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";
import { emptyPgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { createJobs, type JobRef, type Jobs, type PeriodicTask, type Subscription } from ".";
import type { Relay } from "./types";

const written: { level: string; msg: string; subjectId?: string }[] = [];
const log = createLogger({
  level: "warn",
  destination: { write: (text) => void written.push(JSON.parse(text) as (typeof written)[number]) },
});
const running: Jobs[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
});

type Options = { relay?: Relay; periodic?: PeriodicTask[]; kv?: MemoryKv; defer?: (work: () => Promise<void>) => void };

function jobsOn(database: Database, subscriptions: Record<string, Subscription>, options: Options = {}): Jobs {
  const jobs = createJobs({
    database,
    relay: options.relay ?? ((limit, deliver) => relayEvents(database, limit, deliver)),
    workers: async () => ({ subscriptions, periodic: options.periodic ?? [] }),
    kv: options.kv ?? new MemoryKv(),
    log,
    defer: options.defer,
  });
  running.push(jobs);
  return jobs;
}

const publish = (ctx: Context, subjectId: string, kind: EventKind = "booking.created"): Promise<string> =>
  withTenant(ctx.database, ctx.orgId, (tx) => publishEvent(ctx, tx, { kind, subjectId }));

async function until(condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("It did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const servers: [string, () => Promise<Database>, string | undefined][] = [
  ["the embedded database", emptyPgliteDatabase, undefined],
  ["PostgreSQL", postgresDatabase, postgresUnavailable()],
];

describe.each(servers)("jobs on %s", (_name, open, unavailable) => {
  test.skipIf(unavailable)(
    "a committed event reaches every subscription of its kind, soon after the poke",
    async () => {
      const database = await open();
      const { ctx, orgId } = await createTestOrganization(database);
      const seen: Record<string, JobRef[]> = { first: [], second: [], other: [] };
      const record = (name: string, on: string[]): Subscription => ({
        on,
        run: async (ref) => void seen[name]?.push(ref),
      });
      const jobs = jobsOn(database, {
        first: record("first", ["booking.created"]),
        second: record("second", ["booking.created", "booking.cancelled"]),
        other: record("other", ["call.ended"]),
      });
      await jobs.start({ loops: true });
      const eventIds: string[] = [];
      const tookMs: number[] = [];
      // One of three is soon, whatever else the machine does meanwhile.
      for (let n = 1; n <= 3 && !tookMs.some((ms) => ms < 1_500); n++) {
        eventIds.push(await publish(ctx, "bkg_1"));
        const committedAt = performance.now();
        jobs.poke();
        await until(() => seen.first?.length === n && seen.second?.length === n);
        tookMs.push(performance.now() - committedAt);
      }
      expect(Math.min(...tookMs)).toBeLessThan(1_500);
      expect(seen.first).toEqual(eventIds.map((eventId) => ({ orgId, subjectId: "bkg_1", eventId })));
      expect(seen.other).toEqual([]);
    },
  );

  test.skipIf(unavailable)("a poke from inside a transaction neither hangs nor joins it", async () => {
    const database = await open();
    const { ctx, orgId } = await createTestOrganization(database);
    const seen: string[] = [];
    const jobs = jobsOn(database, {
      one: { on: ["booking.created"], run: async (ref) => void seen.push(ref.subjectId) },
    });
    await jobs.start({ loops: true });
    await withTenant(database, orgId, async (tx) => {
      await publishEvent(ctx, tx, { kind: "booking.created", subjectId: "bkg_1" });
      jobs.poke();
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(seen).toEqual([]);
    });
    jobs.poke();
    await until(() => seen.length === 1);
  });

  test.skipIf(unavailable)(
    "a job that fails is tried again, then is dead, visible to its organisation, and can be replayed",
    async () => {
      const database = await open();
      const { ctx, orgId } = await createTestOrganization(database);
      const other = await createTestOrganization(database);
      let broken = true;
      const attempts: number[] = [];
      const jobs = jobsOn(database, {
        fragile: {
          on: ["booking.created"],
          retries: 1,
          run: async () => {
            attempts.push(Date.now());
            if (broken) throw new Error("the calendar is away");
          },
        },
      });
      await jobs.start({ loops: true });
      const eventId = await publish(ctx, "bkg_1");
      jobs.poke();
      await until(async () => (await jobs.listDeadJobs(orgId)).length === 1);
      expect(attempts).toHaveLength(2);
      const said = written.filter(({ msg }) => msg.startsWith("job ")).map(({ level, msg }) => `${level}: ${msg}`);
      expect(said.slice(-2)).toEqual(["warn: job failed", "error: job given up"]);
      expect((attempts[1] ?? 0) - (attempts[0] ?? 0)).toBeGreaterThan(900);
      const [dead] = await jobs.listDeadJobs(orgId);
      expect(dead).toMatchObject({
        job: "fragile",
        orgId,
        subjectId: "bkg_1",
        eventId,
        error: "the calendar is away",
        attempts: 2,
      });
      expect(await jobs.listDeadJobs(other.orgId)).toEqual([]);
      expect(await jobs.replayDeadJob(other.orgId, dead?.id ?? "")).toBe(false);
      broken = false;
      expect(await jobs.replayDeadJob(orgId, dead?.id ?? "")).toBe(true);
      await until(() => attempts.length === 3);
      expect(await jobs.listDeadJobs(orgId)).toEqual([]);
      expect(await jobs.replayDeadJob(orgId, dead?.id ?? "")).toBe(false);
    },
  );

  test.skipIf(unavailable)("a crash between queueing and marking leads to one job, not two", async () => {
    const database = await open();
    const { ctx } = await createTestOrganization(database);
    const effects: string[] = [];
    const subscriptions = {
      once: { on: ["booking.created"], run: async (ref: JobRef) => void effects.push(ref.eventId) },
    };
    const eventIds = [await publish(ctx, "bkg_1"), await publish(ctx, "bkg_2")];
    const crashing = jobsOn(database, subscriptions, {
      relay: (limit, deliver) =>
        relayEvents(database, limit, async (events) => {
          await deliver(events);
          throw new Error("killed");
        }),
    });
    await expect(crashing.relay()).rejects.toThrow("killed");
    await expect(crashing.relay()).rejects.toThrow("killed");
    const next = jobsOn(database, subscriptions);
    expect(await next.relay()).toBe(2);
    expect(await next.drain({ budgetMs: 10_000 })).toEqual({ done: 2, failed: 0 });
    expect(await next.relay()).toBe(0);
    expect(effects.sort()).toEqual([...eventIds].sort());
  });

  test.skipIf(unavailable)("a job that was running when the server stopped is done by the next one", async () => {
    const database = await open();
    const { ctx } = await createTestOrganization(database);
    let begun = 0;
    const hanging = jobsOn(database, { slow: { on: ["booking.created"], run: () => new Promise(() => begun++) } });
    await hanging.start({ loops: true });
    await publish(ctx, "bkg_1");
    hanging.poke();
    await until(() => begun === 1);
    const stopping = performance.now();
    await hanging.stop();
    expect(performance.now() - stopping, "ms, the job would hang for ever").toBeLessThan(15_000);
    const done: string[] = [];
    const next = jobsOn(database, {
      slow: { on: ["booking.created"], run: async (ref) => void done.push(ref.subjectId) },
    });
    await next.start({ loops: true });
    await until(() => done.length === 1);
  });

  test.skipIf(unavailable)("where no process lives on, a poke relays and drains after the answer", async () => {
    const database = await open();
    const { ctx } = await createTestOrganization(database);
    const seen: string[] = [];
    const deferred: (() => Promise<void>)[] = [];
    const jobs = jobsOn(
      database,
      { one: { on: ["booking.created"], run: async (ref) => void seen.push(ref.subjectId) } },
      { defer: (work) => void deferred.push(work) },
    );
    await publish(ctx, "bkg_1");
    jobs.poke();
    expect(seen).toEqual([]);
    for (const work of deferred) await work();
    expect(seen).toEqual(["bkg_1"]);
  });
});

describe("jobs on PostgreSQL, several servers", () => {
  const unavailable = postgresUnavailable();

  test.skipIf(unavailable)("five hundred events over three servers run once each", async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const { ctx } = await createTestOrganization(database);
    const runs = new Map<string, number>();
    const subscription: Subscription = {
      on: ["booking.created"],
      run: async (ref) => void runs.set(ref.eventId, (runs.get(ref.eventId) ?? 0) + 1),
    };
    const all = [1, 2, 3].map(() => jobsOn(database, { count: subscription }));
    for (const jobs of all) await jobs.start({ loops: true });
    const eventIds: string[] = [];
    for (let batch = 0; batch < 20; batch++) {
      eventIds.push(...(await Promise.all(Array.from({ length: 25 }, (_, i) => publish(ctx, `bkg_${batch}_${i}`)))));
      for (const jobs of all) jobs.poke();
    }
    await until(() => runs.size === 500, 45_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([...runs.keys()].sort()).toEqual(eventIds.sort());
    expect(Math.max(...runs.values())).toBe(1);
  });
});

test("a job that ignores its time is ended, and does not hold its place", async () => {
  const database = await emptyPgliteDatabase();
  const { ctx, orgId } = await createTestOrganization(database);
  let aborted = 0;
  const deaf: Subscription = {
    on: ["booking.created"],
    maxSeconds: 2,
    retries: 0,
    concurrency: 1,
    run: (_ref, signal) => new Promise(() => signal.addEventListener("abort", () => aborted++)),
  };
  const jobs = jobsOn(database, { deaf });
  await jobs.start({ loops: true });
  await publish(ctx, "bkg_1");
  await publish(ctx, "bkg_2");
  jobs.poke();
  await until(async () => (await jobs.listDeadJobs(orgId)).length === 2);
  expect(aborted).toBe(2);
  expect((await jobs.listDeadJobs(orgId)).map((dead) => dead.error)).toEqual(Array(2).fill("The job ran out of time."));
});

describe("periodic tasks", () => {
  test("run by themselves, by name, and survive their own failure and the cache's", async () => {
    const database = await emptyPgliteDatabase();
    const kv = new MemoryKv();
    kv.set = () => Promise.reject(new Error("the cache is away"));
    let ran = 0;
    const tick = {
      name: "tick",
      everySeconds: 1,
      run: async () => {
        if (++ran === 1) throw new Error("first time fails");
      },
    };
    const jobs = jobsOn(database, {}, { periodic: [tick], kv });
    await jobs.start({ loops: true });
    await until(() => ran >= 2);
    const before = ran;
    expect(await jobs.runPeriodic("tick", { budgetMs: 1_000 })).toBe(true);
    expect(ran).toBeGreaterThan(before);
    expect(await jobs.runPeriodic("unknown", { budgetMs: 1_000 })).toBe(false);
  });

  test("run on one of the servers that share the cache, not on each", async () => {
    const database = await emptyPgliteDatabase();
    let ran = 0;
    const task = { name: "rare", everySeconds: 60, run: async () => void ran++ };
    const kv = new MemoryKv();
    const [first, second] = [
      jobsOn(database, {}, { periodic: [task], kv }),
      jobsOn(database, {}, { periodic: [task], kv }),
    ];
    await Promise.all([first.start({ loops: true }), second.start({ loops: true })]);
    // Each comes by for the first time within five seconds, and then in a minute.
    await new Promise((resolve) => setTimeout(resolve, 5_200));
    await until(() => ran > 0);
    expect(ran).toBe(1);
  });
});
