import { isFree } from "./busy";
import type { Schedule, ScheduledResource, ScheduledService } from "./schedule";
import type { Why } from "./why";

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

/** What would do and is closed or in use then; where each alone is free (two pools want the same one), all of it. */
export function whyNoResource(
  schedule: Schedule,
  service: ScheduledService,
  { startMs, endMs }: { startMs: number; endMs: number },
  locationId: string | null,
): Why {
  const all = [...new Set(service.pools.flatMap((pool) => poolAt(schedule, pool, locationId)))];
  const taken = all.filter((each) => !isFree(each.busy, startMs, endMs));
  const closed = taken.flatMap(({ name, closures }) => {
    const closure = closures?.find((each) => each.startMs < endMs && each.endMs > startMs);
    return closure ? [{ name, reason: closure.reason }] : [];
  });
  const used = (taken.length > 0 ? taken : all).filter(({ name }) => !closed.some((each) => each.name === name));
  return { rule: "no_resource", names: used.map((each) => each.name), ...(closed.length > 0 ? { closed } : {}) };
}

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
