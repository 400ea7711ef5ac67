export type Lane = { lane: number; lanes: number };

/** Puts things that overlap side by side: for each its lane and how many lanes its group needs. */
export function lanesOf<T extends { id: string; startMinute: number; endMinute: number }>(
  items: readonly T[],
): Map<string, Lane> {
  const placed = new Map<string, Lane>();
  const sorted = [...items].sort((a, b) => a.startMinute - b.startMinute || b.endMinute - a.endMinute);
  let group: { id: string; lane: number }[] = [];
  let laneEnds: number[] = [];
  let groupEnd = Number.NEGATIVE_INFINITY;
  const close = () => {
    for (const { id, lane } of group) placed.set(id, { lane, lanes: laneEnds.length });
    group = [];
    laneEnds = [];
  };
  for (const item of sorted) {
    if (item.startMinute >= groupEnd) close();
    const free = laneEnds.findIndex((end) => end <= item.startMinute);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = item.endMinute;
    group.push({ id: item.id, lane });
    groupEnd = Math.max(item.endMinute, group.length === 1 ? item.endMinute : groupEnd);
  }
  close();
  return placed;
}
