import { isFree } from "./busy";
import type { Schedule, ScheduledResource, ScheduledService } from "./schedule";

/**
 * One free resource of each of the service's pools at a place, each another one, the owner's order first; undefined when there is none.
 * Pools may share resources: a choice that leaves nothing for a later pool is taken back.
 */
export function pickResources(
  schedule: Schedule,
  service: ScheduledService,
  block: { startMs: number; endMs: number },
  locationId: string | null,
): string[] | undefined {
  if (service.pools.length === 0) return [];
  const free = service.pools.map((pool) =>
    poolAt(schedule, pool, locationId)
      .filter((each) => isFree(each.busy, block.startMs, block.endMs))
      .map((each) => each.id),
  );
  return chooseApart(free, []);
}

/** Those of a pool that can be used at a place, in the owner's order. */
export const poolAt = (schedule: Schedule, pool: readonly string[], locationId: string | null): ScheduledResource[] =>
  schedule.resources.filter(
    (each) =>
      each.active &&
      pool.includes(each.id) &&
      (each.locationId === null || locationId === null || each.locationId === locationId),
  );

function chooseApart(pools: readonly (readonly string[])[], taken: readonly string[]): string[] | undefined {
  const [first, ...rest] = pools;
  if (!first) return [...taken];
  for (const id of first) {
    if (taken.includes(id)) continue;
    const chosen = chooseApart(rest, [...taken, id]);
    if (chosen) return chosen;
  }
  return undefined;
}
