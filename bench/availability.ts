import { sql } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { runAgentTool } from "@/lib/agent-tools";
import { createOrganization } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { readEnv } from "@/lib/platform/env";
import { newId } from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";
import { createService, createStaff, setWeeklyHours } from "@/lib/scheduling";
import { type App, buildApp } from "@/lib/wiring/app";
import { foundingOf } from "@/lib/wiring/founding";
import { median, percentile, repeat } from "./figures";
import { benchPostgres } from "./postgres";
import { limit, type Measure, measure } from "./report";

/** People, and the most that a question may take at the median, in milliseconds. */
const TEAMS = [
  { people: 1, mostMs: 1.5 },
  { people: 10, mostMs: 3 },
  { people: 100, mostMs: 10 },
];
const BOOKINGS = 50;
const ROUNDS = 15;
const PER_ROUND = 20;
const HALF_HOUR = 1_800_000;

/**
 * The tool find_slots as an agent calls it, from its words to the sentence to say: one question, "as soon as possible, with anybody", to
 * teams with fifty bookings each in the coming month, in one process, on a durable PostgreSQL. `select 1` tells what the way there costs.
 */
export async function benchAvailability(): Promise<{ aa: number; measures: Measure[] }> {
  const postgres = await benchPostgres();
  const key = Buffer.alloc(32, 7).toString("base64");
  const settings = {
    DATABASE_URL: postgres.url,
    ENCRYPTION_KEY: key,
    BETTER_AUTH_SECRET: key,
    APP_URL: "http://127.0.0.1:3000",
    SMTP_URL: "smtp://127.0.0.1:1",
  };
  const app = await buildApp(readEnv(settings), createLogger({ level: "error" }));
  try {
    const questions: (() => Promise<void>)[] = [];
    for (const { people } of TEAMS) questions.push(questionTo(await teamOf(app, people)));
    // Within minutes autovacuum does this; until then nothing can be read from an index alone.
    await app.database.db.execute(sql`vacuum analyze`);
    const selectOne = () => app.database.db.execute(sql`select 1`);
    for (const run of [selectOne, ...questions]) await repeat(100, run);
    const samples = questions.map((): number[] => []);
    const [one, again]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      one.push(...(await repeat(PER_ROUND, selectOne)));
      for (const [n, run] of questions.entries()) samples[n]?.push(...(await repeat(PER_ROUND, run)));
      again.push(...(await repeat(PER_ROUND, selectOne)));
    }
    const base = median([...one, ...again]);
    const measures = TEAMS.flatMap(({ people, mostMs }, n) => {
      const times = samples[n] ?? [];
      const name = `availability: find_slots for ${people} staff`;
      return [
        limit(`${name}, p50 against its limit`, "ms", median(times), mostMs),
        measure(`${name}, p50 against select 1`, "ms", base, median(times), null),
        measure(`${name}, p95 against p50`, "ms", median(times), percentile(times, 0.95), null),
      ];
    });
    return { aa: median(again) / median(one), measures };
  } finally {
    await app.database.close();
    await postgres.stop();
  }
}

function questionTo(ctx: Context): () => Promise<void> {
  const call = {
    callId: "call_bench",
    fromNumber: null,
    timeZone: "America/New_York",
    contactId: null,
    tools: undefined,
  };
  const request = { id: "1", name: "find_slots", arguments: { service: "haircut", window: "any" } };
  return async () => {
    const result = await runAgentTool(ctx, request, call);
    if (result.status !== "ok") throw new Error(`no times were found: ${result.say}`);
  };
}

async function teamOf(app: App, count: number): Promise<Context> {
  console.error(`${count} staff with ${BOOKINGS} bookings each …`);
  const { ctx } = await createOrganization(
    foundingOf(app),
    { name: `Team ${count}`, timeZone: "America/New_York", country: "US" },
    { owner: null },
  );
  const day = [{ startMinute: 540, endMinute: 1020 }];
  await setWeeklyHours(ctx, { staffId: null, weekly: [[], day, day, day, day, day, []] });
  const service = await createService(ctx, {
    name: "Haircut",
    durationMinutes: 30,
    slotGridMinutes: 30,
    horizonDays: 30,
  });
  const tomorrow = Math.ceil(Date.now() / 86_400_000) * 86_400_000;
  for (let n = 0; n < count; n++) {
    const person = await createStaff(ctx, { name: `Person ${n + 1}` });
    const rows = Array.from({ length: BOOKINGS }, (_, k) => {
      const startMs = tomorrow + (k * 28 + (n % 16)) * HALF_HOUR;
      return {
        id: newId("booking"),
        orgId: ctx.orgId,
        serviceId: service.id,
        staffId: person.id,
        status: "confirmed" as const,
        source: "agent" as const,
        startsAt: new Date(startMs),
        endsAt: new Date(startMs + HALF_HOUR),
        blockStartMs: startMs,
        blockEndMs: startMs + HALF_HOUR,
        timeZone: "America/New_York",
        attendeeName: "Bench",
        assignedBy: "round_robin" as const,
      };
    });
    await withTenant(app.database, ctx.orgId, (tx) => tx.insert(bookings).values(rows));
  }
  return ctx;
}
