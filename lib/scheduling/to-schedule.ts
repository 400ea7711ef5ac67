import { mergeBusy } from "./rules/busy";
import { type Day, parseIsoDay } from "./rules/civil";
import type { Span } from "./rules/hours";
import { closedTimes } from "./rules/occupied";
import { type Schedule, type ScheduledService, weekOf } from "./rules/schedule";
import { zoneOf } from "./rules/zone";
import type { MinuteSpan } from "./schemas";

type Whose = { staffId: string | null; locationId: string | null };

/** What an organisation has configured, as the database gives it; null where it has nothing of the kind. */
export type Configured = {
  zone: string;
  currency: string;
  name: string;
  country: string;
  services: Omit<ScheduledService, "pools" | "locationIds">[];
  staff: {
    id: string;
    name: string;
    zone: string | null;
    active: boolean;
    locationId: string | null;
    maxPerDay: number | null;
    maxPerWeek: number | null;
    services: string[];
  }[];
  hours: (Whose & { weekday: number; startMinute: number; endMinute: number })[];
  overrides: (Whose & { onDate: string; spans: MinuteSpan[]; reason: string })[];
  holidays: [onDate: string, name: string][] | null;
  locations: { id: string; name: string; zone: string | null; active: boolean }[] | null;
  serviceLocations: [serviceId: string, locationId: string][] | null;
  resources:
    | {
        id: string;
        name: string;
        locationId: string | null;
        active: boolean;
        closures: [startMs: number, endMs: number, reason: string][] | null;
      }[]
    | null;
  pools: [serviceId: string, resourceId: string, pool: number][] | null;
  ownTerms: [staffId: string, serviceId: string, minutes: number | null, weight: number][] | null;
};

const nothing = mergeBusy([]);
const noTally = new Map<string, number>();

/** Rows as the rules read them, with nothing occupied. */
export function toSchedule(loaded: Configured): Schedule {
  const zone = zoneOf(loaded.zone);
  const hours = Map.groupBy(loaded.hours, whose);
  const overrides = Map.groupBy(loaded.overrides, whose);
  const overridesOf = (id: string) => new Map((overrides.get(id) ?? []).map((row) => [dayOf(row.onDate), row.spans]));
  const ofBusiness = overridesOf("");
  const closuresOf = (id: string) => (overrides.get(id) ?? []).map((row) => [dayOf(row.onDate), row.reason] as const);
  const holidays = new Map((loaded.holidays ?? []).map(([onDate, name]) => [dayOf(onDate), name]));
  for (const day of holidays.keys()) {
    if (ofBusiness.has(day)) holidays.delete(day);
    else ofBusiness.set(day, []);
  }
  const business = { weekly: weekOf(hours.get("") ?? []), overrides: ofBusiness as Map<Day, Span[]> };
  const closures = new Map([...holidays, ...closuresOf("")]);
  const locations = (loaded.locations ?? []).map(({ zone: own, ...location }) => {
    const week = hours.get(location.id);
    return {
      ...location,
      zone: own ? zoneOf(own) : zone,
      closures: new Map([...closures, ...closuresOf(location.id)]),
      hours: {
        weekly: week ? weekOf(week) : business.weekly,
        overrides: new Map([...business.overrides, ...(overridesOf(location.id) as Map<Day, Span[]>)]),
      },
    };
  });
  return {
    zone,
    currency: loaded.currency,
    businessName: loaded.name,
    business,
    closures,
    holidays,
    services: loaded.services.map((service) => ({
      ...service,
      pools: loaded.pools ? poolsOf(loaded.pools, service.id) : [],
      locationIds: loaded.serviceLocations
        ? loaded.serviceLocations.filter(([id]) => id === service.id).map(([, locationId]) => locationId)
        : [],
    })),
    staff: loaded.staff.map(({ zone: own, services, ...person }) => {
      const week = hours.get(person.id);
      const terms = loaded.ownTerms?.filter(([staffId]) => staffId === person.id);
      return {
        ...person,
        zone: own ? zoneOf(own) : (locations.find((each) => each.id === person.locationId)?.zone ?? zone),
        weekly: week ? weekOf(week) : undefined,
        overrides: overridesOf(person.id) as Map<Day, Span[]>,
        serviceIds: new Set(services),
        busy: nothing,
        tentative: false,
        ownMinutes: terms?.length
          ? new Map(terms.flatMap(([, id, minutes]) => (minutes === null ? [] : [[id, minutes] as const])))
          : undefined,
        weights: terms?.length ? new Map(terms.map(([, id, , weight]) => [id, weight] as const)) : undefined,
      };
    }),
    locations,
    resources: (loaded.resources ?? []).map(({ closures: closed, ...resource }) => {
      const closures = (closed ?? []).map(([startMs, endMs, reason]) => ({ startMs, endMs, reason }));
      return { ...resource, closures, busy: mergeBusy(closedTimes({ closures })) };
    }),
    sessions: [],
    tally: noTally,
  };
}

const whose = (row: Whose): string => row.staffId ?? row.locationId ?? "";
const dayOf = (iso: string): Day => parseIsoDay(iso) ?? 0;

function poolsOf(rows: readonly [string, string, number][], serviceId: string): string[][] {
  const own = Map.groupBy(
    rows.filter(([id]) => id === serviceId),
    ([, , pool]) => pool,
  );
  return [...own].sort(([a], [b]) => a - b).map(([, alternatives]) => alternatives.map(([, resourceId]) => resourceId));
}
