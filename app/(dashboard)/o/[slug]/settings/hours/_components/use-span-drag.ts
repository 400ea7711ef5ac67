"use client";

import { type KeyboardEvent, type PointerEvent, type RefObject, useState } from "react";
import type { MinuteSpan } from "@/lib/scheduling/schemas";
import { drawn, moved, resized, STEP } from "../week-spans";
import { weekdays } from "../weekdays";

export type Placed = { key: string; span: MinuteSpan };
type Drag = {
  kind: "draw" | "move" | "start" | "end";
  weekday: number;
  /** undefined while a new one is drawn. */
  key: string | undefined;
  span: MinuteSpan;
  /** Where it was taken hold of: the minute of the day, or minutes into the span. */
  heldAt: number;
};

type Options = {
  week: readonly (readonly Placed[])[];
  grid: RefObject<HTMLElement | null>;
  /** Answers the key under which it stands. */
  put: (weekday: number, span: MinuteSpan, key?: string) => string;
  remove: (weekday: number, key: string) => void;
};

const others = (week: Options["week"], weekday: number, key: string | undefined) =>
  (week[weekday] ?? []).filter((each) => each.key !== key).map((each) => each.span);

/** Drawing, moving and resizing spans on a week, by pointer and by keys. `drag` is what would be put down at this moment. */
export function useSpanDrag({ week, grid, put, remove }: Options) {
  const [drag, setDrag] = useState<Drag>();

  const at = (event: PointerEvent) => {
    const columns = [...(grid.current?.querySelectorAll<HTMLElement>("[data-weekday]") ?? [])];
    const rects = columns.map((column) => column.getBoundingClientRect());
    const index = rects.findIndex((rect) => event.clientX < rect.right);
    const n = index < 0 ? columns.length - 1 : index;
    const rect = rects[n];
    if (!rect) return undefined;
    return {
      weekday: Number(columns[n]?.dataset.weekday),
      minute: ((event.clientY - rect.top) / rect.height) * 1440,
    };
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const place = at(event);
    if (event.button !== 0 || !place) return;
    const target = event.target as HTMLElement;
    const key = target.closest<HTMLElement>("[data-key]")?.dataset.key;
    const edge = target.closest<HTMLElement>("[data-edge]")?.dataset.edge as "start" | "end" | undefined;
    const span = week[place.weekday]?.find((each) => each.key === key)?.span;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (key && span)
      setDrag({ kind: edge ?? "move", weekday: place.weekday, key, span, heldAt: place.minute - span.startMinute });
    else {
      event.preventDefault();
      const fresh = drawn(others(week, place.weekday, undefined), place.minute, place.minute);
      if (fresh) setDrag({ kind: "draw", weekday: place.weekday, key: undefined, span: fresh, heldAt: place.minute });
    }
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const place = drag && at(event);
    if (!drag || !place) return;
    if (drag.kind === "move") {
      const span = moved(others(week, place.weekday, drag.key), drag.span, place.minute - drag.heldAt);
      if (span) setDrag({ ...drag, span, weekday: place.weekday });
      return;
    }
    const beside = others(week, drag.weekday, drag.key);
    const span =
      drag.kind === "draw"
        ? drawn(beside, drag.heldAt, place.minute)
        : resized(beside, drag.span, drag.kind, place.minute);
    if (span) setDrag({ ...drag, span });
  };

  const focus = (key: string) =>
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus());

  const onPointerUp = () => {
    if (drag) focus(put(drag.weekday, drag.span, drag.key));
    setDrag(undefined);
  };

  /** Arrows move; with Shift they move the end, with Alt the start; left and right go to the neighbouring day. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, weekday: number, { key, span }: Placed) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(weekday, key);
      return;
    }
    const step = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    const aside = event.shiftKey || event.altKey ? undefined : { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined && aside === undefined) return;
    event.preventDefault();
    const column = weekdays.findIndex((each) => each.weekday === weekday) + (aside ?? 0);
    const day = weekdays[column]?.weekday;
    if (day === undefined) return;
    const beside = others(week, day, key);
    const next = event.shiftKey
      ? resized(beside, span, "end", span.endMinute + (step ?? 0))
      : event.altKey
        ? resized(beside, span, "start", span.startMinute + (step ?? 0))
        : moved(beside, span, span.startMinute + (step ?? 0));
    if (!next) return;
    put(day, next, key);
    focus(key);
  };

  const pointer = { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: () => setDrag(undefined) };
  return { drag, pointer, onKeyDown };
}
