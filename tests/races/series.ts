import { sql } from "drizzle-orm";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { bookSeries } from "@/lib/scheduling/book-series";
import { cancelSeries } from "@/lib/scheduling/cancel-series";
import { moveSeries } from "@/lib/scheduling/move-series";
import { parseIsoDay } from "@/lib/scheduling/rules/civil";
import { bookingOccurrences, parseBookingRule } from "@/lib/scheduling/rules/recurrence";
import { zoneOf } from "@/lib/scheduling/rules/zone";
import { createSalon } from "../salon";
import { unaccounted } from "./bookings";
import type { Course } from "./run-race";

/**
 * Series against series and single bookings of two people over six weeks: booked whole, booked where free, moved and cancelled in part.
 * `halfBooked`: dates of series promised whole that were not made; `offRule`: bookings that stand for no date of their series' rule, which is
 * split by every change from one date on.
 */
export const series: Course = async (stage) => {
  const { random, pick, count, number } = stage;
  const { ctx, haircut, anna, ben } = await createSalon(stage.database);
  const live: string[] = [];
  const promised: string[] = [];
  let halfBooked = 0;
  const anyStart = () => {
    const day = String(23 + Math.floor(random() * 5)).padStart(2, "0");
    const hour = String(9 + Math.floor(random() * 7)).padStart(2, "0");
    return `2026-11-${day}T${hour}:${random() < 0.5 ? "00" : "30"}:00-05:00`;
  };
  return {
    async attempt(n) {
      const kind = random();
      const staffId = (random() < 0.5 ? anna : ben).id;
      const asked = { serviceId: haircut.id, staffId, startsAt: anyStart(), name: `Caller ${n}` };
      const bookingId = kind > 0.6 ? pick(live) : undefined;
      const scope = pick(["following", "all"] as const) ?? "all";
      if (bookingId && kind > 0.82)
        return count(await cancelSeries(ctx, { bookingId, scope }), "cancelled", ({ length }) => length);
      if (bookingId) {
        const mode = pick(["all", "free"] as const) ?? "all";
        const moved = await moveSeries(ctx, { bookingId, scope, mode, startsAt: anyStart() });
        return count(moved, "moved", (value) => value.moved.length);
      }
      if (kind > 0.3) {
        const made = count(await bookAppointment(ctx, asked), "booked");
        if (made) live.push(made.id);
        return;
      }
      const mode = kind > 0.15 ? "all" : "free";
      const rule = `FREQ=WEEKLY;COUNT=${3 + Math.floor(random() * 4)}`;
      const answer = await bookSeries(ctx, { ...asked, rule, mode });
      const made = count(answer, "booked", ({ bookings }) => bookings.length);
      if (!made) return;
      count(answer, "series");
      live.push(...made.bookings.map(({ id }) => id));
      if (mode === "free") return;
      halfBooked += made.report.occurrences.length - made.bookings.length;
      promised.push(...made.bookings.map(({ id }) => id));
    },
    async faults() {
      const kept = await number(sql`
        select count(*)::int as n from bookings where org_id = ${ctx.orgId} and series_id is not null
          and id = any (string_to_array(${promised.join(",")}, ','))`);
      const { rows } = await stage.database.db.execute(sql`
        select s.rule, s.starts_on::text as "startsOn", array_agg(b.series_on::text) as dates from booking_series s
          join bookings b on b.series_id = s.id and b.status = 'confirmed' where s.org_id = ${ctx.orgId} group by s.id`);
      const offRule = (rows as Stored[]).reduce((sum, each) => sum + offRuleOf(each), 0);
      return { unaccounted: await unaccounted(stage, ctx), halfBooked: halfBooked + promised.length - kept, offRule };
    },
  };
};

type Stored = { rule: string; startsOn: string; dates: string[] };

function offRuleOf({ rule, startsOn, dates }: Stored): number {
  const parsed = parseBookingRule(rule);
  const firstDay = parseIsoDay(startsOn) ?? 0;
  if (!parsed.ok) return dates.length;
  const found = bookingOccurrences({ rule: parsed.value, zone: zoneOf("UTC"), firstDay, minute: 0 }, 1_000);
  const named = new Set(found.ok ? found.value.map(({ day }) => day) : []);
  return dates.filter((iso) => !named.has(parseIsoDay(iso) ?? 0)).length;
}
