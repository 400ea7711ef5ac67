import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { bookings } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import { createBusiness, slotIds } from "./business";
import { median, onLines, percentile, repeat } from "./figures";
import { benchPostgres } from "./postgres";
import { limit, type Measure, measure } from "./report";
import { countRoundTrips } from "./round-trips";
import { startServer } from "./server";
import { bookMessage, statusMessage, webhookClient } from "./tool-call";

const ROUNDS = 15;
const PER_ROUND = 20;
const CALLS_PER_PHONE_CALL = 5;
/** Both sides are measured as a server that has been up for a while: compiled, with kept plans. */
const WARM = 300;

/**
 * A booking by a tool call through the real HTTP server against what it cannot do without: an answer of a trivial handler and one bare
 * booking transaction, interleaved in one run on a durable PostgreSQL.
 */
export async function benchWebhook(): Promise<{ aa: number; measures: Measure[] }> {
  const postgres = await benchPostgres();
  const server = await startServer(postgres.url);
  try {
    const owner = await server.signIn("owner@example.test");
    const business = await createBusiness(server.app, { userId: owner.userId, label: "owner@example.test" });
    const [forControl, ...others] = business.people;
    const slots = (
      await Promise.all(others.map((person) => slotIds(business.ctx, business.service.id, person.id)))
    ).flat();
    const target = { url: server.url, connectionId: business.connectionId, secret: business.secret };
    const one = webhookClient(target, 1);
    let serial = 0;
    let booked = 0;
    let callId = randomUUID();
    const nextBody = async () => {
      if (serial % CALLS_PER_PHONE_CALL === 0) {
        callId = randomUUID();
        await one.post(statusMessage(callId, "in-progress"));
      }
      const slot = slots[serial];
      if (!slot) throw new Error("no slots left");
      return bookMessage(callId, slot, serial++);
    };
    const bodies = async (count: number) => {
      const made: string[] = [];
      for (let n = 0; n < count; n++) made.push(await nextBody());
      return made;
    };

    const database = await openDatabase({ url: postgres.url, maxConnections: 1 });
    let bareSerial = 0;
    const bareBooking = () => {
      const startMs = Date.parse("2031-01-01T00:00:00Z") + bareSerial++ * 1_800_000;
      return withTenant(database, business.ctx.orgId, (tx) =>
        tx.insert(bookings).values({
          id: newId("booking"),
          orgId: business.ctx.orgId,
          serviceId: business.service.id,
          staffId: forControl?.id ?? "",
          status: "confirmed",
          source: "agent",
          startsAt: new Date(startMs),
          endsAt: new Date(startMs + 1_800_000),
          blockStartMs: startMs,
          blockEndMs: startMs + 1_800_000,
          timeZone: "America/New_York",
          attendeeName: "Control",
        }),
      );
    };
    const health = () => one.get("/api/health");
    const book = async (queue: string[]) => {
      await one.book(queue.shift() ?? "");
      booked++;
    };

    console.error("warming up …");
    const warm = await bodies(WARM);
    await repeat(WARM, health);
    await repeat(WARM, bareBooking);
    await repeat(WARM, () => book(warm));
    // Within a minute autovacuum does this; until then plans are guesses about empty tables.
    await database.db.execute(sql`analyze`);

    console.error("one connection, interleaved …");
    const samples = { health: [] as number[], again: [] as number[], bare: [] as number[], tool: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const queue = await bodies(PER_ROUND);
      samples.health.push(...(await repeat(PER_ROUND, health)));
      samples.bare.push(...(await repeat(PER_ROUND, bareBooking)));
      samples.tool.push(...(await repeat(PER_ROUND, () => book(queue))));
      samples.again.push(...(await repeat(PER_ROUND, health)));
    }
    const handler = median([...samples.health, ...samples.again]);
    const measures = [
      measure(
        "webhook.p50: tool call vs (trivial handler + bare booking transaction)",
        "ms",
        handler + median(samples.bare),
        median(samples.tool),
        2,
      ),
    ];

    console.error("ten connections …");
    const ten = webhookClient(target, 10);
    const busy = await onLines(10, CALLS_PER_PHONE_CALL, await bodies(800), ten.book);
    booked += busy.length;
    measures.push(limit("webhook.p95 at 10 connections", "ms", percentile(busy, 0.95), 50));

    console.error("beside a dashboard under load …");
    const more = await bodies(400);
    const browser = webhookClient(target, 10);
    let isLoading = true;
    let pages = 0;
    const visitors = Array.from({ length: 10 }, async (_, n) => {
      const path = `/o/${business.organization.slug}${n % 2 ? "/calls" : ""}`;
      while (isLoading) {
        await browser.get(path, { cookie: owner.cookie });
        pages++;
      }
    });
    const crowded = await onLines(10, CALLS_PER_PHONE_CALL, more, ten.book);
    booked += crowded.length;
    isLoading = false;
    await Promise.all(visitors);
    console.error(`(${pages} pages meanwhile)`);
    measures.push(
      measure(
        "webhook.p95 at 10 connections, ten visitors loading pages vs none",
        "ms",
        percentile(busy, 0.95),
        percentile(crowded, 0.95),
        null,
      ),
    );
    measures.push(...(await roundTrips(postgres.url, business, await bodies(30))));
    booked += 30;

    const { rows } = await database.db.execute(
      sql`select count(*)::int as n from bookings where staff_id <> ${forControl?.id ?? ""} and status = 'confirmed'`,
    );
    const kept = (rows[0] as { n: number }).n;
    measures.push({
      ...measure("webhook.durable: bookings kept vs acknowledged", "bookings", booked, kept, 1),
      pass: kept === booked,
    });
    await Promise.all([one.close(), ten.close(), browser.close(), database.close()]);
    return { aa: median(samples.again) / median(samples.health), measures };
  } finally {
    await server.stop();
    await postgres.stop();
  }
}

async function roundTrips(
  databaseUrl: string,
  business: { connectionId: string; secret: string },
  bodies: string[],
): Promise<Measure[]> {
  console.error("counting round trips …");
  const counter = await countRoundTrips(databaseUrl);
  const server = await startServer(counter.url);
  const client = webhookClient({ url: server.url, connectionId: business.connectionId, secret: business.secret }, 1);
  const trips: number[] = [];
  for (const body of bodies) trips.push(await counter.during(() => client.book(body)));
  await client.close();
  await server.stop();
  counter.stop();
  return [limit("webhook.round trips to the database per tool call (median)", "trips", median(trips.slice(5)), 8)];
}
