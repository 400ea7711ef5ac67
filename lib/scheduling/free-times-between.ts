import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { loadScheduleFor } from "./load-schedule";
import { type FreeTimes, freeIn, searchFor } from "./offers";
import { parseIsoDay } from "./rules/civil";
import type { ScheduledService } from "./rules/schedule";
import { localDayOf } from "./rules/zone";

type Asked = {
  serviceId: string;
  staffId?: string | undefined;
  locationId?: string | undefined;
  /** Local dates of the business, both included; default: from today to the service's horizon. */
  fromDate?: string | undefined;
  toDate?: string | undefined;
  window?: { fromMinute: number; toMinute: number } | undefined;
};

/** Every free start of a service between two local dates, and the service. One statement. Throws `not_found`. */
export async function freeTimesBetween(
  ctx: Context,
  tx: Tx,
  { serviceId, fromDate, toDate, ...asked }: Asked,
): Promise<FreeTimes & { service: ScheduledService }> {
  const nowMs = ctx.clock.now().getTime();
  const { loaded, decided } = await loadScheduleFor(ctx, tx, {}, ({ schedule }) => {
    const service = schedule.services.find((each) => each.id === serviceId && each.active);
    if (!service) return { schedule, reads: {} };
    const today = localDayOf(schedule.zone, nowMs);
    const fromDay = parseIsoDay(fromDate ?? "") ?? today;
    const toDay = toDate ? (parseIsoDay(toDate) ?? fromDay) : today + service.horizonDays;
    const search = searchFor(schedule, { ...asked, service, fromDay, toDay }, nowMs);
    return { schedule, reads: search.reads, search };
  });
  const { search } = decided;
  if (!search) throw notFound("This service");
  return { ...freeIn(loaded, search, loaded.turns), service: search.wanted.service };
}
