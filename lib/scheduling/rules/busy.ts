/** Occupied time in epoch milliseconds, pairs (start, end), sorted and without overlaps; buffers are inside. */
export type Busy = Float64Array;

/** Joins pairs given in any order; those sorted by start (as the database gives them) are taken in one pass. */
export function mergeBusy(pairs: readonly (readonly [number, number])[]): Busy {
  const sorted = isByStart(pairs) ? pairs : pairs.toSorted((a, b) => a[0] - b[0]);
  const merged = new Float64Array(pairs.length * 2);
  let length = 0;
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < sorted.length; n++) {
    const pair = sorted[n] as readonly [number, number];
    const start = pair[0];
    const end = pair[1];
    if (start >= end) continue;
    if (start > lastEnd) {
      merged[length] = start;
      length += 2;
      lastEnd = end;
    } else if (end > lastEnd) lastEnd = end;
    merged[length - 1] = lastEnd;
  }
  return length === merged.length ? merged : merged.subarray(0, length);
}

function isByStart(pairs: readonly (readonly [number, number])[]): boolean {
  for (let n = 1; n < pairs.length; n++)
    if ((pairs[n - 1] as readonly [number, number])[0] > (pairs[n] as readonly [number, number])[0]) return false;
  return true;
}

export function isFree(busy: Busy, startMs: number, endMs: number): boolean {
  for (let i = 0; i < busy.length && (busy[i] ?? 0) < endMs; i += 2) if ((busy[i + 1] ?? 0) > startMs) return false;
  return true;
}
