/** Minutes of a call that the engine has, by one event (taken back by its identifier) or by an item of an invoice (never taken back). */
export type Standing = { identifier: string; revision: number; minutes: number; by: "event" | "item" };

export type CallAtTheMeter = {
  /** What the call counts for now. */
  total: number;
  standing: readonly Standing[];
  /** Events of which the engine has said that they are too old to be taken back. */
  fixed: ReadonlySet<string>;
  /** The period has been invoiced: what the meter says of it does not matter any more. */
  isInvoiced: boolean;
  /** The engine takes no event of a time so long ago. */
  isTooOld: boolean;
};

export type MeterStep =
  | { do: "nothing" }
  | { do: "send"; minutes: number }
  | { do: "cancel"; identifier: string; revision: number }
  | { do: "credit"; minutes: number }
  | { do: "charge_late"; minutes: number; why: "period_invoiced" | "too_old" };

/**
 * What brings the engine one step nearer to what a call counts for; done again until there is nothing to do. It looks at what stands alone,
 * so that it does not matter after which step a process died. Too much is taken back before the right number is sent: between the two a call
 * is billed for too little, never for too much.
 */
export function nextMeterStep({ total, standing, fixed, isInvoiced, isTooOld }: CallAtTheMeter): MeterStep {
  const counted = standing.reduce((sum, { minutes }) => sum + minutes, 0);
  const missing = total - counted;
  if (missing === 0) return { do: "nothing" };
  if (missing > 0) {
    if (isInvoiced) return { do: "charge_late", minutes: missing, why: "period_invoiced" };
    if (isTooOld) return { do: "charge_late", minutes: missing, why: "too_old" };
    return { do: "send", minutes: missing };
  }
  const last = isInvoiced
    ? undefined
    : standing
        .filter(({ by, identifier }) => by === "event" && !fixed.has(identifier))
        .sort((a, b) => b.revision - a.revision)[0];
  return last
    ? { do: "cancel", identifier: last.identifier, revision: last.revision }
    : { do: "credit", minutes: -missing };
}
