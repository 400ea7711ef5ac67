export interface SeededRandom {
  /** In [0, 1). */
  next(): number;
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  shuffle<T>(items: readonly T[]): T[];
}

/** Mulberry32: the same seed gives the same faults and pauses on every machine. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    next,
    between: (min, max) => min + next() * (max - min),
    chance: (probability) => next() < probability,
    shuffle(items) {
      const left = [...items];
      const result: typeof left = [];
      while (left.length > 0) result.push(...left.splice(Math.floor(next() * left.length), 1));
      return result;
    },
  };
}
