import { describe, expect, it } from "vitest";
import { seededRandom } from "./seeded-random";

describe("seeded chance", () => {
  it("repeats itself for a seed and differs between seeds", () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return [random.next(), random.between(5, 6), ...random.shuffle([1, 2, 3, 4, 5, 6])];
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it("stays within its bounds and is about even", () => {
    const random = seededRandom(42);
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.3)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(2800);
    expect(hits).toBeLessThan(3200);
    expect(random.shuffle([1, 2, 3]).sort()).toEqual([1, 2, 3]);
  });
});
