import { sql } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { type CallsQuery, listCalls } from "@/lib/calls";
import { createOrganization } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { encodeCursor } from "@/lib/platform/cursor";
import { readEnv } from "@/lib/platform/env";
import { createLogger } from "@/lib/platform/logger";
import { buildApp } from "@/lib/wiring/app";
import { foundingOf } from "@/lib/wiring/founding";
import { median, repeat } from "./figures";
import { benchPostgres } from "./postgres";
import { type Measure, measure } from "./report";

const SMALL = 10_000;
const LARGE = 1_000_000;
const REPETITIONS = 9;
const PER_REPETITION = 20;

/** The same page of the calls list in an organisation with a million calls and in one with ten thousand, in one table. */
export async function benchLists(): Promise<{ aa: number; measures: Measure[] }> {
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
    const small = await organizationWith(app, SMALL);
    const large = await organizationWith(app, LARGE);
    const database = await openDatabase({ url: postgres.url, maxConnections: 1 });
    await database.db.execute(sql`vacuum analyze calls`);
    await database.close();
    const cases: [string, (at: Date) => CallsQuery][] = [
      ["first page", () => ({})],
      ["middle page", (at) => ({ cursor: encodeCursor({ at, id: "call_" }) })],
      ["filtered page (outcome)", () => ({ outcome: "booked" })],
    ];
    const measures: Measure[] = [];
    const aa: number[] = [];
    for (const [name, query] of cases) {
      const read = (from: { ctx: Context; middle: Date }) => async () => {
        const { items } = await listCalls(from.ctx, query(from.middle));
        if (items.length !== 50) throw new Error(`${name}: ${items.length} calls instead of 50`);
      };
      for (const one of [small, large]) await repeat(30, read(one));
      const [control, again, subject]: number[][] = [[], [], []];
      for (let n = 0; n < REPETITIONS; n++) {
        control?.push(...(await repeat(PER_REPETITION, read(small))));
        subject?.push(...(await repeat(PER_REPETITION, read(large))));
        again?.push(...(await repeat(PER_REPETITION, read(small))));
      }
      if (!control || !again || !subject) throw new Error("no samples");
      aa.push(median(again) / median(control));
      measures.push(
        measure(
          `lists.${name}: ${LARGE} calls vs ${SMALL}`,
          "ms",
          median([...control, ...again]),
          median(subject),
          1.5,
        ),
      );
    }
    return { aa: median(aa), measures };
  } finally {
    await app.database.close();
    await postgres.stop();
  }
}

/** Calls by SQL, as thousands of real ones would lie there; the organisation itself by its verb. */
async function organizationWith(app: Parameters<typeof foundingOf>[0], count: number) {
  console.error(`${count} calls …`);
  const { ctx } = await createOrganization(foundingOf(app), { name: `Lists ${count}` }, { owner: null });
  const { orgId } = ctx;
  const { db } = app.database;
  const connectionId = `conn_${count}`;
  await db.execute(sql`insert into connections (id, org_id, provider, mode, name, webhook_auth, webhook_secret_enc)
    values (${connectionId}, ${orgId}, 'vapi', 'live', 'Bench', '{"method":"secret_header"}', 'x')`);
  await db.execute(sql`insert into calls (id, org_id, connection_id, external_id, status, from_number, started_at, ended_at,
      duration_seconds, outcome, summary, transcript, cost_micros, reported, last_event_at)
    select 'call_' || ${String(count)} || lpad(n::text, 20, '0'), ${orgId}, ${connectionId}, 'ext_' || n, 'ended',
      '+1202555' || lpad((n % 10000)::text, 4, '0'), t, t + interval '90 seconds', 90,
      (array['booked', 'message', 'answered', 'missed', 'cancelled'])[1 + n % 5],
      'The caller number ' || n || ' asked for a time.', 'Hello. I would like to come by. Number ' || n || ' speaking.', 90000 + n % 5000,
      true, t
    from generate_series(1, ${count}::int) n, lateral (select now() - n * interval '47 seconds' as t) as at`);
  return { ctx, middle: new Date(Date.now() - (count / 2) * 47_000) };
}
