import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOf, monthOf, monthsBetween } from "./months";
import { cohorts, movements } from "./movements";
import { monthlyWorth, type PlanLine, worthAt } from "./recurring";

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const line = (from: string, to: string, amount: bigint, rest: Partial<PlanLine> = {}): PlanLine => ({
  orgId: "org_a",
  currency: "USD",
  plan: "starter",
  planVersion: 1,
  billedEvery: "month",
  amount,
  from: at(from),
  to: at(to),
  issuedAt: at(from),
  ...rest,
});

describe("months", () => {
  it("are those of UTC, across years", () => {
    expect(monthsBetween("2026-11", "2027-02")).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
    expect(endOf("2026-12").toISOString()).toBe("2027-01-01T00:00:00.000Z");
    expect(monthOf(new Date("2026-12-31T23:59:59Z"))).toBe("2026-12");
  });
});

describe("what a line is worth a month", () => {
  it("is the plan's price, also for the rest of a month after a change", () => {
    expect(monthlyWorth(line("2026-11-03", "2026-12-03", 9_700n))).toBe(9_700n);
    expect(monthlyWorth(line("2026-11-20", "2026-12-03", 4_203n))).toBe(9_700n);
    expect(monthlyWorth(line("2027-02-03", "2027-03-03", 9_700n))).toBe(9_700n);
  });

  it("is a twelfth of the year's price where a year was paid, or the rest of one", () => {
    const year = { billedEvery: "year" } as const;
    expect(monthlyWorth(line("2026-11-03", "2027-11-03", 97_000n, year))).toBe(8_083n);
    expect(monthlyWorth(line("2027-10-20", "2027-11-03", 3_720n, year))).toBe(8_083n);
    expect(monthlyWorth(line("2026-11-03", "2027-11-03", 97_000n, { billedEvery: null }))).toBe(8_083n);
  });

  it("is the same whatever was taken off the amount, and however much the two intervals' prices are alike", () => {
    expect(monthlyWorth(line("2026-11-03", "2026-12-03", 8_100n))).toBe(9_700n);
    expect(monthlyWorth(line("2026-11-03", "2027-11-03", 116_000n, { billedEvery: "year" }))).toBe(8_083n);
  });

  it("is nothing for what is given back, and for what no plan is known of", () => {
    expect(monthlyWorth(line("2026-11-20", "2026-12-03", -4_203n))).toBe(0n);
    expect(monthlyWorth(line("2026-11-20", "2026-12-03", 4_203n, { plan: null }))).toBe(0n);
  });

  it("goes by the change that came last, and is over with its time", () => {
    const growth = line("2026-11-20", "2026-12-03", 10_703n, { plan: "growth" });
    const lines = [line("2026-11-03", "2026-12-03", 9_700n), line("2026-11-20", "2026-12-03", -4_203n), growth];
    expect(worthAt(lines, at("2026-11-19"))).toBe(9_700n);
    expect(worthAt(lines, at("2026-11-21"))).toBe(24_700n);
    expect(worthAt(lines, at("2026-12-03"))).toBe(0n);
  });
});

describe("movements", () => {
  const months = ["2026-01", "2026-02", "2026-03", "2026-04"];
  const series = new Map([
    ["2026-01", new Map([["a", 97n]])],
    [
      "2026-02",
      new Map([
        ["a", 247n],
        ["b", 97n],
      ]),
    ],
    ["2026-03", new Map([["a", 97n]])],
    ["2026-04", new Map([["b", 97n]])],
  ]);

  it("say who came, grew, shrank and left", () => {
    expect(movements(months, series)).toEqual([
      { month: "2026-01", recurring: 97n, added: 97n, expansion: 0n, contraction: 0n, churn: 0n, paying: 1, left: 0 },
      {
        month: "2026-02",
        recurring: 344n,
        added: 97n,
        expansion: 150n,
        contraction: 0n,
        churn: 0n,
        paying: 2,
        left: 0,
      },
      {
        month: "2026-03",
        recurring: 97n,
        added: 0n,
        expansion: 0n,
        contraction: -150n,
        churn: -97n,
        paying: 1,
        left: 1,
      },
      { month: "2026-04", recurring: 97n, added: 97n, expansion: 0n, contraction: 0n, churn: -97n, paying: 1, left: 1 },
    ]);
  });

  it("add up to how recurring revenue changed, whatever happened", () => {
    const amounts = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.bigInt(0n, 100_000n));
    fc.assert(
      fc.property(fc.array(amounts, { maxLength: 12 }), (raw) => {
        const each = raw.map((_, n) => `2026-${String(n + 1).padStart(2, "0")}`);
        const all = new Map(raw.map((amount, n) => [each[n] ?? "", new Map(Object.entries(amount))]));
        let before = 0n;
        for (const { recurring, added, expansion, contraction, churn } of movements(each, all)) {
          expect(recurring - before).toBe(added + expansion + contraction + churn);
          expect(added >= 0n && expansion >= 0n && contraction <= 0n && churn <= 0n).toBe(true);
          before = recurring;
        }
      }),
    );
  });

  it("follow who began together, once each", () => {
    expect(cohorts(months, series)).toEqual([
      { month: "2026-01", size: 1, kept: [1, 1, 1, 0] },
      { month: "2026-02", size: 1, kept: [1, 0, 1] },
    ]);
  });
});
