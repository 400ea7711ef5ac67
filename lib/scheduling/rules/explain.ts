import { type Assignment, assign } from "./assign";
import { offeredSlots } from "./offered-slots";
import { planBooking } from "./plan-booking";
import { sayWhy } from "./say-why";
import {
  activeStaffFor,
  isOfferedAt,
  placeOf,
  type Schedule,
  type ScheduledService,
  type ScheduledStaff,
} from "./schedule";
import { sayInstant } from "./speak";
import type { Rule, Why } from "./why";

export type Question = {
  service: ScheduledService;
  /** Asked for by name; else anybody who does it. */
  staffId?: string | undefined;
  startMs: number;
  nowMs: number;
  turns?: ReadonlyMap<string, number> | undefined;
  preferredStaffId?: string | null | undefined;
};

export type Explained = {
  startMs: number;
  /** The verbs would book it; `isOffered`: it is also among the times that are offered. */
  isBookable: boolean;
  isOffered: boolean;
  /** The rule that refuses it or keeps it from being offered; undefined when it is offered. */
  why: Why | undefined;
  /** In one sentence, without a full stop. */
  say: string;
  /** Who would do it and why they. */
  who: (Assignment & { name: string }) | undefined;
  /** Each person who was asked, with the rule that speaks against them. */
  staff: { id: string; name: string; why: Why | undefined; say: string }[];
};

/** Why a time is offered or refused: the verdict of the rules that book it, person by person, and the one that decides. */
export function explainTime(schedule: Schedule, question: Question): Explained {
  const { service, staffId, startMs, nowMs } = question;
  const tell = (why: Why, person?: ScheduledStaff) => sayWhy(schedule, { why, service, person, startMs, nowMs });
  const able = activeStaffFor(schedule, service);
  const asked = staffId === undefined ? able : schedule.staff.filter((person) => person.id === staffId);
  const verdicts = asked.map((person) => ({ person, why: whyNot(schedule, question, person, able) }));
  const staff = verdicts.map(({ person, why }) => ({
    id: person.id,
    name: person.name,
    why,
    say: why ? tell(why, person) : `${person.name} is free`,
  }));
  const none = { startMs, isBookable: false, isOffered: false, who: undefined, staff };
  const free = verdicts.filter(({ why }) => !why).map(({ person }) => person);
  if (free.length === 0) {
    const decisive = verdicts.reduce<(typeof verdicts)[number] | undefined>(
      (best, each) => (!best || rank(each.why) > rank(best.why) ? each : best),
      undefined,
    );
    const why: Why = decisive?.why ?? { rule: "nobody_does_it" };
    return { ...none, why, say: tell(why, verdicts.length === 1 || !isOfPlace(why) ? decisive?.person : undefined) };
  }
  const offered =
    offeredSlots(schedule, { service, staff: free, fromMs: startMs, toMs: startMs + 1 })[0]?.staffIds ?? [];
  if (offered.length === 0) {
    const why: Why = { rule: "off_grid", gridMinutes: service.gridMinutes };
    return { ...none, isBookable: true, why, say: tell(why) };
  }
  const who = whoDoes(
    question,
    free.filter((person) => offered.includes(person.id)),
  );
  const zone = placeOf(schedule, free[0] as ScheduledStaff).zone;
  const reason = who && reasonWords[who.by];
  const say = `${sayInstant(zone, startMs, nowMs)} is free with ${who?.name}${reason ? `: ${reason}${who.why ? ` (${who.why})` : ""}` : ""}`;
  return {
    startMs,
    isBookable: true,
    isOffered: true,
    why: undefined,
    say: say.charAt(0).toUpperCase() + say.slice(1),
    who,
    staff,
  };
}

const reasonWords: Record<Assignment["by"], string> = {
  asked: "",
  preferred: "usually serves this caller",
  round_robin: "it is their turn",
  only_one: "nobody else is free",
  together: "with everybody it takes",
};

function whoDoes({ service, staffId, turns, preferredStaffId }: Question, free: readonly ScheduledStaff[]) {
  const candidates = free.map((person) => ({
    id: person.id,
    weight: person.weights?.get(service.id) ?? 1,
    turns: turns?.get(person.id) ?? 0,
  }));
  const chosen = assign(candidates, preferredStaffId);
  const person = free.find((each) => each.id === chosen?.id);
  if (!chosen || !person) return undefined;
  const by = staffId !== undefined ? "asked" : service.staffNeeded !== 1 ? "together" : chosen.by;
  return { ...chosen, by, why: by === "round_robin" ? chosen.why : "", name: person.name } as const;
}

function whyNot(
  schedule: Schedule,
  { service, startMs, nowMs }: Question,
  person: ScheduledStaff,
  able: readonly ScheduledStaff[],
): Why | undefined {
  if (!service.active) return { rule: "nobody_does_it" };
  if (!able.includes(person))
    return person.active && person.serviceIds.has(service.id) && !isOfferedAt(schedule, service, person.locationId)
      ? { rule: "not_offered_there" }
      : { rule: "staff_cannot" };
  const planned = planBooking(schedule, service, person, startMs, nowMs);
  return planned.ok ? undefined : planned.why;
}

/** Of several people's rules the one that is checked last decides: whoever got furthest was nearest to being free. */
const order: Rule[] = [
  "nobody_does_it",
  "staff_cannot",
  "not_offered_there",
  "in_the_past",
  "too_soon",
  "too_far",
  "holiday",
  "closed_date",
  "closed_weekday",
  "before_opening",
  "after_closing",
  "runs_past_closing",
  "in_break",
  "staff_hours",
  "full",
  "staff_busy",
  "service_limit",
  "staff_limit",
  "not_enough_staff",
  "no_resource",
  "off_grid",
];
const rank = (why: Why | undefined): number => (why ? order.indexOf(why.rule) : order.length);
/** Rules that are the same whoever does it. */
const isOfPlace = (why: Why): boolean => rank(why) < order.indexOf("staff_hours");
