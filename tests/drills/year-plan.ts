import { type MadeCall, madeCalls, seeded } from "./usage-calls";

export const START = Date.UTC(2026, 0, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Work is done twice a day, half an hour past: renewals fall on the first of these instants. */
export const stepAt = (step: number): number => START + HOUR / 2 + step * (DAY / 2);

export type PlanName = "starter" | "growth" | "scale";

/** What happens to an organisation in the year, by step. */
export type MadeOrg = {
  plan: PlanName;
  every: "month" | "year";
  currency: "USD" | "INR";
  startsAt: number;
  change: { step: number; plan: PlanName } | null;
  /** The card fails from then on; another is there after so many steps. */
  failure: { step: number; until: number } | null;
  refundStep: number | null;
  cancelStep: number | null;
};

/** `step` is when we are told; within a step what is told of one call comes in this order. */
export type Told = { call: number; isReport: boolean; step: number };

export type MadeYear = { orgs: MadeOrg[]; calls: MadeCall[]; told: Told[]; steps: number };

const plans: readonly PlanName[] = ["starter", "growth", "scale"];

/** The same for the same seed. */
export function madeYear(size: { organizations: number; calls: number; days: number; seed: number }): MadeYear {
  const random = seeded(size.seed);
  const pick = (below: number) => Math.floor(random() * below);
  const steps = size.days * 2;
  const orgs = Array.from({ length: size.organizations }, (_, n): MadeOrg => {
    const startsAt = pick(Math.min(20, Math.floor(size.days / 6))) * 2;
    const every = n % 10 === 9 ? "year" : "month";
    const later = (from: number) => startsAt + 2 * (from + pick(Math.max(1, size.days - from - 25))) + 1;
    const dice = n % 10;
    return {
      plan: plans[dice % 5 === 0 ? 1 : 0] ?? "starter",
      every,
      currency: n % 7 === 6 ? "INR" : "USD",
      startsAt,
      change: dice === 1 || dice === 4 || dice === 7 ? { step: later(8), plan: dice === 4 ? "scale" : "growth" } : null,
      failure: dice === 2 ? failing(startsAt, 1 + pick(Math.max(1, Math.floor(size.days / 31) - 1))) : null,
      refundStep: dice === 3 || dice === 8 ? later(3) : null,
      cancelStep: dice === 5 && n > 10 ? later(40) : null,
    };
  });
  const calls = madeCalls(size.calls, orgs.length, random, size.days);
  const told = calls.flatMap((call, n) => toldOf(call, n, random, steps));
  return { orgs, calls, told: told.sort((a, b) => a.step - b.step), steps };
}

/** From some days before a renewal to four days after it. */
const failing = (startsAt: number, month: number) => {
  const at = new Date(stepAt(startsAt));
  const renews = Date.UTC(2026, at.getUTCMonth() + month, Math.min(28, at.getUTCDate()));
  const step = Math.round((renews - START) / (DAY / 2));
  return { step: step - 5, until: step + 9 };
};

const endOf = (call: MadeCall, seconds: number | null): number => call.answeredAt.getTime() + (seconds ?? 0) * 1000;

/** Most of it at once; some half a day or days late, some weeks; a third twice. */
function toldOf(call: MadeCall, n: number, random: () => number, steps: number): Told[] {
  const from = (time: number) => Math.max(0, Math.ceil((time - stepAt(0)) / (DAY / 2)));
  const late = random();
  const days = (some: number, most: number) => 2 * (some + Math.floor(random() * most));
  const ended = from(Math.max(endOf(call, call.first.seconds), endOf(call, call.report?.seconds ?? 0)));
  const first = ended + (late < 0.95 ? 0 : late < 0.99 ? days(1, 9) : days(34, 10));
  const all: Told[] = [{ call: n, isReport: false, step: first }];
  if (call.report) {
    const dice = random();
    const after = dice < 0.65 ? 0 : dice < 0.85 ? 1 : days(2, 12);
    const report = { call: n, isReport: true, step: first + after };
    if (dice < 0.05) all.unshift(report);
    else all.push(report);
  }
  const twice = all.filter(() => random() < 0.3).map((one) => ({ ...one, step: one.step + Math.floor(random() * 3) }));
  return [...all, ...twice].filter(({ step }) => step < steps);
}
