import { readInTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { loadSchedule } from "./load-schedule";
import { freeTimes, toOffer } from "./offers";
import { matchName } from "./rules/match-name";
import { activeStaffFor, placeOf, type Schedule, type ScheduledService, type ScheduledStaff } from "./rules/schedule";
import { sayDay, sayInstants, sayList, sayMinute } from "./rules/speak";
import { spread } from "./rules/spread";
import { isExcluded } from "./rules/when/excluded";
import { resolveWhen, type When } from "./rules/when/resolve-when";
import type { Rule } from "./rules/why";
import { whyNotWhen } from "./rules/why-not-when";
import { localDayOf, localMinuteOf, toInstant } from "./rules/zone";
import type { SlotOffer } from "./schemas";

/**
 * `rule`: which one refuses the time that was named, where one was and it cannot be had. `namesTime`: what was said is one time of one day;
 * `exact` is the offer of it, absent where it is not free, or is two times (the clocks go back over it, or there are places in several zones).
 */
export type SaidSlots = {
  service: string;
  offers: SlotOffer[];
  say: string;
  rule: Rule | undefined;
  namesTime: boolean;
  exact: SlotOffer | undefined;
};

/** `question` is what to ask; `nothing_free` names what was looked for. Both carry a sentence to say. */
export type SaidRefusal = { say: string; offers: SlotOffer[]; rule?: Rule | undefined };

/**
 * Free times for what a caller said: a service by name, a day, a time or a part of the day, a person, all in their words and read in the
 * business's zone. At most three offers, near the time that was named or spread over what was asked for. What can be understood
 * in several ways comes back as a question; where nothing is free the nearest other times do.
 */
export async function findSlotsAsSaid(
  ctx: Context,
  said: {
    service?: string | undefined;
    /** In place of a name: of the appointment that is being moved. Somebody who no longer does it is left out. */
    serviceId?: string | undefined;
    staffId?: string | undefined;
    day?: string | undefined;
    time?: string | undefined;
    window?: string | undefined;
    staff?: string | undefined;
    location?: string | undefined;
    /** Whoever usually serves them has precedence where nobody is asked for. */
    contactId?: string | undefined;
    callId?: string | undefined;
    /** Start of the appointment that is being moved: what "the same time" means. */
    sameAsMs?: number | undefined;
    /** That appointment itself: it does not stand in its own way. */
    movingId?: string | undefined;
  },
): Promise<Result<SaidSlots, "question" | "nothing_free", SaidRefusal>> {
  authorise(ctx, "read");
  const nowMs = ctx.clock.now().getTime();
  return readInTenant(ctx, async (tx) => {
    const loaded = await loadSchedule(ctx, tx, { contactId: said.contactId });
    const active = loaded.services.filter((each) => each.active);
    if (active.length === 0) return ask("I am sorry, nothing can be booked at the moment. I can take a message.");
    const known = active.find((each) => each.id === said.serviceId);
    const service = known ? { kind: "one" as const, item: known } : matchName(active, said.service ?? "");
    if (service.kind !== "one")
      return ask(
        service.kind === "several"
          ? `Do you mean ${sayList(
              service.items.map((each) => each.name),
              "or",
            )}?`
          : `Which service would you like: ${sayList(
              active.slice(0, 6).map((each) => each.name),
              "or",
            )}?`,
      );
    const able = activeStaffFor(loaded, service.item);
    const staff =
      said.staff && !/^(any|anyone|anybody|whoever|no preference)$/i.test(said.staff.trim())
        ? staffNamed(loaded, service.item, said.staff)
        : servedBy(able, said);
    if (staff?.kind === "ask") return ask(staff.say);
    const location = said.location ? placeNamed(loaded, said.location) : undefined;
    if (location?.kind === "ask") return ask(location.say);
    const there = able.filter(
      (person) =>
        (!staff || person.id === staff.id) &&
        (!location || person.locationId === null || person.locationId === location.id),
    );
    const places = new Map(there.map((person) => [person.locationId, placeOf(loaded, person)]));
    const [place] = places.values();
    const isOneZone = new Set([...places.values()].map(({ zone }) => zone.name)).size < 2;
    // Where only one place can be meant, its clock and its hours say what the words mean.
    const schedule =
      place && isOneZone ? { ...loaded, zone: place.zone, ...(places.size === 1 ? hoursOf(place) : {}) } : loaded;
    const setting = {
      zone: schedule.zone,
      nowMs,
      hours: schedule.business,
      horizonDays: service.item.horizonDays,
      country: schedule.country,
      sameAsMs: said.sameAsMs,
    };
    const when = resolveWhen(said, setting);
    if (when.kind === "ask") return ask(when.question);
    const { preferredStaffId } = schedule;
    const wanted = { service: service.item, staffId: staff?.id, locationId: location?.id, preferredStaffId };
    const search = async (toDay: number, window?: Understood["window"]) =>
      suiting(when, await freeTimes(ctx, tx, schedule, { ...wanted, fromDay: when.fromDay, toDay, window }, said));
    let found: Found | undefined;
    for (const { toDay, enoughDays } of stagesOf(when)) {
      found = await search(toDay, when.window);
      if (daysOf(found) >= enoughDays) break;
    }
    if (!found) throw new Error("a search has a last stage");
    const offers = choose(ctx, found, service.item, when);
    const why = whyNotWhen(found.schedule, { service: service.item, staffId: staff?.id, when, nowMs });
    const namesTime = when.at !== undefined && when.namesDay && when.fromDay === when.toDay;
    const exact = namesTime && isOneZone ? offers.filter((offer) => isAt(schedule.zone, offer.startMs, when)) : [];
    if (offers.length > 0)
      return ok({
        service: service.item.name,
        offers,
        namesTime,
        exact: exact.length === 1 ? exact[0] : undefined,
        say: sayFound(found.schedule, service.item, when, offers, { nowMs, staff: staff?.name, why: why?.say }),
        rule: why?.rule,
      });
    const today = localDayOf(schedule.zone, nowMs);
    const later = await search(Math.max(today, when.fromDay) + 14);
    const others = choose(ctx, later, service.item, { ...when, namesDay: false });
    const say = sayNothing(schedule, service.item, when, others, { nowMs, why: why?.say });
    return refuse("nothing_free", { offers: others, say, rule: why?.rule });
  });
}

type Found = Awaited<ReturnType<typeof freeTimes>>;

/** Without the times that were said not to suit. */
function suiting({ excluded }: Understood, found: Found): Found {
  if (excluded.length === 0) return found;
  const { zone } = found.schedule;
  const suits = ({ startMs }: Found["slots"][number]) =>
    !isExcluded(excluded, localDayOf(zone, startMs), localMinuteOf(zone, startMs));
  return { ...found, slots: found.slots.filter(suits) };
}

/**
 * How far ahead is looked, and on how many days something has to be free to look no further. "As soon as possible" is told from the first two
 * days with free times (rules/spread.ts), which a weekend rarely keeps further away than these.
 */
function stagesOf({ namesDay, fromDay, toDay, at }: Understood): { toDay: number; enoughDays: number }[] {
  if (namesDay) return [{ toDay, enoughDays: 0 }];
  const soon = { toDay: Math.min(toDay, fromDay + SOON_DAYS - 1), enoughDays: 2 };
  const later = { toDay: Math.min(toDay, fromDay + 13), enoughDays: 1 };
  return [...(at === undefined ? [soon] : []), later, { toDay, enoughDays: 0 }];
}

const SOON_DAYS = 5;

const daysOf = ({ slots, schedule: { zone } }: Found): number =>
  new Set(slots.map(({ startMs }) => localDayOf(zone, startMs))).size;
type Understood = When & { kind: "when" };

const ask = (say: string) => refuse("question", { say, offers: [] });

const hoursOf = ({ hours, closures }: ReturnType<typeof placeOf>) => ({ business: hours, closures: new Map(closures) });

const isAt = (zone: Schedule["zone"], startMs: number, { fromDay, at }: Understood): boolean =>
  localDayOf(zone, startMs) === fromDay && localMinuteOf(zone, startMs) === at;

function choose(ctx: Context, found: Found, service: ScheduledService, when: Understood): SlotOffer[] {
  const { zone } = found.schedule;
  const chosen = spread(
    found.slots.map((slot) => slot.startMs),
    { zone, count: 3, at: when.at, namesDay: when.namesDay },
  );
  return found.slots.filter((slot) => chosen.includes(slot.startMs)).map((slot) => toOffer(ctx, found, service, slot));
}

function servedBy(able: readonly ScheduledStaff[], said: { staff?: string | undefined; staffId?: string | undefined }) {
  const person = said.staff ? undefined : able.find((each) => each.id === said.staffId);
  return person && { kind: "one" as const, id: person.id, name: person.name };
}

function staffNamed(schedule: Schedule, service: ScheduledService, said: string) {
  const able = schedule.staff.filter((person) => person.active && person.serviceIds.has(service.id));
  const match = matchName(able, said);
  if (match.kind === "one") return { kind: "one" as const, id: match.item.id, name: match.item.name };
  const names = sayList(
    (match.kind === "several" ? match.items : able.slice(0, 6)).map((person) => person.name),
    "or",
  );
  return {
    kind: "ask" as const,
    id: undefined,
    name: undefined,
    say: names ? `Who would you like: ${names}?` : `Nobody does ${service.name} at the moment.`,
  };
}

function sayFound(
  schedule: Schedule,
  service: ScheduledService,
  when: Understood,
  offers: SlotOffer[],
  { nowMs, staff, why }: { nowMs: number; staff: string | undefined; why: string | undefined },
): string {
  const { zone } = schedule;
  const withStaff = staff ? ` with ${staff}` : "";
  const exact =
    when.at === undefined ? undefined : offers.find((offer) => localMinuteOf(zone, offer.startMs) === when.at);
  if (exact) return `Yes, for ${service.name}${withStaff} I have ${exact.say}. Shall I book it?`;
  const gone = why ? `${why}. ` : when.at === undefined ? "" : `${sayMinute(when.at)} is not free. `;
  return `${capital(gone)}For ${service.name}${withStaff} I have ${sayOffers(schedule, offers, nowMs)}. Which would you like?`;
}

function sayNothing(
  schedule: Schedule,
  service: ScheduledService,
  when: Understood,
  others: SlotOffer[],
  { nowMs, why }: { nowMs: number; why: string | undefined },
): string {
  const { zone } = schedule;
  const today = localDayOf(zone, nowMs);
  const isOneDay = when.fromDay === when.toDay;
  const limit = toInstant(zone, today + service.horizonDays + 1, 0);
  const tooFar = when.namesDay && toInstant(zone, when.fromDay, 0) >= limit;
  const what = tooFar
    ? `We book ${service.name} at most ${service.horizonDays} days ahead.`
    : why
      ? `${why}.`
      : isOneDay && when.namesDay
        ? `There is nothing free for ${service.name} ${sayDay(when.fromDay, today)}${when.at === undefined ? "" : ` at ${sayMinute(when.at)}`}.`
        : `There is nothing free for ${service.name} then.`;
  return others.length > 0
    ? `${what} I have ${sayOffers(schedule, others, nowMs)}. Would one of these suit you?`
    : `${what} I can take a message and somebody will call you back.`;
}

/** A business of several places says where, on that place's clock. */
const sayOffers = (schedule: Schedule, offers: readonly SlotOffer[], nowMs: number): string =>
  offers.some((offer) => offer.location)
    ? sayList(
        offers.map((offer) => `${offer.say}${offer.location ? ` at ${offer.location}` : ""}`),
        "or",
      )
    : sayInstants(
        schedule.zone,
        offers.map((offer) => offer.startMs),
        nowMs,
      );

function placeNamed(schedule: Schedule, said: string) {
  const places = schedule.locations.filter((each) => each.active);
  const match = matchName(
    places.map((each) => ({ ...each, aliases: [] })),
    said,
  );
  if (match.kind === "one") return { kind: "one" as const, id: match.item.id };
  if (places.length === 0) return undefined;
  return {
    kind: "ask" as const,
    id: undefined,
    say: `Which of our places would suit you: ${sayList(
      places.map((each) => each.name),
      "or",
    )}?`,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
