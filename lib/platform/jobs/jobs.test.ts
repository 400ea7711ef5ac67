import { describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { relayEvents } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";
import { pgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { createJobs, type JobRef, type Jobs, type Subscription } from ".";
import { jobId } from "./job-id";

const log = createLogger({ level: "silent" });

function jobsOn(database: Database, subscriptions: Record<string, Subscription>): Jobs {
  return createJobs({
    database,
    relay: (limit, deliver) => relayEvents(database, limit, deliver),
    workers: async () => ({ subscriptions, periodic: [] }),
    kv: new MemoryKv(),
    log,
  });
}

async function until(condition: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("It did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const servers: [string, () => Promise<Database>, string | undefined][] = [
  ["the embedded database", pgliteDatabase, undefined],
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
      const eventId = await withTenant(database, orgId, (tx) =>
        publishEvent(ctx, tx, { kind: "booking.created", subjectId: "bkg_1" }),
      );
      const committedAt = performance.now();
      jobs.poke();
      await until(() => seen.first?.length === 1 && seen.second?.length === 1);
      expect(performance.now() - committedAt).toBeLessThan(1_500);
      expect(seen.first).toEqual([{ orgId, subjectId: "bkg_1", eventId }]);
      expect(seen.other).toEqual([]);
      await jobs.stop();
    },
  );
});

test("job ids are UUIDs that depend on event and job only", () => {
  expect(jobId("evt_1", "a")).toBe(jobId("evt_1", "a"));
  expect(jobId("evt_1", "a")).not.toBe(jobId("evt_1", "b"));
  expect(jobId("evt_1", "a")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
