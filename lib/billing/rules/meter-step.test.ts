import { expect, it } from "vitest";
import { nextMeterStep, type Standing } from "./meter-step";
import { closesAt, isPeriodClosed, pauseAfter } from "./meter-times";

const random = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

it("whatever stands and whatever the engine refuses to take back, the steps end with the call's minutes, and never above them on the way up", () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const pick = random(seed);
    let standing: Standing[] = Array.from({ length: pick(4) }, (_, n) => ({
      identifier: `e${n}`,
      revision: n,
      minutes: 1 + pick(9),
      by: pick(5) === 0 ? ("item" as const) : ("event" as const),
    }));
    const refused = new Set(standing.filter(() => pick(3) === 0).map(({ identifier }) => identifier));
    const fixed = new Set<string>();
    const total = pick(12);
    const isInvoiced = pick(4) === 0;
    let owed = 0;
    const sum = () => standing.reduce((all, { minutes }) => all + minutes, 0);
    for (let n = 0; ; n++) {
      expect(n).toBeLessThan(12);
      const step = nextMeterStep({ total, standing, fixed, isInvoiced, isTooOld: false });
      if (step.do === "nothing") break;
      if (step.do === "cancel") {
        expect(isInvoiced).toBe(false);
        if (refused.has(step.identifier)) fixed.add(step.identifier);
        else standing = standing.filter(({ identifier }) => identifier !== step.identifier);
        continue;
      }
      const minutes = step.do === "credit" ? -step.minutes : step.minutes;
      if (step.do === "charge_late") owed += minutes;
      standing.push({ identifier: `n${n}`, revision: 9 + n, minutes, by: step.do === "send" ? "event" : "item" });
      expect(sum()).toBe(total);
    }
    expect(sum()).toBe(total);
    if (!isInvoiced) expect(owed).toBe(0);
  }
});

it("what is too old for the meter is charged late, and what an invoice has is credited, not taken back", () => {
  const event = { identifier: "a", revision: 0, minutes: 5, by: "event" } as const;
  const call = { standing: [event], fixed: new Set<string>(), isInvoiced: false, isTooOld: true };
  expect(nextMeterStep({ ...call, total: 7 })).toEqual({ do: "charge_late", minutes: 2, why: "too_old" });
  expect(nextMeterStep({ ...call, total: 3 })).toEqual({ do: "cancel", identifier: "a", revision: 0 });
  expect(nextMeterStep({ ...call, total: 3, isInvoiced: true })).toEqual({ do: "credit", minutes: 2 });
});

it("a period is closed when the hour of its draft is nearly over, also where nobody has said that the next one began", () => {
  const period = { startsAt: new Date("2026-11-01T00:00:00Z"), endsAt: new Date("2026-12-01T00:00:00Z") };
  const closed = (at: string, now: string, drafted?: string) =>
    isPeriodClosed(new Date(at), period, new Date(now), drafted ? new Date(drafted) : null);
  expect(closed("2026-11-30T23:59:00Z", "2026-12-01T00:49:00Z")).toBe(false);
  expect(closed("2026-11-30T23:59:00Z", "2026-12-01T00:50:00Z")).toBe(true);
  expect(closed("2026-10-31T23:59:00Z", "2026-11-01T00:30:00Z")).toBe(false);
  expect(closed("2026-10-31T23:59:00Z", "2026-11-02T00:00:00Z")).toBe(true);
  expect(closed("2026-12-01T00:00:00Z", "2026-12-09T00:00:00Z")).toBe(false);
  expect(closed("2026-12-01T00:00:00Z", "2027-01-01T00:49:00Z")).toBe(false);
  expect(closed("2026-12-01T00:00:00Z", "2027-01-01T00:50:00Z")).toBe(true);
});

it("a period that nobody has told us of ends on the day of the month that the subscription is anchored to, or on the month's last", () => {
  const closes = (at: string, startsAt: string, endsAt: string) => {
    const period = { startsAt: new Date(`${startsAt}T09:30:15Z`), endsAt: new Date(`${endsAt}T09:30:15Z`) };
    return closesAt(new Date(`${at}T12:00:00Z`), period).toISOString();
  };
  for (const [at, startsAt, endsAt, day] of [
    ["2026-03-15", "2026-01-31", "2026-02-28", "2026-03-31"],
    ["2026-04-29", "2026-01-31", "2026-02-28", "2026-04-30"],
    ["2026-03-31", "2026-02-28", "2026-03-31", "2026-04-30"],
    ["2026-03-29", "2026-01-28", "2026-02-28", "2026-04-28"],
    ["2028-02-28", "2027-12-30", "2028-01-30", "2028-02-29"],
    ["2028-03-01", "2027-12-30", "2028-01-30", "2028-03-30"],
    ["2027-12-20", "2026-10-15", "2026-11-15", "2028-01-15"],
    ["2029-06-01", "2026-02-28", "2027-02-28", "2030-02-28"],
    ["2027-06-01", "2024-02-29", "2025-02-28", "2028-02-29"],
    ["2026-10-20", "2026-10-15", "2026-11-15", "2026-11-15"],
    ["2026-08-20", "2026-10-15", "2026-11-15", "2026-10-15"],
  ] as const)
    expect(closes(at, startsAt, endsAt), `${at} after ${startsAt} to ${endsAt}`).toBe(`${day}T09:30:15.000Z`);
});

it("pauses grow to an hour, spread, and are never shorter than the engine asks for", () => {
  expect([0, 1, 5].map((n) => pauseAfter(n, undefined, 0.5))).toEqual([5_000, 10_000, 160_000]);
  expect(pauseAfter(60, undefined, 0.5)).toBe(3_600_000);
  expect(pauseAfter(0, 30, 0)).toBe(30_000);
  expect(pauseAfter(3, undefined, 0)).toBe(20_000);
});
