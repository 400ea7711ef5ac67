import { sql } from "drizzle-orm";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { bookSeries } from "@/lib/scheduling/book-series";
import { cancelSeries } from "@/lib/scheduling/cancel-series";
import { moveSeries } from "@/lib/scheduling/move-series";
import { createSalon } from "../salon";
import { unaccounted } from "./bookings";
import type { Course } from "./run-race";

/**
 * Series against series and single bookings of two people over six weeks: booked whole, booked where free, moved and cancelled in part.
 * `halfBooked`: dates of series promised whole that were not made.
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
      return { unaccounted: await unaccounted(stage, ctx), halfBooked: halfBooked + promised.length - kept };
    },
  };
};
