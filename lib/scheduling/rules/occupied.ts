import { type Busy, mergeBusy } from "./busy";
import { isLimited, type TallyRow, tallyOf } from "./limits";
import type { Closure, Schedule } from "./schedule";

/** What is occupied, as rows; null where an organisation has nothing of the kind. */
export type Occupied = {
  /** By person, once each: starts and ends of every live block, in any order. */
  busy: readonly (readonly [staffId: string, starts: readonly number[], ends: readonly number[]])[];
  /** People whose calendar is not current. */
  tentative: readonly string[] | null;
  /** Service, person, start, end, block's start and end, seats taken, resources of every start of a group service. */
  sessions: readonly (readonly [string, string, number, number, number, number, number, readonly string[]])[] | null;
  /** Resource, start, end. */
  resourceBusy: readonly (readonly [string, number, number])[] | null;
  /** What counts against limits; rows of the days and weeks around. */
  starts: readonly TallyRow[] | null;
};

/** What an organisation has that takes more than people's time. */
export type Kinds = { seats: boolean; resources: boolean; limits: boolean };

export const kindsOf = (schedule: Schedule): Kinds => ({
  seats: schedule.services.some((service) => service.seats > 1),
  resources: schedule.resources.length > 0,
  limits: [...schedule.services, ...schedule.staff].some(isLimited),
});

const free: Busy = mergeBusy([]);

/** The schedule with what is occupied in place of what was known before. */
export function withOccupied(
  schedule: Schedule,
  { busy, tentative, sessions, resourceBusy, starts }: Occupied,
): Schedule {
  const ofStaff = new Map(
    busy.map(([id, starts, ends]) => [id, mergeBusy(starts.map((start, n) => [start, ends[n] as number] as const))]),
  );
  const ofResource = resourceBusy ? busyBy(resourceBusy) : undefined;
  return {
    ...schedule,
    staff: schedule.staff.map((person) => ({
      ...person,
      busy: ofStaff.get(person.id) ?? free,
      tentative: tentative?.includes(person.id) ?? false,
    })),
    resources: ofResource
      ? schedule.resources.map((resource) => ({
          ...resource,
          busy: mergeBusy([...(ofResource.get(resource.id) ?? []), ...closedTimes(resource)]),
        }))
      : schedule.resources,
    sessions: (sessions ?? []).map(
      ([serviceId, staffId, startMs, endMs, blockStartMs, blockEndMs, taken, resourceIds]) => ({
        serviceId,
        staffId,
        startMs,
        endMs,
        blockStartMs,
        blockEndMs,
        taken,
        resourceIds,
      }),
    ),
    tally: starts ? tallyOf(starts, schedule.zone) : schedule.tally,
  };
}

export const closedTimes = ({ closures = [] }: { closures?: readonly Closure[] }): [number, number][] =>
  closures.map(({ startMs, endMs }) => [startMs, endMs]);

function busyBy(rows: readonly (readonly [string, number, number])[]): Map<string, [number, number][]> {
  const pairs = new Map<string, [number, number][]>();
  for (const [id, start, end] of rows) {
    const known = pairs.get(id);
    if (known) known.push([start, end]);
    else pairs.set(id, [[start, end]]);
  }
  return pairs;
}
