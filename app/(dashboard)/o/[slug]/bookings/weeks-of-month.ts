import { isoOf, mondayOf, parseIsoDay } from "@/lib/scheduling";

/** The first of the month `by` months after that of a date. */
export function firstOfMonth(iso: string, by = 0): string {
  const [year = 0, month = 1] = iso.split("-").map(Number);
  const index = year * 12 + month - 1 + by;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}-01`;
}

/** The weeks of a date's month, Monday first; undefined where a week reaches into another month. */
export function weeksOfMonth(iso: string): (string | undefined)[][] {
  const first = parseIsoDay(firstOfMonth(iso)) ?? 0;
  const next = parseIsoDay(firstOfMonth(iso, 1)) ?? first;
  const weeks: (string | undefined)[][] = [];
  for (let monday = mondayOf(first); monday < next; monday += 7)
    weeks.push(
      Array.from({ length: 7 }, (_, n) => (monday + n < first || monday + n >= next ? undefined : isoOf(monday + n))),
    );
  return weeks;
}
