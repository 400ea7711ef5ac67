import { type Busy, mergeBusy } from "./busy";
import { isLimited, type TallyRow, tallyOf } from "./limits";
import type { Closure, Schedule } from "./schedule";

/** What is occupied, as rows; null where an organisation has nothing of the kind. */
export type Occupied = {
  /** Every live block, in any order: whose it is (ids with a space between), its start, its end. */
  busy: readonly [staffIds: string, starts: readonly number[], ends: readonly number[]] | null;
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
  const ofStaff = busy ? pairsBy(busy[0].split(" "), busy[1], busy[2]) : undefined;
  const ofResource = resourceBusy
    ? pairsBy(
        resourceBusy.map(([id]) => id),
        resourceBusy.map(([, start]) => start),
        resourceBusy.map(([, , end]) => end),
      )
    : undefined;
  const late = tentative ? new Set(tentative) : undefined;
  return {
    ...schedule,
    staff: schedule.staff.map((person) => {
      const pairs = ofStaff?.get(person.id);
      return { ...person, busy: pairs ? mergeBusy(pairs) : free, tentative: late?.has(person.id) ?? false };
    }),
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

function pairsBy(
  ids: readonly string[],
  starts: readonly number[],
  ends: readonly number[],
): Map<string, [number, number][]> {
  const pairs = new Map<string, [number, number][]>();
  for (let n = 0; n < ids.length; n++) {
    const id = ids[n] as string;
    const pair: [number, number] = [starts[n] as number, ends[n] as number];
    const known = pairs.get(id);
    if (known) known.push(pair);
    else pairs.set(id, [pair]);
  }
  return pairs;
}
