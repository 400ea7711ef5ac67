import type { Difference } from "./differences";

/** An event as our book has it; `isSure`: the engine has had time to count it. */
export type ComparedEvent = { callId: string; identifier: string; revision: number; minutes: number; isSure: boolean };

/** What the engine counted in a minute against our events of it. The same minutes lost and doubled within one minute cancel out unseen. */
export function meterDifferences(at: Date, counted: number, events: readonly ComparedEvent[]): Difference[] {
  const sum = (some: readonly ComparedEvent[]) => some.reduce((all, { minutes }) => all + minutes, 0);
  const sure = events.filter(({ isSure }) => isSure);
  const missing = sum(sure) - counted;
  if (missing > 0)
    return whichMake(sure, missing).map((event) => ({
      kind: "lost_meter_event",
      subject: event.callId,
      at,
      facts: { minutes: event.minutes, identifier: event.identifier, revision: event.revision, missing, counted },
      proposal: `Send the call's ${event.minutes} minutes again`,
    }));
  const excess = counted - sum(events);
  if (excess <= 0) return [];
  const twin = events.find(({ minutes }) => minutes === excess);
  const subject = (twin ?? events[0])?.callId ?? at.toISOString();
  return [
    {
      kind: twin ? "billed_twice" : "overbilled",
      subject,
      at,
      facts: { minutes: excess, counted, ours: sum(events) },
      proposal: `Credit ${excess} minutes as far as they were charged`,
    },
  ];
}

/** The events whose minutes add up to what is missing, the fewest first; all of them where none do. */
function whichMake(events: readonly ComparedEvent[], missing: number): readonly ComparedEvent[] {
  let sets: { left: number; chosen: ComparedEvent[] }[] = [{ left: missing, chosen: [] }];
  for (let size = 0; size <= events.length && sets.length < 10_000; size++) {
    const done = sets.find(({ left }) => left === 0);
    if (done) return done.chosen;
    sets = sets.flatMap(({ left, chosen }) => {
      const from = chosen.length === 0 ? 0 : events.indexOf(chosen.at(-1) as ComparedEvent) + 1;
      return events
        .slice(from)
        .filter(({ minutes }) => minutes <= left)
        .map((event) => ({ left: left - event.minutes, chosen: [...chosen, event] }));
    });
  }
  return events;
}
