import type { ScheduledService, ScheduledStaff } from "./schedule";

/**
 * Who does it together with `lead`, lead first, of those who are `free`; undefined when too few are at one place. `able` is everybody who
 * does the service: all of them are needed where `staffNeeded` is 0.
 */
export function teamOf(
  service: ScheduledService,
  able: readonly ScheduledStaff[],
  lead: ScheduledStaff,
  free: readonly ScheduledStaff[],
): ScheduledStaff[] | undefined {
  const isNear = (person: ScheduledStaff, place: string | null) =>
    place === null || person.locationId === null || person.locationId === place;
  const needed =
    service.staffNeeded === 0 ? able.filter((each) => isNear(each, lead.locationId)).length : service.staffNeeded;
  const team = [lead];
  let place = lead.locationId;
  for (const person of free) {
    if (team.length === needed) break;
    if (person.id === lead.id || !isNear(person, place)) continue;
    place ??= person.locationId;
    team.push(person);
  }
  return team.length === needed ? team : undefined;
}
