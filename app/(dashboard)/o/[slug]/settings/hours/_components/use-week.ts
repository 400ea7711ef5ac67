"use client";

import { useRef, useState } from "react";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import type { MinuteSpan, Week } from "@/lib/scheduling/schemas";

export type TypedSpan = { key: string; from: string; to: string };
export type TypedWeek = readonly (readonly TypedSpan[])[];

/** A week while it is being edited: times as typed, Sunday first. */
export function useWeek(initial: TypedWeek) {
  const [week, setWeek] = useState(initial);
  const added = useRef(0);
  const nextKey = () => `new${++added.current}`;
  const setDay = (weekday: number, change: (spans: readonly TypedSpan[]) => readonly TypedSpan[]) =>
    setWeek((current) => current.map((spans, day) => (day === weekday ? change(spans) : spans)));
  return {
    week,
    add: (weekday: number) => {
      const span = { key: nextKey(), ...suggested(week[weekday] ?? []) };
      setDay(weekday, (spans) => [...spans, span]);
    },
    remove: (weekday: number, key: string) => setDay(weekday, (spans) => spans.filter((span) => span.key !== key)),
    change: (weekday: number, key: string, part: "from" | "to", value: string) =>
      setDay(weekday, (spans) => spans.map((span) => (span.key === key ? { ...span, [part]: value } : span))),
    /** Puts a span where it was drawn or dragged to; without a key it is a new one. Answers its key. */
    put: (weekday: number, span: MinuteSpan, key = nextKey()) => {
      const typed = { key, from: formatMinuteOfDay(span.startMinute), to: formatMinuteOfDay(span.endMinute) };
      setWeek((current) =>
        current.map((spans, day) => {
          const others = spans.filter((each) => each.key !== key);
          return day === weekday ? [...others, typed].sort((a, b) => a.from.localeCompare(b.from)) : others;
        }),
      );
      return key;
    },
    copy: (weekday: number, to: readonly number[]) => {
      const source = week[weekday] ?? [];
      const copies = new Map(to.map((day) => [day, source.map((span) => ({ ...span, key: nextKey() }))]));
      setWeek((current) => current.map((spans, day) => copies.get(day) ?? spans));
    },
  };
}

/** A typed span as minutes; undefined while it is not one. */
export function spanOf({ from, to }: { from: string; to: string }): MinuteSpan | undefined {
  const [startMinute, endMinute] = [minuteOf(from), minuteOf(to) || 1440];
  return startMinute !== undefined && to !== "" && startMinute < endMinute ? { startMinute, endMinute } : undefined;
}

function minuteOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : undefined;
}

/** What a new span most likely is: the whole day, or the afternoon after a morning. */
export function suggested(spans: readonly { to: string }[]): { from: string; to: string } {
  const last = spans.at(-1)?.to;
  if (!last) return { from: "09:00", to: "17:00" };
  const hour = Number(last.slice(0, 2)) + 1;
  return hour < 22 ? { from: `${String(hour).padStart(2, "0")}${last.slice(2)}`, to: "" } : { from: "", to: "" };
}

export const typedWeek = (week: Week): TypedWeek =>
  week.map((spans, day) =>
    spans.map((span, n) => ({
      key: `${day}-${n}`,
      from: formatMinuteOfDay(span.startMinute),
      to: formatMinuteOfDay(span.endMinute),
    })),
  );

/** What a form without scripts had sent when it was refused. */
export const typedWeekFrom = (values: Record<string, string>): TypedWeek =>
  Array.from({ length: 7 }, (_, day) =>
    Object.keys(values)
      .filter((name) => name.startsWith(`${day}.`) && name.endsWith(".from"))
      .map((name) => ({ key: name, from: values[name] ?? "", to: values[name.replace(/\.from$/, ".to")] ?? "" }))
      .filter((span) => span.from || span.to),
  );
