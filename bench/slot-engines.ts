import { Temporal } from "temporal-polyfill";
import { mergeBusy } from "@/lib/scheduling/rules/busy";
import { isoOf } from "@/lib/scheduling/rules/civil";
import { offeredSlots } from "@/lib/scheduling/rules/offered-slots";
import type { Schedule, ScheduledService, ScheduledStaff } from "@/lib/scheduling/rules/schedule";
import { toInstant, zoneOf } from "@/lib/scheduling/rules/zone";
import type { Answer, Engine, SlotCase } from "./slot-cases";

/** Our engine, from hours and unmerged appointments to starts with everyone who is free. Who is free comes back as ids. */
export const ours = (asked: SlotCase) => {
  const zone = zoneOf(asked.zone);
  const business = businessOf(asked);
  const service = serviceOf(asked);
  const query = {
    fromMs: toInstant(zone, asked.fromDay, 0),
    toMs: toInstant(zone, asked.fromDay + asked.days, 0),
  };
  const people = asked.busy.map((_, n) => staffOf(`${n}`, zone));
  return () => {
    const staff = people.map((person, n) => ({ ...person, busy: mergeBusy(asked.busy[n] ?? []) }));
    return offeredSlots({ ...business, services: [service], staff }, { service, staff, ...query });
  };
};

export const answerOf = (slots: ReturnType<ReturnType<typeof ours>>): Answer =>
  slots.map(({ startMs, staffIds }) => ({ startMs, free: staffIds.map(Number) }));

function businessOf({ zone, span }: SlotCase): Omit<Schedule, "services" | "staff"> {
  return {
    zone: zoneOf(zone),
    currency: "USD",
    businessName: "Bench",
    business: { weekly: [[], [span], [span], [span], [span], [span], []], overrides: new Map() },
    closures: new Map(),
    holidays: new Map(),
    locations: [],
    resources: [],
    sessions: [],
    tally: new Map(),
  };
}

function serviceOf({ minutes }: SlotCase): ScheduledService {
  return {
    id: "service",
    name: "Haircut",
    aliases: [],
    description: "",
    priceCents: null,
    minNoticeMinutes: 0,
    horizonDays: 400,
    active: true,
    seats: 1,
    staffNeeded: 1,
    maxPerDay: null,
    maxPerWeek: null,
    pools: [],
    locationIds: [],
    durationMinutes: minutes,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    gridMinutes: minutes,
  };
}

function staffOf(id: string, zone: ScheduledStaff["zone"]): ScheduledStaff {
  return {
    id,
    name: id,
    zone,
    weekly: undefined,
    overrides: new Map(),
    serviceIds: new Set(["service"]),
    active: true,
    busy: new Float64Array(0),
    locationId: null,
    maxPerDay: null,
    maxPerWeek: null,
    ownMinutes: undefined,
    weights: undefined,
  };
}

/** The plain way: day by day, slot by slot on Temporal, every appointment looked at for every slot. */
export const plainTemporal: Engine = (asked) => {
  const first = Temporal.PlainDate.from(isoOf(asked.fromDay));
  return () => {
    const answer: Answer = [];
    for (let n = 0; n < asked.days; n++) {
      const day = first.add({ days: n });
      if (day.dayOfWeek > 5) continue;
      const midnight = day.toPlainDateTime();
      const end = midnight.add({ minutes: asked.span.endMinute }).toZonedDateTime(asked.zone).epochMilliseconds;
      for (let minute = asked.span.startMinute; minute < asked.span.endMinute; minute += asked.minutes) {
        const startMs = midnight.add({ minutes: minute }).toZonedDateTime(asked.zone).epochMilliseconds;
        const endMs = startMs + asked.minutes * 60_000;
        if (endMs > end) continue;
        const free = asked.busy.flatMap((appointments, person) =>
          appointments.every(([from, to]) => to <= startMs || from >= endMs) ? [person] : [],
        );
        if (free.length > 0) answer.push({ startMs, free });
      }
    }
    return answer;
  };
};
