import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { bookSeries } from "@/lib/scheduling/book-series";
import { cancelSeries } from "@/lib/scheduling/cancel-series";
import { moveSeries } from "@/lib/scheduling/move-series";
import { countOverlaps, seeded } from "./race-bookings";
import { createSalon } from "./salon";

export type SeriesRaceReport = {
  attempts: number;
  booked: number;
  series: number;
  moved: number;
  cancelled: number;
  refused: Record<string, number>;
  errors: string[];
  overlaps: number;
  /** Confirmed rows that no verb answered for, or answered bookings that are not there; must be 0. */
  unaccounted: number;
  /** Series of which "all" was booked and not all is there; must be 0. */
  halfBooked: number;
};

/** Series against series and single bookings of two people over six weeks: booked whole, booked where free, moved and cancelled in part. */
export async function raceSeries(
  database: Database,
  options: { attempts: number; concurrency: number; seed?: number },
): Promise<SeriesRaceReport> {
  const { ctx, haircut, anna, ben, orgId } = await createSalon(database);
  const random = seeded(options.seed ?? 1);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const report: SeriesRaceReport = {
    ...{ attempts: 0, booked: 0, series: 0, moved: 0, cancelled: 0, refused: {}, errors: [] },
    ...{ overlaps: 0, unaccounted: 0, halfBooked: 0 },
  };
  const live: string[] = [];
  const promised: string[] = [];
  const refuse = (reason: string) => {
    report.refused[reason] = (report.refused[reason] ?? 0) + 1;
  };
  const anyStart = () => {
    const day = String(23 + Math.floor(random() * 5)).padStart(2, "0");
    const hour = String(9 + Math.floor(random() * 7)).padStart(2, "0");
    return `2026-11-${day}T${hour}:${random() < 0.5 ? "00" : "30"}:00-05:00`;
  };
  const attempt = async () => {
    const kind = random();
    const staffId = (random() < 0.5 ? anna : ben).id;
    const asked = { serviceId: haircut.id, staffId, startsAt: anyStart(), name: `Caller ${report.attempts}` };
    const bookingId = kind > 0.6 ? pick(live) : undefined;
    const scope = pick(["following", "all"] as const) ?? "all";
    if (bookingId && kind > 0.82) {
      const cancelled = await cancelSeries(ctx, { bookingId, scope });
      if (!cancelled.ok) return refuse(cancelled.reason);
      report.cancelled += cancelled.value.length;
      return;
    }
    if (bookingId) {
      const mode = pick(["all", "free"] as const) ?? "all";
      const moved = await moveSeries(ctx, { bookingId, scope, mode, startsAt: anyStart() });
      if (!moved.ok) return refuse(moved.reason);
      report.moved += moved.value.moved.length;
      return;
    }
    if (kind > 0.3) {
      const made = await bookAppointment(ctx, asked);
      if (!made.ok) return refuse(made.reason);
      report.booked++;
      live.push(made.value.id);
      return;
    }
    const mode = kind > 0.15 ? "all" : "free";
    const rule = `FREQ=WEEKLY;COUNT=${3 + Math.floor(random() * 4)}`;
    const made = await bookSeries(ctx, { ...asked, rule, mode });
    if (!made.ok) return refuse(made.reason);
    report.series++;
    report.booked += made.value.bookings.length;
    live.push(...made.value.bookings.map(({ id }) => id));
    if (mode === "all") promised.push(made.value.seriesId);
    if (mode === "all" && made.value.bookings.length < made.value.report.occurrences.length) report.halfBooked++;
  };
  const worker = async () => {
    while (report.attempts < options.attempts) {
      report.attempts++;
      await attempt().catch((error: Error) =>
        report.errors.push(error.cause instanceof Error ? error.cause.message : error.message),
      );
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  report.overlaps = await countOverlaps(database);
  const count = async (query: ReturnType<typeof sql>) =>
    ((await database.db.execute(query)).rows[0] as { n: number }).n;
  const confirmed = await count(
    sql`select count(*)::int as n from bookings where org_id = ${orgId} and status = 'confirmed'`,
  );
  report.unaccounted = Math.abs(confirmed - (report.booked - report.cancelled));
  report.halfBooked += await count(sql`
    select count(*)::int as n from booking_series s where s.org_id = ${orgId} and s.id = any (string_to_array(${promised.join(",")}, ','))
      and (select count(*) from bookings where series_id = s.id)::int <> substring(s.rule from 'COUNT=([0-9]+)')::int`);
  return report;
}
