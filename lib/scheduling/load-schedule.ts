import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { keptConfiguration, readConfiguration } from "./load-configuration";
import { type Ignoring, occupiedColumns } from "./load-occupied";
import { DAY_MS } from "./rules/civil";
import { kindsOf, type Occupied, withOccupied } from "./rules/occupied";
import type { Schedule } from "./rules/schedule";
import type { BookingStatus } from "./schemas";

export type LoadedSchedule = Schedule & {
  country: string;
  booking: BookingRow | undefined;
  /** Of the contact asked for; undefined when there is none. */
  contactName: string | undefined;
  /** Who usually serves that contact. */
  preferredStaffId: string | undefined;
};

/** The booking being moved, in the same read. */
export type BookingRow = {
  id: string;
  serviceId: string;
  staffId: string;
  contactId: string | null;
  callId: string | null;
  status: BookingStatus;
  startMs: number;
  attendeeName: string;
  attendeePhone: string | null;
};

type Range = { fromMs: number; toMs: number };

type Now = Occupied & {
  version: string;
  booking: BookingRow | null;
  contact: { name: string; preferredStaffId: string | null } | null;
};

const MAX_ATTEMPTS = 3;

/**
 * Services, staff, hours and dates of an organisation with what is occupied in `busy` (default: nothing is read). Expired holds do not
 * count, nor holds of `callId` or `holdId`, nor the booking that is being moved: their time is free to this caller.
 *
 * One statement: what is configured is kept by the process under its version, which the statement tells; a version that is not known costs
 * another one.
 */
export async function loadSchedule(
  ctx: Context,
  tx: Tx,
  options: Ignoring & {
    busy?: Range | undefined;
    /** Dates whose overrides are wanted; default: those of `busy`, else from today two years ahead. */
    days?: Range | undefined;
    contactId?: string | undefined;
  } = {},
): Promise<LoadedSchedule> {
  const nowMs = ctx.clock.now().getTime();
  const days = options.days ?? options.busy ?? { fromMs: nowMs, toMs: nowMs + 731 * DAY_MS };
  const range = { fromDay: Math.floor(days.fromMs / DAY_MS) - 3, toDay: Math.ceil(days.toMs / DAY_MS) + 3 };
  let configuration = keptConfiguration(ctx, range) ?? (await readConfiguration(ctx, tx, range));
  for (let attempt = 1; ; attempt++) {
    const now = await readNow(ctx, tx, configuration.schedule, options);
    if (now.version !== configuration.version && attempt < MAX_ATTEMPTS) {
      configuration = await readConfiguration(ctx, tx, range);
      continue;
    }
    return {
      ...withOccupied(configuration.schedule, now),
      country: configuration.country,
      booking: now.booking ?? undefined,
      contactName: now.contact?.name,
      preferredStaffId: now.contact?.preferredStaffId ?? undefined,
    };
  }
}

async function readNow(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  options: Ignoring & { busy?: Range | undefined; contactId?: string | undefined },
): Promise<Now> {
  const { movingId, contactId } = options;
  const { rows } = await tx.execute(sql`
    select o.schedule_version::text as version, ${occupiedColumns(ctx, options.busy, options, kindsOf(schedule))},
      ${
        movingId
          ? sql`(select json_build_object('id', id, 'serviceId', service_id, 'staffId', staff_id, 'contactId', contact_id, 'callId', call_id,
            'status', status, 'startMs', (extract(epoch from starts_at) * 1000)::bigint, 'attendeeName', attendee_name,
            'attendeePhone', attendee_phone) from bookings where org_id = o.id and id = ${movingId})`
          : sql`null`
      } as booking,
      ${contactId ? sql`(select json_build_object('name', name, 'preferredStaffId', preferred_staff_id) from contacts where org_id = o.id and id = ${contactId})` : sql`null`} as contact
    from organizations o where o.id = ${ctx.orgId}`);
  return rows[0] as Now;
}
