import { and, asc, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { selectBookings } from "./booking-rows";
import { loadSchedule } from "./load-schedule";
import { type Day, isoOf } from "./rules/civil";
import { covers } from "./rules/hours";
import { peopleFor, placeOf, type Schedule, type ScheduledStaff } from "./rules/schedule";
import { localDayOf } from "./rules/zone";
import type { Booking } from "./schemas";

/** Of a person, a place or a resource; with none named of the whole business. */
export type WhoseTime = {
  staffId?: string | null | undefined;
  locationId?: string | null | undefined;
  resourceId?: string | undefined;
};

const MOST = 200;

/**
 * Confirmed bookings to come, by start and at most 200, that lie in time closed since or by hand: of a resource in one of its closures, else on
 * a date that differs and outside its hours. They stay as they are until somebody moves or cancels them.
 */
export async function listDisplaced(ctx: Context, { resourceId, ...whose }: WhoseTime): Promise<Booking[]> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    if (resourceId) return coming(ctx, tx, inClosure(ctx, resourceId));
    const schedule = await loadSchedule(ctx, tx);
    const people = schedule.staff.filter(
      (person) =>
        (!whose.staffId || person.id === whose.staffId) &&
        (!whose.locationId || person.locationId === whose.locationId),
    );
    const differing = new Map(people.map((person) => [person.id, daysThatDiffer(schedule, person)]));
    const today = localDayOf(schedule.zone, ctx.clock.now().getTime());
    const days = [...new Set([...differing.values()].flatMap((each) => [...each]))].filter((day) => day >= today - 1);
    if (days.length === 0) return [];
    const isDisplaced = (booking: Booking): boolean => {
      const person = people.find((each) => each.id === (whose.staffId ?? booking.staffId));
      if (!person) return false;
      const day = localDayOf(placeOf(schedule, person).zone, booking.startsAt.getTime());
      return differing.get(person.id)?.has(day) === true && !isOpen(schedule, person, booking);
    };
    const where = [onDays(days), byLeadOrPart([...differing.keys()])];
    const displaced: Booking[] = [];
    // Most of what is booked on dates that differ may lie within their hours.
    for (let last: Booking | undefined; displaced.length < MOST; ) {
      const found = await coming(ctx, tx, ...where, ...(last ? [behind(last)] : []));
      displaced.push(...found.filter(isDisplaced));
      last = found[MOST - 1];
      if (!last) break;
    }
    return displaced.slice(0, MOST);
  });
}

const coming = (ctx: Context, tx: Tx, ...where: SQL[]): Promise<Booking[]> =>
  selectBookings(ctx, tx, and(eq(bookings.status, "confirmed"), gt(bookings.startsAt, ctx.clock.now()), ...where))
    .orderBy(asc(bookings.startsAt), asc(bookings.id))
    .limit(MOST);

const behind = ({ startsAt, id }: Booking): SQL =>
  sql`(${bookings.startsAt}, ${bookings.id}) > (${startsAt.toISOString()}::timestamptz, ${id})`;

const inClosure = (ctx: Context, resourceId: string): SQL => sql`exists (
  select 1 from bookings p join resource_closures c on c.org_id = p.org_id and c.resource_id = p.resource_id
  where p.org_id = ${ctx.orgId} and (p.id = ${bookings.id} or p.part_of_id = ${bookings.id}) and p.resource_id = ${resourceId}
    and p.block_start_ms < extract(epoch from c.ends_at) * 1000 and p.block_end_ms > extract(epoch from c.starts_at) * 1000)`;

const onDays = (days: readonly Day[]): SQL =>
  sql`(${bookings.startsAt} at time zone ${bookings.timeZone})::date::text in (select value from json_array_elements_text(${JSON.stringify(days.map(isoOf))}::json))`;

const byLeadOrPart = (staffIds: string[]): SQL =>
  or(
    inArray(bookings.staffId, staffIds),
    sql`exists (select 1 from bookings p where p.org_id = ${bookings.orgId} and p.part_of_id = ${bookings.id}
      and p.staff_id in (select value from json_array_elements_text(${JSON.stringify(staffIds)}::json)))`,
  ) ?? sql`false`;

const daysThatDiffer = (schedule: Schedule, person: ScheduledStaff): Set<Day> =>
  new Set([...placeOf(schedule, person).hours.overrides.keys(), ...person.overrides.keys()]);

function isOpen(schedule: Schedule, person: ScheduledStaff, { startsAt, endsAt }: Booking): boolean {
  const [startMs, endMs] = [startsAt.getTime(), endsAt.getTime()];
  const [here] = peopleFor(schedule, [person], startMs, endMs);
  return here !== undefined && covers(here.open, startMs, endMs);
}
