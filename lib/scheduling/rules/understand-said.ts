import { matchName } from "./match-name";
import { activeStaffFor, placeOf, type Schedule, type ScheduledService, type ScheduledStaff } from "./schedule";
import { sayList } from "./speak";
import { resolveWhen, type Said, type When } from "./when/resolve-when";

/** What is wanted, in a caller's words; ids where it is known. */
export type SaidWish = Said & {
  service?: string | undefined;
  /** In place of a name: of the appointment that is being moved. Somebody who no longer does it is left out. */
  serviceId?: string | undefined;
  staffId?: string | undefined;
  staff?: string | undefined;
  location?: string | undefined;
  /** Start of the appointment that is being moved: what "the same time" means. */
  sameAsMs?: number | undefined;
};

export type UnderstoodWhen = When & { kind: "when" };

/** `schedule` goes by the clock and the hours of the place, where only one can be meant; `isOneZone`: one clock at least. */
export type Understood = {
  kind: "understood";
  service: ScheduledService;
  staff: { id: string; name: string } | undefined;
  locationId: string | undefined;
  /** How many could do it. */
  people: number;
  when: UnderstoodWhen;
  schedule: Schedule;
  isOneZone: boolean;
};

type Question = { kind: "ask"; say: string };
type Found<T> = T | Question | undefined;

/** Which service, whom, where and when somebody means, of what is configured; or what to ask because it can be understood in several ways or none. */
export function understandSaid(
  known: { schedule: Schedule; country: string },
  said: SaidWish,
  nowMs: number,
): Understood | Question {
  const { schedule: everywhere, country } = known;
  const service = serviceNamed(everywhere, said);
  if ("kind" in service) return service;
  const able = activeStaffFor(everywhere, service);
  const isNamed = said.staff && !/^(any|anyone|anybody|whoever|no preference)$/i.test(said.staff.trim());
  const staff = isNamed ? staffNamed(everywhere, service, said.staff ?? "") : servedBy(able, said);
  if (staff && "kind" in staff) return staff;
  const location = said.location ? placeNamed(everywhere, said.location) : undefined;
  if (location && "kind" in location) return location;
  const there = able.filter(
    (person) =>
      (!staff || person.id === staff.id) &&
      (!location || person.locationId === null || person.locationId === location.id),
  );
  const places = new Map(there.map((person) => [person.locationId, placeOf(everywhere, person)]));
  const [place] = places.values();
  const isOneZone = new Set([...places.values()].map(({ zone }) => zone.name)).size < 2;
  const schedule =
    place && isOneZone ? { ...everywhere, zone: place.zone, ...(places.size === 1 ? hoursOf(place) : {}) } : everywhere;
  const { horizonDays } = service;
  const { zone, business: hours } = schedule;
  const when = resolveWhen(said, { zone, nowMs, hours, horizonDays, country, sameAsMs: said.sameAsMs });
  if (when.kind === "ask") return ask(when.question);
  return {
    kind: "understood",
    service,
    staff,
    locationId: location?.id,
    people: there.length,
    when,
    schedule,
    isOneZone,
  };
}

const ask = (say: string): Question => ({ kind: "ask", say });

const hoursOf = ({ hours, closures }: ReturnType<typeof placeOf>) => ({ business: hours, closures: new Map(closures) });

function serviceNamed(schedule: Schedule, said: SaidWish): ScheduledService | Question {
  const active = schedule.services.filter((each) => each.active);
  if (active.length === 0) return ask("I am sorry, nothing can be booked at the moment. I can take a message.");
  const known = active.find((each) => each.id === said.serviceId);
  if (known) return known;
  const match = matchName(active, said.service ?? "");
  if (match.kind === "one") return match.item;
  const names = (match.kind === "several" ? match.items : active.slice(0, 6)).map((each) => each.name);
  return ask(`${match.kind === "several" ? "Do you mean" : "Which service would you like:"} ${sayList(names, "or")}?`);
}

function servedBy(able: readonly ScheduledStaff[], said: SaidWish): Found<{ id: string; name: string }> {
  return said.staff ? undefined : able.find((each) => each.id === said.staffId);
}

function staffNamed(schedule: Schedule, service: ScheduledService, said: string): Found<{ id: string; name: string }> {
  const able = schedule.staff.filter((person) => person.active && person.serviceIds.has(service.id));
  const match = matchName(able, said);
  if (match.kind === "one") return match.item;
  const names = sayList(
    (match.kind === "several" ? match.items : able.slice(0, 6)).map((person) => person.name),
    "or",
  );
  return ask(names ? `Who would you like: ${names}?` : `Nobody does ${service.name} at the moment.`);
}

function placeNamed(schedule: Schedule, said: string): Found<{ id: string }> {
  const places = schedule.locations.filter((each) => each.active);
  const match = matchName(
    places.map((each) => ({ ...each, aliases: [] })),
    said,
  );
  if (match.kind === "one") return match.item;
  if (places.length === 0) return undefined;
  return ask(
    `Which of our places would suit you: ${sayList(
      places.map((each) => each.name),
      "or",
    )}?`,
  );
}
