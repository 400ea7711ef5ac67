import { minutesOfLength } from "./billable-minutes";
import type { Difference } from "./differences";

/** A call as we have it. */
export type ComparedCall = {
  callId: string;
  /** When it ended, or was last heard of. */
  at: Date;
  state: "open" | "given_up" | "ended";
  /** What it was counted for; null: it was not. */
  minutes: number | null;
  ledgerMinutes: number;
  /** Minutes that the engine has, by our own book; null: it is to have none. */
  atEngine: number | null;
  /** Something of it is on its way, or is an item already. */
  isUnsettled: boolean;
  costMicros: bigint | null;
  ledgerCostMicros: bigint;
  /** Its length as it was counted by a report; null: none came, or its length is not what it is charged by. */
  reportedSeconds: number | null;
  /** What the provider says now; undefined: it was not asked. */
  provider?: { costMicros: bigint | null; isOver: boolean; seconds: number | null } | undefined;
};

/** Calls against the ledger, our book of the meter, and the provider. */
export function callDifferences(calls: readonly ComparedCall[]): Difference[] {
  return calls.flatMap((call): Difference[] => {
    const { callId: subject, at } = call;
    if (call.state !== "ended") return [stuck(call)];
    if (call.minutes === null)
      return [{ kind: "underbilled", subject, at, facts: { why: "never_counted" }, proposal: "Count the call" }];
    const found: Difference[] = [];
    const minutesSide = (why: string, other: number): Difference => ({
      kind: other > (call.minutes ?? 0) ? "overbilled" : "underbilled",
      subject,
      at,
      facts: { why, counted: call.minutes, other },
      proposal: "Look at the call's entries",
    });
    if (call.ledgerMinutes !== call.minutes) found.push(minutesSide("ledger", call.ledgerMinutes));
    else if (call.atEngine !== null && !call.isUnsettled && call.atEngine !== call.minutes)
      found.push(minutesSide("meter_book", call.atEngine));
    const cost = call.costMicros ?? 0n;
    const told = call.provider?.costMicros;
    if (call.ledgerCostMicros !== cost || (told != null && told !== cost))
      found.push({
        kind: "cost_differs",
        subject,
        at,
        facts: { call: cost.toString(), ledger: call.ledgerCostMicros.toString(), provider: told?.toString() ?? null },
        proposal: "Take the provider's cost and count the call again",
      });
    const length = call.provider?.isOver ? call.provider.seconds : null;
    const counted = call.reportedSeconds;
    if (length !== null && counted !== null && minutesOfLength(length) !== minutesOfLength(counted))
      found.push({
        kind: "length_differs",
        subject,
        at,
        facts: {
          countedSeconds: counted,
          providerSeconds: length,
          minutes: minutesOfLength(length) - minutesOfLength(counted),
        },
        proposal: "Look the call up at the provider: what was charged too much or too little is put right by hand",
      });
    return found;
  });
}

const stuck = ({ callId, at, state, minutes, provider }: ComparedCall): Difference => ({
  kind: "stuck_call",
  subject: callId,
  at,
  facts: {
    why: state === "open" ? "never_ended" : "never_reported",
    counted: minutes,
    providerSeconds: provider?.seconds ?? null,
    providerSays: provider ? (provider.isOver ? "ended" : "running") : null,
  },
  proposal: provider?.isOver
    ? "Count the call by the end that the provider tells"
    : "Look the call up at the provider, and count it by its real end",
});
