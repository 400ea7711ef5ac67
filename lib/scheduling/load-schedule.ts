import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { type Configuration, keptConfiguration, readConfiguration } from "./load-configuration";
import { type Ignoring, type OccupiedRow, occupiedColumns, type Range, type Reads } from "./load-occupied";
import { DAY_MS } from "./rules/civil";
import { kindsOf, withOccupied } from "./rules/occupied";
import type { Schedule } from "./rules/schedule";
import type { BookingStatus } from "./schemas";

export type LoadedSchedule = Schedule & {
  country: string;
  booking: BookingRow | undefined;
  /** Of the contact asked for; undefined when there is none. */
  contactName: string | undefined;
  /** Who usually serves that contact. */
  preferredStaffId: string | undefined;
  /** Whether anybody holds anything, expired or not. */
  hasHolds: boolean;
  /** How many each person had by turn of the service asked for; who had none is left out. */
  turns: ReadonlyMap<string, number>;
};

/** What is to be read follows from what is configured: of which schedule (it may go by another clock than the organisation's), and what. */
type Decided = { schedule: Schedule; reads: Reads };

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

type Wanted = Ignoring & {
  busy?: Range | undefined;
  /** Dates whose overrides are wanted; default: those of `busy`, else from today two years ahead. */
  days?: Range | undefined;
  contactId?: string | undefined;
};

type Now = OccupiedRow & {
  version: string;
  hasHolds: boolean;
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
export async function loadSchedule(ctx: Context, tx: Tx, options: Wanted = {}): Promise<LoadedSchedule> {
  return (await loadScheduleFor(ctx, tx, options, wholeOf(options))).loaded;
}

/**
 * As `loadSchedule`, for whoever decides by what is configured what is to be read: still one statement. `decide` may be asked again, where
 * that has changed since; what it decided last comes back with what was read for it.
 */
export async function loadScheduleFor<D extends Decided>(
  ctx: Context,
  tx: Tx,
  options: Omit<Wanted, "busy">,
  decide: (configured: Configuration) => D,
): Promise<{ loaded: LoadedSchedule; decided: D }> {
  const range = daysOf(ctx, options);
  let configuration = keptConfiguration(ctx, range) ?? (await readConfiguration(ctx, tx, range));
  for (let attempt = 1; ; attempt++) {
    const decided = decide(configuration);
    const asked = { ...options, ...decided.reads };
    const ahead =
      attempt === 1 ? (ctx.ahead?.get(questionOf(configuration, asked)) as Promise<Now> | undefined) : undefined;
    const now = await (ahead ?? readNow(ctx, tx, decided.schedule, asked));
    if (now.version !== configuration.version && attempt < MAX_ATTEMPTS) {
      configuration = await readConfiguration(ctx, tx, range);
      continue;
    }
    const loaded = {
      ...withOccupied(decided.schedule, now),
      country: configuration.country,
      hasHolds: now.hasHolds,
      booking: now.booking ?? undefined,
      contactName: now.contact?.name,
      preferredStaffId: now.contact?.preferredStaffId ?? undefined,
      turns: new Map(now.turns),
    };
    return { loaded, decided };
  }
}

const wholeOf =
  ({ busy }: Wanted) =>
  ({ schedule }: Configuration): Decided => ({ schedule, reads: { busy } });

/**
 * Asks what `loadSchedule` (or with `decide` `loadScheduleFor`) would ask with the same options, for it to find in `ctx.ahead`. Without a
 * kept configuration it asks nothing.
 */
export function readScheduleAhead(
  ctx: Context,
  options: Wanted,
  decide: (configured: Configuration) => Decided = wholeOf(options),
): void {
  const configuration = keptConfiguration(ctx, daysOf(ctx, options));
  if (!configuration || !ctx.ahead || !ctx.tx) return;
  const { schedule, reads } = decide(configuration);
  const asked = { ...options, ...reads };
  ctx.ahead.set(questionOf(configuration, asked), readNow(ctx, ctx.tx, schedule, asked));
}

/** What is known without asking; it may have changed since, as far as nothing but a guess rests on it. */
export const keptSchedule = (ctx: Context, days: Range): Schedule | undefined =>
  keptConfiguration(ctx, daysOf(ctx, { days }))?.schedule;

const questionOf = (
  { version }: Configuration,
  { busy, turnsOf, callId, holdId, movingId, contactId }: Wanted & Reads,
): string => JSON.stringify(["schedule", version, busy, turnsOf, callId, holdId, movingId, contactId]);

function daysOf(ctx: Context, { days, busy }: Wanted) {
  const nowMs = ctx.clock.now().getTime();
  const { fromMs, toMs } = days ?? busy ?? { fromMs: nowMs, toMs: nowMs + 731 * DAY_MS };
  return { fromDay: Math.floor(fromMs / DAY_MS) - 3, toDay: Math.ceil(toMs / DAY_MS) + 3 };
}

async function readNow(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  options: Ignoring & Reads & { contactId?: string | undefined },
): Promise<Now> {
  const { movingId, contactId } = options;
  const { rows } = await tx.execute(sql`
    select o.schedule_version::text as version, exists (select from bookings where org_id = o.id and status = 'held') as "hasHolds",
      ${occupiedColumns(ctx, options, options, kindsOf(schedule))},
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
