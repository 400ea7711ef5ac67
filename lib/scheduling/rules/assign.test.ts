import fc from "fast-check";
import { expect, it } from "vitest";
import { assign, type Candidate } from "./assign";

const people = (weights: readonly number[]): Candidate[] =>
  weights.map((weight, n) => ({ id: `p${n}`, weight, turns: 0 }));

function serve(weights: readonly number[], bookings: number): number[] {
  const all = people(weights);
  for (let n = 0; n < bookings; n++) {
    const next = all.find((each) => each.id === assign(all)?.id);
    if (next) next.turns++;
  }
  return all.map((each) => each.turns);
}

it("gives turns exactly as the shares are, whenever they come out even", () => {
  expect(serve([1, 1, 1], 9)).toEqual([3, 3, 3]);
  expect(serve([2, 1], 6)).toEqual([4, 2]);
  expect(serve([5, 3, 2], 100)).toEqual([50, 30, 20]);
  expect(serve([1, 0], 4)).toEqual([4, 0]);
  expect(serve([0, 0], 4)).toEqual([2, 2]);
});

it("never leaves anybody more than one turn behind their share, and always answers the same", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 1, max: 200 }),
      (weights, n) => {
        const turns = serve(weights, n);
        const sum = weights.reduce((a, b) => a + b, 0);
        for (const [i, had] of turns.entries()) expect(had).toBeGreaterThan((n * (weights[i] ?? 0)) / sum - 1);
        expect(serve(weights, n)).toEqual(turns);
      },
    ),
  );
});

it("says why: somebody usual comes first, one alone needs no turn, nobody is nobody", () => {
  const [a, b] = people([1, 1]) as [Candidate, Candidate];
  expect(assign([{ ...a, turns: 3 }, b], "p0")).toEqual({ id: "p0", by: "preferred", why: "" });
  expect(assign([{ ...a, turns: 3 }, b], "p9")).toEqual({
    id: "p1",
    by: "round_robin",
    why: "0 of 3 turns so far, share 1 of 2",
  });
  expect(assign([b])).toEqual({ id: "p1", by: "only_one", why: "" });
  expect(assign([])).toBeUndefined();
});
