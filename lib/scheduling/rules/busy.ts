/** Occupied time in epoch milliseconds, pairs (start, end), sorted and without overlaps; buffers are inside. */
export type Busy = Float64Array;

/** Joins pairs given in any order; those sorted by start (as the database gives them) are taken in one pass. */
export function mergeBusy(pairs: readonly (readonly [number, number])[]): Busy {
  const isSorted = pairs.every((pair, n) => n === 0 || (pairs[n - 1]?.[0] ?? 0) <= pair[0]);
  const sorted = isSorted ? pairs : pairs.toSorted((a, b) => a[0] - b[0]);
  const merged = new Float64Array(pairs.length * 2);
  let length = 0;
  for (const [start, end] of sorted) {
    if (start >= end) continue;
    const lastEnd = merged[length - 1] ?? 0;
    if (length > 0 && start <= lastEnd) merged[length - 1] = Math.max(lastEnd, end);
    else {
      merged[length++] = start;
      merged[length++] = end;
    }
  }
  return merged.subarray(0, length);
}

export function isFree(busy: Busy, startMs: number, endMs: number): boolean {
  for (let i = 0; i < busy.length && (busy[i] ?? 0) < endMs; i += 2) if ((busy[i + 1] ?? 0) > startMs) return false;
  return true;
}
