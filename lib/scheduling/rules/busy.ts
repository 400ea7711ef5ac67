/** Occupied time in epoch milliseconds, pairs (start, end), sorted and without overlaps; buffers are inside. */
export type Busy = Float64Array;

/** Sorts and joins pairs given in any order. */
export function mergeBusy(pairs: readonly (readonly [number, number])[]): Busy {
  const sorted = pairs.filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [start, end] of sorted) {
    const last = merged.length - 1;
    const lastEnd = merged[last];
    if (lastEnd !== undefined && start <= lastEnd) merged[last] = Math.max(lastEnd, end);
    else merged.push(start, end);
  }
  return Float64Array.from(merged);
}

export function isFree(busy: Busy, startMs: number, endMs: number): boolean {
  for (let i = 0; i < busy.length && (busy[i] ?? 0) < endMs; i += 2) if ((busy[i + 1] ?? 0) > startMs) return false;
  return true;
}
