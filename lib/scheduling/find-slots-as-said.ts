import { readInTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { loadScheduleFor, readScheduleAhead } from "./load-schedule";
import { type FreeTimes, freeIn, freeTimes, searchFor, toOffer } from "./offers";
import type { Schedule, ScheduledService } from "./rules/schedule";
import { OFFERS, searchStages } from "./rules/search-stages";
import { sayDay, sayInstants, sayList, sayMinute } from "./rules/speak";
import { settled, spread } from "./rules/spread";
import { type SaidWish, type UnderstoodWhen, understandSaid } from "./rules/understand-said";
import { isExcluded } from "./rules/when/excluded";
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

type SaidSearch = SaidWish & {
  /** Whoever usually serves them has precedence where nobody is asked for. */
  contactId?: string | undefined;
  callId?: string | undefined;
  /** The appointment that is being moved: it does not stand in its own way. */
  movingId?: string | undefined;
};

/**
 * Free times for what a caller said: a service by name, a day, a time or a part of the day, a person, all in their words and read in the
 * business's zone. At most three offers, near the time that was named or spread over what was asked for. What can be understood
 * in several ways comes back as a question; where nothing is free the nearest other times do.
 */
export async function findSlotsAsSaid(
  ctx: Context,
  said: SaidSearch,
): Promise<Result<SaidSlots, "question" | "nothing_free", SaidRefusal>> {
  authorise(ctx, "read");
  const nowMs = ctx.clock.now().getTime();
  const { contactId, callId, movingId } = said;
  const ignoring = { callId, movingId };
  return readInTenant(ctx, async (tx) => {
    const { loaded, decided } = await loadScheduleFor(ctx, tx, { contactId, ...ignoring }, firstSearch(said, nowMs));
    const { understood } = decided;
    if (understood.kind === "ask") return refuse("question", { say: understood.say, offers: [] });
    const { search, further } = decided;
    if (!search) throw new Error("what was understood is searched");
    const { schedule, service, staff, when, isOneZone } = understood;
    const wanted = { ...search.wanted, preferredStaffId: loaded.preferredStaffId };
    let found = suiting(when, freeIn(loaded, { ...search, wanted }, loaded.turns));
    for (const { toDay, ifFewer } of further) {
      if (settledBy(found) >= ifFewer) break;
      found = suiting(when, await freeTimes(ctx, tx, schedule, { ...wanted, toDay }, ignoring));
    }
    const offers = choose(ctx, found, service, when);
    const why = whyNotWhen(found.schedule, { service, staffId: staff?.id, when, nowMs });
    const namesTime = when.at !== undefined && when.namesDay && when.fromDay === when.toDay;
    const exact = namesTime && isOneZone ? offers.filter((offer) => isAt(schedule.zone, offer.startMs, when)) : [];
    if (offers.length > 0)
      return ok({
        service: service.name,
        offers,
        namesTime,
        exact: exact.length === 1 ? exact[0] : undefined,
        say: sayFound(found.schedule, service, when, offers, { nowMs, staff: staff?.name, why: why?.say }),
        rule: why?.rule,
      });
    const toDay = Math.max(localDayOf(schedule.zone, nowMs), when.fromDay) + 14;
    const later = await freeTimes(ctx, tx, schedule, { ...wanted, toDay, window: undefined }, ignoring);
    const others = choose(ctx, suiting(when, later), service, { ...when, namesDay: false });
    const say = sayNothing(schedule, service, when, others, { nowMs, why: why?.say });
    return refuse("nothing_free", { offers: others, say, rule: why?.rule });
  });
}

/** Asks the database what `findSlotsAsSaid` will want to know first, so that it need not wait; `ctx` has a transaction. */
export function readAheadOfSlots(ctx: Context, said: SaidSearch): void {
  const { contactId, callId, movingId } = said;
  readScheduleAhead(ctx, { contactId, callId, movingId }, firstSearch(said, ctx.clock.now().getTime()));
}

/** What was said, understood of what is configured, and where it is looked for first. */
const firstSearch = (said: SaidSearch, nowMs: number) => (configured: { schedule: Schedule; country: string }) => {
  const understood = understandSaid(configured, said, nowMs);
  if (understood.kind === "ask") return { understood, schedule: configured.schedule, reads: {} };
  const { schedule, service, staff, locationId, when } = understood;
  const [first, ...further] = searchStages(understood, nowMs);
  const { fromDay, window } = when;
  const wanted = { service, staffId: staff?.id, locationId, fromDay, toDay: first.toDay, window };
  const search = searchFor(schedule, wanted, nowMs);
  return { understood, schedule, reads: search.reads, search, further };
};

/** Without the times that were said not to suit. */
function suiting({ excluded }: UnderstoodWhen, found: FreeTimes): FreeTimes {
  if (excluded.length === 0) return found;
  const { zone } = found.schedule;
  const suits = ({ startMs }: FreeTimes["slots"][number]) =>
    !isExcluded(excluded, localDayOf(zone, startMs), localMinuteOf(zone, startMs));
  return { ...found, slots: found.slots.filter(suits) };
}

const settledBy = ({ slots, schedule: { zone } }: FreeTimes): number =>
  settled(
    slots.map(({ startMs }) => startMs),
    zone,
  );

const isAt = (zone: Schedule["zone"], startMs: number, { fromDay, at }: UnderstoodWhen): boolean =>
  localDayOf(zone, startMs) === fromDay && localMinuteOf(zone, startMs) === at;

function choose(ctx: Context, found: FreeTimes, service: ScheduledService, when: UnderstoodWhen): SlotOffer[] {
  const { zone } = found.schedule;
  const chosen = spread(
    found.slots.map((slot) => slot.startMs),
    { zone, count: OFFERS, at: when.at, namesDay: when.namesDay },
  );
  return found.slots.filter((slot) => chosen.includes(slot.startMs)).map((slot) => toOffer(ctx, found, service, slot));
}

function sayFound(
  schedule: Schedule,
  service: ScheduledService,
  when: UnderstoodWhen,
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
  when: UnderstoodWhen,
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

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
